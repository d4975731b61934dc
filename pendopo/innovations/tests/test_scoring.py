"""Scoring: jurors of the staff, never of the own agency, once, hidden until all are done; places with ties."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.innovations.actions import competing, proposing, scoring
from pendopo.innovations.errors import AlreadyThere, Closed, NotAJuror, OwnAgency, ScoreOutOfRange, ScoresFinal
from pendopo.innovations.models import Juror, Proposal, Scoresheet
from pendopo.innovations.queries.scoring import is_complete, parts, ranking, weighted
from pendopo.innovations.tests import make
from pendopo.innovations.tests.make import AFTER, AT, CLOSES, DAY, Town
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return make.town()


def test_a_juror_scores_once_after_the_deadline(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        proposal, juror = town.proposal(competition), town.juror(competition)
        with pytest.raises(Closed):
            scoring.score_proposal(proposal, make.scores(), by=juror, at=CLOSES)
        for wrong in ({}, make.scores(101), make.scores(-1), {"novelty": 5}, make.scores() | {"luck": 1}):
            with pytest.raises(ScoreOutOfRange):
                scoring.score_proposal(proposal, wrong, by=juror, at=AFTER)
        with pytest.raises(NotAJuror):
            scoring.score_proposal(proposal, make.scores(), by=town.manager, at=AFTER)
        assert not Scoresheet.objects.exists()
        sheet = scoring.score_proposal(proposal, make.scores(), by=juror, at=AFTER, words="Baik")
        with pytest.raises(ScoresFinal):
            scoring.score_proposal(proposal, make.scores(90), by=juror, at=AFTER)
        with pytest.raises(DatabaseError), transaction.atomic():
            Scoresheet.objects.filter(pk=sheet.pk).update(scores=make.scores(100))
        with pytest.raises(DatabaseError), transaction.atomic():
            Scoresheet.objects.filter(pk=sheet.pk).delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            Scoresheet.objects.create(mall=town.mall, proposal=proposal, juror=sheet.juror, scores={}, given_at=AFTER)
        assert Scoresheet.objects.get().scores == make.scores()


def test_a_juror_never_scores_the_own_agency(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        own, other = town.proposal(competition), town.proposal(competition, of=1)
        juror = town.juror(competition, agency=0)
        with pytest.raises(OwnAgency):
            scoring.score_proposal(own, make.scores(), by=juror, at=AFTER)
        assert not Scoresheet.objects.exists()
        scoring.score_proposal(other, make.scores(), by=juror, at=AFTER)
        assert is_complete(competition)
        # Whom nobody may score has no place.
        assert [(each.proposal, each.place) for each in ranking(competition)] == [(other, 1), (own, None)]


def test_the_sum_is_weighted_and_equal_sums_share_a_place(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        proposals = [town.proposal(competition, name=name) for name in ("A", "B", "C", "D")]
        first, second = town.juror(competition), town.juror(competition)
        # 30, 25, 20, 15 and 10 of a hundred: 30 × 90 + 25 × 80 + 20 × 70 + 15 × 60 + 10 × 50 = 7500.
        told = {"novelty": 90, "benefit": 80, "replication": 70, "authority": 60, "presentation": 50}
        assert weighted(competition, told) == 75
        given = [(told, make.scores(80)), (make.scores(90), make.scores(91)), (make.scores(80), told),
                 (make.scores(0), make.scores(1, novelty=2))]  # fmt: skip
        for proposal, (by_first, by_second) in zip(proposals, given, strict=True):
            scoring.score_proposal(proposal, by_first, by=first, at=AFTER)
            scoring.score_proposal(proposal, by_second, by=second, at=AFTER)
        found = ranking(competition)
        assert [(each.proposal.innovation.name, each.place, each.shown, each.is_tied) for each in found] == [
            ("B", 1, "90.50", False),
            ("A", 2, "77.50", True),
            ("C", 2, "77.50", True),
            ("D", 4, "0.65", False),
        ]
        assert found[3].score == Fraction(65, 100)


def test_jurors_are_named_and_leave_with_a_reason(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        town.proposal(competition)
        first, second = town.juror(competition), town.juror(competition)
        assert first.account
        assert second.account
        stranger = make_agencies.account()
        with pytest.raises(NotAJuror):
            competing.name_juror(competition, stranger, by=town.manager, at=AT)
        with pytest.raises(AlreadyThere):
            competing.name_juror(competition, first.account, by=town.manager, at=AT)
        with pytest.raises(NotAllowed):
            competing.name_juror(competition, stranger, by=town.admins[0], at=AT)
        scoring.score_proposal(Proposal.objects.get(), make.scores(), by=first, at=AFTER)
        assert [(part.given, part.due) for part in parts(competition)] == [(1, 1), (0, 1)]
        assert not is_complete(competition)
        leaving = Juror.objects.get(account=second.account)
        with pytest.raises(ReasonMissing):
            competing.dismiss_juror(leaving, reason="", by=town.manager, at=AFTER)
        with pytest.raises(NotAllowed):
            competing.dismiss_juror(leaving, reason="Sakit", by=town.admins[0], at=AFTER)
        competing.dismiss_juror(leaving, reason="Sakit", by=town.manager, at=AFTER)
        assert is_complete(competition)
        with pytest.raises(AlreadyThere):
            competing.dismiss_juror(leaving, reason="Sakit", by=town.manager, at=AFTER)
        # Whoever could now see what others gave is not named any more, and nobody leaves who has been heard.
        with pytest.raises(ScoresFinal):
            competing.name_juror(competition, second.account, by=town.manager, at=AFTER)
        with pytest.raises(ScoresFinal):
            competing.dismiss_juror(Juror.objects.get(account=first.account), reason="x", by=town.manager, at=AFTER)
        with pytest.raises(ScoresFinal):
            proposing.withdraw_proposal(Proposal.objects.get(), reason="x", by=town.manager, at=AFTER)
        assert Juror.objects.filter(left_at=None).count() == 1


def test_who_left_comes_back_and_counts_again(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        proposal, juror = town.proposal(competition), town.juror(competition)
        town.juror(competition)
        scoring.score_proposal(proposal, make.scores(), by=juror, at=AFTER)
        assert juror.account
        row = Juror.objects.get(account=juror.account)
        competing.dismiss_juror(row, reason="Sakit", by=town.manager, at=AFTER)
        assert ranking(competition)[0].place is None
        with pytest.raises(NotAJuror):
            scoring.score_proposal(proposal, make.scores(), by=juror, at=AFTER)
        competing.name_juror(competition, juror.account, by=town.manager, at=AFTER)
        assert ranking(competition)[0].place == 1


def test_nobody_sees_what_others_gave_before_all_are_done(town: Town) -> None:
    now = timezone.now()
    with wall.inside(town.mall.pk):
        competition = town.competition()
        # Submitted in March, scored now.
        proposal = town.proposal(competition, name="Antar KK")
        first, second = town.juror(competition), town.juror(competition, agency=1)
        scoring.score_proposal(proposal, make.scores(77), by=first, at=now, words="Rahasia juri")
    pages = [
        (town.manager, f"{town.here}competitions/{competition.pk}/"),
        (town.manager, f"{town.here}competitions/{competition.pk}/table.csv"),
        (town.manager, f"{town.here}proposals/{proposal.pk}/"),
        (town.admins[0], f"{town.here}proposals/{proposal.pk}/"),
        (second, f"{town.here}proposals/{proposal.pk}/scores/"),
        (second, f"{town.here}scoring/"),
    ]
    for who, path in pages:
        page = make.client(who).get(path)
        assert page.status_code == 200, path
        assert "Rahasia juri" not in page.content.decode(), path
        assert "77.00" not in page.content.decode(), path
    own = make.client(first).get(f"{town.here}proposals/{proposal.pk}/scores/").content.decode()
    assert "Rahasia juri" in own
    scores = {**dict.fromkeys(make.scores(), "80"), "words": "Cukup"}
    path = f"{town.here}proposals/{proposal.pk}/scores/"
    assert make.client(second).post(path, scores | {"novelty": "101"}).status_code == 422
    assert make.client(second).post(path, scores).status_code == 302
    assert make.client(second).post(path, scores).status_code == 422
    for who, seen in (pages[0], pages[2], pages[3]):
        assert "78.50" in make.client(who).get(seen).content.decode(), seen
    assert "Rahasia juri" in make.client(second).get(path).content.decode()
    table = make.client(town.manager).get(pages[1][1]).content.decode("utf-8-sig")
    assert "Antar KK,Dinas Dukcapil,Umum,Diajukan,1,78.50" in table


def test_who_is_no_juror_reads_nothing_there(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        proposal = town.proposal(competition, name="Antar KK")
        draft = proposing.begin_proposal(town.innovation("Draf"), competition, group="general", by=town.manager, at=AT)
        juror = town.juror(competition)
    officer = make.client(make_agencies.staff(town.mall, Role.OFFICER, agency=town.agencies[1]))
    refused = officer.get(f"{town.here}proposals/{proposal.pk}/scores/")
    assert refused.status_code == 409
    assert "Antar KK" not in refused.content.decode()
    assert "Anda bukan juri" in officer.get(f"{town.here}scoring/").content.decode()
    # A juror reads what was handed in, and no draft.
    assert make.client(juror).get(f"{town.here}proposals/{draft.pk}/scores/").status_code == 409
    assert make.client(juror).get(f"{town.here}proposals/999999/scores/").status_code == 404


def test_jurors_by_the_pages(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
        town.proposal(competition)
        somebody = make_agencies.staff(town.mall, Role.HEAD)
    assert somebody.account
    here = f"{town.here}competitions/{competition.pk}/"
    manager = make.client(town.manager)
    assert manager.post(f"{here}jurors/", {"account": "0"}).status_code == 422
    assert make.client(town.admins[0]).post(f"{here}jurors/", {"account": somebody.account.pk}).status_code == 422
    assert manager.post(f"{here}jurors/", {"account": somebody.account.pk}).status_code == 302
    with wall.inside(town.mall.pk):
        juror = Juror.objects.get()
    assert somebody.account.name in manager.get(here).content.decode()
    assert manager.post(f"{here}dismissal/", {"juror": juror.pk, "reason": ""}).status_code == 422
    assert manager.post(f"{here}dismissal/", {"juror": "x", "reason": "x"}).status_code == 422
    assert manager.post(f"{here}dismissal/", {"juror": juror.pk, "reason": "Sakit"}).status_code == 302
    assert "Belum ada juri." in manager.get(here).content.decode()
    assert AFTER - DAY == CLOSES
