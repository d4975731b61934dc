"""The agencies' hotlines, when each was tested, and whether somebody answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Hotline, HotlineTest
from pendopo.agencies.types import Actor
from pendopo.kernel.cursors import Page, page_of
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """An agency with its hotline, if any, and the last test of it."""

    agency: Agency
    number: str
    hours: str
    tested_at: datetime | None
    tested_by: str
    is_answered: bool
    is_due: bool

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if not self.number:
            return _("Belum ada hotline")
        if self.tested_at and not self.is_answered:
            return _("Tidak dijawab")
        return _("Belum diuji bulan ini") if self.is_due else _("Dijawab")


def hotlines(mall: Mall, actor: Actor, at: datetime, *, cursor: str = "", size: int = PAGE) -> Page[Line]:
    """Return agencies with their hotlines: a number is tested once in each month of the mall's own calendar."""
    rows = Agency.objects.filter(mall=mall)
    if actor.overseen is not None:
        rows = rows.filter(pk__in=actor.overseen)
    # A test of the number of before says nothing of this one.
    last = HotlineTest.objects.filter(
        mall=mall, hotline__agency=OuterRef("pk"), number=OuterRef("hotline__number")
    ).order_by("-tested_at", "-pk")
    page = page_of(rows.select_related("hotline").annotate(last_test=Subquery(last.values("pk")[:1])), cursor, size)
    tests = {
        each.pk: each
        for each in HotlineTest.objects.filter(
            mall=mall, pk__in=[row.last_test for row in page.items if row.last_test]
        ).select_related("account")
    }
    return page.showing([_line(mall, row, tests.get(row.last_test or 0), at) for row in page.items])


def _line(mall: Mall, agency: Agency, test: HotlineTest | None, at: datetime) -> Line:
    known: Hotline | None = getattr(agency, "hotline", None)
    here = mall.local(at)
    tested = mall.local(test.tested_at) if test else None
    return Line(
        agency=agency,
        number=known.number if known else "",
        hours=known.hours if known else "",
        tested_at=test.tested_at if test else None,
        tested_by=test.account.name if test and test.account else "",
        is_answered=bool(test and test.is_answered),
        is_due=tested is None or (tested.year, tested.month) < (here.year, here.month),
    )


def hotline_of(mall: Mall, agency_code: str) -> Hotline | None:
    """Return the hotline that people are told where an agency's services are shown."""
    return Hotline.objects.filter(mall=mall, agency__code=agency_code).first()
