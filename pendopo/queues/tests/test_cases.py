"""What is taken in here for an agency: opened once, followed step by step, late ones first, read without login."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.models import Offering, Service, Standard, Variant
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, ReasonMissing
from pendopo.notifications.models import Message
from pendopo.notifications.wording import words_of
from pendopo.people.errors import WrongNumber
from pendopo.queues.actions import cases, serving
from pendopo.queues.models import CaseStep, ForwardedCase, Ticket
from pendopo.queues.queries import promises
from pendopo.queues.queries.cases import open_and_late
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# A Monday in Jakarta, nine in the morning.
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def hall() -> Hall:
    made = make.hall()
    with wall.inside(made.mall.pk):
        Service.objects.update(kind=Service.Kind.FORWARD)
        Variant.objects.update(duration="3 hari kerja", requirements=["KTP", "Kartu Keluarga", "Foto"])
    return made


@pytest.fixture
def back_office(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.BACK_OFFICE, agency=hall.place.agency)


def done(
    hall: Hall,
    outcome: Outcome = Outcome.TAKEN_IN,
    *,
    number: str = "",
    papers: tuple[int, ...] = (1, 3),
    at: datetime = AT,
) -> Ticket:
    """Serve somebody and end it. Stand inside the mall."""
    ticket = make.called(hall)
    serving.serve(ticket, by=hall.officer, at=at)
    return serving.complete(ticket, outcome=outcome, agency_number=number, papers=papers, by=hall.officer, at=at)


def case(hall: Hall, **said: object) -> ForwardedCase:
    return ForwardedCase.objects.get(ticket=done(hall, **said))  # type: ignore[arg-type] # as it takes them


def walk(found: ForwardedCase, by: Actor, *kinds: str) -> ForwardedCase:
    for kind in kinds:
        found = cases.take_step(found, kind, reason="Kurang foto", by=by, at=AT)
    return found


def test_a_ticket_that_is_taken_in_opens_one_case_however_often_it_is_said(hall: Hall) -> None:
    with wall.inside(hall.mall.pk):
        ticket = done(hall, number="B-77")
        again = serving.complete(ticket, outcome=Outcome.TAKEN_IN, agency_number="B-77", by=hall.officer, at=AT)
        cases.open_case(again, papers=(2,), by=hall.officer, at=AT)

        found = ForwardedCase.objects.get()
        assert (found.ticket, found.agency_number, found.papers, found.state) == (
            ticket, "B-77", ["KTP", "Foto"], "taken_in",
        )  # fmt: skip
        # Monday and three working days.
        assert found.promised_on == date(2026, 11, 26)
        assert [step.kind for step in CaseStep.objects.all()] == ["taken_in"]
        assert Entry.objects.filter(action="case.opened").count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            ForwardedCase.objects.create(
                mall=hall.mall, ticket=ticket, agency=hall.place.agency, variant=ticket.variant, opened_at=AT,
                changed_at=AT,
            )  # fmt: skip


def test_only_what_is_worked_on_elsewhere_opens_a_case(hall: Hall) -> None:
    with wall.inside(hall.mall.pk):
        done(hall, Outcome.DONE)
        done(hall, Outcome.INFORMED)
        Service.objects.update(kind=Service.Kind.HERE)
        done(hall)
        assert not ForwardedCase.objects.exists()
        Offering.objects.update(status=Offering.Status.FRONT_DESK)

        assert case(hall).state == "taken_in"


def test_the_officer_ticks_papers_at_the_counter(hall: Hall) -> None:
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        serving.serve(ticket, by=hall.officer, at=AT)
    browser, path = client(hall.officer), f"/m/{hall.mall.slug}/counters/{hall.counter.pk}/"
    assert "Berkas yang diterima untuk instansi" in browser.get(path).content.decode()

    sent = {"outcome": "taken_in", "agency_number": "B-1", "paper": ["1", "2"]}
    assert browser.post(path + "completion/", sent).status_code == 200

    with wall.inside(hall.mall.pk):
        assert ForwardedCase.objects.get().papers == ["KTP", "Kartu Keluarga"]


def test_steps_go_their_way_and_no_other(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        found = case(hall)
        for kind in ("received", "ready", "given_back"):
            with pytest.raises(MoveNotAllowed):
                cases.take_step(found, kind, by=back_office, at=AT)
        walk(found, back_office, "sent", "sent", "received")
        with pytest.raises(ReasonMissing):
            cases.take_step(found, "asked", by=back_office, at=AT)
        assert [step.kind for step in CaseStep.objects.order_by("pk")] == ["taken_in", "sent", "received"]
        walk(found, back_office, "asked", "received", "ready", "given_back")

        found.refresh_from_db()
        assert (found.state, found.next_steps) == ("given_back", ())
        with pytest.raises(ProgrammingError), transaction.atomic():
            CaseStep.objects.update(reason="lain")
        with pytest.raises(ProgrammingError), transaction.atomic():
            ForwardedCase.objects.update(papers=[])
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseStep.objects.create(mall=hall.mall, case=found, kind="rejected", at=AT)


def test_only_the_agencys_own_take_steps(hall: Hall) -> None:
    with wall.inside(hall.mall.pk):
        other = founding.add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=AT)
        found = case(hall)
        foreign = agencies.staff(hall.mall, Role.BACK_OFFICE, agency=other)
        strangers = [foreign, agencies.staff(hall.mall, Role.HEAD), hall.officer]
        for who in strangers:
            with pytest.raises(NotAllowed):
                cases.take_step(found, "sent", by=who, at=AT)
        assert CaseStep.objects.count() == 1
        anywhere = agencies.staff(hall.mall, Role.BACK_OFFICE)
        assert cases.take_step(found, "sent", by=anywhere, at=AT).state == "sent"
    path = f"/m/{hall.mall.slug}/cases/"
    assert client(strangers[0]).get(f"{path}{found.pk}/").status_code == 404
    assert "Tidak ada berkas di sini." in client(strangers[0]).get(path).content.decode()
    assert client(hall.officer).get(path).status_code == 403


def test_a_result_handed_over_under_the_agencys_number_ends_its_case(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        found = walk(case(hall, number="B-9"), back_office, "sent", "received", "ready")

        done(hall, Outcome.HANDED_OVER, number="B-9")
        done(hall, Outcome.HANDED_OVER, number="B-10")

        found.refresh_from_db()
        assert found.state == "given_back"
        assert list(ForwardedCase.objects.exclude(pk=found.pk).values_list("agency_number", flat=True)) == ["B-10"]


def test_the_citizen_follows_it_without_login_and_sees_nobodys_name(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        found = case(hall, number="B-5")
        walk(found, back_office, "sent", "received", "asked")
        key = found.ticket.key

    read = Client().get(f"/m/{hall.mall.slug}/t/{key}/").content.decode()

    assert "Instansi menunggu Anda" in read
    assert "Kurang foto" in read
    assert "Dijanjikan selesai paling lambat Kamis, 26 November 2026." in read
    assert "B-5" in read
    for who in (hall.officer, back_office):
        assert who.account
        assert who.account.name not in read


def test_late_ones_come_first_and_the_files_are_the_list(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        Variant.objects.update(duration="")
        case(hall, number="tanpa")
        Variant.objects.update(duration="30 hari")
        case(hall, number="nanti", at=datetime.now(UTC))
        Variant.objects.update(duration="1 hari")
        case(hall, number="lewat", at=datetime(2020, 1, 6, 2, tzinfo=UTC))
    browser, path = client(back_office), f"/m/{hall.mall.slug}/cases/"

    def numbers(query: str = "") -> list[str]:
        text = browser.get(f"{path}list.csv{query}").content.decode("utf-8-sig")
        return [line.split(",")[3] for line in text.splitlines()[1:]]

    assert numbers() == ["lewat", "nanti", "tanpa"]
    assert numbers("?state=late") == ["lewat"]
    assert numbers("?state=done") == []
    shown = browser.get(path).content.decode()
    assert shown.index("lewat") < shown.index("nanti") < shown.index("· tanpa")
    assert browser.get(f"{path}list.xlsx").status_code == 200
    assert browser.get(f"{path}?state=x").status_code == 422
    with wall.inside(hall.mall.pk):
        today = hall.mall.local(datetime.now(UTC)).date()
        assert open_and_late(hall.mall.pk, today) == {hall.place.agency.pk: (3, 1)}
    manager = client(agencies.staff(hall.mall, Role.MANAGER))
    coverage = " ".join(manager.get(f"/m/{hall.mall.slug}/coverage/").content.decode().split())
    assert "3 berkas berjalan" in coverage
    assert "1 berkas terlambat" in coverage


def test_a_step_is_noted_on_the_page_with_words_for_the_citizen(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        found = case(hall)
    browser, path = client(back_office), f"/m/{hall.mall.slug}/cases/{found.pk}/"
    assert browser.post(path, {"kind": "ready"}).status_code == 422
    assert browser.post(path, {"kind": "sent", "agency_number": "B-3"}).status_code == 302
    refused = browser.post(path, {"kind": "rejected"})
    assert refused.status_code == 422
    assert "Warga membacanya" in refused.content.decode()

    with wall.inside(hall.mall.pk):
        found.refresh_from_db()
        assert (found.state, found.agency_number) == ("sent", "B-3")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3 hari kerja", date(2026, 11, 26)),
        ("14 (empat belas) hari kerja sejak berkas lengkap", date(2026, 12, 11)),
        ("3-5 hari kerja", date(2026, 11, 30)),
        ("paling lama 2 s.d. 3 minggu", date(2026, 12, 14)),
        ("10 hari", date(2026, 12, 3)),
        ("30 menit", TODAY),
        ("1 bulan", date(2026, 12, 23)),
        ("segera", None),
        ("", None),
    ],
)
def test_a_duration_in_words_is_a_day(hall: Hall, text: str, wanted: date | None) -> None:
    with wall.inside(hall.mall.pk):
        assert promises.after(hall.mall, text, TODAY) == wanted


def test_the_standard_in_force_promises_before_what_is_told(hall: Hall) -> None:
    with wall.inside(hall.mall.pk):
        Standard.objects.create(
            mall=hall.mall, service=hall.service, components={"duration": "5 hari kerja"}, decree_number="1",
            decree_on=TODAY, valid_from=TODAY, review_due_on=TODAY + timedelta(days=365), written_at=AT,
        )  # fmt: skip
        variant = Variant.objects.get()

        assert promises.promised_on(hall.mall, variant, TODAY) == date(2026, 11, 30)
        assert promises.promised_on(hall.mall, variant, TODAY - timedelta(days=3)) == date(2026, 11, 25)


def test_whoever_is_asked_for_more_is_told_once_where_a_number_is_known(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        found = walk(case(hall, number="B-77"), back_office, "sent", "received")
        with pytest.raises(WrongNumber), transaction.atomic():
            cases.take_step(found, "asked", reason="Foto", phone="12", link="x", by=back_office, at=AT)
        found.refresh_from_db()
        assert (found.state, Message.objects.count()) == ("received", 0)
        for _time in range(2):
            cases.take_step(
                found, "asked", reason="Foto kurang", phone="0812-0000-1111", link="https://mpp.test/t/1/",
                by=back_office, at=AT,
            )  # fmt: skip
        message = Message.objects.get()
        text = words_of(message.template, "id", message.data).text
        assert text == (
            f"Permohonan B-77 ({found.variant}) menunggu Anda: Foto kurang. Lengkapi di sini: https://mpp.test/t/1/"
        )
        # Asked again for something else: told again; without a number: nobody.
        found = walk(found, back_office, "received")
        cases.take_step(
            found, "asked", reason="KK", phone="081200001111", link="x", by=back_office, at=AT + timedelta(hours=1)
        )
        walk(found, back_office, "received", "asked")
        assert Message.objects.count() == 2
        with connection.cursor() as cursor:
            cursor.execute("SELECT c::text || m::text FROM queues_forwardedcase c, notifications_message m")
            assert all("81200001111" not in row[0] for row in cursor.fetchall())


def test_the_back_office_types_the_number_and_the_page_is_the_citizens(hall: Hall, back_office: Actor) -> None:
    with wall.inside(hall.mall.pk):
        found = walk(case(hall), back_office, "sent", "received")
    browser, path = client(back_office), f"/m/{hall.mall.slug}/cases/{found.pk}/"
    wrong = browser.post(path, {"kind": "asked", "reason": "Foto", "phone": "12"})
    assert (wrong.status_code, "0812-3456-7890" in wrong.content.decode()) == (422, True)
    assert browser.post(path, {"kind": "asked", "reason": "Foto", "phone": "081200001111"}).status_code == 302
    with wall.inside(hall.mall.pk):
        assert Message.objects.get().data["link"].endswith(f"/m/{hall.mall.slug}/t/{found.ticket.key}/")
