"""Are we ready? Every gate and criterion with how it stands, what is missing, and who is responsible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel import dates
from pendopo.kernel.figures import figure
from pendopo.readiness.models import CRITERION, GATE, Charge, Evidence, Gate, GateVersion, Unit, Value
from pendopo.readiness.queries.collecting import Finding, Rows, findings
from pendopo.readiness.queries.rules import Criterion, rules
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Line:
    """A gate or criterion: whether it is met (None: followed without a threshold), in words, and what is missing."""

    item: str
    name: str
    is_met: bool | None
    told: str
    missing: Sequence[str]
    charge: Charge | None
    findings: Sequence[Finding] = ()
    by_hand: str = ""

    @property
    def code(self) -> str:
        """Its code, by which its page is found."""
        return self.item.partition(":")[2]

    @property
    def is_gate(self) -> bool:
        """Whether it is a gate."""
        return self.item.startswith(GATE)

    @property
    def owner(self) -> str:
        """Who is responsible; empty when nobody was named."""
        return str(self.charge) if self.charge else ""

    @property
    def due_on(self) -> date | None:
        """Until when it should be met."""
        return self.charge.due_on if self.charge else None

    @property
    def state_text(self) -> str:
        """How it stands, in a word or two."""
        if self.is_met is None:
            return _("Tanpa ambang")
        return _("Terpenuhi") if self.is_met else _("Belum")


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: by which version of the gates, and line by line."""

    version: GateVersion | None
    lines: Sequence[Line]

    @property
    def gaps(self) -> list[Line]:
        """What is not met."""
        return [line for line in self.lines if line.is_met is False]

    @property
    def is_ready(self) -> bool:
        """Whether gates are set and nothing is missing."""
        return self.version is not None and not self.gaps

    def seen_by(self, actor: Actor) -> "Found":
        """Return the same with the lines that somebody may see: all, or those their agency is responsible for."""
        overseen = actor.overseen
        if overseen is None:
            return self
        return Found(self.version, [each for each in self.lines if each.charge and each.charge.agency_id in overseen])


def standing(mall: Mall, at: datetime) -> Found:
    """Return how everything stood at a moment, by what was known then; who is responsible is always who is now."""
    day = mall.local(at).date()
    version = version_on(mall, day)
    gates = list(Gate.objects.filter(mall=mall, version=version).order_by("position")) if version else []
    charges = {each.item: each for each in Charge.objects.filter(mall=mall).select_related("agency")}
    values = last_values(mall, at)
    rows = Rows(mall, at)
    counted: dict[str, int] = {}
    held = Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)
    for code in Evidence.objects.filter(held, mall=mall, on__lte=day).values_list("criterion", flat=True):
        counted[code] = counted.get(code, 0) + 1
    lines = [_dated(gate_line(gate, values.get(gate.code), charges), values.get(gate.code), at) for gate in gates]
    lines += [_criterion_line(each, findings(rows, each.code), counted, charges) for each in rules().criteria]
    return Found(version, lines)


def version_on(mall: Mall, day: date) -> GateVersion | None:
    """Return the gates that hold on a day; None before any was set."""
    return GateVersion.objects.filter(mall=mall, valid_from__lte=day).order_by("-number").first()


def last_values(mall: Mall, at: datetime) -> dict[str, Value]:
    """Return the last value of each gate at a moment that nobody had corrected by then.

    A value counts from its own day on, also where it was noted later; a correction from when it was noted.
    """
    rows = Value.objects.filter(mall=mall, as_of__lte=mall.local(at).date()).filter(
        Q(correction=None) | Q(correction__noted_at__gt=at), Q(corrects=None) | Q(noted_at__lte=at)
    )
    return {each.gate: each for each in rows.order_by("gate", "-as_of", "-pk").distinct("gate")}


def _dated(line: Line, value: Value | None, at: datetime) -> Line:
    """Say where a value was noted only after the moment of which is told."""
    if value is None or value.noted_at <= at:
        return line
    noted = dates.short_day(value.noted_at.astimezone(at.tzinfo).date())
    return replace(line, told=_("%(told)s Baru dicatat %(day)s.") % {"told": line.told, "day": noted})


def gate_line(gate: Gate, value: Value | None, charges: Mapping[str, Charge]) -> Line:
    """Say how a gate stands with its last value."""
    item = GATE + gate.code
    charge = charges.get(item)
    unit = str(Unit(gate.unit).label)
    if gate.threshold is None:
        return Line(item, gate.name, None, value_text(value, unit) if value else _("Belum ada angka."), (), charge)
    goal = _("ambang %(threshold)s %(unit)s") % {"threshold": figure(gate.threshold), "unit": unit}
    if value is None:
        return Line(item, gate.name, False, _("Belum ada angka; %(goal)s.") % {"goal": goal}, [_("angkanya")], charge)
    told = f"{value_text(value, unit)}; {goal}."
    if value.passes(gate.threshold):
        if not value.is_claim:
            return Line(item, gate.name, True, told, (), charge)
        return Line(item, gate.name, False, told, [_("dokumen: angkanya baru klaim")], charge)
    return Line(item, gate.name, False, told, _missing(gate, gate.threshold, value), charge)


def value_text(value: Value, unit: str) -> str:
    """Write a value with its unit, its day and, where it is one, that it is a claim."""
    told = f"{figure(value.value)} {unit}"
    if value.exactness == Value.Exactness.ABOVE:
        told = _("lebih dari %(value)s") % {"value": told}
    told = _("%(value)s (%(day)s)") % {"value": told, "day": dates.short_day(value.as_of)}
    return _("%(value)s, klaim") % {"value": told} if value.is_claim else told


def _missing(gate: Gate, threshold: Decimal, value: Value) -> list[str]:
    short = threshold - value.value
    if gate.unit != Unit.PERCENT:
        return [_("%(short)s %(unit)s") % {"short": figure(short), "unit": Unit(gate.unit).label}]
    found = [_("%(short)s poin persen") % {"short": figure(short)}]
    persons = missing_persons(threshold, value)
    if persons is None:
        return [*found, _("berapa orang belum diketahui: penyebutnya tidak tercatat")]
    return [*found, _("sekitar %(persons)d orang dari %(of)d") % {"persons": persons, "of": value.out_of}]


def missing_persons(threshold: Decimal, value: Value) -> int | None:
    """Return how many persons more are needed; None where nobody noted what the percentage is of."""
    if value.out_of is None:
        return None
    needed = (threshold * value.out_of / 100).to_integral_value(ROUND_CEILING)
    there = (value.value * value.out_of / 100).to_integral_value(ROUND_HALF_UP)
    return max(int(needed - there), 0)


def _criterion_line(
    criterion: Criterion, found: Sequence[Finding], counted: Mapping[str, int], charges: Mapping[str, Charge]
) -> Line:
    item = CRITERION + criterion.code
    noted = counted.get(criterion.code, 0)
    told = [each.told for each in found]
    missing = [each.told for each in found if not each.is_met]
    if criterion.by_hand or noted:
        told.append(_("bukti yang dicatat: %(count)d") % {"count": noted})
    if criterion.by_hand and not noted:
        missing.append(criterion.by_hand)
    return Line(
        item, criterion.name, not missing, "; ".join(told), missing, charges.get(item), found, criterion.by_hand
    )
