"""Tables to take away: XLSX and CSV of the very rows that a page shows, so that no figure can differ."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
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
# What a spreadsheet program would take for a formula.
# A sheet of XLSX has 1,048,576 rows; the first is the head, the last says what is missing.
MOST_ROWS = 1_048_574
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
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title[:31].replace("/", "-")), sheet)
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
        writer.writerow([_safe(head) for head in sheet.heads])
        writer.writerows([_safe(value) if isinstance(value, str) else value for value in row] for row in sheet.rows)
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
    writer = csv.writer(text)
    writer.writerow([_safe(head) for head in heads])
    writer.writerows([_safe(value) if isinstance(value, str) else value for value in row] for row in rows)
    text.detach()


def _write_sheet(file: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31].replace("/", "-"))
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = 40

    def cell(value: Value, *, is_head: bool = False) -> Cell:
        made = WriteOnlyCell(page, value)
        if isinstance(value, str):
            # Never a formula, whatever somebody is called.
            made.data_type = "s"
        if is_head:
            made.font = Font(bold=True)
        return made

    page.append([cell(head, is_head=True) for head in heads])
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            page.append([cell(_("Dipotong setelah %(count)d baris; CSV memuat semuanya.") % {"count": MOST_ROWS})])
            break
        page.append([cell(value) for value in row])
    book.save(file)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for line, row in enumerate([sheet.heads, *sheet.rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(line, column, value)
            if isinstance(value, str):
                # Never a formula, whatever somebody is called.
                cell.data_type = "s"
            elif isinstance(value, float):
                cell.number_format = "0.0"
            if line == 1:
                cell.font = Font(bold=True)
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = 40


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
