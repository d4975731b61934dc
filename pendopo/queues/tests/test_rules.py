"""What the manager decides: the rules of the hall, and the places of a day with its ledger."""

from dataclasses import asdict, fields
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.queues.actions import quotas, ruling, serving, taking
from pendopo.queues.actions.quotas import Places
from pendopo.queues.actions.ruling import Rules
from pendopo.queues.errors import NotOffered, OutOfBounds, QuotaFull, QuotaTooSmall
from pendopo.queues.models import HallRules, QuotaDay, QuotaRule, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, Voice
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# A Friday after everybody began to work here, 09.00 in Jakarta.
FRIDAY = datetime(2030, 11, 22, 2, tzinfo=UTC)
TODAY = FRIDAY.date()
FORM = {
    "priority_turns": "1",
    "ordinary_turns": "3",
    "recall_gap_seconds": "60",
    "most_calls": "2",
    "return_minutes": "20",
    "check_in_minutes": "30",
    "check_in_required": "yes",
    "voice": "id,jv",
    "spells_digits": "yes",
    "reason": "Rapat koordinasi 20 November",
}


def signed_in(who: Actor) -> Client:
    assert who.account
    client = Client()
    client.force_login(who.account)
    return client


def manager(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.MANAGER)


def test_the_manager_changes_the_rules_with_a_reason_that_stays() -> None:
    hall = make.hall()
    boss = manager(hall)
    path = f"/m/{hall.mall.slug}/rules/"

    answer = signed_in(boss).post(path, FORM, follow=True)

    with wall.inside(hall.mall.pk):
        kept = HallRules.objects.get()
        assert (kept.ordinary_turns, kept.recall_gap_seconds, kept.most_calls) == (3, 60, 2)
        assert (kept.return_minutes, kept.check_in_required) == (20, True)
        assert (kept.voice, kept.spells_digits) == (Voice.ID_JV, True)
        entry = Entry.objects.get(action="hall.rules_set")
        assert (entry.reason, entry.account_id) == (FORM["reason"], boss.account_id)
    for told in ("berlaku mulai sekarang", FORM["reason"], "Sri Wahyuni"):
        assert told in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"ordinary_turns": "0"},
        {"most_calls": "10"},
        {"check_in_minutes": "x"},
        {"voice": "en"},
        {"voice": ""},
    ],
)
def test_rules_without_reason_or_out_of_bounds_are_refused(wrong: dict[str, str]) -> None:
    hall = make.hall()

    answer = signed_in(manager(hall)).post(f"/m/{hall.mall.slug}/rules/", FORM | wrong)

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()
    with wall.inside(hall.mall.pk):
        assert not HallRules.objects.exists()
        assert not Entry.objects.filter(action="hall.rules_set").exists()


def test_the_head_sees_the_rules_and_decides_nothing() -> None:
    hall = make.hall()
    head = signed_in(agencies.staff(hall.mall, Role.HEAD))
    path = f"/m/{hall.mall.slug}/rules/"

    shown = head.get(path).content.decode()
    refused = head.post(path, FORM)

    assert '<form method="post" class' not in shown
    assert "Giliran biasa" in shown
    assert refused.status_code == 422
    with wall.inside(hall.mall.pk):
        assert not HallRules.objects.exists()


def as_everywhere(**otherwise: int) -> Rules:
    """Return the rules where nobody decided."""
    defaults = HallRules()
    return Rules(**{name.name: otherwise.get(name.name, getattr(defaults, name.name)) for name in fields(Rules)})


def test_the_action_itself_keeps_bounds_reason_and_right() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):
        for rules, reason, by, error in (
            (as_everywhere(return_minutes=121), "Ya", boss, OutOfBounds),
            (as_everywhere(), "", boss, ReasonMissing),
            (as_everywhere(), "Ya", hall.officer, NotAllowed),
        ):
            with pytest.raises(error):
                ruling.set_rules(hall.mall, rules, reason=reason, by=by, at=FRIDAY)
        assert not HallRules.objects.exists()

        ruling.set_rules(hall.mall, as_everywhere(), reason="Baku", by=boss, at=FRIDAY)
        # As everywhere: nothing was decided, so nothing is noted.
        assert not Entry.objects.filter(action="hall.rules_set").exists()
        kept = HallRules.objects.get()
        assert {name: getattr(kept, name) for name in asdict(as_everywhere())} == asdict(as_everywhere())


def take(hall: Hall, origin: Origin = Origin.KIOSK, at: datetime = FRIDAY) -> Ticket:
    taken = taking.take(hall.mall, hall.service.code, origin=origin, request_id=uuid4(), by=make.NOBODY, at=at)
    return Ticket.objects.get(pk=taken.id)


def decide(
    hall: Hall, places: Places, by: Actor, *, weekday: int | None = None, day: date | None = None, at: datetime = FRIDAY
) -> QuotaRule:
    return quotas.set_quota(
        hall.mall, hall.place.site, hall.service, places, weekday=weekday, day=day, reason="Rapat", by=by, at=at
    )


def test_a_new_quota_counts_what_was_taken_before_it() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):
        take(hall)
        take(hall, Origin.PHONE)
        serving.cancel(take(hall), by=None, at=FRIDAY)
        decide(hall, Places(3), boss)
        ledger = QuotaDay.objects.get(day=TODAY)
        assert (ledger.total, ledger.taken, ledger.taken_by_phone) == (3, 2, 1)

        take(hall)
        with pytest.raises(QuotaFull):
            take(hall)


def test_todays_ledger_follows_but_never_below_what_is_taken() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):
        rule = decide(hall, Places(5, phone_total=2, released_at=time(10)), boss)
        for _time in range(3):
            take(hall)
        decide(hall, Places(4, closes_minutes=30), boss)
        ledger = QuotaDay.objects.get(day=TODAY)
        assert (ledger.total, ledger.taken, ledger.phone_total, ledger.closes_minutes) == (4, 3, None, 30)

        with pytest.raises(QuotaTooSmall, match="3 nomor sudah diberikan; kuota 2"):
            decide(hall, Places(2), boss)

        rule.refresh_from_db()
        ledger.refresh_from_db()
        assert (rule.total, ledger.total) == (4, 4)
        assert Entry.objects.filter(action="quota.set").count() == 2


def test_a_date_comes_before_a_weekday_before_every_day() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):

        def total() -> int:
            return QuotaDay.objects.get(day=TODAY).total

        decide(hall, Places(10), boss)
        of_fridays = decide(hall, Places(20), boss, weekday=5)
        decide(hall, Places(30), boss, weekday=4)
        of_today = decide(hall, Places(40), boss, day=TODAY)
        decide(hall, Places(50), boss, day=TODAY + timedelta(days=1))
        assert total() == 40
        quotas.remove_quota(of_today, reason="Batal", by=boss, at=FRIDAY)
        assert total() == 20
        quotas.remove_quota(of_fridays, reason="Batal", by=boss, at=FRIDAY)
        assert total() == 10
        assert Entry.objects.filter(action="quota.removed", reason="Batal").count() == 2


def test_the_last_rule_removed_leaves_no_limit_and_one_with_too_few_places_is_not_uncovered() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):
        every_day = decide(hall, Places(1), boss)
        of_today = decide(hall, Places(5), boss, day=TODAY)
        take(hall)
        take(hall)
        with pytest.raises(QuotaTooSmall):
            quotas.remove_quota(of_today, reason="Batal", by=boss, at=FRIDAY)
        assert QuotaRule.objects.count() == 2
        assert QuotaDay.objects.get().total == 5

        quotas.remove_quota(every_day, reason="Batal", by=boss, at=FRIDAY)
        quotas.remove_quota(QuotaRule.objects.get(), reason="Batal", by=boss, at=FRIDAY)
        assert not QuotaDay.objects.exists()
        take(hall)


def test_what_no_quota_can_be_is_refused_and_nothing_is_written() -> None:
    hall = make.hall()
    boss = manager(hall)
    with wall.inside(hall.mall.pk):
        for places in (
            Places(-1),
            Places(5, phone_total=6),
            Places(5, released_at=time(9)),
            Places(5, closes_minutes=-1),
        ):
            with pytest.raises(OutOfBounds):
                decide(hall, places, boss)
        with pytest.raises(OutOfBounds):
            decide(hall, Places(1), boss, weekday=8)
        with pytest.raises(NotAllowed):
            decide(hall, Places(1), hall.officer)
        van = tenancy.add_site(hall.mall, name="Mobil", at=FRIDAY)
        with pytest.raises(NotOffered):
            quotas.set_quota(hall.mall, van, hall.service, Places(1), reason="Rapat", by=boss, at=FRIDAY)
        assert not QuotaRule.objects.exists()
        assert not QuotaDay.objects.exists()
        assert not Entry.objects.filter(action="quota.set").exists()


def test_the_page_sets_shows_and_removes_quotas() -> None:
    hall = make.hall()
    client = signed_in(manager(hall))
    path = f"/m/{hall.mall.slug}/quotas/"
    with wall.inside(hall.mall.pk):
        line = hall.queue.services.get()
        make.taken(hall)
    form = {"place": line.pk, "days": "every", "total": "7", "closes_minutes": "0", "reason": "Kemampuan loket"}

    assert "Belum ada kuota" in client.get(path).content.decode()
    shown = client.post(path, form, follow=True).content.decode()
    for told in ("Kuota tersimpan.", "Setiap hari", "Kemampuan loket", "Kartu Keluarga"):
        assert told in shown
    assert client.post(path, form | {"days": "date"}).status_code == 422
    assert client.post(path, form | {"days": "5", "phone_total": "8"}).status_code == 422
    too_small = client.post(path, form | {"total": "0"})
    assert (too_small.status_code, "1 nomor sudah diberikan" in too_small.content.decode()) == (422, True)

    listed = client.get(f"{path}list.csv").content.decode("utf-8-sig").splitlines()
    assert listed[1:] == ["Kartu Keluarga,Gedung,Setiap hari,7,,,0"]
    assert client.get(f"{path}list.xlsx").content.startswith(b"PK")

    with wall.inside(hall.mall.pk):
        (rule,) = QuotaRule.objects.all()
        assert rule.total == 7
    assert client.post(f"{path}removal/", {"quota": rule.pk}).status_code == 422
    assert client.post(f"{path}removal/", {"quota": "x", "reason": "Ya"}).status_code == 422
    assert client.post(f"{path}removal/", {"quota": rule.pk + 1, "reason": "Ya"}).status_code == 404
    removed = client.post(f"{path}removal/", {"quota": rule.pk, "reason": "Tidak perlu lagi"}, follow=True)
    assert "Kuota dihapus." in removed.content.decode()
    with wall.inside(hall.mall.pk):
        assert not QuotaRule.objects.exists()


def test_one_date_is_set_by_the_page() -> None:
    hall = make.hall()
    day = hall.mall.local(timezone.now()).date() + timedelta(days=7)
    with wall.inside(hall.mall.pk):
        line = hall.queue.services.get()
    form = {
        "place": line.pk, "days": "date", "day": day.isoformat(), "total": "5000", "phone_total": "3000",
        "released_at": "10:00", "closes_minutes": "30", "reason": "Hari tilang",
    }  # fmt: skip

    signed_in(manager(hall)).post(f"/m/{hall.mall.slug}/quotas/", form)

    with wall.inside(hall.mall.pk):
        (rule,) = QuotaRule.objects.all()
        assert (rule.day, rule.weekday, rule.total, rule.phone_total) == (day, None, 5000, 3000)
        assert (rule.released_at, rule.closes_minutes) == (time(10), 30)
        assert not QuotaDay.objects.exists()
