"""A mall that was inspected: one inspection signed, with a finding, and one that is being filled in."""

from datetime import datetime

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.inspections.actions import filling, finding
from pendopo.inspections.models import Finding, Inspection
from pendopo.inspections.tests import make
from pendopo.inspections.types import Wrong
from pendopo.tenancy.models import Mall


def inspect(mall: Mall, agency: Agency, *, by: Actor, at: datetime, word: str = "") -> dict[str, int]:
    """Make both, and return them with a finding that was told and one that may still be withdrawn."""
    made: list[tuple[Inspection, Finding]] = []
    for _number in range(2):
        of = make.inspection(mall, by, at=at, others=(f"RSUD Contoh {word}",))
        here, told = make.place(of), make.told(at)
        make.answered(of, by, at=at)
        filling.photograph(here, make.png(64), told=told, by=by, at=at, item="ramp")
        filling.hear(here, first=True, second=False, words=f"Dilayani {word}", told=told, by=by, at=at)
        wrong = Wrong(f"Tempat sampah {word} tidak ada", agency, mall.local(at).date())
        made.append((of, finding.find(here, wrong, told=told, by=by, at=at, picture=make.png(64))))
    (signed, first), (begun, slip) = made
    make.signed(signed, by, at=at)
    return {"inspection": signed.pk, "filling": begun.pk, "finding": first.pk, "slip": slip.pk}
