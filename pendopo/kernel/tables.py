"""Tables that people bring as CSV or XLSX: from bytes to rows of text, whatever the program that wrote them.

Nothing here trusts the file: what cannot be meant is refused in words, and every size has a limit.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pendopo.kernel import workbooks
from pendopo.kernel.errors import NotUnderstood

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 10_000
DELIMITERS = (",", ";", "\t")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the file and its cells by column; `broken` says why it cannot be read."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""

    def __getitem__(self, column: str) -> str:
        """Give a cell without surrounding blanks; "" where the column is missing or holds only a dash."""
        text = self.cells.get(column, "").strip()
        return "" if text in {"-", "–", "—"} else text


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, which of our columns it has, and the names of those that we do not know."""

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the report says of the file as a whole."""
        if not self.unknown:
            return ()
        named = ", ".join(f"“{name[:40]}”" for name in self.unknown[:12])
        return (_("Kolom yang tidak dikenal dan tidak dibaca: %(columns)s.") % {"columns": named},)


def read_table(
    content: bytes, *, required: Sequence[str], optional: Sequence[str] = (), most: int = MOST_ROWS
) -> Table:
    """Read a CSV (commas, semicolons or tabs; UTF-8 or Windows-1252) or an XLSX (its first sheet).

    The first row names the columns, in any order. Raises NotUnderstood when the file as a whole cannot be read; a line
    that cannot be is a Row with `broken`.
    """
    if len(content) > LARGEST:
        raise NotUnderstood(_("Berkas lebih besar dari %(size)s MB.") % {"size": LARGEST // 1024 // 1024})
    if not content.strip():
        raise NotUnderstood(_("Berkas kosong."))
    known = (*required, *optional)
    if content.startswith(ZIP):
        records = workbooks.read_first_sheet(content, most_rows=most + 1, most_columns=MOST_COLUMNS)
    elif content.startswith(OLD_EXCEL):
        raise NotUnderstood(_("Berkas Excel lama (.xls) tidak dapat dibaca. Simpan sebagai .xlsx atau .csv."))
    else:
        records = _read_csv(_decode(content), known)
    return _table(records, required, known, most)


type Record = tuple[int, list[str], str]
"""Line number, cells, and why it is broken ("" when it is not)."""


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotUnderstood(_("Berkas memakai UTF-16. Simpan sebagai “CSV UTF-8”."))
    if b"\0" in content:
        raise NotUnderstood(_("Berkas ini bukan CSV: di dalamnya ada byte nol."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise NotUnderstood(_("Berkas ini bukan teks UTF-8 atau Windows-1252.")) from error
    if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in text[:4096]):
        raise NotUnderstood(_("Berkas ini bukan CSV: isinya bukan teks."))
    return text


def _read_csv(text: str, known: Iterable[str]) -> Iterator[Record]:
    # Not `splitlines`, which would also cut at signs such as U+2028 inside a cell.
    source = [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    reader = csv.reader(source, delimiter=_delimiter(source[0], frozenset(known)), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], _why(error, line, reader.line_num)
        else:
            yield line, cells, ""


def _why(error: csv.Error, first: int, last: int) -> str:
    if "field limit" in str(error):
        return _("Satu sel terlalu panjang.")
    if last > first:
        return _("Tanda kutip dibuka dan tidak ditutup: baris %(first)s sampai %(last)s tidak terbaca.") % {
            "first": first,
            "last": last,
        }
    return _("Tanda kutip salah letak: tulis dua kali di dalam sel yang dikutip.")


def _delimiter(header: str, known: frozenset[str]) -> str:
    """Choose the sign that makes the most of our column names out of the first line."""

    def named(sign: str) -> int:
        return sum(column_of(cell) in known for cell in header.split(sign))

    return max(DELIMITERS, key=lambda sign: (named(sign), header.count(sign)))


def column_of(text: str) -> str:
    """Return the name of a column as it is compared: small letters, blanks as underscores."""
    return "_".join(text.strip().strip('"').casefold().split())


def _table(records: Iterable[Record], required: Sequence[str], known: Sequence[str], most: int) -> Table:
    numbered = iter(records)
    header = _header(next(numbered, None), required)
    rows: list[Row] = []
    for line, cells, broken in numbered:
        if not broken and not any(cell.strip() for cell in cells):
            continue
        if len(rows) == most:
            raise NotUnderstood(_("Berkas lebih dari %(count)s baris. Bagi menjadi beberapa berkas.") % {"count": most})
        rows.append(_row(line, cells, broken, header))
    if not rows:
        raise NotUnderstood(_("Berkas hanya berisi judul kolom, tanpa baris."))
    unknown = tuple(name for name in header if name and name not in known)
    return Table(tuple(name for name in header if name in known), unknown, tuple(rows))


def _header(first: Record | None, required: Sequence[str]) -> list[str]:
    if first is None or first[2]:
        raise NotUnderstood(
            _("Judul kolom di baris pertama tidak terbaca. %(why)s") % {"why": first[2] if first else ""}
        )
    header = [column_of(cell[:200]) for cell in first[1]]
    if len(header) > MOST_COLUMNS:
        raise NotUnderstood(_("Berkas lebih dari %(count)s kolom.") % {"count": MOST_COLUMNS})
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise NotUnderstood(_("Kolom “%(name)s” ada dua kali.") % {"name": twice[0][:40]})
    missing = [name for name in required if name not in header]
    if missing:
        raise NotUnderstood(
            _("Kolom ini tidak ada: %(missing)s. Baris pertama harus berisi judul kolom.")
            % {"missing": ", ".join(missing)}
        )
    return header


def _row(line: int, cells: list[str], broken: str, header: list[str]) -> Row:
    if broken:
        return Row(line, broken=broken)
    if len(cells) != len(header):
        return Row(
            line,
            broken=_("Baris ini %(cells)s sel, judulnya %(columns)s kolom: mungkin ada koma tanpa tanda kutip.")
            % {"cells": len(cells), "columns": len(header)},
        )
    if any(cell.strip() and not name for name, cell in zip(header, cells, strict=True)):
        return Row(line, broken=_("Ada isi di kolom yang tidak berjudul."))
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Row(line, broken=_("Satu sel terlalu panjang."))
    if any(ord(letter) < 32 and letter not in "\t\r\n" for cell in cells for letter in cell):
        return Row(line, broken=_("Ada tanda kendali yang tidak terlihat di baris ini."))
    return Row(line, dict(zip(header, cells, strict=True)))
