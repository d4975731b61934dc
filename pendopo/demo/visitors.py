"""Who comes on a played day: all chance of the day, drawn from one seed, before anything happens."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from pendopo.demo.types import Visitor
from pendopo.queues.types import Origin, Outcome, SentAwayReason

# Quarter hours from opening at 08.00, and how many of a hundred people come in each: the morning is the peak.
OPENS = 8 * 60
ARRIVALS = (
    3.5, 4.5, 5.5, 6.0, 6.5, 6.5, 6.0, 5.5, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0, 2.5, 2.0,
    1.5, 1.5, 2.0, 2.5, 3.0, 3.0, 3.0, 2.5, 2.5, 2.0, 1.5, 1.0, 0.5, 0.5,
)  # fmt: skip
# Services vary as measured in halls like this: the deviation is 0.8 of the mean.
VARIATION = 0.8
NO_SHOW = 0.08
SENT_AWAY = 0.06
RATES = 0.20
ORIGINS = {Origin.KIOSK: 70, Origin.PHONE: 22, Origin.DESK: 8}
OUTCOMES = {Outcome.DONE: 58, Outcome.TAKEN_IN: 22, Outcome.HANDED_OVER: 11, Outcome.INFORMED: 8, Outcome.LEFT: 1}
REASONS = {
    SentAwayReason.PAPER_MISSING: 65,
    SentAwayReason.WRONG_PLACE: 10,
    SentAwayReason.NOT_ENTITLED: 8,
    SentAwayReason.SYSTEM_DOWN: 15,
    SentAwayReason.CLOSED: 2,
}
SCORES = {4: 62, 3: 30, 2: 6, 1: 2}
SCORES_SENT_AWAY = {4: 10, 3: 30, 2: 35, 1: 25}
WORDS = {
    4: ("Petugas ramah dan cepat", "Terima kasih", "Prosesnya jelas"),
    3: ("Cukup cepat", "Ruang tunggu nyaman", ""),
    2: ("Menunggu agak lama", "Syarat kurang jelas di awal"),
    1: ("Harus datang lagi besok", "Sistem gangguan lama"),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """The services of a queue by their codes, how many people come for it, and how long one takes on average."""

    services: Sequence[str]
    share: float
    minutes: float


def plan(demands: Sequence[Demand], day: date, zone: ZoneInfo, *, visitors: int, seed: int) -> list[Visitor]:
    """Return the visitors of a day in the order of their coming; the same seed brings the same people."""
    chance = Random(f"{seed} {day} {visitors}")  # noqa: S311 - a played day, no secret
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    shares = [demand.share for demand in demands]
    favourites = [_favourites(chance, len(demand.services)) for demand in demands]
    minutes = sorted(_arrives(chance) for _ in range(visitors))
    found = []
    for minute in minutes:
        chosen = chance.choices(range(len(demands)), shares)[0]
        service = chance.choices(demands[chosen].services, favourites[chosen])[0]
        found.append(visitor(chance, midnight + timedelta(minutes=minute), service, demands[chosen].minutes))
    return found


def visitor(chance: Random, at: datetime, service: str, minutes: float) -> Visitor:
    """Draw how it goes for one person who comes for a service that takes so many minutes on average."""
    sent_away = chance.random() < SENT_AWAY
    outcome = Outcome.SENT_AWAY if sent_away else _draw(chance, OUTCOMES)
    score = _draw(chance, SCORES_SENT_AWAY if sent_away else SCORES)
    rates = chance.random() < RATES
    return Visitor(
        at=at,
        service=service,
        origin=_draw(chance, ORIGINS),
        walks=chance.uniform(15, 60),
        comes=chance.random() >= NO_SHOW,
        minutes=_lasts(chance, minutes * 0.5 if sent_away else minutes),
        outcome=outcome,
        reason=_draw(chance, REASONS) if sent_away else None,
        score=score if rates else None,
        words=chance.choice(WORDS[score]) if rates and chance.random() < 0.3 else "",
        rests=chance.uniform(10, 45),
    )


def _arrives(chance: Random) -> float:
    quarter = chance.choices(range(len(ARRIVALS)), ARRIVALS)[0]
    return OPENS + (quarter + chance.random()) * 15


def _favourites(chance: Random, count: int) -> list[float]:
    """Weigh the services of a queue: a few are asked for most of the time."""
    weights = [1 / place for place in range(1, count + 1)]
    chance.shuffle(weights)
    return weights


def _lasts(chance: Random, mean: float) -> float:
    spread = math.sqrt(math.log(1 + VARIATION**2))
    return min(max(chance.lognormvariate(math.log(mean) - spread**2 / 2, spread), 0.5), 90.0)


def _draw[Choice](chance: Random, weights: dict[Choice, int]) -> Choice:
    return chance.choices(list(weights), list(weights.values()))[0]
