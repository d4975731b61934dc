"""Everything that was decided with a reason, in one list."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pendopo.agencies.queries import history as shown
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)


def decided(place: Place, by: Actor | None, *acts: tuple[str, str]) -> None:
    with wall.inside(place.mall.pk):
        for number, (act, reason) in enumerate(acts):
            audit.record(act, "uji:1", by=by, at=AT + timedelta(minutes=number), reason=reason)


def signed_in(who: Actor) -> Client:
    assert who.account
    client = Client()
    client.force_login(who.account)
    return client


def path(place: Place, page: str = "") -> str:
    return f"/m/{place.mall.slug}/settings/history/{page}"


def test_it_shows_what_has_a_reason_with_who_and_why_and_nothing_else() -> None:
    place = make.place()
    boss = make.staff(place.mall, Role.MANAGER)
    decided(place, boss, ("device.revoked", "Dicuri"), ("ticket.recalled", ""), ("hall.rules_set", "Rapat"))
    decided(place, None, ("sesuatu.baru", "Kelak"))

    page = signed_in(boss).get(path(place)).content.decode()

    assert page.index("Kelak") < page.index("Rapat") < page.index("Dicuri")
    assert "Perangkat dicabut" in page
    assert "Lain-lain" in page
    assert "Sistem" in page
    assert "Sri Wahyuni" in page
    assert page.count("<tr>") == 1 + 3


def test_one_kind_is_asked_for_and_files_say_the_same() -> None:
    place = make.place()
    boss = make.staff(place.mall, Role.HEAD)
    decided(place, boss, ("mall_day.set", "Cuti"), ("mall.dressed", "Lambang"), ("device.moved", "Renovasi"))
    head = signed_in(boss)

    with wall.inside(place.mall.pk):
        kinds = {kind: [each.reason for each in shown.history(place.mall, kind=kind).items] for kind in shown.KINDS}
    page = head.get(path(place, "?kind=look")).content.decode()
    rows = list(csv.reader(io.StringIO(head.get(path(place, "list.csv?kind=look")).content.decode("utf-8-sig"))))

    assert {kind: reasons for kind, reasons in kinds.items() if reasons} == {
        "calendar": ["Cuti"],
        "look": ["Lambang"],
        "devices": ["Renovasi"],
    }
    assert "Lambang" in page
    assert "Renovasi" not in page
    assert [row[3] for row in rows[1:]] == ["Lambang"]
    assert head.get(path(place, "list.xlsx")).status_code == 200


def test_the_list_goes_on_behind_a_page_with_as_many_queries() -> None:
    place = make.place()
    decided(place, None, *(("quota.set", f"Alasan {number}") for number in range(9)))

    with wall.inside(place.mall.pk):
        with CaptureQueriesContext(connection) as few:
            first = shown.history(place.mall, size=2)
        with CaptureQueriesContext(connection) as many:
            second = shown.history(place.mall, cursor=first.next or "", size=6)
        third = shown.history(place.mall, cursor=second.next or "", size=6)

    assert [each.reason for page in (first, second, third) for each in page.items] == [
        f"Alasan {number}" for number in reversed(range(9))
    ]
    assert third.next is None
    assert len(few) == len(many) == 1


def test_another_malls_decisions_are_not_here() -> None:
    place, elsewhere = make.place(), make.place()
    decided(elsewhere, None, ("device.revoked", "Rahasia mereka"))

    page = signed_in(make.staff(place.mall, Role.MANAGER)).get(path(place)).content.decode()

    assert "Belum ada keputusan seperti itu." in page
    assert "Rahasia mereka" not in page


def test_every_kind_has_beginnings_of_its_own() -> None:
    beginnings = [beginning for kind in shown.KINDS.values() for beginning in kind.beginnings]

    assert len(beginnings) == len(set(beginnings))
    assert {act.partition(".")[0] for act in shown.ACTS} <= set(beginnings)
