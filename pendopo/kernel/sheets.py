"""Tables to take away: XLSX and CSV of the very rows that a page shows, so that no figure can differ."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
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
