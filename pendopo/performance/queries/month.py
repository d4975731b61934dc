"""What a month asks of the agencies: agreements, coverage, the promise to be open, standards, findings and more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pendopo.agencies.models import Agreement, Standing
from pendopo.agencies.queries import agreements, hotlines
from pendopo.agencies.queries.hotlines import Line as HotlineLine
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Coverage, Published
from pendopo.catalogue.queries import coverage, standards
from pendopo.innovations.queries import standing
from pendopo.innovations.queries.standing import InnovationStanding
from pendopo.inspections.queries import findings
from pendopo.inspections.queries.findings import FindingStanding
from pendopo.queues.queries import missing
from pendopo.queues.queries.missing import AgencyMonth, Kept
from pendopo.tenancy.models import Mall

# What binds an agency to serve here: the matrix is read by this column.
BINDING = Agreement.Kind.CONTRACT
HOLDS = (Standing.SIGNED.value, Standing.ENDING.value)


@dataclass(frozen=True, slots=True)
class Month:
    """How the mall stands this month. `contracts` counts agencies by their standing, `covered` services by theirs.

    `published` counts what the public finds: each variant of a service.
    """

    contracts: dict[str, int]
    covered: dict[str, int]
    published: int
    twice: int
    full_time: Sequence[AgencyMonth]
    standards: tuple[int, int]
    hotlines: Sequence[HotlineLine]
    findings: FindingStanding
    innovations: InnovationStanding

    @property
    def agencies(self) -> int:
        """All agencies of the mall."""
        return sum(self.contracts.values())

    @property
    def without_contract(self) -> int:
        """The agencies without an agreement that binds them today."""
        return self.agencies - sum(self.contracts.get(each, 0) for each in HOLDS)

    @property
    def services(self) -> int:
        """All services of the agencies."""
        return sum(self.covered.values())

    @property
    def here(self) -> int:
        """The services for which people are received here, in whatever way."""
        return sum(self.covered.get(each, 0) for each in (Coverage.IN, Coverage.FRONT_DESK, Coverage.FORWARD))

    @property
    def kept(self) -> Kept:
        """The promise of all counters together."""
        found = Kept()
        for each in self.full_time:
            found.add(each.kept)
        return found

    @property
    def broken(self) -> list[AgencyMonth]:
        """The agencies that did not keep it, the worst first."""
        return [each for each in self.full_time if each.kept.share is not None and each.kept.share < 100]

    @property
    def untested(self) -> list[HotlineLine]:
        """The agencies whose hotline is missing, was not tested this month, or was not answered."""
        return [each for each in self.hotlines if not each.number or each.is_due or not each.is_answered]


def month(mall: Mall, actor: Actor, first: date, at: datetime) -> Month:
    """Return how a mall stands in the month that begins on a day, up to now."""
    today = mall.local(at).date()
    covered, twice = coverage.totals(mall)
    return Month(
        contracts=agreements.standings(mall, today, BINDING),
        covered=covered,
        published=Published.objects.of_mall(mall).count(),
        twice=twice,
        full_time=missing.full_time(mall, first, today, at),
        standards=standards.completeness(mall, today),
        hotlines=hotlines.hotlines(mall, actor, at, size=hotlines.ALL).items,
        findings=findings.standing(mall, today),
        innovations=standing.standing(mall, today.year),
    )
