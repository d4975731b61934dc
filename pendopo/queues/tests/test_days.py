"""Services on their weekdays, events with their own numbers, and what is told of places."""

import json
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions.opening_hours import except_day
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Hours, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import publishing, writing
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.queues.actions import calling, days, lines, night, quotas, taking
from pendopo.queues.actions.quotas import Places
from pendopo.queues.errors import CodeTaken, EventBegun, NotToday, OutOfBounds, QuotaFull
from pendopo.queues.models import (
    CounterQueue,
    EventDay,
    Queue,
    QueueService,
    QuotaDay,
    QuotaRule,
    Series,
    ServiceDays,
    Ticket,
)
from pendopo.queues.queries.places import places_of
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

# A Friday in Jakarta, 09.00.
FRIDAY = datetime(2030, 11, 22, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def take(hall: Hall, at: datetime = FRIDAY, *, service: str = "", desk: bool = False) -> taking.Taken:
    origin, by = (Origin.DESK, hall.caller) if desk else (Origin.PHONE, make.NOBODY)
    return taking.take(hall.mall, service or hall.service.code, origin=origin, request_id=uuid4(), by=by, at=at)


def line(hall: Hall) -> QueueService:
    return QueueService.objects.select_related("queue__mall", "queue__zone", "site", "service").get(
        service=hall.service
    )


def limit(hall: Hall, *weekdays: int, **more: object) -> ServiceDays | None:
    with wall.inside(hall.mall.pk):
        manager = agencies.staff(hall.mall, Role.MANAGER)
        return days.set_service_days(line(hall), weekdays, reason="Jadwal", by=manager, at=FRIDAY, **more)  # type: ignore[arg-type]


def event(hall: Hall, day: date = date(2030, 11, 22), *, total: int | None = None, first: int = 1) -> EventDay:
    with wall.inside(hall.mall.pk):
        return days.declare_event(
            line(hall), day, name="Tilang", code="TL", first_number=first, places=Places(total) if total else None,
            reason="Putusan Jumat", by=agencies.staff(hall.mall, Role.MANAGER), at=FRIDAY,
        )  # fmt: skip


def rows(hall: Hall) -> tuple[int, ...]:
    with wall.inside(hall.mall.pk):
        models = (Ticket, Series, QuotaDay, QuotaRule, ServiceDays, EventDay, Queue, CounterQueue, Entry)
        return tuple(model.objects.count() for model in models)


def all_week() -> list[Hours]:
    return [Hours(day, time(8), time(16)) for day in range(1, 8)]


@pytest.mark.django_db
def test_a_service_of_other_weekdays_is_refused_with_the_day_on_which_it_is_given() -> None:
    hall = make.hall(hours=all_week())
    limit(hall, 1, 2, 3, 4)
    before = rows(hall)

    with pytest.raises(NotToday, match="tidak diberikan hari ini; lagi Senin"):
        take(hall)

    assert rows(hall) == before
    assert take(hall, FRIDAY + 3 * DAY).number == "A-001"


@pytest.mark.django_db
def test_the_next_day_is_one_on_which_the_doors_are_open() -> None:
    hall = make.hall(hours=all_week())
    limit(hall, 1, 2)
    with wall.inside(hall.mall.pk):
        except_day(hall.place.outlet, date(2030, 11, 25), reason="Cuti", at=FRIDAY)

    with pytest.raises(NotToday, match="lagi Selasa"):
        take(hall)


@pytest.mark.django_db
def test_each_case_has_its_own_days() -> None:
    hall = make.hall(hours=all_week())
    with wall.inside(hall.mall.pk):
        cases = [writing.Case(name="Paspor baru"), writing.Case(name="Penggantian")]
        service = writing.write_service(hall.place.agency, name="Paspor", at=FRIDAY, cases=cases)
        writing.offer(service, hall.place.outlet, at=FRIDAY)
        lines.extend_queue(hall.queue, [service], at=FRIDAY)
        new, replaced = service.variants.order_by("position")
        manager = agencies.staff(hall.mall, Role.MANAGER)
        place = QueueService.objects.select_related("queue__mall", "site").get(service=service)
        for case, weekdays in ((new, [1, 2, 3, 4]), (replaced, [5])):
            days.set_service_days(place, weekdays, variant=case, reason="Jadwal", by=manager, at=FRIDAY)
        told = places_of(hall.mall, [new.code, replaced.code], FRIDAY, by_phone=True)

    with pytest.raises(NotToday, match="lagi Senin"):
        take(hall, service=new.code)
    assert take(hall, service=replaced.code).number == "A-001"
    with pytest.raises(NotToday, match="lagi Jumat"):
        take(hall, FRIDAY + 3 * DAY, service=replaced.code)
    assert told[new.code].text == "Hari ini tidak ada; lagi Senin"
    assert told[replaced.code].can_take


@pytest.mark.django_db
def test_a_quota_of_none_is_told_otherwise_than_one_that_is_used_up() -> None:
    hall = make.hall(hours=all_week())
    with wall.inside(hall.mall.pk):
        common = {"mall": hall.mall, "site": hall.place.site, "service": hall.service}
        QuotaRule.objects.create(**common, total=0, weekday=5)
        QuotaRule.objects.create(**common, total=1)

    with pytest.raises(QuotaFull, match="tidak memberi nomor; lagi Sabtu"):
        take(hall)
    take(hall, FRIDAY + DAY)
    with pytest.raises(QuotaFull, match="habis; lagi Minggu"):
        take(hall, FRIDAY + DAY)
    with wall.inside(hall.mall.pk):
        told = places_of(hall.mall, [hall.service.code], FRIDAY, by_phone=True)[hall.service.code]
    assert told.text == "Hari ini tidak memberi nomor; lagi Sabtu"


@pytest.mark.django_db
def test_during_the_break_the_cut_off_counts_from_the_days_end() -> None:
    hours = [Hours(day, time(8), time(16), time(11, 30), time(13), "Istirahat") for day in range(1, 8)]
    hall = make.hall(hours=hours)
    with wall.inside(hall.mall.pk):
        QuotaRule.objects.create(mall=hall.mall, site=hall.place.site, service=hall.service, total=9, closes_minutes=30)

    assert take(hall, FRIDAY.replace(hour=5, minute=45)).number == "A-001"


@pytest.mark.django_db
def test_five_thousand_numbers_of_an_event_are_its_own_and_the_ordinary_line_goes_on() -> None:
    hall = make.hall(hours=all_week())
    with wall.inside(hall.mall.pk):
        other = writing.write_service(hall.place.agency, name="Akta", at=FRIDAY)
        writing.offer(other, hall.place.outlet, at=FRIDAY)
        lines.extend_queue(hall.queue, [other], at=FRIDAY)
    ordinary = [take(hall, service=other.code).number, take(hall, service=other.code, desk=True).number]
    declared = event(hall, total=5000, first=1001)

    # The function that every door calls, as often as people come; a door each would take a minute.
    def come(many: int) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT x.answer, x.code, x.number FROM generate_series(1, %s) AS n CROSS JOIN LATERAL (SELECT * FROM"
                " queues_take(%s, gen_random_uuid(), '\\x00'::bytea, %s, NULL, 'phone', NULL, NULL, NULL,"
                " left(md5(n::text || random()), 26), %s)) AS x",
                [many, hall.mall.pk, hall.service.code, FRIDAY],
            )
            return list(cursor.fetchall())

    # A few hundred at a time: a statement of a web process may last ten seconds, also on a busy machine.
    with wall.inside(hall.mall.pk):
        first_half = [row for _part in range(10) for row in come(250)]
        beside = take(hall, service=other.code).number
        second_half = [row for _part in range(10) for row in come(250)]
    ordinary += [beside, take(hall, service=other.code).number]

    assert [row[:2] for row in first_half + second_half] == [("taken", "TL")] * 5000
    assert [row[2] for row in first_half + second_half] == list(range(1001, 6001))
    assert ordinary == ["A-001", "A-002", "A-003", "A-004"]
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.filter(queue=declared.queue).values("number").distinct().count() == 5000
    before = rows(hall)
    with pytest.raises(QuotaFull):
        take(hall)
    assert rows(hall) == before
    # The next day the service's visitors stand in their own line again.
    assert take(hall, FRIDAY + DAY).number == "A-001"


@pytest.mark.django_db
def test_the_counters_of_the_ordinary_line_call_the_event_and_no_longer_after_its_day() -> None:
    hall = make.hall(hours=all_week())
    declared = event(hall)
    taken = take(hall)

    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=FRIDAY)
    assert called
    assert (taken.number, called.number) == ("TL-001", "TL-001")

    with wall.inside(hall.mall.pk):
        night.close_day(hall.mall, at=FRIDAY + DAY)
        assert not CounterQueue.objects.filter(queue=declared.queue).exists()
        assert CounterQueue.objects.filter(queue=hall.queue).count() == 1


@pytest.mark.django_db
def test_an_event_is_taken_back_only_before_its_first_number() -> None:
    hall = make.hall(hours=all_week())
    manager = agencies.staff(hall.mall, Role.MANAGER)
    coming = event(hall, date(2030, 11, 29), total=5000)
    begun = event(hall)
    take(hall)
    before = rows(hall)

    with wall.inside(hall.mall.pk), pytest.raises(EventBegun):
        days.withdraw_event(begun, reason="Batal", by=manager, at=FRIDAY)
    assert rows(hall) == before

    with wall.inside(hall.mall.pk):
        days.withdraw_event(coming, reason="Batal", by=manager, at=FRIDAY)
        assert list(EventDay.objects.all()) == [begun]
        assert not QuotaRule.objects.exists()


@pytest.mark.django_db
def test_no_event_on_a_day_whose_numbers_are_given_already() -> None:
    hall = make.hall(hours=all_week())
    take(hall)
    before = rows(hall)

    with pytest.raises(EventBegun, match="mulai besok"):
        event(hall)

    assert rows(hall) == before


@pytest.mark.django_db
def test_what_the_manager_may_not_decide_changes_nothing() -> None:
    hall = make.hall(hours=all_week())
    manager = agencies.staff(hall.mall, Role.MANAGER)
    event(hall)
    before = rows(hall)
    friday, told = date(2030, 11, 22), {"name": "Tilang", "reason": "Ada", "at": FRIDAY}
    refused = [
        (NotAllowed, {"day": friday, "code": "TX", "by": hall.officer}),
        (ReasonMissing, {"day": friday + DAY, "code": "TX", "by": manager, "reason": " "}),
        (OutOfBounds, {"day": friday - DAY, "code": "TX", "by": manager}),
        (EventBegun, {"day": friday, "code": "TX", "by": manager}),
        (CodeTaken, {"day": friday + DAY, "code": "A", "by": manager}),
    ]

    with wall.inside(hall.mall.pk):
        place = line(hall)
        for error, wanted in refused:
            with pytest.raises(error):
                days.declare_event(place, **(told | wanted))  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            days.set_service_days(place, [1], reason="Ada", by=hall.officer, at=FRIDAY)
        with pytest.raises(OutOfBounds):
            days.set_service_days(place, [], reason="Ada", by=manager, at=FRIDAY)

    assert rows(hall) == before


@pytest.mark.django_db
def test_the_manager_decides_by_the_page() -> None:
    hall = make.hall()
    client = Client()
    manager = agencies.staff(hall.mall, Role.MANAGER)
    assert manager.account
    client.force_login(manager.account)
    base = f"/m/{hall.mall.slug}"
    with wall.inside(hall.mall.pk):
        pk = line(hall).pk
    tomorrow = (hall.mall.local(timezone.now()) + DAY).date()

    set_days = client.post(f"{base}/days/", {"subject": str(pk), "weekdays": ["1", "5"], "reason": "Jadwal"})
    sent = {"line": str(pk), "day": tomorrow.isoformat(), "name": "Tilang", "code": "TL", "first_number": "1"}
    declared = client.post(f"{base}/events/", sent | {"total": "5000", "reason": "Putusan"})
    refused = client.post(f"{base}/events/", sent | {"code": "A", "day": (tomorrow + DAY).isoformat(), "reason": "x"})
    page = client.get(f"{base}/days/").content.decode()

    assert (set_days.status_code, declared.status_code, refused.status_code) == (302, 302, 422)
    assert "sudah dipakai antrean lain" in refused.content.decode()
    assert "Senin, Jumat" in page
    assert "Tilang" in page
    with wall.inside(hall.mall.pk):
        row, event_row = ServiceDays.objects.get(), EventDay.objects.get()
        assert (row.days, QuotaRule.objects.get().total) == ([1, 5], 5000)
    gone = [
        client.post(f"{base}/days/removal/", {"row": row.pk, "reason": "Selesai"}),
        client.post(f"{base}/events/removal/", {"row": event_row.pk, "reason": "Batal"}),
    ]
    assert [response.status_code for response in gone] == [302, 302]
    with wall.inside(hall.mall.pk):
        assert not ServiceDays.objects.exists()
        assert not EventDay.objects.exists()


@pytest.mark.django_db
def test_what_is_left_stands_on_every_page_and_is_asked_for_in_one_query() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        common = {"mall": hall.mall, "site": hall.place.site}
        QuotaRule.objects.create(**common, service=hall.service, total=3, phone_total=1)
    make.taken(hall)
    base, code = f"/m/{hall.mall.slug}", hall.service.code
    manager = agencies.staff(hall.mall, Role.MANAGER)
    assert manager.account
    boss = Client()
    boss.force_login(manager.account)
    client, kiosk = Client(), Client()
    with wall.inside(hall.mall.pk):
        _device, token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.KIOSK, name="Kios", at=timezone.now(), zone=hall.place.zone
        )
    kiosk.cookies["pendopo_device"] = token
    agency = hall.place.agency.code

    assert "Jatah ponsel habis" in client.get(f"{base}/services/{code}/").content.decode()
    assert "Sisa 2 dari 3 tempat" in kiosk.get(f"{base}/kiosk/{agency}/").content.decode()
    assert "Sisa 2 dari 3 tempat" in kiosk.get(f"{base}/kiosk/{agency}/{code}/").content.decode()
    assert "Sisa 2 dari 3 tempat" in boss.get(f"{base}/reception/?q=Kartu").content.decode()
    assert "Sisa 2 dari 3" in boss.get(f"{base}/hall/").content.decode()
    told = [
        json.loads(client.get(f"{base}/places/?service={code}{where}").content)["places"][code]
        for where in ("", "&hall")
    ]
    assert [(one["left"], one["can_take"]) for one in told] == [(0, False), (2, True)]

    with CaptureQueriesContext(connection) as one:
        client.get(f"{base}/places/?service={code}")
    with wall.inside(hall.mall.pk):
        for name in ("Satu", "Dua", "Tiga"):
            service = writing.write_service(hall.place.agency, name=name, at=timezone.now())
            writing.offer(service, hall.place.outlet, at=timezone.now())
            lines.extend_queue(hall.queue, [service], at=timezone.now())
            QuotaRule.objects.create(**common, service=service, total=5)
        publishing.publish(hall.mall, at=timezone.now())
        codes = list(QueueService.objects.values_list("service__code", flat=True))
    with CaptureQueriesContext(connection) as four:
        found = client.get(f"{base}/places/?" + "&".join(f"service={code}" for code in codes))
    assert len(json.loads(found.content)["places"]) == 4
    assert len(four) == len(one)


@pytest.mark.django_db
def test_a_service_that_is_full_is_told_in_words_at_the_kiosk_and_cannot_be_pressed() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        QuotaRule.objects.create(mall=hall.mall, site=hall.place.site, service=hall.service, total=1)
    make.taken(hall)
    base, code = f"/m/{hall.mall.slug}", hall.service.code

    needs = Client().get(f"{base}/kiosk/{hall.place.agency.code}/{code}/").content.decode()
    page = Client().get(f"{base}/services/{code}/").content.decode()

    assert "Jatah hari ini habis; lagi" in needs
    assert "kiosk/tickets/" not in needs
    assert "data-places-take disabled" in page


@pytest.mark.django_db
def test_a_page_asks_for_services_only(client: Client) -> None:
    hall = make.hall()

    assert client.get(f"/m/{hall.mall.slug}/places/?service=%00").status_code == 422
    assert client.get(f"/m/{hall.mall.slug}/places/?" + "service=a&" * 61).status_code == 422
    assert json.loads(client.get(f"/m/{hall.mall.slug}/places/").content) == {"places": {}}


@pytest.mark.django_db
def test_the_api_says_on_which_day_a_service_is_given() -> None:
    hall = make.hall()
    today = hall.mall.local(timezone.now()).isoweekday()
    limit(hall, today % 7 + 1)
    body = {"service": hall.service.code, "origin": "phone", "id": str(uuid4())}
    before = rows(hall)

    path = f"/api/v1/malls/{hall.mall.slug}/tickets"
    refused = Client().post(path, json.dumps(body), content_type="application/json")

    assert (refused.status_code, refused.json()["code"]) == (409, "not_today")
    assert "; lagi" in refused.json()["detail"]
    assert rows(hall) == before


@pytest.mark.django_db
def test_an_events_places_are_declared_by_the_same_ledger() -> None:
    hall = make.hall(hours=all_week())
    with wall.inside(hall.mall.pk):
        manager = agencies.staff(hall.mall, Role.MANAGER)
        quotas.set_quota(hall.mall, hall.place.site, hall.service, Places(50), reason="Harian", by=manager, at=FRIDAY)
    event(hall, total=5000)
    with wall.inside(hall.mall.pk):
        told = places_of(hall.mall, [hall.service.code], FRIDAY, by_phone=False)[hall.service.code]

    assert told.text == "Tilang: Sisa 5000 dari 5000 tempat"
