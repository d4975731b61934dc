"""Who came, how late, who stands in, who did not come: on a day, and added up for a month."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Employment, Presence
from pendopo.agencies.queries.roster import Shift, shifts
from pendopo.kernel import rotating
from pendopo.tenancy.models import Mall

PURPOSE = "presence-code"
MINUTE = timedelta(minutes=1)


class Standing(StrEnum):
    """How it stands with somebody's coming."""

    PRESENT = "present"
    LATE = "late"
    EXPECTED = "expected"
    MISSING = "missing"
    ABSENT = "absent"
    EXCUSED = "excused"


COLOURS = {
    Standing.PRESENT: "good", Standing.LATE: "warn", Standing.EXPECTED: "", Standing.MISSING: "bad",
    Standing.ABSENT: "bad", Standing.EXCUSED: "warn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coming:
    """A shift and whether the one who is to come has: by name, how late, and where they clocked in before."""

    shift: Shift
    presence: Presence | None
    due_at: datetime
    standing: Standing

    @property
    def late(self) -> int:
        """Whole minutes after the time at which they were due; 0 when in time or not here."""
        return max((self.presence.arrived_at - self.due_at) // MINUTE, 0) if self.presence else 0

    @property
    def colour(self) -> str:
        """How the words are shown."""
        return COLOURS[self.standing]

    @property
    def text(self) -> str:
        """How it stands, in words."""
        match self.standing:
            case Standing.PRESENT:
                return _("Hadir")
            case Standing.LATE:
                return _("Terlambat %(minutes)d menit") % {"minutes": self.late}
            case Standing.EXPECTED:
                return _("Belum waktunya")
            case Standing.MISSING:
                return _("Belum hadir")
            case Standing.ABSENT:
                return _("Tidak hadir tanpa kabar")
        assert self.shift.absence
        return str(self.shift.absence.get_reason_display())


def presence_code(site_id: int, at: datetime) -> str:
    """Return the six digits that a device of the mall shows its staff at a moment."""
    return rotating.rotating_code(PURPOSE, site_id, at)


def is_presence_code(site_id: int, typed: str, at: datetime) -> bool:
    """Say whether a typed code is of now or of the minute before; a picture of it is worth nothing later."""
    return rotating.is_rotating_code(PURPOSE, site_id, typed, at)


def comings(
    mall: Mall, first: date, last: date, at: datetime, *, agencies: frozenset[int | None] | None = None
) -> list[Coming]:
    """Return every working shift of some days with whether its person came, seen from a moment; five queries."""
    came = {
        (each.account_id, each.day): each
        for each in Presence.objects.filter(mall=mall, day__range=(first, last)).select_related("witness", "device")
    }
    working = (shift for shift in shifts(mall, first, last, agencies=agencies) if shift.works)
    return [_coming(shift, came, at) for shift in working]


def comings_of_day(mall: Mall, day: date, at: datetime, *, agencies: frozenset[int] | None = None) -> list[Coming]:
    """Return a day's, those first of whom nothing was heard."""
    lines = comings(mall, day, day, at, agencies=agencies)
    return sorted(lines, key=lambda each: each.standing not in {Standing.MISSING, Standing.ABSENT})


def _coming(shift: Shift, came: Mapping[tuple[int, date], Presence], at: datetime) -> Coming:
    presence = came.get((shift.person.pk, shift.day))
    way = shift.employment.office_minutes if shift.employment else 0
    due_at = shift.span.starts_at + way * MINUTE
    if presence:
        standing = Standing.LATE if presence.arrived_at - due_at >= MINUTE else Standing.PRESENT
    elif shift.has_nobody:
        standing = Standing.EXCUSED
    elif at < due_at:
        standing = Standing.EXPECTED
    else:
        standing = Standing.MISSING if at < shift.span.ends_at else Standing.ABSENT
    return Coming(shift, presence, due_at, standing)


@dataclass(slots=True)
class PersonMonth:
    """A person's month at an agency's counters, in days: due, in time, late, stood in for, excused, without a word."""

    agency: str
    name: str
    account_id: int
    employment: Employment | None
    due: set[date] = field(default_factory=set)
    in_time: set[date] = field(default_factory=set)
    late: set[date] = field(default_factory=set)
    late_minutes: int = 0
    replaced: set[date] = field(default_factory=set)
    excused: set[date] = field(default_factory=set)
    absent: set[date] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str, int]:
        """Where the person stands in the list."""
        return (self.agency, self.name, self.account_id)

    @property
    def place(self) -> str:
        """The same as one word, by which lists are ordered and pages begin."""
        return "|".join(map(str, self.key))

    @property
    def kind(self) -> str:
        """Whose servant, in words."""
        return str(self.employment.get_kind_display()) if self.employment else _("Belum dicatat")

    @property
    def superior(self) -> str:
        """To whom it is reported."""
        return self.employment.superior if self.employment else "–"

    @property
    def figures(self) -> tuple[int, ...]:
        """The days, in the order of `month_heads`."""
        return (
            len(self.due), len(self.in_time - self.late), len(self.late), self.late_minutes, len(self.replaced),
            len(self.excused), len(self.absent),
        )  # fmt: skip


def month_heads() -> list[str]:
    """Name the columns of the monthly record."""
    return [
        _("Petugas"), _("Instansi"), _("Ikatan kerja"), _("Dilaporkan kepada"), _("Hari tugas"), _("Tepat waktu"),
        _("Terlambat (hari)"), _("Terlambat (menit)"), _("Digantikan"), _("Izin tercatat"), _("Tanpa kabar"),
    ]  # fmt: skip


def month_record(
    mall: Mall, first: date, last: date, at: datetime, *, agencies: frozenset[int | None] | None = None
) -> list[PersonMonth]:
    """Return each person's days of a month, up to a moment, by agency and name.

    A shift that is not over counts only once its person has come: nothing is held against anybody before.
    """
    last = min(last, mall.local(at).date())
    people: dict[tuple[str, int], PersonMonth] = {}
    employed = {each.account_id: each for each in Employment.objects.filter(mall=mall)}

    def of(shift: Shift, name: str, account_id: int) -> PersonMonth:
        made = PersonMonth(shift.agency, name, account_id, employed.get(account_id))
        return people.setdefault((shift.agency, account_id), made)

    for coming in comings(mall, first, last, at, agencies=agencies) if first <= last else ():
        _count(coming, of(coming.shift, coming.shift.person.name, coming.shift.person.pk))
        duty = coming.shift.duty
        if coming.shift.person.pk != duty.account_id:
            absent = of(coming.shift, duty.account.name, duty.account_id)
            absent.due.add(coming.shift.day)
            absent.replaced.add(coming.shift.day)
    return sorted((person for person in people.values() if person.due), key=lambda person: person.key)


def month_by_agency(
    mall: Mall, first: date, last: date, at: datetime, *, agencies: frozenset[int] | None = None
) -> Iterator[PersonMonth]:
    """Return the same in the order of the list, with no more than one agency's month in memory."""
    rows = Agency.objects.filter(mall=mall)
    together: dict[str, set[int | None]] = {} if agencies is not None else {"": {None}}
    for pk, name in (rows if agencies is None else rows.filter(pk__in=agencies)).values_list("pk", "short_name"):
        together.setdefault(name, set()).add(pk)
    for name in sorted(together, key=lambda each: f"{each}|"):
        found = month_record(mall, first, last, at, agencies=frozenset(together[name]))
        yield from sorted(found, key=lambda person: person.place)


def _count(coming: Coming, person: PersonMonth) -> None:
    day = coming.shift.day
    match coming.standing:
        case Standing.EXPECTED | Standing.MISSING:
            return
        case Standing.PRESENT:
            person.in_time.add(day)
        case Standing.LATE:
            person.late.add(day)
            person.late_minutes += coming.late
        case Standing.EXCUSED:
            person.excused.add(day)
        case Standing.ABSENT:
            person.absent.add(day)
    person.due.add(day)


def of_person(comings: Iterable[Coming], account_id: int) -> list[Coming]:
    """Return those in which a person is to come, or was and somebody stands in."""
    return [each for each in comings if account_id in {each.shift.person.pk, each.shift.duty.account_id}]
