"""The console by its door: what it shows, what each key does, what it refuses."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.catalogue.models import Service
from pendopo.queues.actions import parking, serving, sessions
from pendopo.queues.models import CounterSession, Event, Queue, Ticket, Visit
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Hold, Priority, SessionState, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


class Desk:
    """An officer's browser before a counter."""

    def __init__(self, hall: Hall) -> None:
        assert hall.officer.account
        self.client = Client()
        self.client.force_login(hall.officer.account)
        self.path = f"/m/{hall.mall.slug}/counters/{hall.counter.pk}/"

    def page(self, query: str = "") -> str:
        return self.client.get(self.path + query).content.decode()

    def press(self, key: str, sent: dict[str, str] | None = None) -> tuple[int, str]:
        response = self.client.post(f"{self.path}{key}", sent or {})
        assert isinstance(response, HttpResponse)
        return response.status_code, response.content.decode()


def facts() -> list[tuple[object, ...]]:
    """Everything that a refused act must leave as it was."""
    tickets = Ticket.objects.order_by("pk").values_list("pk", "state", "hold", "calls", "counter", "outcome")
    sat = CounterSession.objects.order_by("pk").values_list("account", "state", "reason", "until")
    return [*tickets, *sat, (Event.objects.count(),)]


def test_neither_names_nor_priority_nor_needs_before_the_call() -> None:
    hall = make.hall()
    desk = Desk(hall)
    with wall.inside(hall.mall.pk):
        Visit.objects.filter(tickets=make.ticket(hall)).update(
            priority=Priority.DISABILITY, deaf=True, wheelchair=True, interpreter=True
        )
        Ticket.objects.update(is_priority=True)
        make.taken(hall)

    waiting = desk.page()
    _status, called = desk.press("calls/")

    assert "A-001" in waiting
    assert "A-002" in waiting
    for words in ("isabilitas", "disability", "priorit", "Jemput langsung", "Kursi roda", "bahasa isyarat"):
        assert words not in waiting
    row_one, row_two = (part.split("</tr>")[0] for part in waiting.split('class="nowrap">')[1:3])
    assert row_one.replace("A-001", "A-002") == row_two
    for words in ("Jemput langsung", "Kursi roda", "bahasa isyarat"):
        assert words in called
    assert "isabilitas" not in called


def test_a_second_call_says_how_to_finish_first() -> None:
    hall = make.hall()
    desk = Desk(hall)
    make.taken(hall)
    make.taken(hall)
    assert desk.press("calls/")[0] == 200
    with wall.inside(hall.mall.pk):
        before = facts()

    status, page = desk.press("calls/")

    assert status == 422
    refusal = page.split('role="alert"')[1].split("</p>")[0]
    assert "Selesaikan dahulu nomor A-001" in refusal
    for key in ("F8", "F6", "F7", "F10"):
        assert f"<kbd>{key}</kbd>" in refusal
    with wall.inside(hall.mall.pk):
        assert facts() == before


def test_somebody_waits_aside_and_is_brought_back() -> None:
    hall = make.hall()
    desk = Desk(hall)
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)

    status, page = desk.press("parking/", {"note": "Kursi depan"})
    assert status == 200
    assert "Kursi depan" in page
    assert "Panggil berikutnya" in page

    status, page = desk.press(f"parked/{ticket.pk}/")
    assert status == 200
    assert "Menunggu di samping (" not in page
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().hold == ""
        before = facts()
    assert desk.press(f"parked/{ticket.pk}/")[0] == 422
    with wall.inside(hall.mall.pk):
        assert facts() == before


def test_nobody_of_another_counter_is_brought_back() -> None:
    here, there = make.hall(), make.hall()
    with wall.inside(there.mall.pk):
        ticket = make.called(there)
        parking.park(ticket, by=there.officer, at=timezone.now())

    assert Desk(here).press(f"parked/{ticket.pk}/")[0] == 422

    with wall.inside(there.mall.pk):
        assert Ticket.objects.get().hold == Hold.PARKED


def test_the_missed_are_listed_with_their_time() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = serving.mark_absent(make.called(hall), by=hall.officer, at=timezone.now())

    page = Desk(hall).page()

    missed = page.split('id="missed-title"')[1]
    assert "A-001" in missed
    assert f"pukul {hall.mall.local(ticket.changed_at):%H.%M}" in missed


def test_whoever_missed_the_call_waits_again_once() -> None:
    hall = make.hall()
    desk = Desk(hall)
    with wall.inside(hall.mall.pk):
        ticket = serving.mark_absent(make.called(hall), by=hall.officer, at=timezone.now())

    status, page = desk.press(f"missed/{ticket.pk}/")
    assert status == 200
    assert "missed-title" not in page
    desk.press("calls/")
    _status, page = desk.press("absence/")
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().state == State.ABSENT
        before = facts()

    assert f"missed/{ticket.pk}/" not in page
    assert desk.press(f"missed/{ticket.pk}/")[0] == 422
    with wall.inside(hall.mall.pk):
        assert facts() == before


def test_a_pause_is_chosen_told_and_ended() -> None:
    hall = make.hall()
    desk = Desk(hall)
    with wall.inside(hall.mall.pk):
        before = facts()
    assert desk.press("session/", {"state": "paused"})[0] == 422
    assert desk.press("session/", {"state": "paused", "reason": "x" * 81})[0] == 422
    assert desk.press("session/", {"state": "paused", "reason": "lunch", "minutes": "7"})[0] == 422
    with wall.inside(hall.mall.pk):
        assert facts() == before

    status, page = desk.press("session/", {"state": "paused", "reason": "prayer", "minutes": "15"})
    assert status == 200
    assert "Salat" in page
    with wall.inside(hall.mall.pk):
        until = CounterSession.objects.get().until
        assert until
    assert f"sampai {hall.mall.local(until):%H.%M}" in page

    with wall.inside(hall.mall.pk):
        sessions.end_pauses(hall.mall, at=until + timedelta(seconds=1))
    assert "Panggil berikutnya" in desk.page()


def test_own_words_are_a_reason_too_and_are_escaped() -> None:
    hall = make.hall()

    _status, page = Desk(hall).press("session/", {"state": "paused", "words": "<b>Ambil blangko</b>"})

    assert "&lt;b&gt;Ambil blangko&lt;/b&gt;" in page


def test_a_closed_counter_tells_why_until_its_hour() -> None:
    hall = make.hall()
    desk = Desk(hall)

    assert desk.press("session/", {"state": "closed"})[0] == 422
    status, page = desk.press("session/", {"state": "closed", "reason": "system_down", "minutes": "30"})

    assert status == 200
    assert "Sistem instansi terganggu" in page
    assert "sampai" in page
    assert "Buka loket" in page


def test_a_colleague_confirms_before_taking_over() -> None:
    hall = make.hall()
    other = agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
    desk = Desk(Hall(hall.place, hall.service, hall.queue, other))
    page = desk.page()
    assert "Ambil alih sekarang?" in page
    with wall.inside(hall.mall.pk):
        before = facts()

    assert desk.press("take-over/")[0] == 422
    with wall.inside(hall.mall.pk):
        assert facts() == before

    status, page = desk.press("take-over/", {"confirmed": "on"})
    assert status == 200
    assert "Panggil berikutnya" in page


@pytest.mark.parametrize("kind", [Service.Kind.ELSEWHERE, Service.Kind.HERE])
def test_the_agencys_own_number_is_asked_where_it_decides(kind: Service.Kind) -> None:
    hall = make.hall()
    desk = Desk(hall)
    with wall.inside(hall.mall.pk):
        Service.objects.update(kind=kind)
        serving.serve(make.called(hall), by=hall.officer, at=timezone.now())

    assert ('name="agency_number"' in desk.page()) == (kind is Service.Kind.ELSEWHERE)
    assert desk.press("completion/", {"outcome": "done", "agency_number": "9" * 41})[0] == 422
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().state == State.SERVING
    assert desk.press("completion/", {"outcome": "taken_in", "agency_number": " PSP-2026-77 "})[0] == 200
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.get()
        assert (ticket.outcome, ticket.agency_number) == ("taken_in", "PSP-2026-77")


def test_somebody_is_sent_on_in_two_steps() -> None:
    hall = make.hall()
    desk = Desk(hall)
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        assert isinstance(hall.queue, Queue)

    assert "Tidak ada yang sedang dipanggil" not in desk.page("transfer/")
    assert f"?queue={hall.queue.pk}" in desk.page("transfer/")
    assert hall.service.code in desk.page(f"transfer/?queue={hall.queue.pk}")
    with wall.inside(hall.mall.pk):
        before = facts()
    for wrong in ({}, {"queue": "x"}, {"queue": "999999"}, {"queue": str(hall.queue.pk), "service": "TIDAK-ADA"}):
        assert desk.press("transfer/", wrong)[0] == 422
    with wall.inside(hall.mall.pk):
        assert facts() == before

    status, _page = desk.press("transfer/?strip=1", {"queue": str(hall.queue.pk), "note": "Loket 3 bisa mencetak"})

    assert status == 302
    with wall.inside(hall.mall.pk):
        back = Ticket.objects.get()
        assert (back.pk, back.state, back.hold_note) == (ticket.pk, State.WAITING, "Loket 3 bisa mencetak")
    assert desk.press("transfer/", {"queue": str(hall.queue.pk)})[0] == 422


def test_a_strip_stays_a_strip() -> None:
    hall = make.hall()
    desk = Desk(hall)
    make.taken(hall)

    page = desk.page("?strip=1")
    _status, called = desk.press("calls/?strip=1")

    assert 'class="desk-page strip"' in page
    assert 'calls/?strip=1"' in page
    assert 'class="desk-page strip"' in called
    assert 'service/?strip=1"' in called
    assert "strip=1" in desk.page("transfer/?strip=1")
    assert 'class="desk-page strip"' not in desk.page()


def test_a_paused_counter_calls_nobody() -> None:
    hall = make.hall()
    make.taken(hall)
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.PAUSED, by=hall.officer, at=timezone.now(), reason="lunch")
        before = facts()

    assert Desk(hall).press("calls/")[0] == 422

    with wall.inside(hall.mall.pk):
        assert facts() == before
