"""Tables to take away: XLSX and CSV of the very rows that a page shows, so that no figure can differ."""

import csv
import io
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# A sheet of XLSX has 1,048,576 rows; the first is the head, the last says what is missing.
MOST_ROWS = 1_048_574
# What a spreadsheet program would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

type Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title; the first column names the rows."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Write each table on a sheet of its own."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(_short(sheet.title)), sheet.heads, sheet.rows)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def commas(sheets: Sequence[Sheet]) -> bytes:
    """Write tables below each other, each with its title where there are several."""
    text = io.StringIO()
    writer = csv.writer(text)
    for sheet in sheets:
        if len(sheets) > 1:
            writer.writerow([_safe(sheet.title)])
        writer.writerows(_safe_rows(sheet.heads, sheet.rows))
        if len(sheets) > 1:
            writer.writerow([])
    # The mark of UTF-8, without which spreadsheet programs misread every letter beyond ASCII.
    return text.getvalue().encode("utf-8-sig")


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def table_file(kind: str, name: str, sheet: Sheet) -> HttpResponse:
    """Answer with one table to keep, as `csv` or `xlsx`."""
    if kind == "csv":
        return download(commas([sheet]), CSV, f"{name}.csv")
    return download(workbook([sheet]), XLSX, f"{name}.xlsx")


def long_table(kind: str, name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> FileResponse:
    """Answer with a table of any length, as `csv` or `xlsx`: rows are written to a file as they come, and none is kept.

    A sheet that cannot hold all of them ends with a line that says so; CSV holds all.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the answer, once it is sent
    if kind == "csv":
        _write_commas(file, heads, rows)
    else:
        _write_sheet(file, title, heads, rows)
    file.seek(0)
    content_type = CSV if kind == "csv" else XLSX
    return FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=content_type)


def _write_commas(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows(_safe_rows(heads, rows))
    text.detach()


def _write_sheet(file: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    book = Workbook(write_only=True)
    _fill(book.create_sheet(_short(title)), heads, rows)
    book.save(file)


def _fill(page: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = 40
    page.append([_cell(page, head, is_head=True) for head in heads])
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            cut = _("Dipotong setelah %(count)d baris; CSV memuat semuanya.") % {"count": MOST_ROWS}
            page.append([_cell(page, cut)])
            break
        page.append([_cell(page, value) for value in row])


def _cell(page: Worksheet, value: Value, *, is_head: bool = False) -> Cell:
    made = WriteOnlyCell(page, value)
    if isinstance(value, str):
        # Never a formula, whatever somebody is called.
        made.data_type = "s"
    elif isinstance(value, float):
        made.number_format = "0.0"
    if is_head:
        made.font = Font(bold=True)
    return made


def _short(title: str) -> str:
    """Return a sheet's name as spreadsheet programs allow it."""
    return title[:31].replace("/", "-")


def _safe_rows(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[list[Value]]:
    for row in itertools.chain([heads], rows):
        yield [_safe(value) if isinstance(value, str) else value for value in row]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
