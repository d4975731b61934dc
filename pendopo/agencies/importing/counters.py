"""Lines of a file of counters: instansi (empty: the common desk), zona, nomor, lokasi."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pendopo.agencies.importing.reading import Broken
from pendopo.kernel.readable import tidy
from pendopo.kernel.reports import Line, refusal
from pendopo.kernel.tables import Row, Table, read_table

REQUIRED = ("zona", "nomor")
OPTIONAL = ("instansi", "lokasi")
HIGHEST = 999


@dataclass(frozen=True, slots=True)
class Wanted:
    """A counter as a line describes it."""

    line: int
    agency: str
    zone: str
    site: str
    number: int

    @property
    def name(self) -> str:
        """The counter in words, for the report."""
        return _("Loket %(number)s, zona %(zone)s") % {"number": self.number, "zone": self.zone}


def read(content: bytes) -> tuple[Table, list[Wanted], list[Line]]:
    """Read a file; give the table, what can be meant, and the lines that cannot. Raises NotUnderstood."""
    table = read_table(content, required=REQUIRED, optional=OPTIONAL)
    wanted: list[Wanted] = []
    refused: list[Line] = []
    for row in table.rows:
        try:
            wanted.append(_wanted(row))
        except Broken as error:
            refused.append(refusal(row.line, error))
    return table, wanted, refused


def _wanted(row: Row) -> Wanted:
    if row.broken:
        raise Broken(row.broken)
    number = row["nomor"]
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and 1 <= int(number) <= HIGHEST):
        raise Broken(
            _("Kolom “nomor” harus angka 1 sampai %(highest)s, bukan “%(number)s”.")
            % {"highest": HIGHEST, "number": number[:20]}
        )
    if not row["zona"]:
        raise Broken(_("Kolom “%(column)s” kosong.") % {"column": "zona"})
    return Wanted(row.line, tidy(row["instansi"]), row["zona"], tidy(row["lokasi"]), int(number))
