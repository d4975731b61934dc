"""Who fills in an inspection: whoever began it, until somebody takes over."""

from dataclasses import dataclass
from datetime import datetime

from pendopo.inspections.models import Answer, Finding, Inspection, Opinion, Photo, Turn
from pendopo.people.models import Account


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills it in, since when, and why they took over (empty for who began it)."""

    account: Account
    since: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an unsigned inspection has come: its answers, and when a part last arrived."""

    answers: int
    last_at: datetime | None


def fillers(inspection: Inspection) -> list[Filler]:
    """Return everybody who filled it in, the first first."""
    turns = Turn.objects.filter(mall_id=inspection.mall_id, inspection=inspection).select_related("account")
    taken = [Filler(turn.account, turn.at, turn.reason) for turn in turns.order_by("pk")]
    return [Filler(inspection.account, inspection.begun_at), *taken]


def filler_of(inspection: Inspection) -> Filler:
    """Return who fills it in now, or did when it was signed."""
    return fillers(inspection)[-1]


def has_filled(inspection: Inspection, account: int | None) -> bool:
    """Say whether somebody fills it in now or did before."""
    return account is not None and account in {filler.account.pk for filler in fillers(inspection)}


def progress(inspection: Inspection) -> Progress:
    """Return how far it has come; four queries."""
    own = {"mall_id": inspection.mall_id, "place__inspection": inspection}
    answers = list(Answer.objects.filter(**own).values_list("received_at", flat=True))
    others = [
        rows.order_by("-received_at").values_list("received_at", flat=True).first()
        for rows in (Opinion.objects.filter(**own), Finding.objects.filter(**own), Photo.objects.filter(**own))
    ]
    return Progress(len(answers), max((at for at in [*answers, *others] if at), default=None))
