"""A mall with agencies that innovate, by the module's own actions."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Agency
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import client as client
from pendopo.agencies.types import Actor, Role
from pendopo.innovations.actions import competing, proposing, register
from pendopo.innovations.actions.register import Told
from pendopo.innovations.models import Competition, Innovation, Proposal
from pendopo.innovations.rulebook import rules
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSES = AT + 30 * DAY
AFTER = CLOSES + DAY


@dataclass
class Town:
    """A mall with two agencies, each with its admin, and a manager."""

    mall: Mall
    agencies: list[Agency]
    manager: Actor
    admins: list[Actor]
    _number: int = field(default=0)

    def innovation(self, name: str = "", *, of: int = 0, **told: object) -> Innovation:
        """Register an innovation of the first or second agency."""
        self._number += 1
        known: dict[str, Any] = {"year": 2026, "started_on": date(2023, 1, 5)} | told
        return register.register_innovation(
            self.agencies[of], Told(name or f"Inovasi {self._number}", **known), by=self.manager, at=AT
        )

    def competition(self, **other: object) -> Competition:
        """Call a round that is open for thirty days."""
        self._number += 1
        told: dict[str, Any] = {
            "name": f"Lomba {self._number}",
            "year": 2026,
            "opens_at": AT,
            "closes_at": CLOSES,
            "source": "SK 1",
        }
        return competing.call_competition(self.mall, **told | other, by=self.manager, at=AT)

    def proposal(self, competition: Competition, *, of: int = 0, name: str = "") -> Proposal:
        """Hand in a proposal with a word in every section."""
        made = proposing.begin_proposal(
            self.innovation(name, of=of), competition, group="general", by=self.manager, at=AT
        )
        proposing.save_draft(made, texts(), by=self.manager, at=AT)
        return proposing.submit_proposal(made, by=self.manager, at=AT)

    def juror(self, competition: Competition, *, agency: int | None = None) -> Actor:
        """Name somebody a juror, of an agency or of none."""
        own = None if agency is None else self.agencies[agency]
        who = make.staff(self.mall, Role.OFFICER if own else Role.HEAD, agency=own, at=AT)
        assert who.account
        competing.name_juror(competition, who.account, by=self.manager, at=AT)
        return who

    @property
    def here(self) -> str:
        """Where its pages of innovations begin."""
        return f"/m/{self.mall.slug}/innovations/"


def town() -> Town:
    """Make it."""
    place = make.place()
    with wall.inside(place.mall.pk):
        second = founding.add_agency(place.mall, code="DINKES", name="Dinas Kesehatan", at=AT)
    agencies = [place.agency, second]
    admins = [make.staff(place.mall, Role.AGENCY_ADMIN, agency=each) for each in agencies]
    return Town(place.mall, agencies, make.staff(place.mall, Role.MANAGER), admins)


def texts(group: str = "general", text: str = "Kata") -> dict[str, str]:
    """Write the same in every section."""
    return dict.fromkeys(rules().groups[group], text)


def scores(score: int = 80, **other: int) -> dict[str, int]:
    """Give every criterion the same."""
    return dict.fromkeys(rules().weights, score) | other
