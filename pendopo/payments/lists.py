"""Lists of payments as banks and gateways give them out: CSV or XLSX, each with columns of its own names."""

import contextlib
import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.money import Money
from pendopo.kernel.tables import Row, column_of, read_table

LONGEST_MARK = 64
MOST_TOLD = 5
# A day, whatever time of the day follows it.
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})-?(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})(?: .*)?")
# Whole rupiah, as Indonesians, others and programs write them; a part of a rupiah is none that was billed.
_AMOUNTS = tuple(
    re.compile(pattern)
    for pattern in (r"([0-9]+)(?:[.,]0{1,2})?", r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,0{1,2})?",
                    r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.0{1,2})?")
)  # fmt: skip
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*E\+[0-9]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the file calls the day of a payment, its number and its amount."""

    day: str
    mark: str
    amount: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One payment of a list."""

    day: date
    mark: str
    amount: Money


def read(content: bytes, columns: Columns) -> list[Listed]:
    """Read a list whole: one line that cannot be meant refuses all of it, in words. Raises NotUnderstood."""
    day, mark, amount = (column_of(each) for each in (columns.day, columns.mark, columns.amount))
    if len({day, mark, amount}) < 3:
        raise NotUnderstood(_("Tanggal, nomor, dan jumlah berada di tiga kolom yang berbeda."))
    table = read_table(content, required=(day, mark, amount))
    found, wrong = dict[tuple[date, str], Listed](), list[str]()
    for row in table.rows:
        try:
            one = _listed(row, day, mark, amount)
            if (one.day, one.mark) in found:
                raise NotUnderstood(_("Nomor ini ada dua kali pada hari yang sama."))
            found[one.day, one.mark] = one
        except NotUnderstood as error:
            wrong.append(_("Baris %(line)s: %(why)s") % {"line": row.line, "why": error})
    if wrong:
        more = _("dan %(count)s baris lain.") % {"count": len(wrong) - MOST_TOLD} if len(wrong) > MOST_TOLD else ""
        told = [_("Tidak ada yang disimpan."), *wrong[:MOST_TOLD], more]
        raise NotUnderstood(" ".join(each for each in told if each))
    return list(found.values())


def _listed(row: Row, day: str, mark: str, amount: str) -> Listed:
    if row.broken:
        raise NotUnderstood(row.broken)
    return Listed(_day(row[day]), _mark(row[mark]), _amount(row[amount]))


def _day(text: str) -> date:
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    with contextlib.suppress(ValueError):
        if found and 2000 <= int(found["y"]) < 2100:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
    raise NotUnderstood(_("Tanggalnya tidak terbaca. Tulis seperti 2026-11-16 atau 16/11/2026."))


def _mark(text: str) -> str:
    mark = " ".join(text.upper().split())
    if not mark or len(mark) > LONGEST_MARK:
        raise NotUnderstood(_("Nomornya kosong atau lebih dari %(most)s huruf.") % {"most": LONGEST_MARK})
    if _ROUNDED.fullmatch(mark):
        raise NotUnderstood(_("Nomornya sudah dibulatkan program lembar kerja. Simpan kolomnya sebagai teks."))
    return mark


def _amount(text: str) -> Money:
    bare = re.sub(r"\s", "", text.upper().removeprefix("RP").removeprefix("IDR").removeprefix("."))
    found = next((match for pattern in _AMOUNTS if (match := pattern.fullmatch(bare))), None)
    rupiah = int(re.sub(r"[.,]", "", found[1])) if found and len(bare) <= 20 else 0
    if not 0 < rupiah <= 10**15:
        raise NotUnderstood(_("Jumlahnya bukan rupiah bulat di atas nol."))
    return Money(rupiah)
