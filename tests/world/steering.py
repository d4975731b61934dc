"""Readiness, indicators, meetings, innovations, inspections."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from pendopo.agencies.models import (
    App,
    AppOverlap,
)
from pendopo.agencies.types import Actor
from pendopo.indicators.models import Indicator, IndicatorService, OfficialFigure, TargetPoint
from pendopo.innovations.models import (
    Award,
    Competition,
    IgaMaximum,
    IgaScore,
    Innovation,
    Juror,
    Proposal,
    ProposalVersion,
    Replication,
    Scoresheet,
    Usage,
)
from pendopo.innovations.rulebook import rules
from pendopo.inspections.actions import filling, following
from pendopo.inspections.actions import taking as taking_over
from pendopo.inspections.models import Finding, Inspection
from pendopo.inspections.tests import make as make_inspections
from pendopo.inspections.types import Said
from pendopo.kernel import attachments
from pendopo.meetings.models import (
    AgendaPoint,
    Decision,
    DecisionReport,
    Invitation,
    Letter,
    Meeting,
    Paper,
    Postponement,
)
from pendopo.queues.tests.make import Hall
from pendopo.readiness.models import (
    Assessment,
    AssessmentLine,
    Charge,
    Evidence,
    Gate,
    GateVersion,
    PlanStep,
    Value,
)


def ask_whether_ready(hall: Hall) -> None:
    """Make gates with a value, evidence, a step and an assessment."""
    mall, at, day = hall.mall, timezone.now(), date(2000, 1, 1)
    version = GateVersion.objects.create(mall=mall, number=1, valid_from=day, reason="Awal", set_at=at)
    Gate.objects.create(
        mall=mall, version=version, position=0, code="sisdmk", name="SISDMK", unit="percent", threshold=60,
        source="Berita",
    )  # fmt: skip
    Value.objects.create(mall=mall, gate="sisdmk", value=59, as_of=day, source="Berita", noted_at=at)
    Charge.objects.create(mall=mall, item="criterion:trial", agency=hall.place.agency)
    paper = attachments.keep("world", "bukti.pdf", b"%PDF-1.4")
    Evidence.objects.create(
        mall=mall, criterion="trial", text="Uji coba", source="BA 1", on=day, noted_at=at, file_name=paper.name,
        file_path=paper.path, file_sha256=paper.sha256,
    )  # fmt: skip
    PlanStep.objects.create(mall=mall, kind="letter", name="Surat", month=day, office="Sekda")
    assessment = Assessment.objects.create(mall=mall, version=version, held_on=day, is_ready=False, noted_at=at)
    AssessmentLine.objects.create(
        mall=mall, assessment=assessment, position=0, item="gate:sisdmk", name="SISDMK", is_met=False, told="59"
    )


def follow_indicators(hall: Hall) -> None:
    """Make an indicator with its figure, its target and its service."""
    mall, at = hall.mall, timezone.now()
    indicator = Indicator.objects.create(
        mall=mall, code="kemiskinan", name="Kemiskinan", theme="poverty", unit="persen", better="lower"
    )
    OfficialFigure.objects.create(
        mall=mall, indicator=indicator, value=9, as_of=date(2000, 1, 1), source="BPS", noted_at=at
    )
    TargetPoint.objects.create(mall=mall, indicator=indicator, year=2001, value=7, source="RPJMD", noted_at=at)
    IndicatorService.objects.create(mall=mall, indicator=indicator, service=hall.service)


def meet(hall: Hall) -> None:
    """Make a meeting that was sent, its papers, a decision and a letter."""
    mall, agency, at = hall.mall, hall.place.agency, timezone.now()
    old = App.objects.create(mall=mall, agency=agency, name="Antrean Lama", owner="Umum", purpose="Antrean")
    new = App.objects.create(mall=mall, agency=agency, name="Antrean Baru", owner="Umum", purpose="Antrean")
    AppOverlap.objects.create(mall=mall, first=old, second=new, is_overlap=True, note="Sama", told_at=at)
    paper = attachments.keep("world", "surat.pdf", b"%PDF-1.4")
    kept = {"file_path": paper.path, "file_sha256": paper.sha256}
    meeting = Meeting.objects.create(
        mall=mall,
        title="Rapat",
        starts_at=at - timedelta(hours=1),
        place="Aula",
        chair="Sekda",
        state="sent",
        sent_at=at,
    )
    point = AgendaPoint.objects.create(mall=mall, meeting=meeting, position=1, title="Kedisiplinan")
    Paper.objects.create(
        mall=mall,
        meeting=meeting,
        kind="apps",
        position=1,
        summary="Dua",
        table={"heads": ["a"], "rows": []},
        made_at=at,
    )
    Invitation.objects.create(mall=mall, meeting=meeting, agency=agency)
    Postponement.objects.create(
        mall=mall, meeting=meeting, before=at, after=at + timedelta(hours=1), reason="Hujan", told_at=at
    )
    decision = Decision.objects.create(
        mall=mall, meeting=meeting, point=point, words="Piket", agency=agency, due_on=date(2000, 1, 1), made_at=at
    )
    DecisionReport.objects.create(
        mall=mall, decision=decision, told_at=at, words="Dibuat", file_name=paper.name, **kept
    )
    Letter.objects.create(
        mall=mall, template="invitation", number="1", day=date(2000, 1, 1), recipient="Kepala", subject="Undangan",
        signer="Sekda", signer_office="Sekda", content={}, made_at=at, meeting=meeting, **kept,
    )  # fmt: skip


def innovate(hall: Hall) -> None:
    """Make an innovation with award, use and a scored proposal."""
    mall, at, officer = hall.mall, timezone.now(), hall.officer.account
    sourced = {"mall": mall, "source": "Surat 1"}
    innovation = Innovation.objects.create(
        mall=mall, agency=hall.place.agency, name="Antar KK", year=2000, registered_at=at
    )
    Award.objects.create(**sourced, innovation=innovation, name="Top 45", year=2000)
    Replication.objects.create(**sourced, innovation=innovation, taker="Kota Lain", since=date(2000, 1, 1))
    Usage.objects.create(**sourced, innovation=innovation, month=date(2000, 1, 1), count=1, unit="KK", noted_at=at)
    competition = Competition.objects.create(
        **sourced, name="Lomba", year=2000, opens_at=at - timedelta(days=9), closes_at=at - timedelta(days=8),
        limits=dict.fromkeys(rules().sections, 300), ages=dict(rules().ages),
        criteria=[{"code": code, "weight": weight} for code, weight in rules().weights.items()],
    )  # fmt: skip
    proposal = Proposal.objects.create(
        mall=mall, competition=competition, innovation=innovation, group="general", state="submitted", submitted_at=at
    )
    ProposalVersion.objects.create(mall=mall, proposal=proposal, number=1, sections={}, written_at=at)
    assert officer
    juror = Juror.objects.create(mall=mall, competition=competition, account=officer)
    given = dict.fromkeys(rules().weights, 50)
    Scoresheet.objects.create(mall=mall, proposal=proposal, juror=juror, scores=given, given_at=at)
    IgaMaximum.objects.create(**sourced, year=2000, number=1, maximum=9)
    IgaScore.objects.create(**sourced, year=2000, number=1, score=1, maximum=9)


def inspect(hall: Hall, inspector: Actor, head: Actor, admin: Actor) -> None:
    """Make a signed inspection whose finding was answered, and one that is still open and was taken over and back."""
    at = timezone.now()
    signed, wrong = _fill_an_inspection(hall, inspector, at)
    make_inspections.signed(signed, inspector, at=at)
    following.reply(wrong, "Sudah", by=admin, at=at)
    of, _wrong = _fill_an_inspection(hall, inspector, at)
    taking_over.take_over(of, reason="Baterai habis", by=head, at=at)
    said = [Said(make_inspections.place(of).pk, "ramp", "no")]
    filling.answer(of, said, told=make_inspections.told(at), by=head, at=at)
    taking_over.take_over(of, reason="Kembali", by=inspector, at=at)


def _fill_an_inspection(hall: Hall, inspector: Actor, at: datetime) -> tuple[Inspection, Finding]:
    of = make_inspections.inspection(hall.mall, inspector, at=at)
    make_inspections.answered(of, inspector, at=at)
    here, told = make_inspections.place(of), make_inspections.told(at)
    filling.hear(here, first=True, second=False, told=told, by=inspector, at=at)
    picture = make_inspections.png()
    return of, make_inspections.found(of, inspector, at=at, agency=hall.place.agency, picture=picture)
