"""Lines of a file of agencies: instansi, singkatan, kode, induk."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pendopo.agencies.importing.reading import Broken, checked_name
from pendopo.kernel.readable import readable, tidy
from pendopo.kernel.reports import Line, refusal
from pendopo.kernel.tables import Row, Table, read_table

REQUIRED = ("instansi",)
OPTIONAL = ("singkatan", "kode", "induk")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An agency as a line describes it; "" says nothing."""

    line: int
    name: str
    short_name: str
    code: str
    parent: str
    mended: tuple[str, ...]
    is_guessed: bool


def read(content: bytes) -> tuple[Table, list[Wanted], list[Line]]:
    """Read a file; give the table, what can be meant, and the lines that cannot. Raises NotUnderstood."""
    table = read_table(content, required=REQUIRED, optional=OPTIONAL)
    wanted: list[Wanted] = []
    refused: list[Line] = []
    for row in table.rows:
        try:
            wanted.append(_wanted(row))
        except Broken as error:
            refused.append(refusal(row.line, error, row["instansi"][:60]))
    return table, wanted, refused


def _wanted(row: Row) -> Wanted:
    if row.broken:
        raise Broken(row.broken)
    name = readable(row["instansi"])
    checked_name(name.text, "instansi", longest=160)
    short = tidy(row["singkatan"])
    if short:
        checked_name(short, "singkatan", longest=40)
    code = row["kode"].upper()
    if code and not re.fullmatch(r"[A-Z]{2,12}", code):
        raise Broken(
            _("Kode instansi adalah 2 sampai 12 huruf, tanpa angka dan tanda: “%(code)s”.") % {"code": code[:20]}
        )
    return Wanted(row.line, name.text, short, code, tidy(row["induk"]), name.mended, name.is_guessed)
