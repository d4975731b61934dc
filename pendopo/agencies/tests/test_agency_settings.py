"""Agencies and where they receive people, as the manager arranges them on pages."""

from datetime import time
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import counters, places
from pendopo.agencies.errors import AboveItself, AlreadyThere, Ended, NameTaken
from pendopo.agencies.models import Agency, Counter, Outlet
from pendopo.agencies.queries import places as shown
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, ReasonMissing, RuleViolation
from pendopo.queues.actions import arranging, endings
from pendopo.queues.errors import ZoneOver
from pendopo.queues.models import Queue
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall

NOW = timezone.now()
WHY = "Rapat pengelola"


def add(place: Place, by: Actor, name: str = "Kantor Imigrasi", **other: object) -> Agency:
    return places.add_agency(place.mall, name=name, reason=WHY, by=by, at=NOW, **other)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_agency_is_added_changed_and_keeps_its_code() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    page = client(manager)
    here = f"/m/{place.mall.slug}/settings/agencies/"

    made = page.post(f"{here}new/", {"name": "Kantor Imigrasi Kelas I", "short": "Imigrasi", "reason": WHY})
    changed = page.post(
        made.headers["location"], {"name": "Kantor Imigrasi", "short": "Imi", "parent": place.agency.pk, "reason": WHY}
    )

    assert (made.status_code, changed.status_code) == (302, 302)
    with wall.inside(place.mall.pk):
        agency = Agency.objects.get(name="Kantor Imigrasi")
        assert (agency.short_name, agency.parent_id) == ("Imi", place.agency.pk)
        assert agency.code in made.headers["location"]
        told = Entry.objects.filter(subject=f"agency:{agency.pk}").values_list("action", "reason")
        assert list(told) == [("agency.added", WHY), ("agency.changed", WHY)]


@pytest.mark.django_db
def test_nobody_stands_above_themselves_not_even_past_the_actions() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        middle = add(place, manager, parent=place.agency)
        lowest = add(place, manager, "Unit Layanan", parent=middle)

        with pytest.raises(AboveItself):
            places.change_agency(
                place.agency, name=place.agency.name, short="Dukcapil", parent=lowest, reason=WHY, by=manager, at=NOW
            )
        with pytest.raises(IntegrityError, match="above itself"), transaction.atomic():
            Agency.objects.filter(pk=place.agency.pk).update(parent=lowest)
        place.agency.refresh_from_db()
        assert place.agency.parent_id is None


@pytest.mark.django_db
def test_a_name_or_code_is_nobody_elses_and_a_reason_is_asked() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    officer = make.staff(place.mall, Role.OFFICER, agency=place.agency)
    with wall.inside(place.mall.pk):
        with pytest.raises(NameTaken):
            add(place, manager, "dinas dukcapil")
        with pytest.raises(NameTaken):
            add(place, manager, code="DUKCAPIL")
        with pytest.raises(ReasonMissing):
            places.add_agency(place.mall, name="Bank", reason=" ", by=manager, at=NOW)
        with pytest.raises(NotAllowed):
            add(place, officer)
        assert list(Agency.objects.values_list("code", flat=True)) == ["DUKCAPIL"]


def names_set_together(place: Place, by: Actor) -> int:
    """Add the same agency by two managers at once; return how many were refused."""
    refused = []

    def act() -> None:
        with wall.inside(place.mall.pk), transaction.atomic():
            try:
                add(place, by)
            except RuleViolation as refusal:
                refused.append(refusal)

    together([act, act])
    return len(refused)


@pytest.mark.usefixtures("committed")
def test_two_managers_who_add_the_same_agency_add_it_once() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)

    refused = names_set_together(place, manager)

    with wall.inside(place.mall.pk):
        assert (refused, Agency.objects.filter(name="Kantor Imigrasi").count()) == (1, 1)


@pytest.mark.usefixtures("committed")
def test_two_agencies_set_below_each_other_at_once_make_no_circle() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        first, second = place.agency, add(place, manager)
    outcomes: list[str] = []

    def below(agency: Agency, parent: Agency) -> None:
        try:
            with wall.inside(place.mall.pk), transaction.atomic():
                # Past the action and its lock: the database alone.
                Agency.objects.filter(pk=agency.pk).update(parent=parent)
            outcomes.append("done")
        except IntegrityError:
            outcomes.append("refused")

    together([partial(below, first, second), partial(below, second, first)])

    assert sorted(outcomes) == ["done", "refused"]


@pytest.mark.django_db
def test_an_outlet_is_opened_with_the_common_desks_hours_ended_and_opened_again() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        site = tenancy.add_site(place.mall, name="Kecamatan", at=NOW)
        desk = places.open_outlet(place.mall, site, agency=None, reason=WHY, by=manager, at=NOW)
        week = [Hours(1, time(8), time(15))]
        places.change_outlet(desk, observes_holidays=False, week=week, reason=WHY, by=manager, at=NOW)

        outlet = places.open_outlet(place.mall, site, agency=place.agency, reason=WHY, by=manager, at=NOW)
        assert list(outlet.hours.values_list("weekday", flat=True)) == [1]
        with pytest.raises(AlreadyThere):
            places.open_outlet(place.mall, site, agency=place.agency, reason=WHY, by=manager, at=NOW)

        places.end_outlet(outlet, reason=WHY, by=manager, at=NOW)
        assert outlet.pk not in set(shown.outlets(place.mall).values_list("pk", flat=True))
        again = places.open_outlet(place.mall, site, agency=place.agency, reason=WHY, by=manager, at=NOW)
        assert (again.pk, again.ended_at) == (outlet.pk, None)
        desk.refresh_from_db()
        assert not desk.observes_holidays


@pytest.mark.django_db
def test_the_week_of_an_outlet_is_written_on_its_page() -> None:
    place = make.place()
    page = client(make.staff(place.mall, Role.MANAGER))
    here = f"/m/{place.mall.slug}/settings/outlets/{place.outlet.pk}/"
    week = {"opens_1": "08:00", "closes_1": "15:00", "from_1": "12:00", "until_1": "13:00", "name_1": "Ishoma"}

    refused = page.post(here, {**week, "until_1": "16:00", "reason": WHY})
    done = page.post(here, {**week, "rests": "yes", "reason": WHY})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Istirahat harus di antara jam buka dan jam tutup." in refused.content.decode()
    with wall.inside(place.mall.pk):
        outlet = Outlet.objects.get(pk=place.outlet.pk)
        kept = list(outlet.hours.values_list("weekday", "break_name"))
        assert (outlet.observes_holidays, kept) == (True, [(1, "Ishoma")])


@pytest.mark.django_db
def test_the_list_is_paged_and_its_files_say_the_same() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        for number in range(3):
            add(place, manager, f"Badan {number}")
        first = shown.agencies(place.mall, size=2)
        second = shown.agencies(place.mall, cursor=first.next or "", size=2)
        names = [line.agency.name for line in [*first.items, *second.items]]
    page = client(manager)
    here = f"/m/{place.mall.slug}/settings/agencies/"

    csv = page.get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()

    assert names == sorted([*names])
    assert [line.split(",")[0] for line in csv[1:]] == names
    assert page.get(f"{here}list.xlsx").status_code == 200


@pytest.mark.django_db
def test_the_list_costs_the_same_however_many_agencies() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    page = client(manager)
    here = f"/m/{place.mall.slug}/settings/agencies/"
    page.get(here)
    with CaptureQueriesContext(connection) as few:
        page.get(here)
    with wall.inside(place.mall.pk):
        for number in range(10):
            add(place, manager, f"Badan {number}")
    with CaptureQueriesContext(connection) as many:
        page.get(here)

    assert len(many) == len(few)


@pytest.mark.django_db
def test_the_head_reads_and_writes_nothing() -> None:
    place = make.place()
    head = client(make.staff(place.mall, Role.HEAD))
    here = f"/m/{place.mall.slug}/settings/agencies/"

    assert "Hanya pengelola" in head.get(f"{here}new/").content.decode()
    assert head.post(f"{here}new/", {"name": "Bank", "reason": WHY}).status_code == 422
    with wall.inside(place.mall.pk):
        assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_put_into_a_zone_that_has_ended() -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        zone = tenancy.add_zone(place.site, code="Z", name="Lantai 9", at=NOW)
        endings.end_zone(zone, reason=WHY, by=manager, at=NOW)

        with pytest.raises(Ended):
            counters.add_counter(place.outlet, zone=zone, number=1, reason=WHY, by=manager, at=NOW)
        with pytest.raises(ZoneOver):
            arranging.make_queue(zone, code="Z", name="Antrean", reason=WHY, by=manager, at=NOW)

        assert not Counter.objects.filter(zone=zone).exists()
        assert not Queue.objects.filter(zone=zone).exists()
