"""An inspection that began on a phone without a network, and came to the server later."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.inspections.actions import beginning
from pendopo.inspections.errors import NotTheInspector
from pendopo.inspections.models import Inspection, Place
from pendopo.inspections.queries import inspections
from pendopo.inspections.queries.digests import is_intact
from pendopo.inspections.queries.knowing import Empty, Wait, known_then
from pendopo.inspections.tests import make
from pendopo.inspections.types import Start
from pendopo.kernel.errors import NotUnderstood
from pendopo.queues.actions import calling
from pendopo.queues.models import Vacancy
from pendopo.queues.tests import make as queues
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
# A Monday, ten in the morning in WIB, later than any session that these tests open.
BEGUN = datetime(2035, 1, 8, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def hall() -> Hall:
    return queues.hall()


@pytest.fixture
def inspector(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.INSPECTOR)


def arrived(
    hall: Hall, by: Actor, *, told: datetime = BEGUN, at: datetime = BEGUN + 3 * HOUR, part: UUID | None = None
) -> Inspection:
    """Tell the server of an inspection that began earlier."""
    return beginning.begin(
        hall.mall,
        sites=[hall.place.site],
        others=["RSUD"],
        part=part or uuid4(),
        by=by,
        at=at,
        start=Start(told, 1, is_away=True),
    )


def test_what_was_known_is_that_of_the_minute_it_began(hall: Hall, inspector: Actor) -> None:
    with wall.inside(hall.mall.pk):
        queues.taken(hall, at=BEGUN - 20 * MINUTE)
        queues.taken(hall, at=BEGUN - 10 * MINUTE)
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=BEGUN + MINUTE)
        queues.taken(hall, at=BEGUN + 2 * MINUTE)
        before = arrived(hall, inspector)
        Vacancy.objects.create(
            mall=hall.mall, counter=hall.counter, kind="empty", day=BEGUN.date(), starts_at=BEGUN - 7 * MINUTE,
            ended_at=BEGUN + 4 * MINUTE, ended_because="opened",
        )  # fmt: skip
        empty, over = arrived(hall, inspector), arrived(hall, inspector, told=BEGUN + 5 * MINUTE)

        assert (before.begun_at, before.received_at) == (BEGUN, BEGUN + 3 * HOUR)
        known = known_then(before)
        assert (known.counters, known.open, known.empty, known.waiting) == (1, 1, [], 2)
        assert known.waits == [Wait("A", "Kependudukan", 2, 20)]
        assert (known_then(empty).open, known_then(empty).empty) == (0, [Empty(1, "Dukcapil", "09.53")])
        # One was called meanwhile, and another came.
        assert (known_then(over).open, known_then(over).waits) == (1, [Wait("A", "Kependudukan", 2, 15)])


def test_a_clock_that_cannot_be_true_begins_it_when_it_came(hall: Hall, inspector: Actor) -> None:
    came = BEGUN + 3 * HOUR
    with wall.inside(hall.mall.pk):
        told = (BEGUN - timedelta(days=30), BEGUN + timedelta(days=2), came + MINUTE)
        assert [arrived(hall, inspector, told=each).begun_at for each in told] == [came, came, came]


def test_it_comes_once_and_from_nobody_else(hall: Hall, inspector: Actor) -> None:
    other, part = agencies.staff(hall.mall, Role.HEAD), uuid4()
    with wall.inside(hall.mall.pk):
        first = arrived(hall, inspector, part=part)
        again = arrived(hall, inspector, part=part, at=BEGUN + 5 * HOUR)
        with pytest.raises(NotTheInspector):
            arrived(hall, other, part=part)

        assert again == first
        assert (Inspection.objects.count(), Place.objects.count()) == (1, 2)
        assert Entry.objects.filter(action="inspection.begun").count() == 1
        make.answered(first, inspector, at=BEGUN + MINUTE)
        make.signed(first, inspector, at=BEGUN + 3 * HOUR)
        assert is_intact(inspections.inspection_of(hall.mall, first.pk))


def test_the_checklist_of_the_phone_stays_and_the_newer_is_named(
    hall: Hall, inspector: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (beginning, inspections):
        monkeypatch.setattr(place, "NEWEST", 2)
    with wall.inside(hall.mall.pk):
        of = arrived(hall, inspector)
        with pytest.raises(NotUnderstood):
            beginning.begin(
                hall.mall, sites=[], others=["RSUD"], part=uuid4(), by=inspector, at=BEGUN, start=Start(BEGUN, 3)
            )

        assert of.checklist == 1
        assert inspections.older_checklist_text(of).endswith("versi 1; yang berlaku kini versi 2.")
        assert (
            "yang berlaku kini versi 2"
            in client(inspector).get(f"/m/{hall.mall.slug}/inspections/{of.pk}/").content.decode()
        )


def test_a_phone_tells_it_by_the_door_and_then_sends_its_parts(hall: Hall, inspector: Actor) -> None:
    browser, door = client(inspector), f"/m/{hall.mall.slug}/inspections/begun/"
    assert browser.get(door).json()["account"] == inspector.account_id
    sent = {
        "id": str(uuid4()), "at": timezone.now().isoformat(), "checklist": "1", "team": "BKPSDM",
        "away": "1", "sites": hall.place.site.pk, "others": "RSUD\nPuskesmas",
    }  # fmt: skip
    with wall.inside(hall.mall.pk):
        # It was still in use when the phone kept its page.
        type(hall.place.site).objects.filter(pk=hall.place.site.pk).update(retired_at=timezone.now())

    told, again = browser.post(door, sent).json(), browser.post(door, sent).json()

    assert told == again
    assert told["news"] == ""
    answers = {"kind": "answers", "id": str(uuid4()), "at": sent["at"], "place": 3, "a-ramp": "yes"}
    json = {"accept": "application/json"}
    assert browser.post(told["parts"], answers, headers=json).json() == {"kept": True}
    assert browser.post(told["parts"], {**answers, "place": 4}, headers=json).status_code == 422
    assert "Puskesmas" in browser.get(told["form"]).content.decode()
    for wrong in ({"at": ""}, {"at": "kemarin"}, {"checklist": "9"}, {"sites": "", "others": ""}, {"id": "x"}):
        refused = browser.post(door, {**sent, "id": str(uuid4()), **wrong}, headers=json)
        assert refused.status_code == 422
        assert refused.json()["detail"]
    with wall.inside(hall.mall.pk):
        assert Inspection.objects.get().received_at is not None
