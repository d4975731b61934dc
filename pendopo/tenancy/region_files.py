"""The regions that are shipped: files in `data/`, with their notice."""

import csv
import gzip
import io
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from pendopo.tenancy.models import Region

DATA = Path(__file__).parent / "data"
EDITION = "Kemendagri 2025"
COLUMNS = ("code", "name", "level", "parent_code", "edition", "valid_to")

type Row = tuple[str, str, str, str, str, date | None]


def read(levels: Collection[Region.Level]) -> Iterator[Row]:
    """Give the regions of these levels, those in force and those of older editions."""
    if {Region.Level.PROVINCE, Region.Level.REGENCY} & set(levels):
        for row in _lines("wilayah_prov_kabkota.csv"):
            if row["tingkat"] in levels:
                yield row["kode"], row["nama"], row["tingkat"], row["kode_induk"], EDITION, None
    if Region.Level.DISTRICT in levels:
        for row in _lines("wilayah_kecamatan.csv"):
            yield row["kode"], row["nama"], Region.Level.DISTRICT.value, row["kode_kabkota"], EDITION, None
    if Region.Level.VILLAGE in levels:
        for row in _lines("wilayah_keldesa.csv.gz"):
            yield row["kode"], row["nama"], Region.Level.VILLAGE.value, row["kode_kecamatan"], EDITION, None
    for row in _lines("wilayah_kode_historis.csv"):
        if row["tingkat"] in levels:
            yield _gone(row)


def _gone(row: dict[str, str]) -> Row:
    """Give a code that is no longer used; the day of its end is not in the data: the last day of its last edition."""
    editions = row["edisi_yang_memuat"].split()
    last = date(int(editions[-1]), 12, 31)
    name = row["nama"].title().replace("Kab. ", "Kabupaten ") if row["nama"].isupper() else row["nama"]
    parent = row["kode"].rpartition(".")[0]
    return row["kode"], name, row["tingkat"], parent, f"Kemendagri {', '.join(editions)}", last


def _lines(name: str) -> Iterator[dict[str, str]]:
    content = (DATA / name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    return iter(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
