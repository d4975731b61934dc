"""Counters and queues as the manager arranges them, beside a hall in which people wait."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import appointing, capacity, counters, duty, founding, places
from pendopo.agencies.actions.capacity import Moving
from pendopo.agencies.actions.duty import When
from pendopo.agencies.errors import Ended, NameTaken, NoRoom, OtherPlace
from pendopo.agencies.models import Counter, Duty, Membership, Outlet
from pendopo.agencies.queries import places as places_shown
from pendopo.agencies.queries.weeks import weeks
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import writing
from pendopo.catalogue.models import Offering, Published
from pendopo.kernel.errors import NotAllowed, RuleViolation
from pendopo.queues.actions import arranging, calling, serving, sessions, vacancies
from pendopo.queues.errors import (
    AnotherSite,
    CodeTaken,
    CounterBusy,
    CounterGone,
    NotOffered,
    PeopleWait,
    QueueGone,
    QueueInUse,
)
from pendopo.queues.models import CounterQueue, CounterSession, Queue, QueueService, Vacancy
from pendopo.queues.queries import arranged
from pendopo.queues.queries.halls import hall_counters, hall_queues
from pendopo.queues.queries.missing import day_span, due_spans
from pendopo.queues.tests import make
from pendopo.queues.tests.crowd import together
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome, SessionState
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Zone

NOW = timezone.now()
WHY = "Penataan aula"


def boss(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.MANAGER)


def rise(hall: Hall) -> None:
    """Let the officer close the counter."""
    sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=NOW, reason="Pulang")


def spare(hall: Hall, number: int = 2) -> Counter:
    """A second counter of the same outlet."""
    return founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=number, at=NOW)


def elsewhere(hall: Hall) -> Zone:
    """A zone of another site."""
    site = tenancy.add_site(hall.mall, name="Kecamatan", at=NOW)
    return tenancy.add_zone(site, code="K", name="Kecamatan", at=NOW)


@pytest.mark.django_db
def test_a_counter_is_added_renumbered_and_moved_with_a_reason() -> None:
    hall = make.hall()
    manager = boss(hall)
    page, here = client(manager), f"/m/{hall.mall.slug}/settings/counters/"
    told = {"outlet": hall.place.outlet.pk, "zone": hall.place.zone.pk, "number": 7, "reason": WHY}

    made = page.post(f"{here}new/", told)
    twice = page.post(f"{here}new/", told)

    assert (made.status_code, twice.status_code) == (302, 422)
    assert "Loket 7 sudah ada" in twice.content.decode()
    with wall.inside(hall.mall.pk):
        counter = Counter.objects.get(number=7)
        assert made.headers["location"].endswith(f"/settings/counters/{counter.pk}/queues/")
        moved = page.post(f"{here}{counter.pk}/", {**told, "number": 8})
        counter.refresh_from_db()
        assert (moved.status_code, counter.number) == (302, 8)
        entries = Entry.objects.filter(subject=f"counter:{counter.pk}").values_list("action", "reason")
        assert list(entries) == [("counter.added", WHY), ("counter.changed", WHY)]
        with pytest.raises(OtherPlace):
            counters.change_counter(
                counter, outlet=hall.place.outlet, zone=elsewhere(hall), number=8, reason=WHY, by=manager, at=NOW
            )


@pytest.mark.django_db
def test_a_full_site_takes_no_more_counters() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        capacity.set_capacity(
            hall.place.site, counters=1, seats=1, parking_cars=1, parking_motorcycles=1, by=manager, at=NOW
        )
        with pytest.raises(NoRoom):
            counters.add_counter(hall.place.outlet, zone=hall.place.zone, number=2, reason=WHY, by=manager, at=NOW)
        assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_nobody_takes_a_counter_away_while_somebody_sits_there() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        for act in (
            partial(counters.retire_counter, hall.counter),
            partial(counters.change_counter, hall.counter, outlet=hall.place.outlet, zone=hall.place.zone, number=9),
        ):
            with pytest.raises(CounterBusy):
                act(reason=WHY, by=manager, at=NOW)
        hall.counter.refresh_from_db()
        assert (hall.counter.retired_at, hall.counter.number) == (None, 1)
        with pytest.raises(NotAllowed):
            counters.retire_counter(hall.counter, reason=WHY, by=hall.officer, at=NOW)


@pytest.mark.django_db
def test_a_retired_counter_is_nowhere_and_its_number_is_free() -> None:
    hall = make.hall()
    manager = boss(hall)
    page, here = client(manager), f"/m/{hall.mall.slug}/"
    with wall.inside(hall.mall.pk):
        today = hall.mall.local(NOW).date()
        assert hall.officer.account
        when = When(time.min, time.max, weekdays=(1, 2), valid_from=today)
        duty.assign(hall.counter, hall.officer.account, when, by=manager, at=NOW)
        rise(hall)
        asked = page.get(f"{here}settings/counters/{hall.counter.pk}/retirement/").content.decode()
        assert "Antrean A tidak lagi dipanggil loket 1." in asked
        assert "2 jadwal tugas di loket itu berakhir." in asked

        done = page.post(f"{here}settings/counters/{hall.counter.pk}/retirement/", {"reason": WHY})

        assert done.status_code == 302
        assert (Duty.objects.count(), CounterQueue.objects.count()) == (0, 0)
        assert [each.pk for each in hall_counters(hall.mall, NOW)] == []
        assert page.get(f"{here}counters/{hall.counter.pk}/").status_code == 404
        assert page.get(f"{here}settings/counters/{hall.counter.pk}/").status_code == 404
        assert f"Loket {hall.counter.number}" in page.get(f"{here}settings/counters/?state=retired").content.decode()
        with pytest.raises(CounterGone):
            sessions.set_session(hall.counter, SessionState.OPEN, by=hall.officer, at=NOW)
        assert counters.retire_counter(hall.counter, reason=WHY, by=manager, at=NOW).retired_at
        again = counters.add_counter(hall.place.outlet, zone=hall.place.zone, number=1, reason=WHY, by=manager, at=NOW)
        assert again.pk != hall.counter.pk


@pytest.mark.django_db
def test_a_counter_was_due_until_it_was_retired() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        today = hall.mall.local(NOW).date()
        noon = day_span(hall.mall, today).starts_at + timedelta(hours=12)
        rise(hall)
        counters.retire_counter(hall.counter, reason=WHY, by=manager, at=noon)

        spans = due_spans(hall.mall, today, today)[hall.counter.pk]

        assert (spans[0].starts_at, spans[-1].ends_at) == (day_span(hall.mall, today).starts_at, noon)
        tomorrow = today + timedelta(days=1)
        assert hall.counter.pk not in due_spans(hall.mall, tomorrow, tomorrow)


@pytest.mark.django_db
def test_the_empty_minutes_of_a_counter_end_when_it_is_retired() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        today = hall.mall.local(NOW).date()
        noon = day_span(hall.mall, today).starts_at + timedelta(hours=12)
        rise(hall)
        Vacancy.objects.create(
            mall=hall.mall, counter=hall.counter, kind=Vacancy.Kind.EMPTY, day=today, starts_at=noon
        )  # fmt: skip
        counters.retire_counter(hall.counter, reason=WHY, by=manager, at=noon + timedelta(minutes=5))

        assert vacancies.watch(hall.mall, at=noon + timedelta(minutes=6)) == 1

        row = Vacancy.objects.get()
        assert (row.ended_at, row.ended_because) == (noon + timedelta(minutes=5), Vacancy.Ended.HOURS)


@pytest.mark.usefixtures("committed")
def test_a_counter_is_either_opened_or_taken_away() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        counter = spare(hall)
    outcomes: list[str] = []

    def attempt(act: object) -> None:
        assert callable(act)
        try:
            with wall.inside(hall.mall.pk), transaction.atomic():
                act()
            outcomes.append("done")
        except RuleViolation:
            outcomes.append("refused")

    together(
        [
            partial(attempt, partial(counters.retire_counter, counter, reason=WHY, by=manager, at=NOW)),
            partial(attempt, partial(sessions.set_session, counter, SessionState.OPEN, by=hall.officer, at=NOW)),
        ]
    )

    assert sorted(outcomes) == ["done", "refused"]
    with wall.inside(hall.mall.pk):
        counter.refresh_from_db()
        sits = CounterSession.objects.filter(counter=counter, ended_at=None).exists()
        assert (counter.retired_at is None) == sits


@pytest.mark.usefixtures("committed")
def test_two_managers_give_a_number_once() -> None:
    hall = make.hall()
    manager = boss(hall)
    refused: list[RuleViolation] = []

    def act() -> None:
        try:
            with wall.inside(hall.mall.pk), transaction.atomic():
                counters.add_counter(hall.place.outlet, zone=hall.place.zone, number=5, reason=WHY, by=manager, at=NOW)
        except NameTaken as refusal:
            refused.append(refusal)

    together([act, act])

    with wall.inside(hall.mall.pk):
        assert (len(refused), Counter.objects.filter(number=5).count()) == (1, 1)


@pytest.mark.django_db
def test_an_outlet_for_which_people_wait_stays_open() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        make.taken(hall)
        with pytest.raises(CounterBusy):
            places.end_outlet(hall.place.outlet, reason=WHY, by=manager, at=NOW)
        rise(hall)
        with pytest.raises(PeopleWait):
            places.end_outlet(hall.place.outlet, reason=WHY, by=manager, at=NOW)
        told = places_shown.what_ends(hall.place.outlet, NOW)
        assert "1 loket tidak dipakai lagi: 1." in told
        assert "1 orang masih menunggu: selama itu gerai tidak dapat ditutup." in told
        assert "1 layanan tidak lagi diberikan di sini, dan hilang dari pencarian." in told
        assert Outlet.objects.receiving().count() == 1


@pytest.mark.django_db
def test_with_an_outlet_its_counters_and_what_it_gave_end() -> None:
    hall = make.hall()
    manager = boss(hall)
    page = client(manager)
    with wall.inside(hall.mall.pk):
        rise(hall)
        done = page.post(f"/m/{hall.mall.slug}/settings/outlets/{hall.place.outlet.pk}/ending/", {"reason": WHY})

        assert done.status_code == 302
        hall.counter.refresh_from_db()
        assert hall.counter.retired_at is not None
        assert list(Offering.objects.values_list("status", "reason")) == [("not", WHY)]
        assert Published.objects.filter(mall=hall.mall).count() == 0
        assert weeks(hall.mall) == []
        with pytest.raises(Ended):
            counters.add_counter(Outlet.objects.get(), zone=hall.place.zone, number=3, reason=WHY, by=manager, at=NOW)


@pytest.mark.django_db
def test_a_renamed_agency_is_found_under_its_new_name() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        places.change_agency(
            hall.place.agency, name="Dinas Kependudukan", short="Disduk", parent=None, reason=WHY, by=boss(hall), at=NOW
        )
        assert Published.objects.get(mall=hall.mall).agency_name == "Dinas Kependudukan"


@pytest.mark.django_db
def test_a_move_takes_its_counters_along() -> None:
    hall = make.hall()
    manager = boss(hall)
    page = client(manager)
    with wall.inside(hall.mall.pk):
        zone, second = elsewhere(hall), spare(hall)
        moving = capacity.plan_relocation(
            hall.place.agency, from_place="Gedung", to_site=zone.site, counters=1, reason="Parkir",
            planned_on=hall.mall.local(NOW).date(), by=manager, at=NOW,
        )  # fmt: skip
        here = f"/m/{hall.mall.slug}/relocations/{moving.pk}/"
        both = {f"zone_{hall.counter.pk}": zone.pk, f"zone_{second.pk}": zone.pk, "reason": WHY}
        assert page.post(f"{here}counters/", both).status_code == 422
        planned = page.post(
            f"{here}counters/", {f"zone_{hall.counter.pk}": zone.pk, f"number_{hall.counter.pk}": 12, "reason": WHY}
        )
        assert planned.status_code == 302
        today = {"on": hall.mall.local(NOW).date().isoformat()}
        assert page.post(f"{here}completion/", today).status_code == 422  # somebody sits there
        rise(hall)

        assert page.post(f"{here}completion/", today).status_code == 302

        counter = Counter.objects.select_related("outlet").get(pk=hall.counter.pk)
        assert (counter.zone_id, counter.number, counter.outlet.site_id) == (zone.pk, 12, zone.site_id)
        assert counter.outlet.agency_id == hall.place.agency.pk
        # At the hours that it had, from no queue of the place it left.
        assert counter.outlet.hours.count() == 7
        assert CounterQueue.objects.filter(counter=counter).count() == 0
        assert [gap for gap in arranged.missing(hall.mall) if "Loket 12" in gap.text]


@pytest.mark.django_db
def test_counters_that_move_take_no_number_that_is_anothers_and_may_follow_each_other() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        rise(hall)
        second = spare(hall)
        moving = capacity.plan_relocation(
            hall.place.agency, from_place="Gedung", to_site=hall.place.site, counters=2, reason="Penataan",
            planned_on=hall.mall.local(NOW).date(), by=manager, at=NOW,
        )  # fmt: skip
        zone = hall.place.zone
        with pytest.raises(NameTaken):
            capacity.plan_counters(moving, [Moving(hall.counter, zone, 2)], reason=WHY, by=manager, at=NOW)
        with pytest.raises(OtherPlace):
            capacity.plan_counters(moving, [Moving(hall.counter, elsewhere(hall), 2)], reason=WHY, by=manager, at=NOW)
        chain = [Moving(hall.counter, zone, 2), Moving(second, zone, 3)]
        capacity.plan_counters(moving, chain, reason=WHY, by=manager, at=NOW)
        capacity.finish_relocation(moving, on=hall.mall.local(NOW).date(), by=manager, at=NOW)
        assert list(Counter.objects.order_by("pk").values_list("number", flat=True)) == [2, 3]


@pytest.mark.django_db
def test_a_queue_is_made_filled_given_counters_and_put_away() -> None:
    hall = make.hall()
    manager = boss(hall)
    page, here = client(manager), f"/m/{hall.mall.slug}/settings/queues/"
    with wall.inside(hall.mall.pk):
        made = page.post(f"{here}new/", {"code": "B", "name": "Akta", "zone": hall.place.zone.pk, "reason": WHY})
        queue = Queue.objects.get(code="B")
        assert made.headers["location"].endswith(f"/settings/queues/{queue.pk}/services/")

        page.post(f"{here}{queue.pk}/services/", {"services": [hall.service.pk], "reason": WHY})
        assert QueueService.objects.get().queue_id == queue.pk
        page.post(f"{here}{queue.pk}/counters/", {f"counter_{hall.counter.pk}": "own", "reason": WHY})
        assert [line.queue.code for line in arranged.lines_of(hall.counter)] == ["A", "B"]

        assert page.post(f"{here}{queue.pk}/retirement/", {"reason": WHY}).status_code == 422
        page.post(f"{here}{queue.pk}/services/", {"reason": WHY})
        assert page.post(f"{here}{queue.pk}/retirement/", {"reason": WHY}).status_code == 302
        assert [each.code for each in hall_queues(hall.mall, NOW)] == ["A"]
        assert [line.queue.code for line in arranged.lines_of(hall.counter)] == ["A"]
        actions = Entry.objects.filter(subject=f"queue:{queue.pk}").values_list("action", flat=True)
        assert list(actions) == [
            "queue.opened", "queue.services_set", "queue.callers_set", "queue.services_set", "queue.retired",
        ]  # fmt: skip
        assert arranging.make_queue(hall.place.zone, code="B", name="Lain", reason=WHY, by=manager, at=NOW).pk


@pytest.mark.django_db
def test_a_queue_in_which_people_wait_keeps_its_letters_and_stays() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        make.taken(hall)
        with pytest.raises(QueueInUse):
            arranging.change_queue(
                hall.queue, zone=hall.place.zone, code="Z", name="Akta", reason=WHY, by=manager, at=NOW
            )
        arranging.set_services(hall.queue, [], reason=WHY, by=manager, at=NOW)
        with pytest.raises(PeopleWait):
            arranging.retire_queue(hall.queue, reason=WHY, by=manager, at=NOW)
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        assert called
        hall.queue.refresh_from_db()
        assert (hall.queue.code, hall.queue.retired_at) == ("A", None)
        renamed = arranging.change_queue(
            hall.queue, zone=hall.place.zone, code="A", name="Kependudukan baru", reason=WHY, by=manager, at=NOW
        )
        assert renamed.name == "Kependudukan baru"


@pytest.mark.django_db
def test_letters_of_today_are_not_given_again_today() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        serving.complete(
            serving.serve(ticket, by=hall.officer, at=timezone.now()), outcome=Outcome.DONE, by=hall.officer,
            at=timezone.now(),
        )  # fmt: skip
        arranging.set_services(hall.queue, [], reason=WHY, by=manager, at=NOW)
        arranging.retire_queue(hall.queue, reason=WHY, by=manager, at=NOW)
        with pytest.raises(CodeTaken):
            arranging.make_queue(hall.place.zone, code="A", name="Baru", reason=WHY, by=manager, at=NOW)
        tomorrow = NOW + timedelta(days=1)
        assert arranging.make_queue(hall.place.zone, code="A", name="Baru", reason=WHY, by=manager, at=tomorrow).pk
        with pytest.raises(QueueGone):
            arranging.set_services(hall.queue, [hall.service], reason=WHY, by=manager, at=NOW)


@pytest.mark.django_db
def test_a_counter_calls_in_the_order_that_was_chosen() -> None:
    hall = make.hall()
    manager = boss(hall)
    page = client(manager)
    here = f"/m/{hall.mall.slug}/settings/counters/{hall.counter.pk}/queues/"
    with wall.inside(hall.mall.pk):
        second = arranging.make_queue(hall.place.zone, code="B", name="Akta", reason=WHY, by=manager, at=NOW)
        third = arranging.make_queue(hall.place.zone, code="C", name="KIA", reason=WHY, by=manager, at=NOW)
        order = f"{hall.queue.pk},{second.pk},{third.pk}"
        roles = {f"queue_{hall.queue.pk}": "own", f"queue_{second.pk}": "own", f"queue_{third.pk}": "helped"}

        pressed = page.post(here, {**roles, "order": order, "up": second.pk, "reason": ""})
        assert (pressed.status_code, pressed.context["order"]) == (200, f"{second.pk},{hall.queue.pk},{third.pk}")
        assert [line.queue.code for line in arranged.lines_of(hall.counter)] == ["A"]

        kept = page.post(here, {**roles, "order": pressed.context["order"], "reason": WHY})
        assert kept.status_code == 302
        lines = [(line.queue.code, line.is_helped) for line in arranged.lines_of(hall.counter)]
        assert lines == [("B", False), ("A", False), ("C", True)]
        assert page.post(here, {**roles, "order": order, "reason": ""}).status_code == 422


@pytest.mark.django_db
def test_what_is_of_another_place_or_gone_is_refused() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        far = arranging.make_queue(elsewhere(hall), code="K", name="Kecamatan", reason=WHY, by=manager, at=NOW)
        gone = spare(hall)
        counters.retire_counter(gone, reason=WHY, by=manager, at=NOW)
        bank = writing.write_service(hall.place.agency, name="Tidak ditawarkan", at=NOW)
        before = CounterQueue.objects.count()
        for act, error in (
            (partial(arranging.set_queues, hall.counter, [far], []), AnotherSite),
            (partial(arranging.set_callers, far, {hall.counter: False}), AnotherSite),
            (partial(arranging.set_callers, hall.queue, {gone: False}), CounterGone),
            (partial(arranging.set_services, hall.queue, [bank]), NotOffered),
        ):
            with pytest.raises(error):
                act(reason=WHY, by=manager, at=NOW)
        with pytest.raises(NotAllowed):
            arranging.set_queues(hall.counter, [], [], reason=WHY, by=hall.officer, at=NOW)
        assert CounterQueue.objects.count() == before


@pytest.mark.django_db
def test_what_is_missing_is_said_with_the_page_that_mends_it() -> None:
    hall = make.hall()
    manager = boss(hall)
    page = client(manager)
    with wall.inside(hall.mall.pk):
        assert arranged.missing(hall.mall) == []
        extra = writing.write_service(hall.place.agency, name="Akta Lahir", at=NOW)
        writing.offer(extra, hall.place.outlet, at=NOW)
        idle = spare(hall)
        arranging.set_callers(hall.queue, {}, reason=WHY, by=manager, at=NOW)

        gaps = arranged.missing(hall.mall)

        assert [gap.text.split(" ")[0] for gap in gaps] == ["Akta", "Antrean", "Loket", "Loket"]
        for gap in gaps:
            assert page.get(gap.address).status_code == 200
        added = page.get(gaps[0].address).content.decode()
        assert f'value="{extra.pk}"' in added
        assert f"Loket {idle.number}" in gaps[-1].text
    shown = page.get(f"/m/{hall.mall.slug}/settings/queues/").content.decode()
    assert "Akta Lahir tidak punya antrean" in shown


@pytest.mark.django_db
def test_lists_cost_the_same_however_long() -> None:
    hall = make.hall()
    manager = boss(hall)
    page, here = client(manager), f"/m/{hall.mall.slug}/settings/"
    costs = []
    for round_ in range(2):
        if round_:
            with wall.inside(hall.mall.pk):
                for number in range(10, 16):
                    counter = spare(hall, number)
                    queue = arranging.make_queue(
                        hall.place.zone, code=f"X{chr(55 + number)}", name="Lain", reason=WHY, by=manager, at=NOW
                    )
                    arranging.set_queues(counter, [queue], [], reason=WHY, by=manager, at=NOW)
        for address in ("counters/", "queues/"):
            page.get(here + address)
            with CaptureQueriesContext(connection) as asked:
                page.get(here + address)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
    counters_csv = page.get(f"{here}counters/list.csv").content.decode("utf-8-sig").splitlines()
    queues_csv = page.get(f"{here}queues/list.csv").content.decode("utf-8-sig").splitlines()
    assert (len(counters_csv), len(queues_csv)) == (8, 8)


@pytest.mark.django_db
def test_whoever_loses_the_role_rises_and_the_next_officer_goes_on() -> None:
    hall = make.hall()
    manager = boss(hall)
    page = client(manager)
    assert hall.officer.account
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        held = Membership.objects.get(account=hall.officer.account)
        here = f"/m/{hall.mall.slug}/settings/staff/{hall.officer.account.pk}/roles/{held.pk}/ending/"
        assert "Loket 1, yang sedang dibuka petugas ini, ikut ditutup." in page.get(here).content.decode()

        assert page.post(here, {"reason": WHY}).status_code == 302

        assert not CounterSession.objects.filter(ended_at=None).exists()
        assert client(hall.officer).get(f"/m/{hall.mall.slug}/counters/").status_code == 404
        colleague = agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
        sessions.set_session(hall.counter, SessionState.OPEN, by=colleague, at=timezone.now())
        assert serving.serve(ticket, by=colleague, at=timezone.now()).state == "serving"


@pytest.mark.django_db
def test_whoever_keeps_another_role_for_the_counter_stays() -> None:
    hall = make.hall()
    manager = boss(hall)
    with wall.inside(hall.mall.pk):
        assert hall.officer.account
        today = hall.mall.local(NOW).date()
        common = appointing.Post(Role.OFFICER, None, today)
        second = appointing.appoint(hall.officer.account, hall.mall, common, reason=WHY, by=manager, at=NOW)
        appointing.end_role(second, reason=WHY, by=manager, at=NOW)
        assert CounterSession.objects.filter(ended_at=None).count() == 1
