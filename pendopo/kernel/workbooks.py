"""XLSX read as untrusted input: a workbook is a ZIP of XML, and both can be made to swell."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from pendopo.kernel.errors import NotUnderstood

LARGEST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 500
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def read_first_sheet(content: bytes, *, most_rows: int, most_columns: int) -> Iterator[tuple[int, list[str], str]]:
    """Give the rows of the first sheet as text, the last value of a formula in its place; one row and column more
    than asked shows that there are more. Raises NotUnderstood.
    """
    _refuse_swelling(content)
    # The library meets a broken file with exceptions of every kind; for whoever brought it they say one thing.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = _rows(content, most_rows + 1, most_columns + 1)
    except Exception as error:
        raise NotUnderstood(_("Berkas XLSX rusak atau bukan lembar kerja.")) from error
    for number, cells in enumerate(rows, start=1):
        yield number, cells, ""


def _rows(content: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        # The size that a sheet states of itself may be wrong, or made up.
        sheet.reset_dimensions()
        found = [
            [_text(cell) for cell in row]
            for row in sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        ]
    finally:
        book.close()
    width = max((_width(row) for row in found), default=0)
    return [(row + [""] * width)[: max(width, _width(row))] for row in found]


def _width(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _refuse_swelling(content: bytes) -> None:
    """Refuse a ZIP bomb and XML that declares entities: no spreadsheet program writes them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            # `zipfile` reads no more than a part declares, so that the declared sizes bound the real ones.
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise NotUnderstood(_("Berkas XLSX terlalu besar setelah dibuka."))
            # Whoever writes a workbook stores or deflates; other ways of packing ask for memory before they are read.
            if any(info.compress_type not in PACKED for info in infos):
                raise NotUnderstood(_("Berkas XLSX rusak atau bukan lembar kerja."))
            declared = any(_declares_entities(parts.read(info)) for info in infos if _is_xml(info.filename))
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError) as error:
        raise NotUnderstood(_("Berkas XLSX rusak atau bukan lembar kerja.")) from error
    if declared:
        raise NotUnderstood(_("Berkas XLSX memuat deklarasi yang tidak diterima."))


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _declares_entities(part: bytes) -> bool:
    # In UTF-16 the words below would not be found: an XML part of a workbook is UTF-8.
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in {b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"}
