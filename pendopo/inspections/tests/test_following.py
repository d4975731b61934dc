"""What becomes of findings: answered, closed by somebody else, opened again, counted, listed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place as Where
from pendopo.agencies.types import Actor, Role
from pendopo.inspections.actions import following
from pendopo.inspections.errors import NotProven, OwnAnswer
from pendopo.inspections.models import Finding, Inspection, Photo, Step
from pendopo.inspections.queries.digests import is_intact
from pendopo.inspections.queries.findings import FindingStanding, standing
from pendopo.inspections.queries.inspections import inspection_of
from pendopo.inspections.tests import make
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, NotFound
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def where() -> Where:
    return agencies.place()


@pytest.fixture
def inspector(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.INSPECTOR)


@pytest.fixture
def manager(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.MANAGER)


@pytest.fixture
def admin(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.AGENCY_ADMIN, agency=where.agency)


def signed(where: Where, by: Actor, *findings: bool) -> tuple[Inspection, list[Finding]]:
    """Make a signed inspection; each finding is the agency's (True) or the mall's own."""
    of = make.inspection(where.mall, by, at=NOW)
    make.answered(of, by, at=NOW)
    agency = where.agency
    found = [
        make.found(of, by, at=NOW, agency=agency if is_theirs else None, picture=make.png()) for is_theirs in findings
    ]
    make.signed(of, by, at=NOW)
    return of, found


def test_an_owner_answers_and_another_closes(where: Where, inspector: Actor, manager: Actor, admin: Actor) -> None:
    with wall.inside(where.mall.pk):
        of, (theirs, own) = signed(where, inspector, True, False)
        following.reply(theirs, "Sudah dipasang", picture=make.png(9), told=make.told(NOW), by=admin, at=NOW + DAY)
        following.reply(own, "Sudah dipasang", by=manager, at=NOW + DAY)
        for finding, by in ((own, admin), (theirs, inspector)):
            with pytest.raises(NotAllowed):
                following.reply(finding, "Saya", by=by, at=NOW + DAY)
        with pytest.raises(OwnAnswer):
            following.close(own, "Sudah saya lihat", by=manager, at=NOW + DAY)
        with pytest.raises(NotProven):
            following.close(own, "", by=inspector, at=NOW + DAY)
        with pytest.raises(NotAllowed):
            following.close(theirs, "Beres", by=admin, at=NOW + DAY)
        following.close(theirs, "", by=inspector, at=NOW + 2 * DAY)
        following.close(own, "Saya lihat sendiri", by=inspector, at=NOW + 2 * DAY)

        assert set(Finding.objects.values_list("state", flat=True)) == {"closed"}
        assert Photo.objects.filter(stage="after").count() == 1
        assert is_intact(inspection_of(where.mall, of.pk))


def test_what_is_not_mended_is_opened_again(where: Where, inspector: Actor, admin: Actor) -> None:
    with wall.inside(where.mall.pk):
        _of, (theirs,) = signed(where, inspector, True)
        with pytest.raises(MoveNotAllowed):
            following.reopen(theirs, "Sudah terbuka", by=inspector, at=NOW)
        following.reply(theirs, "Sudah", by=admin, at=NOW + DAY)
        with pytest.raises(MoveNotAllowed):
            following.reply(theirs, "Sekali lagi", by=admin, at=NOW + DAY)
        following.reopen(theirs, "Masih kosong", by=inspector, at=NOW + DAY)
        following.close(theirs, "Terisi", picture=make.png(), told=make.told(NOW), by=inspector, at=NOW + 2 * DAY)
        following.reopen(theirs, "Kosong lagi", by=inspector, at=NOW + 3 * DAY)

        theirs.refresh_from_db()
        assert (theirs.state, theirs.state_at) == ("open", NOW + 3 * DAY)
        kinds = list(Step.objects.order_by("pk").values_list("kind", flat=True))
        assert kinds == ["answered", "reopened", "closed", "reopened"]


def test_findings_count_from_the_signature_on(where: Where, inspector: Actor, admin: Actor) -> None:
    today = where.mall.local(NOW).date()
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, inspector, at=NOW)
        make.answered(of, inspector, at=NOW)
        first = make.found(of, inspector, at=NOW, agency=where.agency, days=2)
        second = make.found(of, inspector, at=NOW, days=5)
        assert standing(where.mall, today) == FindingStanding(0, 0)
        with pytest.raises(NotFound):
            following.reply(first, "Sudah", by=admin, at=NOW)

        make.signed(of, inspector, at=NOW)
        assert standing(where.mall, today) == FindingStanding(2, 0, where.agency.short_name, first.due_on)
        assert standing(where.mall, today).first_text.startswith("Tenggat terdekat")
        assert standing(where.mall, today + 3 * DAY) == FindingStanding(2, 1, where.agency.short_name, first.due_on)
        assert standing(where.mall, today + 3 * DAY).first_text.endswith(": Dukcapil")
        following.reply(first, "Sudah", by=admin, at=NOW)
        # Now it waits for the inspector: its owner is not late.
        assert standing(where.mall, today + 3 * DAY) == FindingStanding(2, 0, "", second.due_on)
        following.close(first, "Beres", by=inspector, at=NOW)
        assert standing(where.mall, today + 9 * DAY) == FindingStanding(1, 1, "", second.due_on)
