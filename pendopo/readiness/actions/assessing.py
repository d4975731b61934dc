"""An assessment: the answer of a day with every gate and criterion as they stood, kept as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.readiness.actions._rights import only_manager
from pendopo.readiness.errors import NoGates
from pendopo.readiness.models import Assessment, AssessmentLine
from pendopo.readiness.queries import standing as standings
from pendopo.tenancy.models import Mall


@transaction.atomic
def assess(mall: Mall, *, by: Actor, at: datetime, note: str = "") -> Assessment:
    """Keep how every gate and criterion stands now, by the gates in force, and whether the mall is ready."""
    only_manager(by)
    found = standings.standing(mall, at)
    if found.version is None:
        raise NoGates(_("Tetapkan gerbang dahulu, lalu nilai kesiapan."))
    assessment = Assessment.objects.create(
        mall=mall, version=found.version, held_on=mall.local(at).date(), is_ready=found.is_ready, note=note,
        account=by.account, noted_at=at,
    )  # fmt: skip
    AssessmentLine.objects.bulk_create(
        AssessmentLine(
            mall=mall, assessment=assessment, position=position, item=line.item, name=line.name, is_met=line.is_met,
            told=line.told, owner=line.owner,
        )
        for position, line in enumerate(found.lines)
    )  # fmt: skip
    after = {"version": found.version.number, "ready": found.is_ready, "gaps": len(found.gaps)}
    audit.record("readiness.assessed", f"assessment:{assessment.pk}", by=by, at=at, reason=note, after=after)
    return assessment
