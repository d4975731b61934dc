"""What the manager decides about the hall: turns, calls, coming back, check-in, the voice."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.errors import OutOfBounds
from pendopo.queues.models import HallRules
from pendopo.queues.types import Voice
from pendopo.tenancy.models import Mall

# Least and most of each rule that is a number.
BOUNDS = {
    "priority_turns": (1, 9),
    "ordinary_turns": (1, 9),
    "recall_gap_seconds": (0, 600),
    "most_calls": (1, 9),
    "return_minutes": (0, 120),
    "check_in_minutes": (5, 240),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a hall as they shall be."""

    priority_turns: int
    ordinary_turns: int
    recall_gap_seconds: int
    most_calls: int
    return_minutes: int
    check_in_required: bool
    check_in_minutes: int
    voice: Voice = Voice.ID
    spells_digits: bool = False


@transaction.atomic
def begin_rules(mall: Mall, *, at: datetime, by: Who | None = None) -> HallRules:
    """Give a mall that is being founded its first rules: whoever took a number by phone reports before the call.

    Else somebody at home would be called before those who sit in the hall. The manager may decide otherwise.
    """
    rules = HallRules.objects.create(mall=mall, check_in_required=True)
    audit.record("hall.rules_begun", f"mall:{mall.pk}", by=by, at=at, after={"check_in_required": True})
    return rules


@transaction.atomic
def set_rules(mall: Mall, rules: Rules, *, reason: str, by: Actor, at: datetime) -> HallRules:
    """Decide the rules of a hall from now on; the same rules again change nothing.

    Raises NotAllowed unless the manager decides, ReasonMissing, OutOfBounds.
    """
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengubah aturan aula."))
    reason = stated(reason)
    wanted = asdict(rules)
    for name, (least, most) in BOUNDS.items():
        if not least <= wanted[name] <= most:
            told = {"least": least, "most": most, "number": wanted[name]}
            raise OutOfBounds(_("Isi antara %(least)d dan %(most)d, bukan %(number)d.") % told)
    HallRules.objects.get_or_create(mall=mall)
    kept = HallRules.objects.select_for_update().get(mall=mall)
    before = {name: getattr(kept, name) for name in wanted}
    if before == wanted:
        return kept
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(wanted))
    audit.record("hall.rules_set", f"mall:{mall.pk}", by=by, at=at, reason=reason, before=before, after=wanted)
    return kept
