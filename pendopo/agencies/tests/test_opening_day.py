"""Can we open on a day? Yes, not yet or no, and who must do what before."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pendopo.agencies.actions import agreements, milestones, preparing
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.actions.preparing import Needed
from pendopo.agencies.errors import AlreadyThere, Circular, DatesCrossed, NotYet
from pendopo.agencies.models import Agreement, Milestone, MilestoneNeed, PreparationItem
from pendopo.agencies.queries.opening_day import Answer, can_open
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import wall

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


def today(place: Place) -> date:
    return place.mall.local(NOW).date()


def plan(place: Place, by: Actor, name: str, *needs: Milestone, kind: str = "step", days: int = 3) -> Milestone:
    return milestones.plan_milestone(
        place.mall,
        kind=kind,
        name=name,
        owner="Sekda",
        planned_on=today(place) + days * DAY,
        needs=needs,
        by=by,
        at=NOW,
    )


def finish(place: Place, by: Actor, milestone: Milestone, evidence: str = "BA 1") -> Milestone:
    return milestones.finish_milestone(milestone, on=today(place), evidence=evidence, by=by, at=NOW)


@pytest.mark.django_db
def test_milestones_never_wait_for_each_other(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        rooms = plan(place, manager, "Ruang")
        trial = plan(place, manager, "Uji coba", rooms, kind="trial")
        grand = plan(place, manager, "Peresmian", trial, kind="grand_opening")
        for needs in ([grand], [trial], [trial, grand]):
            with pytest.raises(Circular):
                milestones.replan_milestone(rooms, owner="x", planned_on=None, needs=needs, by=manager, at=NOW)
        with pytest.raises(Circular):
            milestones.replan_milestone(rooms, owner="x", planned_on=None, needs=[rooms], by=manager, at=NOW)
        rooms.refresh_from_db()
        assert rooms.owner == "Sekda"
        assert MilestoneNeed.objects.count() == 2
        with pytest.raises(AlreadyThere):
            plan(place, manager, "Peresmian kedua", kind="grand_opening")
        milestones.replan_milestone(grand, owner="Bupati", planned_on=None, needs=[], by=manager, at=NOW)
        milestones.replan_milestone(rooms, owner="x", planned_on=None, needs=[grand], by=manager, at=NOW)
        assert MilestoneNeed.objects.count() == 2


@pytest.mark.django_db
def test_a_milestone_is_done_after_those_before_it(place: Place, manager: Actor) -> None:
    admin = make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        rooms = plan(place, manager, "Ruang")
        soft = plan(place, manager, "Soft opening", rooms, kind="soft_opening")
        with pytest.raises(NotYet, match="Ruang"):
            finish(place, manager, soft)
        with pytest.raises(ReasonMissing):
            finish(place, manager, rooms, evidence="")
        with pytest.raises(NotAllowed):
            finish(place, admin, rooms)
        with pytest.raises(DatesCrossed):
            milestones.finish_milestone(rooms, on=today(place) + DAY, evidence="x", by=manager, at=NOW)
        assert not Milestone.objects.exclude(done_on=None).exists()
        finish(place, manager, rooms)
        assert finish(place, manager, soft).done_on == today(place)
        with pytest.raises(AlreadyThere):
            finish(place, manager, soft)


def ready(place: Place, by: Actor) -> tuple[Milestone, Milestone, PreparationItem]:
    """Everything that an opening asks for, and nothing of it done: a milestone, a binding agreement, a checklist."""
    rooms = plan(place, by, "Ruang")
    soft = plan(place, by, "Soft opening", rooms, kind="soft_opening", days=10)
    preparation = preparing.begin_preparation(
        place.agency, [Needed("room", "Meja", today(place) + 4 * DAY)], filled_from=today(place), by=by, at=NOW
    )
    return rooms, soft, preparation.items.get()


def bind(place: Place, by: Actor, *, kind: str = Agreement.Kind.CONTRACT, until: date | None = None) -> None:
    made = agreements.draft(
        place.mall, kind=kind, title="PKS", parties=[Party(place.agency, signer="Kepala")],
        starts_on=today(place) - DAY, ends_on=until, by=by, at=NOW,
    )  # fmt: skip
    signed = [Signature(made.signatories.get())]
    agreements.sign_together(place.mall, signed, day=today(place), place="Pendopo", by=by, at=NOW)


@pytest.mark.django_db
def test_the_answer_is_no_then_not_yet_then_yes(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        rooms, soft, item = ready(place, manager)
        day = today(place) + 10 * DAY

        def answer(on: date = day) -> tuple[Answer, list[tuple[str, bool]]]:
            found = can_open(place.mall, soft, on, today(place))
            return found.answer, sorted((each.owner, each.blocks) for each in found.blockers)

        # No agreement, and nobody has named a day for it.
        assert answer() == (Answer.NO, [("Dinas Dukcapil", False), ("Dinas Dukcapil", True), ("Sekda", False)])
        # A nota kesepakatan is an intention, and a contract that ends before that day binds nobody on it.
        bind(place, manager, kind=Agreement.Kind.MOU)
        bind(place, manager, until=day - DAY)
        assert answer()[0] is Answer.NO
        bind(place, manager, until=day)
        assert answer() == (Answer.NOT_YET, [("Dinas Dukcapil", False), ("Sekda", False)])
        # Sooner than the things are promised.
        assert answer(today(place) + 3 * DAY) == (Answer.NO, [("Dinas Dukcapil", True), ("Sekda", False)])
        finish(place, manager, rooms)
        preparing.fill_item(item, is_ready=True, by=manager, at=NOW)
        assert answer() == (Answer.YES, [])
        assert can_open(place.mall, soft, today(place) - DAY, today(place)).answer is Answer.NO
        assert can_open(place.mall, None, day, today(place)).blockers[0].owner == "Pengelola MPP"


@pytest.mark.django_db
def test_what_is_overdue_blocks_until_it_has_a_new_day(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        _rooms, soft, item = ready(place, manager)
        later = today(place) + 5 * DAY
        day = today(place) + 30 * DAY
        assert [each.what for each in can_open(place.mall, soft, day, later).blockers if each.blocks][
            -1
        ] == "Ruang: Meja"
        preparing.fill_item(
            item, is_ready=False, note="Menunggu pengiriman", due_on=later + DAY, by=manager, at=NOW + 5 * DAY
        )
        still = {each.what: each.blocks for each in can_open(place.mall, soft, day, later).blockers}
        assert still["Ruang: Meja (Menunggu pengiriman)"] is False


@pytest.mark.django_db
def test_the_page_answers_and_names_who_must_act(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        rooms, soft, _item = ready(place, manager)
    browser, here = client(manager), f"/m/{place.mall.slug}/opening-day/"
    day = today(place) + 10 * DAY
    page = browser.get(f"{here}?milestone={soft.pk}&day={day}").content.decode()
    assert "Tidak, ada yang menghalangi." in page
    assert "Belum ada perjanjian kerja sama atau komitmen" in page
    listed = browser.get(f"{here}list.csv?milestone={soft.pk}&day={day}").content.decode("utf-8-sig").splitlines()
    assert len(listed) == 4
    assert listed[1].startswith("Dinas Dukcapil,Belum ada perjanjian")
    assert browser.get(f"{here}list.xlsx").content.startswith(b"PK")
    steps = browser.get(f"/m/{place.mall.slug}/milestones/list.csv").content.decode("utf-8-sig").splitlines()
    assert steps[0] == "Tonggak,Penanggung jawab,Sesudah,Rencana,Selesai"
    assert [line.split(",")[0] for line in steps[1:]] == [rooms.name, soft.name]
    for wrong in ("x", "2026-02-30", "0001-01-01", "9999-12-31"):
        assert browser.get(f"{here}?day={wrong}").status_code == 422
    stranger = make.staff(place.mall, Role.AGENCY_ADMIN)
    theirs = client(stranger).get(here).content.decode()
    assert "Tidak, ada yang menghalangi." in theirs
    assert "Dinas Dukcapil" not in theirs
    one = f"/m/{place.mall.slug}/milestones/{rooms.pk}/"
    assert browser.post(one, {"owner": "Sekda", "needs": [soft.pk]}).status_code == 422
    assert browser.post(one, {"owner": "Asisten", "planned_on": str(day)}).status_code == 302
    assert browser.post(f"{one}completion/", {"on": str(today(place)), "evidence": ""}).status_code == 422
    assert browser.post(f"{one}completion/", {"on": str(today(place)), "evidence": "BA 3"}).status_code == 302
    made = {"kind": "step", "name": "Jaringan", "owner": "Diskominfo", "needs": [rooms.pk]}
    assert browser.post(f"/m/{place.mall.slug}/milestones/", made).status_code == 302
    assert browser.post(f"/m/{place.mall.slug}/milestones/", made).status_code == 422
    with wall.inside(place.mall.pk):
        assert Milestone.objects.get(pk=rooms.pk).evidence == "BA 3"
        assert Milestone.objects.get(name="Jaringan").needs.count() == 1


def ways(place: Place, by: Actor) -> tuple[Milestone, Milestone, Milestone]:
    """Three steps: the second waits for the first; the third for none."""
    first = plan(place, by, "Ruang siap")
    return first, plan(place, by, "Jaringan", first), plan(place, by, "Papan nama")


@pytest.mark.django_db
def test_the_database_refuses_a_circle_too(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        first, second, third = ways(place, manager)
        needs = MilestoneNeed.objects.filter(mall=place.mall)
        MilestoneNeed.objects.create(mall=place.mall, milestone=third, needed=second)
        with pytest.raises(IntegrityError, match="wait for itself"), transaction.atomic():
            MilestoneNeed.objects.create(mall=place.mall, milestone=first, needed=third)
        with pytest.raises(IntegrityError), transaction.atomic():
            needs.filter(milestone=third).update(milestone=first, needed=second)
        assert sorted(needs.values_list("milestone", "needed")) == [
            (second.pk, first.pk), (third.pk, second.pk)
        ]  # fmt: skip


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("by_action", [True, False], ids=["managers", "database"])
def test_two_halves_of_a_circle_at_once_make_no_circle(by_action: bool) -> None:
    place = make.place()
    manager = make.staff(place.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        first, _second, third = ways(place, manager)
    outcomes: list[str] = []

    def wait_for(one: Milestone, other: Milestone) -> None:
        try:
            with wall.inside(place.mall.pk), transaction.atomic():
                if by_action:
                    milestones.replan_milestone(
                        one, owner="Sekda", planned_on=None, needs=[other], by=manager, at=NOW
                    )  # fmt: skip
                else:
                    MilestoneNeed.objects.create(mall=place.mall, milestone=one, needed=other)
            outcomes.append("done")
        except (Circular, IntegrityError):
            outcomes.append("refused")

    together([partial(wait_for, first, third), partial(wait_for, third, first)])

    assert sorted(outcomes) == ["done", "refused"]
