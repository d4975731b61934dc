"""A mall that asks whether it is ready, and follows an indicator."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Service
from pendopo.indicators.actions import indicators
from pendopo.queues.models import Ticket
from pendopo.readiness.actions import assessing, evidence, gates, plan
from pendopo.readiness.queries.rules import rules
from pendopo.tenancy.models import Mall

DAY = timedelta(days=1)


def ask_whether_ready(mall: Mall, agency: Agency, by: Actor, at: datetime, word: str) -> dict[str, int | str]:
    """Bring the pages of readiness and of indicators into every state."""
    today = mall.local(at).date()
    last_month = today.replace(day=1) - DAY
    gates.set_gates(mall, rules().gates, valid_from=last_month, reason=f"Sumber terbuka {word}", by=by, at=at)
    wrong = gates.note_value(mall, "sisdmk", Decimal("95.33"), as_of=last_month, source=f"Rekap {word}", by=by, at=at)
    gates.note_value(
        mall, "sisdmk", Decimal("59.33"), as_of=last_month, source="Rekap", out_of=300, corrects=wrong,
        reason=f"Tertukar {word}", by=by, at=at,
    )  # fmt: skip
    gates.note_value(
        mall, "kepuasan", Decimal(90), exactness="above", is_claim=True, as_of=last_month, source=f"Berita {word}",
        by=by, at=at,
    )  # fmt: skip
    for item in ("gate:sisdmk", "criterion:trial"):
        gates.put_in_charge(mall, item, agency=agency, due_on=today, by=by, at=at)
    noted = evidence.note_evidence(
        mall, "trial", text=f"Uji coba {word}", source=f"BA {word}", on=last_month, file=("ba.pdf", b"%PDF-1.7"),
        by=by, at=at,
    )  # fmt: skip
    evidence.note_evidence(mall, "trial", text=f"Uji kedua {word}", source="BA 2", on=today, by=by, at=at)
    evidence.withdraw_evidence(noted, reason=f"Belum ditandatangani {word}", by=by, at=at)
    steps = [
        plan.plan_step(mall, kind=kind, name=f"{kind} {word}", month=month, office=f"Sekda {word}", by=by, at=at)
        for kind, month in (
            ("letter", last_month),
            ("assessment", last_month),
            ("visit", today),
            ("pass", today + 40 * DAY),
        )
    ]
    plan.finish_step(steps[0], on=last_month, evidence=f"Surat {word}", by=by, at=at)
    assessed = assessing.assess(mall, note=f"Awal {word}", by=by, at=at)
    poverty = indicators.add_indicator(
        mall, name=f"Kemiskinan {word}", theme="poverty", unit="persen", better="lower", publisher=f"BPS {word}",
        note=f"Turun perlahan {word}", by=by, at=at,
    )  # fmt: skip
    indicators.note_figure(
        poverty, Decimal("9.57"), as_of=last_month, source=f"BPS {word}", is_claim=True, by=by, at=at
    )
    for year, value in ((last_month.year - 3, "11"), (last_month.year + 1, "7")):
        indicators.set_target(poverty, year, Decimal(value), source=f"RPJMD {word}", by=by, at=at)
    served = Ticket.objects.filter(mall=mall, outcome__in=["done", "taken_in", "handed_over"]).values(
        "variant__service"
    )
    counted = Service.objects.filter(mall=mall).filter(Q(pk__in=served) | Q(agency=agency))
    indicators.choose_services(poverty, list(counted), reason=f"Bantuan {word}", by=by, at=at)
    return {
        "step": steps[1].pk, "evidence": noted.pk, "assessment": assessed.pk, "indicator": poverty.code,
    }  # fmt: skip
