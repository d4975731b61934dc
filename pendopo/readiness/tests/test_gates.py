"""Gates: versions, values that are corrected and never rewritten, what is missing, and who is responsible."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.readiness.actions import gates
from pendopo.readiness.errors import AlreadyCorrected, DatesCrossed, OwnerUnclear
from pendopo.readiness.models import Charge, Gate, GateVersion, Value
from pendopo.readiness.queries import standing as standings
from pendopo.readiness.queries.rules import rules
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = NOW.date()
DAY = timedelta(days=1)
SOURCE = "KoranMemo, 13 Mei 2024"


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


def begin(place: Place, by: Actor) -> GateVersion:
    """Set the gates of the shipped file, from long ago on."""
    return gates.set_gates(
        place.mall, rules().gates, valid_from=date(2024, 1, 1), reason="Dari sumber terbuka", by=by, at=NOW
    )


def note(place: Place, by: Actor, value: str, **other: object) -> Value:
    told: dict[str, object] = {"as_of": TODAY - DAY, "source": SOURCE, "by": by, "at": NOW}
    return gates.note_value(place.mall, "sisdmk", Decimal(value), **(told | other))  # type: ignore[arg-type]


def sisdmk(place: Place) -> standings.Line:
    return next(line for line in standings.standing(place.mall, NOW).lines if line.item == "gate:sisdmk")


def test_just_below_the_threshold_is_not_yet_and_says_what_is_missing(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        note(place, manager, "59.33")
        line = sisdmk(place)

    assert line.is_met is False
    assert line.missing == ["0,67 poin persen", "berapa orang belum diketahui: penyebutnya tidak tercatat"]
    page = client(manager).get(f"/m/{place.mall.slug}/readiness/").content.decode()
    assert "Belum." in page
    assert "0,67 poin persen" in page
    assert "belum ditunjuk" in page


@pytest.mark.parametrize(("value", "out_of", "missing"), [("59.33", 300, 2), ("59.33", 1000, 7), ("59.99", 100, 0)])
def test_a_denominator_tells_how_many_persons(
    place: Place, manager: Actor, value: str, out_of: int, missing: int
) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        note(place, manager, value, out_of=out_of)
        line = sisdmk(place)

    assert line.missing[1] == f"sekitar {missing} orang dari {out_of}"


@pytest.mark.parametrize(("value", "is_met"), [("60", True), ("60.01", True), ("100", True), ("59.99", False)])
def test_the_threshold_itself_passes(place: Place, manager: Actor, value: str, is_met: bool) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        note(place, manager, value)

        assert sisdmk(place).is_met is is_met


def test_a_claim_alone_passes_no_gate(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        note(place, manager, "90", is_claim=True)
        line = sisdmk(place)

    assert line.is_met is False
    assert line.missing == ["dokumen: angkanya baru klaim"]


def test_a_gate_without_a_figure_or_threshold_says_so(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        lines = {line.item: line for line in standings.standing(place.mall, NOW).lines}

    assert lines["gate:sisdmk"].told == "Belum ada angka; ambang 60 persen."
    assert lines["gate:ombudsman"].is_met is None
    assert lines["gate:ombudsman"].told == "Belum ada angka."


def test_a_wrong_value_stays_and_is_corrected_by_another(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        wrong = note(place, manager, "95.33")
        right = note(place, manager, "59.33", corrects=wrong, reason="Angka tertukar")

        assert standings.last_values(place.mall, NOW)["sisdmk"] == right
        with pytest.raises(AlreadyCorrected):
            note(place, manager, "58", corrects=wrong, reason="Sekali lagi")
        with pytest.raises(ReasonMissing):
            note(place, manager, "58", corrects=right)
        assert Value.objects.filter(mall=place.mall).count() == 2
        wrong.refresh_from_db()
        assert wrong.value == Decimal("95.33")

    page = client(manager).get(f"/m/{place.mall.slug}/readiness/gates/sisdmk/").content.decode()
    assert "<s>95,33 persen</s>" in page
    assert "Koreksi: Angka tertukar" in page


def test_a_correction_is_of_the_same_gate(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        other = gates.note_value(
            place.mall, "ombudsman", Decimal("91.05"), as_of=TODAY, source=SOURCE, by=manager, at=NOW
        )
        with pytest.raises(NotUnderstood):
            note(place, manager, "59", corrects=other, reason="Salah")
        with pytest.raises(IntegrityError), transaction.atomic():
            Value.objects.create(
                mall=place.mall, gate="sisdmk", value=1, as_of=TODAY, source="x", corrects=other, reason="x",
                noted_at=NOW,
            )  # fmt: skip
        assert Value.objects.filter(mall=place.mall).count() == 1


def test_the_database_keeps_what_was_noted(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        version = begin(place, manager)
        value = note(place, manager, "59.33")
        for act in (
            lambda: Value.objects.filter(pk=value.pk).update(value=60),
            lambda: Value.objects.filter(pk=value.pk).delete(),
            lambda: Gate.objects.filter(version=version).update(threshold=50),
            lambda: GateVersion.objects.filter(pk=version.pk).update(valid_from=TODAY),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()
        value.refresh_from_db()
        assert value.value == Decimal("59.33")


def test_a_future_value_and_a_stranger_are_refused(place: Place, manager: Actor) -> None:
    head = make.staff(place.mall, Role.HEAD)
    with wall.inside(place.mall.pk):
        begin(place, manager)
        before = Entry.objects.filter(mall=place.mall).count()
        with pytest.raises(DatesCrossed):
            note(place, manager, "59", as_of=TODAY + 3 * DAY)
        with pytest.raises(NotAllowed):
            note(place, head, "59")
        with pytest.raises(NotAllowed):
            begin(place, head)
        with pytest.raises(NotAllowed):
            gates.put_in_charge(place.mall, "gate:sisdmk", office="Dinkes", by=head, at=NOW)
        assert not Value.objects.filter(mall=place.mall).exists()
        assert Entry.objects.filter(mall=place.mall).count() == before


def test_another_threshold_is_another_version(place: Place, manager: Actor) -> None:
    sent = {
        "valid_from": TODAY.isoformat(), "reason": "Surat edaran baru", "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "1", "form-0-code": "sisdmk", "form-0-name": "SISDMK", "form-0-unit": "percent",
        "form-0-threshold": "65,5", "form-0-source": "Surat edaran", "form-1-name": "", "form-1-unit": "percent",
    }  # fmt: skip
    with wall.inside(place.mall.pk):
        begin(place, manager)
        note(place, manager, "60")
    address = f"/m/{place.mall.slug}/readiness/versions/"

    assert client(manager).post(address, sent).status_code == 302

    with wall.inside(place.mall.pk):
        newest = standings.version_on(place.mall, TODAY)
        assert newest
        assert newest.number == 2
        assert [gate.threshold for gate in newest.gates.all()] == [Decimal("65.5")]
        assert sisdmk(place).is_met is False
        assert standings.version_on(place.mall, TODAY - DAY) != newest
        with pytest.raises(DatesCrossed):
            begin(place, manager)


@pytest.mark.parametrize(
    "wrong",
    [
        {"form-0-name": ""},
        {"form-0-source": ""},
        {"form-0-threshold": "1.000,5"},
        {"form-0-threshold": "101"},
        {"form-0-threshold": "NaN"},
        {"form-TOTAL_FORMS": "x"},
        {"reason": ""},
    ],
)
def test_gates_that_are_no_gates_are_refused(place: Place, manager: Actor, wrong: dict[str, str]) -> None:
    sent = {
        "valid_from": TODAY.isoformat(), "reason": "Baru", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0",
        "form-0-name": "SISDMK", "form-0-unit": "percent", "form-0-threshold": "60", "form-0-source": "Berita",
    } | wrong  # fmt: skip

    response = client(manager).post(f"/m/{place.mall.slug}/readiness/versions/", sent)

    assert response.status_code == 422
    with wall.inside(place.mall.pk):
        assert not GateVersion.objects.filter(mall=place.mall).exists()


def test_somebody_is_put_in_charge(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
    here, browser = f"/m/{place.mall.slug}/readiness/", client(manager)

    told = {"item": "gate:sisdmk", "agency": place.agency.pk, "office": "", "due_on": "2026-12-31"}
    assert browser.post(f"{here}charges/", told).status_code == 302
    assert browser.post(f"{here}charges/", {"item": "criterion:trial", "office": "Sekda"}).status_code == 302

    page = browser.get(here).content.decode()
    assert "Dinas Dukcapil" in page
    assert "31 Des 2026" in page
    assert "Sekda" in page
    for wrong in ({"item": "gate:x", "office": "Sekda"}, {"item": "criterion:trial"}, told | {"office": "Sekda"}):
        assert browser.post(f"{here}charges/", wrong).status_code == 422
    with wall.inside(place.mall.pk):
        assert Charge.objects.filter(mall=place.mall).count() == 2
        with pytest.raises(OwnerUnclear):
            gates.put_in_charge(place.mall, "gate:sisdmk", by=manager, at=NOW)


def test_a_value_is_noted_and_corrected_by_the_door(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
    here, browser = f"/m/{place.mall.slug}/readiness/gates/sisdmk/", client(manager)
    told = {"value": "59,33", "exactness": "exact", "as_of": "2024-05-13", "source": SOURCE}

    assert browser.post(here, told).status_code == 302
    with wall.inside(place.mall.pk):
        first = Value.objects.get(mall=place.mall)
    assert first.value == Decimal("59.33")
    corrected = told | {"value": "59.34", "corrects": first.pk, "reason": "Dibulatkan"}
    assert browser.post(f"{here}correction/", corrected).status_code == 302

    for wrong in ({"value": "x"}, {"value": "-1"}, {"source": ""}, {"as_of": "2099-01-01"}, {"out_of": "0"}):
        assert browser.post(here, told | wrong).status_code == 422
    assert browser.post(f"{here}correction/", corrected).status_code == 422
    rows = browser.get(f"{here}values.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert "59,34" in rows[1]
    assert browser.get(f"{here}values.xlsx").status_code == 200
    with wall.inside(place.mall.pk):
        assert Value.objects.filter(mall=place.mall).count() == 2


def test_history_comes_page_by_page(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        begin(place, manager)
        for number in range(30):
            note(place, manager, f"{number}.5", as_of=TODAY - number * DAY)
    here, browser = f"/m/{place.mall.slug}/readiness/gates/sisdmk/", client(manager)

    first = browser.get(here)
    second = browser.get(f"{here}?cursor={first.context['next']}")

    shown = [each.pk for each, *_rest in [*first.context["values"], *second.context["values"]]]
    assert len(shown) == len(set(shown)) == 30
    assert second.context["next"] is None
    assert browser.get(f"{here}?cursor=x").status_code == 422
    # A cursor that another list made.
    assert browser.get(f"{here}?cursor=WyJBIiwgMV0=").status_code == 422
