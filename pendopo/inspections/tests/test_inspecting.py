"""From the first minute to the signature, by the actions and against the database."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place as Where
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.queries.facilities import instrument
from pendopo.inspections.actions import beginning, filling, finding
from pendopo.inspections.errors import AlreadySigned, NothingInIt, NotTheInspector
from pendopo.inspections.models import Answer, Finding, Inspection, Opinion, Photo, Place, Signature, Step
from pendopo.inspections.queries.checklists import NEWEST, checklist
from pendopo.inspections.queries.digests import is_intact
from pendopo.inspections.queries.inspections import inspection_of, visited
from pendopo.inspections.queries.knowing import known_then
from pendopo.inspections.tests import make
from pendopo.inspections.types import Said, Spot, Told, Wrong
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, NotUnderstood
from pendopo.queues.actions import vacancies
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def where() -> Where:
    return agencies.place()


@pytest.fixture
def inspector(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.INSPECTOR)


def begun(where: Where, by: Actor, at: datetime = NOW) -> Inspection:
    return make.inspection(where.mall, by, at=at)


def test_it_begins_once_and_keeps_what_the_system_knew(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        vacancies.watch(where.mall, at=NOW - 5 * MINUTE)
        part = uuid4()
        first, again = (
            beginning.begin(where.mall, sites=[where.site], others=["RSUD Contoh"], part=part, by=inspector, at=at)
            for at in (NOW, NOW + MINUTE)
        )

        assert again == first
        assert [place.name for place in Place.objects.order_by("pk")] == ["Gedung", "RSUD Contoh"]
        known = known_then(first)
        assert (known.counters, known.open, known.waiting) == (1, 0, 0)
        assert [(each.number, each.agency) for each in known.empty] == [(1, "Dukcapil")]
        assert Entry.objects.filter(action="inspection.begun").count() == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AGENCY_ADMIN, Role.SIGNER, Role.BACK_OFFICE])
def test_only_oversight_begins(where: Where, role: Role) -> None:
    other = agencies.staff(where.mall, role, agency=where.agency)
    with wall.inside(where.mall.pk), pytest.raises(NotAllowed):
        begun(where, other)
    with wall.inside(where.mall.pk):
        assert Inspection.objects.count() == 0


def test_nobody_else_writes_in_it(where: Where, inspector: Actor) -> None:
    head = agencies.staff(where.mall, Role.HEAD)
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        for act in (make.answered, make.found, make.signed):
            with pytest.raises(NotTheInspector):
                act(of, head, at=NOW)
        assert Answer.objects.count() == Finding.objects.count() == Signature.objects.count() == 0


def test_places_are_named_once(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        for others in ([], ["RSUD", "rsud"], [f"Tempat {number}" for number in range(13)]):
            with pytest.raises(NotUnderstood):
                beginning.begin(where.mall, sites=[], others=others, part=uuid4(), by=inspector, at=NOW)
        assert Inspection.objects.count() == 0


def test_the_newest_answer_stands_whichever_comes_first(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        here = make.place(of).pk

        def say(value: str, minutes: int, part: Told | None = None) -> None:
            told = part or make.told(NOW + minutes * MINUTE)
            filling.answer(of, [Said(here, "ramp", value)], told=told, by=inspector, at=NOW + 60 * MINUTE)

        say("yes", 5)
        say("no", 3)
        assert Answer.objects.get().value == "yes"
        part = make.told(NOW + 8 * MINUTE)
        say("no", 8, part)
        say("na", 8, part)
        row = Answer.objects.get()
        assert (row.value, row.at, row.received_at) == ("no", NOW + 8 * MINUTE, NOW + 60 * MINUTE)
        assert Entry.objects.filter(action="inspection.answered").count() == 2


def test_a_wrong_clock_loses_nothing(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        for wrong in (NOW - timedelta(days=900), NOW + timedelta(days=3)):
            heard = filling.hear(
                make.place(of), first=True, second=False, told=make.told(wrong), by=inspector, at=NOW + MINUTE
            )
            assert heard.at == NOW + MINUTE


@pytest.mark.parametrize(
    "said",
    [
        Said(0, "ramp", "yes"),
        Said(1, "nothing", "yes"),
        Said(1, "ramp", "", 3),
        Said(1, "empty", "yes"),
    ],
)
def test_what_does_not_fit_is_refused(where: Where, inspector: Actor, said: Said) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        here = make.place(of).pk if said.place else 0
        with pytest.raises(NotUnderstood):
            filling.answer(
                of, [Said(here, said.item, said.value, said.number)], told=make.told(NOW), by=inspector, at=NOW
            )
        assert Answer.objects.count() == 0


def test_each_part_arrives_once(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        here, told = make.place(of), make.told(NOW)
        wrong = Wrong("Lampu mati", where.agency, where.mall.local(NOW).date())
        for _time in range(2):
            filling.photograph(here, make.png(), told=told, by=inspector, at=NOW, item="ramp")
            filling.hear(here, first=True, second=False, told=told, by=inspector, at=NOW, words="Cepat")
            finding.find(here, wrong, told=told, by=inspector, at=NOW, picture=make.png())

        assert Opinion.objects.count() == Finding.objects.count() == 1
        assert sorted(Photo.objects.values_list("stage", flat=True)) == ["before", "scene"]


def test_a_photo_has_its_place_and_nothing_of_the_camera(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        spot = Spot(Decimal("-7.47000"), Decimal("112.43000"), 12)
        photo = filling.photograph(
            make.place(of), make.png(secret=b"GPS -7.47"), told=make.told(NOW), by=inspector, at=NOW, spot=spot
        )
        photo.refresh_from_db()
        assert (photo.latitude, photo.longitude, photo.accuracy) == (spot.latitude, spot.longitude, 12)
        for broken in (b"%PDF-1.4", make.png()[:60], b"\xff\xd8\xff\xe0broken"):
            with pytest.raises(NotUnderstood):
                filling.photograph(make.place(of), broken, told=make.told(NOW), by=inspector, at=NOW)
        assert Photo.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 367])
def test_a_finding_is_due_within_a_year(where: Where, inspector: Actor, days: int) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        with pytest.raises(NotUnderstood):
            make.found(of, inspector, at=NOW, days=days)
        assert Finding.objects.count() == 0


def test_a_slip_is_withdrawn_before_the_signature_only(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        make.answered(of, inspector, at=NOW)
        slip, kept = make.found(of, inspector, at=NOW), make.found(of, inspector, at=NOW)
        finding.withdraw(slip, words="Salah catat", by=inspector, at=NOW)
        with pytest.raises(MoveNotAllowed):
            finding.withdraw(slip, words="Lagi", by=inspector, at=NOW)
        make.signed(of, inspector, at=NOW)
        with pytest.raises(AlreadySigned):
            finding.withdraw(kept, words="Salah catat", by=inspector, at=NOW)
        assert [row.state for row in Finding.objects.order_by("pk")] == ["withdrawn", "open"]
        assert Step.objects.count() == 1
        assert [each.pk for each in visited(inspection_of(where.mall, of.pk))[0].findings] == [kept.pk]


def test_an_empty_inspection_is_not_signed(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        with pytest.raises(NothingInIt):
            make.signed(of, inspector, at=NOW)
        assert not inspection_of(where.mall, of.pk).is_signed


def test_after_the_signature_the_database_refuses_every_change(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        make.answered(of, inspector, at=NOW)
        found = make.found(of, inspector, at=NOW, picture=make.png())
        here = make.place(of)
        filling.hear(here, first=True, second=False, told=make.told(NOW), by=inspector, at=NOW)
        make.signed(of, inspector, at=NOW)
        with pytest.raises(AlreadySigned):
            make.answered(of, inspector, at=NOW + MINUTE)
        assert is_intact(inspection_of(where.mall, of.pk))

        assert inspector.account
        account = inspector.account
        own = {"mall": where.mall, "place": here, "part": uuid4(), "at": NOW, "received_at": NOW}
        tried: list[Callable[[], object]] = [
            lambda: Answer.objects.update(value="yes", number=None),
            lambda: Answer.objects.create(**own, item="door", value="yes"),
            lambda: Answer.objects.all().delete(),
            lambda: Opinion.objects.create(**own, first=True, second=True),
            lambda: Opinion.objects.update(first=False),
            lambda: Photo.objects.create(
                mall=where.mall, place=here, part=uuid4(), stage="scene", file_path="x", file_sha256=b"x",
                taken_at=NOW, received_at=NOW, account=account,
            ),
            lambda: Photo.objects.update(latitude=0, longitude=0),
            lambda: Photo.objects.all()._raw_delete("default"),
            lambda: Finding.objects.create(
                **own, words="x", found_on=NOW, due_on=NOW, account=account, state_at=NOW
            ),
            lambda: Finding.objects.update(words="x"),
            lambda: Finding.objects.update(due_on=NOW + timedelta(days=90)),
            lambda: Place.objects.create(mall=where.mall, inspection=of, name="Lain"),
            lambda: Inspection.objects.update(summary="x"),
            lambda: Inspection.objects.update(seen={}),
            lambda: Signature.objects.update(name="x"),
            lambda: Signature.objects.all().delete(),
        ]  # fmt: skip
        for change in tried:
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert is_intact(inspection_of(where.mall, of.pk))
        # What goes on after the signature goes on.
        assert Finding.objects.filter(pk=found.pk).update(state="answered") == 1


def test_the_facilities_are_scored_as_the_instrument_says(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = begun(where, inspector)
        here = make.place(of).pk
        items = [item.key for item in visited(of)[0].checklist.sections[2].items]
        assert len(items) == 13
        assert visited(of)[0].score is None
        for count, points in ((1, 1), (4, 2), (7, 3), (10, 4), (13, 5)):
            said = [Said(here, key, "yes" if place < count else "no") for place, key in enumerate(items)]
            filling.answer(of, said, told=make.told(NOW + count * MINUTE), by=inspector, at=NOW + count * MINUTE)
            assert visited(of)[0].score == (count, 13, points)


def test_a_sidak_looks_at_the_facilities_that_the_mall_tells_of() -> None:
    (scored,) = (section for section in checklist(NEWEST).sections if section.instrument)

    assert scored.instrument == instrument()
    assert [(item.key, item.text.indonesian) for item in scored.items] == [
        (kind.key, kind.indonesian) for kind in instrument().looked_at
    ]


@pytest.mark.parametrize(("version", "digest"), [(1, "cc2c6edc5f434dca")])
def test_a_version_says_for_ever_what_it_said(version: int, digest: str) -> None:
    told = checklist(version)
    said = [
        [(item.key, item.text.indonesian, item.text.english, item.is_count) for item in section.items]
        for section in told.sections
    ]
    names = [(section.key, section.name.indonesian, section.name.english) for section in told.sections]
    asked = [(each.key, each.text.indonesian, each.text.english, each.good) for each in told.questions]

    assert hashlib.sha256(repr([names, said, asked]).encode()).hexdigest()[:16] == digest
