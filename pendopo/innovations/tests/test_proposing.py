"""Proposals: drafts in versions, words counted, old enough, in time, withdrawn with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.innovations.actions import competing, proposing, register
from pendopo.innovations.errors import AlreadyThere, Closed, DatesCrossed, Incomplete, NotADraft, TooLong, TooYoung
from pendopo.innovations.models import Competition, Proposal, ProposalVersion
from pendopo.innovations.rulebook import rules, words_in
from pendopo.innovations.tests import make
from pendopo.innovations.tests.make import AT, CLOSES, DAY, Town
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return make.town()


def draft(town: Town, competition: Competition, *, group: str = "general", **told: Any) -> Proposal:
    return proposing.begin_proposal(town.innovation(**told), competition, group=group, by=town.admins[0], at=AT)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("  \n\t ", 0), ("satu", 1), (" satu  dua\ntiga ", 3), ("e-KTP 24/7, tanpa biaya.", 4), ("a\u00a0b", 2)],
)
def test_words_are_what_blanks_part(text: str, words: int) -> None:
    assert words_in(text) == words


def test_groups_have_the_sections_of_the_guide() -> None:
    told = rules()
    assert [len(told.of_group(group)) for group in Proposal.Group.values] == [8, 11, 7]
    assert [each.indonesian for each in told.of_group("special")][1:4] == [
        "Deskripsi Inovasi Awal", "Pembaruan/Peningkatan", "Dampak",
    ]  # fmt: skip
    assert dict(told.ages) == {"general": 24, "replication": 12, "special": 24}
    assert sum(told.weights.values()) == 100


def test_a_draft_is_kept_in_versions_and_may_be_too_long(town: Town) -> None:
    with wall.inside(town.mall.pk):
        proposal = draft(town, town.competition())
        first = proposing.save_draft(proposal, {"summary": "kata " * 301}, by=town.admins[0], at=AT)
        assert proposing.save_draft(proposal, {"summary": "kata " * 301}, by=town.admins[0], at=AT) == first
        second = proposing.save_draft(proposal, {"summary": "kata"}, by=town.admins[0], at=AT)
        assert [each.number for each in (first, second)] == [1, 2]
        with pytest.raises(NotUnderstood):
            proposing.save_draft(proposal, {"impact": "x"}, by=town.admins[0], at=AT)
        with pytest.raises(NotAllowed):
            proposing.save_draft(proposal, {"summary": "x"}, by=town.admins[1], at=AT)
        assert list(ProposalVersion.objects.order_by("number").values_list("sections__summary", flat=True)) == [
            "kata " * 301, "kata",
        ]  # fmt: skip
        # What was written is never rewritten, whatever the application believes.
        for act in (
            ProposalVersion.objects.filter(pk=first.pk).update,
            ProposalVersion.objects.filter(pk=first.pk).delete,
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(**({"sections": {}} if act.__name__ == "update" else {}))


def test_submitting_counts_every_section(town: Town) -> None:
    with wall.inside(town.mall.pk):
        proposal = draft(town, town.competition(limits={"summary": 3}))
        with pytest.raises(Incomplete):
            proposing.submit_proposal(proposal, by=town.admins[0], at=AT)
        proposing.save_draft(proposal, make.texts() | {"resources": " "}, by=town.admins[0], at=AT)
        with pytest.raises(Incomplete, match="Sumber Daya"):
            proposing.submit_proposal(proposal, by=town.admins[0], at=AT)
        proposing.save_draft(proposal, make.texts() | {"summary": "satu dua tiga empat"}, by=town.admins[0], at=AT)
        with pytest.raises(TooLong, match="4 kata; paling banyak 3"):
            proposing.submit_proposal(proposal, by=town.admins[0], at=AT)
        proposing.save_draft(proposal, make.texts(text="satu dua tiga"), by=town.admins[0], at=AT)
        assert proposing.submit_proposal(proposal, by=town.admins[0], at=CLOSES).state == "submitted"
        for act in (proposing.submit_proposal, lambda each, **told: proposing.save_draft(each, {}, **told)):
            with pytest.raises(NotADraft):
                act(proposal, by=town.admins[0], at=AT)


@pytest.mark.parametrize(
    ("group", "told", "is_old_enough"),
    [
        # The round closes on 1 April 2026.
        ("general", {"started_on": date(2024, 4, 1)}, True),
        ("general", {"started_on": date(2024, 4, 2)}, False),
        ("replication", {"started_on": date(2025, 4, 1)}, True),
        ("replication", {"started_on": date(2025, 4, 2)}, False),
        ("special", {"started_on": date(2025, 4, 1)}, False),
        # Of a year only its last day is sure.
        ("general", {"started_on": None, "started_in": 2023}, True),
        ("general", {"started_on": None, "started_in": 2024}, False),
        ("general", {"started_on": None}, False),
        ("replication", {"started_on": date(2024, 2, 29)}, True),
    ],
)
def test_an_innovation_is_old_enough_on_the_closing_day(
    town: Town, group: str, told: dict[str, object], is_old_enough: bool
) -> None:
    with wall.inside(town.mall.pk):
        proposal = draft(town, town.competition(), group=group, **told)
        proposing.save_draft(proposal, make.texts(group), by=town.admins[0], at=AT)
        if is_old_enough:
            proposing.submit_proposal(proposal, by=town.admins[0], at=AT)
        else:
            with pytest.raises(TooYoung):
                proposing.submit_proposal(proposal, by=town.admins[0], at=AT)
        proposal.refresh_from_db()
        assert proposal.state == ("submitted" if is_old_enough else "draft")


def test_nothing_is_written_outside_the_round(town: Town) -> None:
    with wall.inside(town.mall.pk):
        later = town.competition(opens_at=AT + DAY)
        with pytest.raises(Closed):
            draft(town, later)
        competition = town.competition()
        proposal = draft(town, competition)
        proposing.save_draft(proposal, make.texts(), by=town.admins[0], at=AT)
        for act in (proposing.submit_proposal, lambda each, **told: proposing.save_draft(each, {}, **told)):
            with pytest.raises(Closed):
                act(proposal, by=town.admins[0], at=CLOSES + timedelta(seconds=1))
        with pytest.raises(AlreadyThere):
            proposing.begin_proposal(proposal.innovation, competition, group="general", by=town.admins[0], at=AT)
        ended = register.end_innovation(town.innovation(), on=AT.date(), reason="Sepi", by=town.manager, at=AT)
        with pytest.raises(Closed):
            proposing.begin_proposal(ended, competition, group="general", by=town.admins[0], at=AT)


def test_it_is_withdrawn_with_a_reason_and_may_come_again(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        proposal = town.proposal(competition)
        with pytest.raises(ReasonMissing):
            proposing.withdraw_proposal(proposal, reason="", by=town.admins[0], at=AT)
        with pytest.raises(NotAllowed):
            proposing.withdraw_proposal(proposal, reason="x", by=town.admins[1], at=AT)
        proposal.refresh_from_db()
        assert proposal.state == "submitted"
        proposing.withdraw_proposal(proposal, reason="Salah kelompok", by=town.admins[0], at=AT)
        with pytest.raises(NotADraft):
            proposing.withdraw_proposal(proposal, reason="x", by=town.admins[0], at=AT)
        again = proposing.begin_proposal(proposal.innovation, competition, group="special", by=town.admins[0], at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.create(
                mall=town.mall, competition=competition, innovation=again.innovation, group="general"
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=again.pk).update(state="withdrawn")


def test_only_the_manager_calls_a_round(town: Town) -> None:
    told: dict[str, Any] = {"name": "KIPP", "year": 2026, "opens_at": AT, "closes_at": CLOSES, "source": "SK"}
    with wall.inside(town.mall.pk):
        with pytest.raises(NotAllowed):
            competing.call_competition(town.mall, **told, by=town.admins[0], at=AT)
        with pytest.raises(DatesCrossed):
            competing.call_competition(town.mall, **told | {"closes_at": AT}, by=town.manager, at=AT)
        made = competing.call_competition(town.mall, **told, by=town.manager, at=AT)
        with pytest.raises(AlreadyThere):
            competing.call_competition(town.mall, **told, by=town.manager, at=AT)
        assert (made.limits["summary"], made.ages["general"]) == (300, 24)
        assert Competition.objects.count() == 1


def test_it_says_that_the_limits_of_words_are_ours(town: Town) -> None:
    manager = make.client(town.manager)
    with wall.inside(town.mall.pk):
        competition = town.competition()
        proposal = town.proposal(competition)

    for path in (f"competitions/{competition.pk}/", f"proposals/{proposal.pk}/"):
        page = manager.get(f"{town.here}{path}").content.decode()
        assert "pedoman yang kami punya tidak menyebut batas" in page


def test_a_proposal_by_its_pages(town: Town) -> None:
    now, manager, admin = timezone.now(), make.client(town.manager), make.client(town.admins[0])
    sent = {
        "name": "KIPP", "year": "2026", "source": "SK 1", "opens_at": f"{now - DAY:%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + 9 * DAY:%Y-%m-%dT%H:%M}",
        **{f"age-{group}": months for group, months in rules().ages.items()},
        **dict.fromkeys([f"limit-{code}" for code in rules().sections], "5"),
    }  # fmt: skip
    assert admin.post(f"{town.here}competitions/new/", sent).status_code == 422
    assert manager.post(f"{town.here}competitions/new/", sent).status_code == 302
    with wall.inside(town.mall.pk):
        competition, innovation = Competition.objects.get(), town.innovation("Antar KK")
    # Written in the mall's own time, which is seven hours before UTC.
    assert competition.closes_at.hour == (now.hour - 7) % 24
    begun = admin.post(
        f"{town.here}{innovation.pk}/proposal/", {"begin-competition": competition.pk, "begin-group": "general"}
    )
    path = begun["Location"]
    assert admin.post(path, make.texts()).status_code == 302
    page = admin.get(path).content.decode()
    assert page.count("<span data-words>1</span> dari paling banyak 5 kata") == 8
    assert "Batas kata ditetapkan pengelola saat lomba dibuka. Pedoman: SK 1" in page
    refused = admin.post(path, make.texts() | {"summary": "a b c d e f", "submit": "on"})
    assert refused.status_code == 422
    assert "6 kata; paling banyak 5" in refused.content.decode()
    # Nothing that was typed is lost: neither on the page nor, by a second saving, in the draft.
    assert "a b c d e f</textarea>" in refused.content.decode()
    assert admin.post(path, make.texts(text="Empat kata yang pas") | {"submit": "on"}).status_code == 302
    page = admin.get(path).content.decode()
    assert "Diajukan" in page
    assert "<textarea" not in page
    assert "Versi 2" in page
    assert "Versi 1" in admin.get(f"{path}?version=1").content.decode()
    assert make.client(town.admins[1]).get(path).status_code == 404
    head = make.client(make_agencies.staff(town.mall, Role.HEAD))
    assert head.get(path).status_code == 200
    assert head.post(f"{path}withdrawal/", {"reason": "x"}).status_code == 422
    assert admin.post(f"{path}withdrawal/", {"reason": ""}).status_code == 422
    assert admin.post(f"{path}withdrawal/", {"reason": "Salah kelompok"}).status_code == 302
    assert "Salah kelompok" in admin.get(path).content.decode()
    table = f"{town.here}competitions/{competition.pk}/table.csv?state=withdrawn"
    listed = manager.get(table).content.decode("utf-8-sig")
    assert listed.splitlines()[1:] == ["Antar KK,Dinas Dukcapil,Umum,Ditarik,,"]
    assert "KIPP" in manager.get(f"{town.here}competitions/").content.decode()
    rounds = manager.get(f"{town.here}competitions/table.csv").content.decode("utf-8-sig").splitlines()
    assert rounds[0] == "Lomba,Tahun,Dibuka,Tenggat,Usulan diajukan,Keadaan"
    assert [line.startswith(competition.name) for line in rounds[1:]] == [True]
    assert manager.get(f"{town.here}competitions/table.xlsx").content.startswith(b"PK")
