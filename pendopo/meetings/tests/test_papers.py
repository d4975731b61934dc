"""The figures of the papers, from rows of every module that they are of."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from pendopo.agencies.actions import agreements, apps, founding, joining
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.actions.apps import AppFacts
from pendopo.agencies.models import Signatory
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.meetings.models import Paper
from pendopo.meetings.queries import papers
from pendopo.queues.actions import serving, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.tests import make as queues
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, Outcome
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def hall() -> Hall:
    return queues.hall()


def come(hall: Hall, day: date, visitors: int) -> None:
    """Let people take numbers at the kiosk at noon."""
    at = timezone.now().replace(year=day.year, month=day.month, day=day.day, hour=5, minute=0)
    for _each in range(visitors):
        taking.take(hall.mall, hall.service.code, origin=Origin.KIOSK, request_id=uuid4(), by=Caller(), at=at)


def test_visitors_are_counted_by_whole_weeks(hall: Hall) -> None:
    today = hall.mall.local(NOW).date()
    monday = today - timedelta(days=today.weekday())
    with wall.inside(hall.mall.pk), translation.override("id"):
        come(hall, monday - 2 * DAY, 6)
        come(hall, monday - 10 * DAY, 4)
        come(hall, monday - 100 * DAY, 9)
        made = papers.visitors(hall.mall, today)
        assert [row[1:] for row in made.rows] == [(0, 0, 0)] * 6 + [(4, 4, 0), (6, 6, 0)]
        assert made.summary == "Minggu lalu 6 pengunjung, naik 50%."
        kept = Paper(kind=Paper.Kind.VISITORS, table=made.table)
        chart = papers.chart(kept)
    assert chart is not None
    assert [texts for _label, texts in chart.rows] == [["0", "0"]] * 6 + [["4", "0"], ["6", "0"]]
    assert papers.chart(Paper(kind=Paper.Kind.PROSPECTS, table=made.table)) is None


def test_satisfaction_is_told_by_agency(hall: Hall) -> None:
    with wall.inside(hall.mall.pk), translation.override("id"):
        for score in (Rating.Score.VERY_GOOD, Rating.Score.VERY_GOOD, Rating.Score.POOR):
            served = serving.serve(queues.called(hall), by=hall.officer, at=timezone.now())
            done = serving.complete(served, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())
            surveys.rate(done, score, at=timezone.now())
        made = papers.satisfaction(hall.mall, timezone.now())
        # (4 + 4 + 2) / 3 × 25 = 83.33
        assert list(made.rows) == [("Dukcapil", 3, 83.3, 66.7)]
        assert made.summary == "3 penilaian dalam 30 hari; 66,7% sangat puas."
        assert papers.satisfaction(hall.mall, timezone.now() + 31 * DAY).rows == []


def test_who_lacks_agreements_and_who_wants_in(hall: Hall) -> None:
    manager, today = agencies.staff(hall.mall, Role.MANAGER), hall.mall.local(NOW).date()
    with wall.inside(hall.mall.pk), translation.override("id"):
        signed = founding.add_agency(hall.mall, code="LENGKAP", name="Dinas Lengkap", at=NOW)
        for kind in ("mou", "plan", "contract"):
            agreements.draft(
                hall.mall, kind=kind, title="Kerja sama", parties=[Party(signed, signer="Kepala")], starts_on=today,
                by=manager, at=NOW,
            )  # fmt: skip
        signatures = [Signature(row) for row in Signatory.objects.all()]
        agreements.sign_together(hall.mall, signatures, day=today, place="Aula", by=manager, at=NOW)
        agreements.draft(
            hall.mall, kind="mou", title="Nota", parties=[Party(name="Kodim")], starts_on=today, by=manager, at=NOW
        )
        made = papers.missing_agreements(hall.mall, manager, today)
        assert [row[0] for row in made.rows] == ["Dinas Dukcapil", "Kodim"]
        for name in ("Bank Contoh", "Kantor Imigrasi"):
            prospect = joining.note_interest(
                hall.mall, name=name, contact_office="Umum", wanted_services="Paspor", since=today, by=manager, at=NOW
            )
        joining.move_prospect(prospect, state="declined", reason="Belum siap", by=manager, at=NOW)
        assert [row[0] for row in papers.prospects(hall.mall).rows] == ["Bank Contoh"]
        old, new = (
            apps.register_app(hall.place.agency, AppFacts(name, "Umum", "Antrean", retire_by=gone), by=manager, at=NOW)
            for name, gone in (("Lama", today - DAY), ("Baru", None))
        )
        apps.judge_overlap(old, new, is_overlap=True, note="Sama", by=manager, at=NOW)
        register = papers.register(hall.mall, manager, today)
        assert register.rows == [
            ("Lama", "Dukcapil", "Lewat batas pensiun"), ("Lama – Baru", "Dukcapil", "Tumpang tindih"),
        ]  # fmt: skip
        assert register.summary == "2 aplikasi dipakai; 1 setelah yang berbatas waktu dipensiunkan."


def test_papers_are_in_indonesian_and_cost_the_same_however_much_there_is(hall: Hall) -> None:
    manager = agencies.staff(hall.mall, Role.MANAGER)
    with wall.inside(hall.mall.pk), translation.override("en"):
        made = papers.gather(hall.mall, manager, timezone.now())
        assert [each.kind for each in made] == Paper.Kind.values
        assert made[6].heads[0] == "Instansi"
        with CaptureQueriesContext(connection) as few:
            papers.gather(hall.mall, manager, timezone.now())
        for number in range(20):
            agency = founding.add_agency(hall.mall, code=f"D{number}", name=f"Dinas {number}", at=NOW)
            apps.register_app(agency, AppFacts("Aplikasi", "Umum", f"{number}"), by=manager, at=NOW)
        with CaptureQueriesContext(connection) as many:
            papers.gather(hall.mall, manager, timezone.now())
    assert len(many) == len(few)
