"""Reporting at the hall: by the code at the door, at the desk; and places given back."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.config import jobs
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.actions import checking_in, serving
from pendopo.queues.errors import NotWaiting, WrongCode
from pendopo.queues.models import Event, HallRules, Period, Ticket, Visit
from pendopo.queues.queries.doors import door_code, is_door_code, seconds_left
from pendopo.queues.tests import make
from pendopo.queues.tests.crowd import together
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import EndedBecause, Hold, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

NOON = datetime(2026, 11, 23, 5, 0, 30, tzinfo=UTC)


def unchecked(hall: Hall, *, at: datetime | None = None) -> Ticket:
    """Take a ticket by phone in a mall that wants its holder to report. Stand inside the mall."""
    HallRules.objects.get_or_create(mall=hall.mall, defaults={"check_in_required": True})
    ticket = Ticket.objects.get(pk=make.taken(hall, at=at).id)
    Ticket.objects.filter(pk=ticket.pk).update(hold=Hold.UNCHECKED)
    ticket.refresh_from_db()
    return ticket


def holder(hall: Hall) -> Actor:
    return Actor(mall=hall.mall)


def traces(hall: Hall) -> tuple[int, int, int]:
    return Event.objects.filter(mall=hall.mall).count(), Period.objects.count(), Entry.objects.count()


def test_a_code_lives_for_its_minute_and_the_next() -> None:
    code = door_code(7, NOON)

    assert len(code) == 6
    assert code.isdigit()
    assert seconds_left(NOON) == 30
    assert is_door_code(7, code, NOON + timedelta(seconds=89))
    assert not is_door_code(7, code, NOON + timedelta(seconds=90))
    assert not is_door_code(7, code, NOON - timedelta(seconds=31))
    assert not is_door_code(8, code, NOON)
    assert [is_door_code(7, typed, NOON) for typed in ("", "١٢٣٤٥٦", code[:5], f" {code}")] == [False] * 4


@pytest.mark.django_db
def test_the_code_of_the_door_checks_in_once() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
    page, client = f"/m/{hall.mall.slug}/t/{ticket.key}/", Client()
    code = door_code(hall.place.site.pk, timezone.now())

    answers = [client.post(f"{page}check-in/", {"code": f"{code[:3]} {code[3:]}"}) for _ in range(2)]
    later = client.post(f"{page}check-in/", {"code": "000000"})

    assert [(answer.status_code, answer["Location"]) for answer in (*answers, later)] == [(302, page)] * 3
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.select_related("visit").get(pk=ticket.pk)
        assert (ticket.hold, ticket.state) == ("", State.WAITING)
        assert ticket.visit.checked_in_at
        assert [event.kind for event in Event.objects.filter(ticket_id=ticket.pk).order_by("seq")] == [
            "taken", "checked_in",
        ]  # fmt: skip
        assert Entry.objects.filter(action="ticket.checked_in").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1234567"])
def test_another_code_is_refused_beside_its_field(code: str) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
        before = traces(hall)

    answer = Client().post(f"/m/{hall.mall.slug}/t/{ticket.key}/check-in/", {"code": code})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert "A-001" in page
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.select_related("visit").get(pk=ticket.pk)
        assert (ticket.hold, ticket.visit.checked_in_at) == (Hold.UNCHECKED, None)
        assert traces(hall) == before


@pytest.mark.django_db
def test_the_desk_and_a_kiosk_need_no_code() -> None:
    hall = make.hall()
    desk = agencies.staff(hall.mall, Role.OFFICER)
    with wall.inside(hall.mall.pk):
        device, _token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.KIOSK, name="Kios", at=timezone.now()
        )
        for by in (desk, Actor(mall=hall.mall, device=device)):
            ticket = unchecked(hall)
            assert checking_in.check_in(ticket, by=by, at=timezone.now()).hold == ""


@pytest.mark.django_db
def test_from_elsewhere_nobody_checks_in_without_the_code() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
        before = traces(hall)
        at = timezone.now()
        old = door_code(hall.place.site.pk, at - timedelta(minutes=3))

        # An officer of one agency sits at a counter, not at the door.
        for by in (holder(hall), hall.officer):
            with pytest.raises(NotAllowed):
                checking_in.check_in(ticket, by=by, at=at)
            with pytest.raises(WrongCode):
                checking_in.check_in(ticket, by=by, at=at, code=old)

        ticket.refresh_from_db()
        assert ticket.hold == Hold.UNCHECKED
        assert traces(hall) == before


@pytest.mark.django_db
def test_a_visit_arrives_with_all_its_tickets() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        first, second = unchecked(hall), unchecked(hall)
        Ticket.objects.filter(pk=second.pk).update(visit=first.visit)
        code = door_code(hall.place.site.pk, NOON)

        checking_in.check_in(first, by=holder(hall), at=NOON, code=code)

        assert set(Ticket.objects.values_list("hold", flat=True)) == {""}


@pytest.mark.django_db
def test_a_ticket_that_waits_no_more_does_not_arrive() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
        serving.cancel(ticket, by=None, at=timezone.now())
        before = traces(hall)

        with pytest.raises(NotWaiting, match="A-001 tidak lagi menunggu: Dibatalkan"):
            checking_in.check_in(ticket, by=holder(hall), at=NOON, code=door_code(hall.place.site.pk, NOON))

        ticket.visit.refresh_from_db()
        assert ticket.visit.checked_in_at is None
        assert traces(hall) == before


@pytest.mark.django_db
def test_places_of_those_who_never_came_are_given_back() -> None:
    hall, other = make.hall(), make.hall()
    at = timezone.now()
    with wall.inside(other.mall.pk):
        elsewhere = unchecked(other, at=at)
    with wall.inside(hall.mall.pk):
        ticket, here = unchecked(hall, at=at), unchecked(hall, at=at)
        Ticket.objects.filter(pk=here.pk).update(hold="")

        assert checking_in.lapse_unchecked(hall.mall, at=at + timedelta(minutes=30)) == 0
        assert checking_in.lapse_unchecked(hall.mall, at=at + timedelta(minutes=30, seconds=1)) == 1
        assert checking_in.lapse_unchecked(hall.mall, at=at + timedelta(minutes=31)) == 0

        ticket.refresh_from_db()
        here.refresh_from_db()
        assert (ticket.state, ticket.ended_because) == (State.CANCELLED, EndedBecause.LAPSED)
        assert here.state == State.WAITING
        assert not Period.objects.filter(ticket=ticket, ended_at=None).exists()
        told = Event.objects.filter(mall=hall.mall).latest("seq")
        assert (told.kind, told.ticket_id) == ("cancelled", ticket.pk)
        assert Entry.objects.filter(action="ticket.lapsed").count() == 1
    with wall.inside(other.mall.pk):
        elsewhere.refresh_from_db()
        assert elsewhere.state == State.WAITING
    assert "tidak lapor tiba" in Client().get(f"/m/{hall.mall.slug}/t/{ticket.key}/").content.decode()


@pytest.mark.django_db
def test_every_minute_all_malls_are_looked_at() -> None:
    halls = [make.hall(), make.hall()]
    at = timezone.now()
    tickets = []
    for hall in halls:
        with wall.inside(hall.mall.pk):
            tickets.append(unchecked(hall, at=at - timedelta(minutes=31)))

    jobs.lapse_unchecked(int(at.timestamp()))

    for hall, ticket in zip(halls, tickets, strict=True):
        with wall.inside(hall.mall.pk):
            ticket.refresh_from_db()
            assert ticket.state == State.CANCELLED


@pytest.mark.usefixtures("committed")
def test_tickets_of_one_visit_reported_at_once_arrive_once() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        first, second = unchecked(hall), unchecked(hall)
        Ticket.objects.filter(pk=second.pk).update(visit=first.visit)
        second.refresh_from_db()
    code = door_code(hall.place.site.pk, NOON)

    def report(ticket: Ticket) -> None:
        with wall.inside(hall.mall.pk):
            assert checking_in.check_in(ticket, by=holder(hall), at=NOON, code=code).hold == ""

    together([partial(report, one) for one in (first, second, first, second)])

    with wall.inside(hall.mall.pk):
        assert Event.objects.filter(mall=hall.mall, kind="checked_in").count() == 2
        assert Entry.objects.filter(action="ticket.checked_in").count() == 1


@pytest.mark.usefixtures("committed")
def test_arriving_while_the_place_lapses_is_one_of_the_two() -> None:
    hall = make.hall()
    late = timezone.now() + timedelta(hours=1)
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
    code = door_code(hall.place.site.pk, late)
    refused: list[NotWaiting] = []

    def report() -> None:
        try:
            with wall.inside(hall.mall.pk):
                checking_in.check_in(ticket, by=holder(hall), at=late, code=code)
        except NotWaiting as refusal:
            refused.append(refusal)

    def lapse() -> None:
        with wall.inside(hall.mall.pk):
            checking_in.lapse_unchecked(hall.mall, at=late)

    together([report, lapse])

    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.select_related("visit").get(pk=ticket.pk)
        assert (ticket.state == State.CANCELLED) == bool(refused) == (ticket.visit.checked_in_at is None)


@pytest.mark.usefixtures("committed")
def test_places_of_a_visit_that_is_arriving_do_not_lapse() -> None:
    hall = make.hall()
    late = timezone.now() + timedelta(hours=1)
    lapsed: list[int] = []

    def lapse() -> None:
        with wall.inside(hall.mall.pk):
            lapsed.append(checking_in.lapse_unchecked(hall.mall, at=late))

    with wall.inside(hall.mall.pk):
        first, second = unchecked(hall), unchecked(hall)
        Ticket.objects.filter(pk__in=[first.pk, second.pk]).update(visit=first.visit, joined=True)
    with wall.inside(hall.mall.pk):
        Visit.objects.select_for_update(no_key=True).get(pk=first.visit_id)
        together([lapse])
    together([lapse])

    assert lapsed == [0, 2]


def scanning_kiosk(hall: Hall) -> Client:
    """A kiosk of the hall. Stand inside the mall."""
    _device, token = tenancy.register_device(
        hall.place.site, kind=Device.Kind.KIOSK, name="Kios", at=timezone.now(), zone=hall.place.zone
    )
    client = Client()
    client.cookies["pendopo_device"] = token
    return client


@pytest.mark.django_db
def test_a_phones_code_scanned_at_the_kiosk_reports_its_holder_and_says_where_and_how_long() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket, kiosk = unchecked(hall), scanning_kiosk(hall)
    base = f"/m/{hall.mall.slug}"

    response = kiosk.post(f"{base}/kiosk/scans/", {"code": f"http://testserver{base}/t/{ticket.key}/"})
    page = kiosk.get(response.headers["Location"]).content.decode()
    again = kiosk.post(f"{base}/kiosk/scans/", {"code": ticket.key})

    assert "Anda sudah lapor tiba pukul" in page
    assert hall.place.zone.name in page
    assert "Giliran Anda berikutnya" in page
    assert again.status_code == 302
    with wall.inside(hall.mall.pk):
        ticket.refresh_from_db()
        assert ticket.hold == ""
        assert Entry.objects.filter(action="ticket.checked_in").count() == 1


@pytest.mark.django_db
def test_a_scan_elsewhere_only_shows_the_ticket() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
        before = traces(hall)

    response = Client().post(f"/m/{hall.mall.slug}/kiosk/scans/", {"code": ticket.key})

    assert response.status_code == 302
    with wall.inside(hall.mall.pk):
        ticket.refresh_from_db()
        assert ticket.hold == Hold.UNCHECKED
        assert traces(hall) == before


@pytest.mark.django_db
def test_a_kiosk_of_another_site_does_not_see_the_person() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
        site = tenancy.add_site(hall.mall, name="Cabang", at=timezone.now())
        _device, token = tenancy.register_device(site, kind=Device.Kind.KIOSK, name="Jauh", at=timezone.now())
        before = traces(hall)
    client = Client()
    client.cookies["pendopo_device"] = token

    response = client.post(f"/m/{hall.mall.slug}/kiosk/scans/", {"code": ticket.key})

    assert response.status_code == 403
    with wall.inside(hall.mall.pk):
        ticket.refresh_from_db()
        assert ticket.hold == Hold.UNCHECKED
        assert traces(hall) == before


@pytest.mark.django_db
def test_a_code_scanned_at_the_desk_reports_its_holder_and_a_typed_number_does_not() -> None:
    hall = make.hall()
    manager = agencies.staff(hall.mall, Role.MANAGER)
    assert manager.account
    client = Client()
    client.force_login(manager.account)
    with wall.inside(hall.mall.pk):
        ticket = unchecked(hall)
    path = f"/m/{hall.mall.slug}/reception/tickets/"

    assert client.post(path, {"number": "A-001"}).status_code == 302
    assert client.get(path, {"number": ticket.key}).status_code == 302
    with wall.inside(hall.mall.pk):
        ticket.refresh_from_db()
        assert ticket.hold == Hold.UNCHECKED

    response = client.post(path, {"number": f"http://testserver/m/{hall.mall.slug}/t/{ticket.key}/"})
    page = client.get(response.headers["Location"]).content.decode()

    assert "sudah lapor tiba" in page
    with wall.inside(hall.mall.pk):
        ticket.refresh_from_db()
        assert ticket.hold == ""
