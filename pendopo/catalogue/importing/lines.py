"""Lines of a file of services, in the columns that malls keep: what each one means."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pendopo.catalogue.importing.fees import amount_of
from pendopo.catalogue.names import recognised
from pendopo.kernel.readable import has_markup, is_formula, readable, strange_in_name, tidy
from pendopo.kernel.reports import Line, refusal
from pendopo.kernel.tables import Row, Table, read_table

REQUIRED = ("instansi", "layanan")
# Their numbers are not unique, and we keep no column for the others: they are read past, and the report says so.
PASSED_OVER = ("daerah", "kode", "masa_berlaku", "keandalan")
OPTIONAL = ("kelompok", "durasi", "biaya", "dasar", "sumber", "persyaratan", "prosedur", *PASSED_OVER)
LONGEST = {"instansi": 160, "layanan": 200, "kelompok": 120, "durasi": 120, "dasar": 200, "sumber": 200}
MOST_REQUIREMENTS = 60
LONGEST_REQUIREMENT = 500
NO_BASIS = "impor"
BULLET = re.compile(r"^\s*(?:[-–•*·]|\d{1,2}[.)]|[a-z][.)])\s+")


class Broken(Exception):
    """A line that cannot be taken, with the reason in words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A service as a line describes it; what is empty says nothing. `amount` None: the fee is not known."""

    line: int
    agency: str
    name: str
    is_guessed: bool
    group: str
    duration: str
    amount: int | None
    basis: str
    source: str
    requirements: tuple[str, ...]
    procedure: str
    mended: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def recognised_as(self) -> str:
        """By what the line is known again, within its agency."""
        return recognised(self.name)


def read(content: bytes) -> tuple[Table, list[Wanted], list[Line]]:
    """Read a file; give the table, what can be meant, and the lines that cannot. Raises NotUnderstood."""
    table = read_table(content, required=REQUIRED, optional=OPTIONAL)
    wanted: list[Wanted] = []
    refused: list[Line] = []
    for row in table.rows:
        try:
            wanted.append(_wanted(row))
        except Broken as error:
            refused.append(refusal(row.line, error, row["layanan"][:60]))
    return table, wanted, refused


def notes(table: Table) -> tuple[str, ...]:
    """Say which columns of the file are not kept."""
    passed = [column for column in table.columns if column in PASSED_OVER]
    if not passed:
        return table.notes
    return (*table.notes, _("Kolom yang dikenal tetapi tidak disimpan: %(columns)s.") % {"columns": ", ".join(passed)})


def _wanted(row: Row) -> Wanted:
    if row.broken:
        raise Broken(row.broken)
    _check(row)
    agency, name, group = readable(row["instansi"]), readable(row["layanan"]), readable(row["kelompok"])
    if not recognised(name.text):
        raise Broken(_("Kolom “%(column)s” tidak memuat huruf Latin.") % {"column": "layanan"})
    amount = amount_of(row["biaya"]) if row["biaya"] else None
    unclear: tuple[str, ...] = ()
    if row["biaya"] and amount is None:
        unclear = (_("Biaya “%(fee)s” bukan jumlah rupiah: dicatat belum diketahui.") % {"fee": row["biaya"][:60]},)
    return Wanted(
        line=row.line,
        agency=agency.text,
        name=name.text,
        is_guessed=name.is_guessed,
        group=group.text,
        duration=tidy(row["durasi"]),
        amount=amount,
        basis=tidy(row["dasar"]),
        source=row["sumber"],
        requirements=_requirements(row["persyaratan"]),
        procedure=row["prosedur"].replace("\r\n", "\n").replace("\r", "\n"),
        mended=name.mended,
        notes=unclear,
    )


def _check(row: Row) -> None:
    for column, longest in LONGEST.items():
        if len(row[column]) > longest:
            raise Broken(_("Kolom “%(column)s” lebih dari %(count)s karakter.") % {"column": column, "count": longest})
    for column in REQUIRED:
        if not row[column]:
            raise Broken(_("Kolom “%(column)s” kosong.") % {"column": column})
        sign = strange_in_name(row[column])
        if sign:
            raise Broken(
                _("Kolom “%(column)s” memuat “%(sign)s”, yang tidak ada dalam nama.") % {"column": column, "sign": sign}
            )
    for column in ("kelompok", "durasi", "biaya", "dasar", "sumber", "persyaratan", "prosedur"):
        if is_formula(row[column]):
            raise Broken(_("Kolom “%(column)s” diawali tanda rumus lembar kerja.") % {"column": column})
        if has_markup(row[column]):
            raise Broken(_("Kolom “%(column)s” memuat kode HTML: tulis teks biasa.") % {"column": column})


def _requirements(text: str) -> tuple[str, ...]:
    """Split at line ends or at “|”, and take bullets and numbers away."""
    parts = tuple(tidy(BULLET.sub("", part)) for part in re.split(r"[\r\n|]+", text))
    found = tuple(part for part in parts if part)
    if len(found) > MOST_REQUIREMENTS:
        raise Broken(_("Lebih dari %(count)s persyaratan dalam satu baris.") % {"count": MOST_REQUIREMENTS})
    if any(len(part) > LONGEST_REQUIREMENT for part in found):
        raise Broken(_("Satu persyaratan lebih dari %(count)s karakter.") % {"count": LONGEST_REQUIREMENT})
    return found
