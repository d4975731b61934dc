"""The manager's hall: what it shows, how dear it is, and help from another counter."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import founding, opening_hours
from pendopo.agencies.models import Counter
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.queues.actions import calling, lines, moving, serving, sessions, taking
from pendopo.queues.errors import AnotherSite, OwnQueue
from pendopo.queues.models import CounterQueue, CounterSession, HelpCall, Ticket
from pendopo.queues.queries import halls, loads
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Hold, Origin, Outcome, SessionState
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall
from pendopo.tenancy.queries import forget_malls

pytestmark = pytest.mark.django_db

# A Wednesday after everybody began to work here, 10.00 in Jakarta.
NOW = datetime(2030, 11, 20, 3, tzinfo=UTC)


def signed_in(who: Actor) -> Client:
    assert who.account
    client = Client()
    client.force_login(who.account)
    return client


def manager(hall: Hall) -> Actor:
    return make_agencies.staff(hall.mall, Role.MANAGER)


def page(hall: Hall, who: Actor | None = None, query: str = "") -> str:
    return signed_in(who or manager(hall)).get(f"/m/{hall.mall.slug}/hall/{query}").content.decode()


def another_counter(hall: Hall, number: int = 2, *, is_open: bool = True) -> Counter:
    """Add a counter of the same agency with a queue of its own, and open it. Stand inside the mall."""
    at = timezone.now()
    counter = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=number, at=at)
    queue = lines.open_queue(hall.place.zone, code="BCDEFGH"[number - 2], name="Lain", services=[], at=at)
    lines.assign_counter(counter, [queue], at=at)
    if is_open:
        officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
        sessions.set_session(counter, SessionState.OPEN, by=officer, at=at)
    return counter


def long_wait(hall: Hall, minutes: int = 40) -> None:
    if timezone.localtime(timezone=hall.mall.zone).hour < 1:
        # Past midnight here: it is later in the east.
        hall.mall.timezone = Mall.Zone.WIT
        hall.mall.save()
        forget_malls()
    make.taken(hall, at=timezone.now() - timedelta(minutes=minutes))


def test_counters_stand_in_their_zone_with_officer_ticket_and_pause() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        paused = another_counter(hall, 2)
        session = CounterSession.objects.get(counter=paused)
        session.state, session.reason = SessionState.PAUSED, "Salat Asar"
        session.until = timezone.now() + timedelta(minutes=15)
        session.save()
        another_counter(hall, 3, is_open=False)
        zones = halls.hall_zones(
            halls.hall_queues(hall.mall, timezone.now()), halls.hall_counters(hall.mall, timezone.now())
        )
    shown = page(hall)

    assert [counter.number for counter in zones[0].counters] == [3, 1, 2]
    assert [counter.should_be_open for counter in zones[0].counters] == [True, False, False]
    assert zones[0].counters[1].ticket == ticket.number_text
    for told in ("Lantai 1", "Seharusnya buka", "Sri Wahyuni, sejak", ticket.number_text, "Salat Asar sampai"):
        assert told in shown


def test_the_longest_wait_stands_on_top_with_a_light_in_words() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        long_wait(hall, 40)
        (queue, *_rest) = halls.hall_queues(hall.mall, timezone.now())
        assert (queue.code, queue.waiting, queue.light_text) == ("A", 1, "Terlalu lama")
        assert halls.hall_queues(hall.mall, timezone.now() - timedelta(minutes=20))[0].light_text == "Mulai lama"
        assert halls.hall_queues(hall.mall, timezone.now() - timedelta(minutes=35))[0].light_text == "Lancar"

        # Whoever cannot be called yet does not make the wait of a queue long.
        Ticket.objects.update(hold=Hold.UNCHECKED)
        (queue, *_rest) = halls.hall_queues(hall.mall, timezone.now())
        assert (queue.waiting, queue.held, queue.oldest_at, queue.light) == (1, 1, None, "calm")


def test_an_empty_hall_says_so() -> None:
    mall = make_agencies.mall()
    shown = signed_in(make_agencies.staff(mall, Role.MANAGER)).get(f"/m/{mall.slug}/hall/").content.decode()

    for told in ("Tidak ada yang menunggu.", "Belum ada loket.", "Belum dapat diperkirakan"):
        assert told in shown


def test_silent_devices_paper_and_calls_for_help_are_told() -> None:
    hall = make.hall()
    now = timezone.now()
    with wall.inside(hall.mall.pk):
        for name, paper, seen in (("Kios utara", "out", now), ("Kios timur", "", None), ("Kios baik", "ok", now)):
            device, _token = tenancy.register_device(hall.place.site, kind=Device.Kind.KIOSK, name=name, at=now)
            Device.objects.filter(pk=device.pk).update(paper=paper, last_seen_at=seen)
        HelpCall.objects.create(
            mall=hall.mall,
            zone=hall.place.zone,
            counter=hall.counter,
            kind="help",
            note="Pemohon pingsan",
            asked_at=now,
        )
        HelpCall.objects.create(
            mall=hall.mall, zone=hall.place.zone, kind="help", note="Sudah", asked_at=now, answered_at=now
        )
    shown = page(hall)

    for told in ("Kios utara", "Kertas habis", "Kios timur", "Belum pernah terlihat", "Pemohon pingsan"):
        assert told in shown
    kiosks = shown.partition('id="kiosks-title"')[2]
    assert kiosks.index("Kios utara") < kiosks.index("Kios baik")
    assert "Sudah" not in shown.partition("Menunggu bantuan")[2].partition("</section>")[0]


def test_sixty_counters_cost_no_more_than_seventeen_queries() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        for number in range(2, 61):
            counter = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=number, at=timezone.now())
            lines.assign_counter(counter, [hall.queue], at=timezone.now())
            officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
            sessions.set_session(counter, SessionState.OPEN, by=officer, at=timezone.now())
        make.called(hall)
        make.taken(hall)
    client = signed_in(manager(hall))
    client.get(f"/m/{hall.mall.slug}/hall/")

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/m/{hall.mall.slug}/hall/")

    assert isinstance(response, HttpResponse)
    assert response.content.decode().count("counter-card ") == 60
    # The frame of the test's own transaction is no query of the page.
    asked = [
        sql for query in queries if not (sql := query["sql"]).startswith(("SAVEPOINT", "RELEASE", "SELECT set_co"))
    ]
    assert len(asked) <= 17, "\n".join(asked)


def test_one_click_lets_a_counter_help_and_another_takes_it_back() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):
        helper = another_counter(hall)
        long_wait(hall)
    client = signed_in(boss)
    assert "Bantu dari loket 2" in client.get(f"/m/{hall.mall.slug}/hall/").content.decode()
    order = {"counter": helper.pk, "queue": hall.queue.pk}

    for _twice in range(2):
        answer = client.post(f"/m/{hall.mall.slug}/hall/assistance/", order)
        assert "Loket 2 kini membantu antrean A." in answer.content.decode()
        assert "Dibantu loket 2" in answer.content.decode()

    with wall.inside(hall.mall.pk):
        line = CounterQueue.objects.get(counter=helper, queue=hall.queue)
        assert (line.is_helped, line.position) == (True, 1)
        officer = CounterSession.objects.get(counter=helper).account_id
        called = calling.call_next(hall.mall, helper.pk, by=taking.Caller(account_id=officer), at=timezone.now())
        assert called
        assert called.queue == "A"

    assert "Hentikan bantuan loket 2" in answer.content.decode()
    answer = client.post(f"/m/{hall.mall.slug}/hall/assistance/", {"stop": helper.pk, "queue": hall.queue.pk})
    assert "tidak lagi membantu" in answer.content.decode()
    with wall.inside(hall.mall.pk):
        assert not CounterQueue.objects.filter(counter=helper, queue=hall.queue).exists()
        acts = Entry.objects.filter(action__startswith="counter.helping").order_by("pk")
        assert list(acts.values_list("action", "account")) == [
            ("counter.helping", boss.account_id),
            ("counter.helping_ended", boss.account_id),
        ]


def test_every_open_counter_of_the_site_can_be_chosen_the_least_busy_first() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        another_counter(hall, 2)
        another_counter(hall, 3, is_open=False)
        abroad = founding.add_agency(hall.mall, code="BPJS", name="BPJS", short_name="BPJS", at=timezone.now())
        other = founding.add_outlet(
            hall.mall, hall.place.site, agency=abroad, at=timezone.now(), observes_holidays=False
        )
        opening_hours.set_hours(other, make_agencies.ALWAYS, at=timezone.now())
        foreign = founding.add_counter(other, zone=hall.place.zone, number=9, at=timezone.now())
        officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=abroad)
        sessions.set_session(foreign, SessionState.OPEN, by=officer, at=timezone.now())
        long_wait(hall)
        queues, counters = (
            halls.hall_queues(hall.mall, timezone.now()),
            halls.hall_counters(hall.mall, timezone.now()),
        )
        near = halls.helpers_for(queues[0], queues, counters)
        all_of_them = halls.helpers_for(queues[0], queues, counters, everybody=True)

    assert [counter.number for counter, _own in near] == [2]
    assert [counter.number for counter, _own in all_of_them] == [2, 9]
    shown = page(hall, query=f"?help={hall.queue.pk}")
    assert "Bantu dari loket 9" in shown
    assert signed_in(manager(hall)).get(f"/m/{hall.mall.slug}/hall/?help=x").status_code == 422
    assert signed_in(manager(hall)).get(f"/m/{hall.mall.slug}/hall/?help={2**63 - 1}").status_code == 404


def test_only_the_manager_moves_hands() -> None:
    hall = make.hall()
    head = make_agencies.staff(hall.mall, Role.HEAD)
    with wall.inside(hall.mall.pk):
        helper = another_counter(hall)
        long_wait(hall)
    order = {"counter": helper.pk, "queue": hall.queue.pk}

    refused = signed_in(head).post(f"/m/{hall.mall.slug}/hall/assistance/", order)
    barred = signed_in(hall.officer).post(f"/m/{hall.mall.slug}/hall/assistance/", order)

    assert (refused.status_code, barred.status_code) == (422, 403)
    assert "Hanya pengelola MPP" in refused.content.decode()
    assert "Bantu dari loket" not in page(hall, head)
    with wall.inside(hall.mall.pk):
        assert not CounterQueue.objects.filter(is_helped=True).exists()
        assert not Entry.objects.filter(action__startswith="counter.helping").exists()


def test_a_counter_neither_helps_its_own_queue_nor_one_of_another_site() -> None:
    hall = make.hall()
    boss, at = manager(hall), timezone.now()
    with wall.inside(hall.mall.pk):
        van = tenancy.add_site(hall.mall, name="Mobil", at=at)
        far = lines.open_queue(
            tenancy.add_zone(van, code="M", name="Mobil", at=at), code="M", name="M", services=[], at=at
        )
        with pytest.raises(OwnQueue, match="sudah memanggil"):
            moving.help_queue(hall.counter, hall.queue, by=boss, at=at)
        with pytest.raises(OwnQueue, match="sendiri"):
            moving.stop_helping(hall.counter, hall.queue, by=boss, at=at)
        with pytest.raises(AnotherSite, match="tidak di tempat"):
            moving.help_queue(hall.counter, far, by=boss, at=at)
        moving.stop_helping(hall.counter, far, by=boss, at=at)

        assert list(CounterQueue.objects.values_list("counter", "queue", "is_helped")) == [
            (hall.counter.pk, hall.queue.pk, False)
        ]
        assert not Entry.objects.filter(action__startswith="counter.helping").exists()


def past(hall: Hall, weeks: int, minutes: int, tickets: int = 1) -> None:
    """Serve tickets so many weeks ago, each taken `minutes` from now by the clock and ten minutes at the counter."""
    at = NOW - timedelta(weeks=weeks) + timedelta(minutes=minutes)
    for _time in range(tickets):
        taking.take(hall.mall, hall.service.code, origin=Origin.KIOSK, request_id=uuid4(), by=make.NOBODY, at=at)
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at)
        assert called
        ticket = serving.serve(Ticket.objects.get(pk=called.id), by=hall.officer, at=at + timedelta(minutes=1))
        serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=at + timedelta(minutes=10))


def forecast(hall: Hall) -> loads.Forecast:
    with wall.inside(hall.mall.pk):
        queues, counters = halls.hall_queues(hall.mall, NOW), halls.hall_counters(hall.mall, NOW)
        return loads.next_hour(hall.mall, queues, counters, NOW)


def test_the_next_hour_is_the_mean_of_the_same_weekdays_against_what_counters_can_take() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        # Too long ago, and too early; at the end too late.
        past(hall, 5, 10)
        past(hall, 2, -1)
        past(hall, 2, 30, 4)
        past(hall, 2, 59, 1)
        past(hall, 1, 0, 5)
        past(hall, 1, 29, 2)
        past(hall, 1, 60)
    with wall.inside(hall.mall.pk):
        taking.take(hall.mall, hall.service.code, origin=Origin.KIOSK, request_id=uuid4(), by=make.NOBODY, at=NOW)

    found = forecast(hall)

    assert found.is_known
    assert found.days == 2
    (load,) = found.loads
    assert (load.first, load.second, load.minutes, load.counters) == (3.5, 2.5, 10.0, 1)
    # One counter for sixty minutes, ten each: six, and seven want to be served.
    assert (load.can_take, load.wanted, load.state_text) == (6.0, 7.0, "Melebihi kemampuan")


def test_too_little_history_is_said_and_not_guessed() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        past(hall, 1, 5, 3)
    found = forecast(hall)

    assert not found.is_known
    assert found.days == 1
    assert found.loads[0].minutes is None
    assert found.loads[0].state_text == "Belum diketahui"
    assert "Belum dapat diperkirakan: baru ada 0 hari" in page(hall)


def test_nobody_open_is_the_worst_load() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        past(hall, 1, 5)
        past(hall, 2, 5)
        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=NOW, reason="Rapat")
    found = forecast(hall)

    assert [load.state_text for load in found.loads] == ["Tidak ada loket buka"]
