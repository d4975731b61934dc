"""Who has yet to score what; and, once all have, what everybody gave and who comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from pendopo.agencies.models import Membership
from pendopo.agencies.types import Actor
from pendopo.innovations.models import Competition, Juror, Proposal, Scoresheet


@dataclass(frozen=True, slots=True)
class Part:
    """A juror with how many proposals they may score, and how many they have."""

    juror: Juror
    due: int
    given: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.given >= self.due


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal with its place. `score` is the mean of the jurors' weighted sums; without jurors there is no place."""

    proposal: Proposal
    place: int | None
    score: Fraction | None
    sheets: Sequence[Scoresheet]
    is_tied: bool

    @property
    def shown(self) -> str:
        """The score with two decimals, for a table."""
        return "" if self.score is None else f"{float(self.score):.2f}"


def agencies_of_jurors(competition: Competition) -> Mapping[int, frozenset[int]]:
    """Return for which agencies each juror works or worked: those a juror does not score."""
    jurors = dict(
        Juror.objects.filter(mall_id=competition.mall_id, competition=competition).values_list("account", "pk")
    )
    found: dict[int, set[int]] = {}
    held = Membership.objects.filter(mall_id=competition.mall_id, account__in=jurors).exclude(agency=None)
    for account, agency in held.values_list("account", "agency"):
        found.setdefault(jurors[account], set()).add(agency)
    return {juror: frozenset(agencies) for juror, agencies in found.items()}


def parts(competition: Competition) -> list[Part]:
    """Return the jurors that have not left, with how far each is."""
    jurors = Juror.objects.filter(mall_id=competition.mall_id, competition=competition, left_at=None)
    own = agencies_of_jurors(competition)
    agencies = dict(_submitted(competition).values_list("pk", "innovation__agency"))
    given: dict[int, int] = {}
    sheets = Scoresheet.objects.filter(mall_id=competition.mall_id, proposal__in=agencies)
    for juror in sheets.values_list("juror", flat=True):
        given[juror] = given.get(juror, 0) + 1
    return [
        Part(
            each,
            sum(agency not in own.get(each.pk, frozenset()) for agency in agencies.values()),
            given.get(each.pk, 0),
        )
        for each in jurors.select_related("account").order_by("account__name", "pk")
    ]


def is_complete(competition: Competition) -> bool:
    """Whether every juror has scored every proposal that they may; before that nobody sees another's scores."""
    found = parts(competition)
    return any(part.due for part in found) and all(part.is_done for part in found)


def weighted(competition: Competition, scores: Mapping[str, int]) -> Fraction:
    """Return a juror's sum: each score by its criterion's weight, of all weights."""
    weights = {each["code"]: each["weight"] for each in competition.criteria}
    return Fraction(sum(weights[code] * score for code, score in scores.items()), sum(weights.values()))


def ranking(competition: Competition) -> list[Ranked]:
    """Return the submitted proposals, the best first; equal scores have one place, and the next place is left out."""
    sheets: dict[int, list[Scoresheet]] = {}
    rows = Scoresheet.objects.filter(
        mall_id=competition.mall_id, proposal__competition=competition, juror__left_at=None
    )
    for sheet in rows.select_related("juror__account").order_by("juror__account__name", "pk"):
        sheets.setdefault(sheet.proposal_id, []).append(sheet)
    scored: list[tuple[Fraction | None, Proposal]] = []
    for proposal in _submitted(competition).select_related("innovation__agency"):
        given = [weighted(competition, sheet.scores) for sheet in sheets.get(proposal.pk, [])]
        scored.append((sum(given, Fraction(0)) / len(given) if given else None, proposal))
    scored.sort(key=lambda pair: (pair[0] is None, -(pair[0] or 0), pair[1].innovation.name))
    values = [score for score, _proposal in scored]
    return [
        Ranked(
            proposal,
            None if score is None else 1 + values.index(score),
            score,
            sheets.get(proposal.pk, []),
            score is not None and values.count(score) > 1,
        )
        for score, proposal in scored
    ]


def own_sheets(competition: Competition, actor: Actor) -> dict[int, Scoresheet]:
    """Return what the actor gave, by proposal."""
    rows = Scoresheet.objects.filter(
        mall_id=competition.mall_id, proposal__competition=competition, juror__account=actor.account_id
    )
    return {sheet.proposal_id: sheet for sheet in rows}


def _submitted(competition: Competition) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        mall_id=competition.mall_id, competition=competition, state=Proposal.State.SUBMITTED
    ).order_by("pk")
