"""Readiness as it was known on an earlier day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.readiness.actions import evidence, gates, plan
from pendopo.readiness.models import PlanStep
from pendopo.readiness.queries.rules import rules
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

SOURCE = "KoranMemo, 13 Mei 2024"
DAY = timedelta(days=1)
FIRST, SECOND = date(2024, 5, 13), date(2024, 6, 13)
# At ten in western Indonesia.
TOLD, CORRECTED = datetime(2024, 5, 13, 3, tzinfo=UTC), datetime(2024, 6, 13, 3, tzinfo=UTC)


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


def note(place: Place, by: Actor, value: str, as_of: date, at: datetime, **other: object) -> object:
    return gates.note_value(
        place.mall, "sisdmk", Decimal(value), as_of=as_of, source=SOURCE, by=by, at=at, **other  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def told(place: Place, manager: Actor) -> Place:
    """A value of May that was corrected in June; gates from May on, others from June; evidence withdrawn in June."""
    with wall.inside(place.mall.pk):
        gates.set_gates(place.mall, rules().gates, valid_from=FIRST, reason="Awal", by=manager, at=TOLD)
        wrong = note(place, manager, "59.93", FIRST, TOLD)
        note(place, manager, "59.33", FIRST, CORRECTED, corrects=wrong, reason="Salah ketik")
        gates.set_gates(place.mall, rules().gates, valid_from=SECOND, reason="Tinjauan", by=manager, at=CORRECTED)
        noted = evidence.note_evidence(
            place.mall, "security", text="Uji", source="Surat", on=FIRST, by=manager, at=TOLD
        )
        evidence.withdraw_evidence(noted, reason="Keliru", by=manager, at=CORRECTED)
    return place


def shown(place: Place, by: Actor, query: str, path: str = "") -> str:
    return client(by).get(f"/m/{place.mall.slug}/readiness/{path}{query}").content.decode("utf-8-sig")


def test_a_day_shows_what_was_known_then(told: Place, manager: Actor) -> None:
    for day, value, version in ((FIRST, "59,93", 1), (SECOND - DAY, "59,93", 1), (SECOND, "59,33", 2)):
        page = shown(told, manager, f"?on={day}")
        assert f"{value} persen" in page
        assert f"gerbang versi {version}" in page
        assert "seperti yang diketahui pada hari itu" in page
        assert 'href="?"' in page
        assert f"table.csv?on={day}" in page
        assert value in shown(told, manager, f"?on={day}", "table.csv")
    assert "bukti yang dicatat: 1" in shown(told, manager, f"?on={FIRST}")
    assert "bukti yang dicatat: 1" not in shown(told, manager, f"?on={SECOND}")


def test_before_anything_was_known_it_says_so(told: Place, manager: Actor) -> None:
    page = shown(told, manager, f"?on={FIRST - DAY}")
    assert "Belum dapat dijawab: gerbang belum ditetapkan." in page
    assert "59," not in page
    assert "Tetapkan gerbang" not in page


def test_a_value_that_was_noted_later_counts_from_its_day_and_says_so(told: Place, manager: Actor) -> None:
    with wall.inside(told.mall.pk):
        note(told, manager, "60.5", date(2024, 5, 20), CORRECTED)
    assert "Baru dicatat 13 Jun 2024." in shown(told, manager, "?on=2024-05-20")
    assert "Baru dicatat" not in shown(told, manager, f"?on={SECOND}")


def test_today_is_no_other_day_and_tomorrow_is_refused(told: Place, manager: Actor) -> None:
    here = told.mall.local(datetime.now(UTC)).date()
    assert "seperti yang diketahui" not in shown(told, manager, f"?on={here}")
    for wrong in (f"?on={here + DAY}", "?on=kemarin", "?on=0001-01-01"):
        assert client(manager).get(f"/m/{told.mall.slug}/readiness/{wrong}").status_code == 422


def test_a_step_that_was_done_later_was_not_done_then(told: Place, manager: Actor) -> None:
    with wall.inside(told.mall.pk):
        step = plan.plan_step(
            told.mall, kind="letter", name="Surat usulan", month=date(2024, 5, 1), office="DPMPTSP", by=manager, at=TOLD
        )
        plan.finish_step(step, on=SECOND, evidence="Surat 5", by=manager, at=CORRECTED)
        step.refresh_from_db()
    assert step.standing(FIRST) is PlanStep.Standing.NOW
    assert step.standing(SECOND - DAY) is PlanStep.Standing.LATE
    assert step.standing(SECOND) is PlanStep.Standing.DONE
