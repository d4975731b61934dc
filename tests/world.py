"""A mall with a row in every table of the wall, somebody for every role, and the keys to all doors."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import uuid4

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from pendopo.agencies.actions import memberships, opening_hours
from pendopo.agencies.models import (
    Absence,
    Agency,
    Agreement,
    App,
    AppOverlap,
    Closing,
    CodeTries,
    Duty,
    Employment,
    Hotline,
    HotlineTest,
    Membership,
    Milestone,
    MilestoneNeed,
    Preparation,
    PreparationItem,
    Presence,
    Prospect,
    Relocation,
    RelocationCounter,
    Signatory,
    Signing,
    SiteCapacity,
)
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import writing
from pendopo.catalogue.actions.writing import Case, Price
from pendopo.catalogue.models import (
    CharterSigner,
    CoverageDecision,
    FloorPlan,
    Notice,
    OwnOffice,
    Publication,
    Service,
    Standard,
)
from pendopo.documents import vault
from pendopo.documents.models import SIGNER_KEY, STAMPER_KEY, IssuedDocument, Register, SigningIdentity
from pendopo.documents.signers import certificates
from pendopo.documents.signers.certificates import Made
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
from pendopo.kernel.ids import new_key
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
from pendopo.payments.actions import refunding
from pendopo.payments.tests import make as make_bills
from pendopo.people import actions as people
from pendopo.people.actions import identifying
from pendopo.people.models import Account, Contact, Identifier, Organisation, Party, Representation
from pendopo.performance.models import DayRollup, ServiceRollup, StaleDay
from pendopo.queues.actions import serving
from pendopo.queues.models import (
    CaseStep,
    CounterDay,
    DayFigure,
    EventDay,
    ForwardedCase,
    HallRules,
    HelpCall,
    QuotaDay,
    QuotaRule,
    Recording,
    ServiceDays,
    Slip,
    Spoken,
    Ticket,
    Vacancy,
    VacancyReply,
)
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome
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
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import sealing, wall
from pendopo.tenancy.actions import looks
from pendopo.tenancy.models import Device, Mall, Site, Stop
from pendopo.worktime import actions as worktime
from pendopo.worktime.types import Hours

ACCENT = "#0956c3"


@dataclass
class World:
    """A mall with everything in it. `waiting`, `called` and `done` are tickets in these states."""

    hall: Hall
    citizen: Account
    kiosk: Device
    kiosk_token: str
    waiting: Ticket
    called: Ticket
    done: Ticket
    staff: dict[Role, Actor] = field(default_factory=dict)
    tokens: dict[Role, str] = field(default_factory=dict)

    @property
    def stop(self) -> Stop:
        """The one stop, of the one van."""
        with wall.inside(self.mall.pk):
            return Stop.objects.get()

    def number_of(self, model: type[models.Model]) -> int:
        """The number of the first row of a table."""
        with wall.inside(self.mall.pk):
            found: int = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
            return found

    @property
    def document(self) -> str:
        """The code of the one issued document."""
        with wall.inside(self.mall.pk):
            return IssuedDocument.objects.get().code

    @property
    def role(self) -> int:
        """The number of the officer's one role."""
        with wall.inside(self.mall.pk):
            return Membership.objects.get(account=self.hall.officer.account, role=Role.OFFICER).pk

    @property
    def mall(self) -> Mall:
        """The mall."""
        return self.hall.mall

    @property
    def mall_now(self) -> Mall:
        """The mall as it stands in the database."""
        return Mall.objects.get(pk=self.mall.pk)

    def account(self, role: Role) -> Account:
        """Whoever has a role here."""
        found = self.staff[role].account
        assert found
        return found


def build() -> World:
    """Make a mall with everything in it."""
    hall = make.hall()
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        kiosk, kiosk_token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.KIOSK, name="Kios 1", at=at, zone=hall.place.zone
        )
        done = make.called(hall)
        serving.serve(done, by=hall.officer, at=at)
        done = serving.complete(done, outcome=Outcome.DONE, by=hall.officer, at=at)
        surveys.rate(done, Rating.Score.GOOD, at=at)
        called = make.called(hall)
        waiting = make.ticket(hall)
        _fill_the_rest(hall)
        _promise(hall)
        _issue(hall)
        _complete_the_hall(hall, waiting, kiosk)
        _lead_agencies_in(hall)
        _ask_whether_ready(hall)
        _follow_indicators(hall)
        _meet(hall)
        _innovate(hall)
        _dress(hall)
        _bill(hall)
    citizen = make_agencies.account("Warga Contoh")
    world = World(hall, citizen, kiosk, kiosk_token, waiting, called, done)
    for role in Role:
        own_agency = hall.place.agency if role in {Role.OFFICER, Role.AGENCY_ADMIN, Role.SIGNER} else None
        world.staff[role] = (
            hall.officer if role is Role.OFFICER else make_agencies.staff(hall.mall, role, agency=own_agency)
        )
        with wall.inside(hall.mall.pk):
            world.tokens[role] = memberships.create_token(world.account(role), hall.mall, at=at)
    with wall.inside(hall.mall.pk):
        _inspect(hall, world.staff[Role.INSPECTOR], world.staff[Role.HEAD], world.staff[Role.AGENCY_ADMIN])
    return world


def _bill(hall: Hall) -> None:
    """Make a bill that was settled and is asked back, and one whose deposit waits."""
    at, agency = timezone.now(), hall.place.agency
    checker = make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=agency)
    case = make_bills.variant(agency, at=at)
    paid, waiting = make_bills.bill(case, hall.officer, at=at), make_bills.bill(case, hall.officer, at=at)
    make_bills.settled(paid, hall.officer, checker, at=at)
    refunding.ask(paid, reason="Salah layanan", part=uuid4(), by=hall.officer, at=at)
    make_bills.deposit(waiting, hall.officer, at=at)


def _dress(hall: Hall) -> None:
    """Give the mall a colour and a logo, and its boards a line."""
    at, mall = timezone.now(), hall.mall
    kept = attachments.keep(f"logos/{mall.pk}", "lambang", make_inspections.png())
    looks.dress(mall, looks.Look(mall.name, mall.government, ACCENT, kept.path), reason="Rapat", at=at)
    looks.write_ticker(mall, [{"id": "Parkir di bawah", "en": ""}], known=[], reason="Rapat", at=at)


def _inspect(hall: Hall, inspector: Actor, head: Actor, admin: Actor) -> None:
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


def _fill_the_rest(hall: Hall) -> None:
    """Add what no screen of this stage makes yet."""
    at = timezone.now()
    mall = hall.mall
    writing.write_service(hall.place.agency, name="Akta", at=at, cases=[Case(price=Price(0, "UU 24/2013"))])
    opening_hours.except_day(hall.place.outlet, date(2000, 1, 1), reason="Libur lama", at=at)
    person = people.add_person(mall, name="Warga", at=at)
    identifying.note_identifier(person, Identifier.Kind.NIK, "3576014101900001", at=at)
    identifying.note_contact(person, Contact.Kind.PHONE, "081234567890", at=at)
    organisation = Organisation.objects.create(mall=mall, name="CV Contoh")
    Party.objects.create(mall=mall, organisation=organisation)
    party = Party.objects.create(mall=mall, person=person)
    Representation.objects.create(mall=mall, person=person, party=party, basis="parent", starts_on=at.date())
    worktime.set_mall_day(mall, date(2000, 1, 1), is_day_off=True, name="Hari jadi", reason="Perda", at=at)
    worktime.make_calendar(mall, name="Kantor", hours=[Hours(1, time(8), time(15))], at=at)


def _promise(hall: Hall) -> None:
    """Set a standard for the hall's service, and say where it can be read."""
    at = timezone.now()
    paper = attachments.keep("world", "keputusan.pdf", b"%PDF-1.4")
    standard = Standard.objects.create(
        mall=hall.mall, service=hall.service, decree_number="065/1/2026", decree_on=date(2026, 1, 5),
        valid_from=date(2026, 1, 5), review_due_on=date(2027, 1, 5), written_at=at, file_name=paper.name,
        file_path=paper.path, file_sha256=paper.sha256,
    )  # fmt: skip
    CharterSigner.objects.create(
        mall=hall.mall, agency=hall.place.agency, office="Kepala Dinas", name="Sri", decree="065/2/2026",
        decree_on=date(2026, 1, 5), set_at=at,
    )  # fmt: skip
    Publication.objects.create(
        mall=hall.mall, standard=standard, medium=Publication.Medium.BOARD, published_on=at.date(), evidence="Lobi"
    )


@cache
def _certificates() -> Made:
    # Their keys take long to find.
    return certificates.make("MPP", at=datetime(2026, 1, 5, tzinfo=UTC))


def _issue(hall: Hall) -> None:
    mall, at, made = hall.mall, timezone.now(), _certificates()
    SigningIdentity.objects.create(
        mall=mall, made_at=at, authority=made.authority, signer=made.signer, stamper=made.stamper,
        revoked=made.revoked, signer_key=sealing.Sealer(mall.pk, SIGNER_KEY).seal(made.signer_key),
        stamper_key=sealing.Sealer(mall.pk, STAMPER_KEY).seal(made.stamper_key),
    )  # fmt: skip
    register = Register.objects.create(mall=mall, code="decree", year=2026, format="{number}/{year}", last=1)
    document = IssuedDocument(
        mall=mall, register=register, number=1, number_text="1/2026", kind="decree", subject="agency:0",
        title="Keputusan", code=new_key(), sha256=b"x" * 32, request_id=uuid4(), signed_at=at, state_at=at,
    )  # fmt: skip
    vault.keep(document, b"%PDF-1.7")
    document.save(force_insert=True)


def _complete_the_hall(hall: Hall, ticket: Ticket, kiosk: Device) -> None:
    at, mall, site = timezone.now(), hall.mall, hall.place.site
    HallRules.objects.create(mall=mall)
    Closing.objects.create(
        mall=mall, outlet=hall.place.outlet, counter=hall.counter, starts_at=at + timedelta(hours=20),
        ends_at=at + timedelta(hours=21), reason="Rapat",
    )  # fmt: skip
    HelpCall.objects.create(mall=mall, zone=hall.place.zone, counter=hall.counter, kind=HelpCall.Kind.HELP, asked_at=at)
    EventDay.objects.create(
        mall=mall, site=site, service=hall.service, day=date(2000, 1, 1), name="Hari tilang", queue=hall.queue
    )
    ServiceDays.objects.create(mall=mall, site=site, service=hall.service, weekdays=127)
    QuotaRule.objects.create(mall=mall, site=site, service=hall.service, day=date(2000, 1, 1), total=10)
    QuotaDay.objects.create(mall=mall, site=site, service=hall.service, day=date(2000, 1, 1), total=10)
    Recording.objects.create(mall=mall, language="id", token="satu", path="satu.wav", sha256=b"s" * 32, at=at)
    case = ForwardedCase.objects.create(
        mall=mall, ticket=ticket, agency=hall.place.agency, variant=ticket.variant, opened_at=at, changed_at=at
    )
    CaseStep.objects.create(mall=mall, case=case, kind="taken_in", at=at)
    Slip.objects.create(mall=mall, ticket=ticket, device=kiosk, asked_at=at)
    DayFigure.objects.create(
        mall=mall, day=date(2000, 1, 1), variant=ticket.variant, origin="kiosk", tickets=1, served=1, absent=0,
        cancelled=0, sent_away=0, wait_seconds=60, service_seconds=60,
    )  # fmt: skip
    van = tenancy.add_site(mall, name="Mobil Keliling", kind=Site.Kind.VAN, at=at)
    Stop.objects.create(mall=mall, site=van, day=date(2000, 1, 1), opens=time(8), closes=time(11), place="Balai Desa")
    Spoken.objects.create(mall=mall, seq=1, device=kiosk, at=at)
    _put_on_duty(hall, kiosk)


def _put_on_duty(hall: Hall, kiosk: Device) -> None:
    at, mall, officer = timezone.now(), hall.mall, hall.officer.account
    assert officer
    past = {"mall": mall, "day": date(2000, 1, 3)}
    duty = Duty.objects.create(**past, counter=hall.counter, account=officer, starts=time(8), ends=time(15))
    Employment.objects.create(mall=mall, account=officer, kind=Employment.Kind.BANK, superior="Kepala Cabang")
    Absence.objects.create(**past, duty=duty, reason=Absence.Reason.SICK, noted_at=at)
    CodeTries.objects.create(mall=mall, account=officer, since=at - timedelta(days=9000), wrong=1)
    Presence.objects.create(
        **past, account=officer, site=hall.place.site, arrived_at=at - timedelta(days=9000), how=Presence.How.DEVICE,
        device=kiosk,
    )  # fmt: skip
    vacancy = Vacancy.objects.create(
        **past, counter=hall.counter, kind=Vacancy.Kind.EMPTY, starts_at=at - timedelta(days=9000),
        ended_at=at - timedelta(days=8999), ended_because=Vacancy.Ended.OPENED,
    )  # fmt: skip
    VacancyReply.objects.create(mall=mall, vacancy=vacancy, account=officer, at=at)
    DayRollup.objects.create(mall=mall, day=date(2000, 1, 3), visitors=1, arrivals=[480], made_at=at)
    ServiceRollup.objects.create(
        mall=mall, day=date(2000, 1, 3), service=hall.service, taken=1, completed=1, sent_away=0, absent=0, cancelled=0,
        waits=[60], served_seconds=60,
    )  # fmt: skip
    StaleDay.objects.create(mall=mall, day=date(2000, 1, 3))
    CounterDay.objects.create(**past, counter=hall.counter, due=60, empty=0, rest=0)


def _lead_agencies_in(hall: Hall) -> None:
    mall, agency, at = hall.mall, hall.place.agency, timezone.now()
    paper = attachments.keep("world", "nota.pdf", b"%PDF-1.4")
    kept = {"file_name": paper.name, "file_path": paper.path, "file_sha256": paper.sha256}
    agreement = Agreement.objects.create(
        mall=mall, kind="mou", title="Nota", starts_on=date(2000, 1, 1), created_at=at, **kept
    )
    signing = Signing.objects.create(mall=mall, day=date(2000, 1, 1), place="Pendopo")
    Signatory.objects.create(
        mall=mall, agreement=agreement, agency=agency, signer="Kepala", state="signed", signed_on=signing.day,
        signing=signing,
    )  # fmt: skip
    preparation = Preparation.objects.create(mall=mall, agency=agency, filled_from=date(2000, 1, 1))
    PreparationItem.objects.create(mall=mall, preparation=preparation, kind="room", name="Ruang")
    rooms = Milestone.objects.create(mall=mall, kind="step", name="Ruang siap", owner="Sekda")
    opening = Milestone.objects.create(mall=mall, kind="soft_opening", name="Soft opening", owner="Sekda")
    MilestoneNeed.objects.create(mall=mall, milestone=opening, needed=rooms)
    SiteCapacity.objects.create(
        mall=mall, site=hall.place.site, counters=9, seats=9, parking_cars=9, parking_motorcycles=9
    )
    relocation = Relocation.objects.create(
        mall=mall, agency=agency, from_place="Kantor", to_site=hall.place.site, counters=1, reason="Parkir",
        planned_on=date(2000, 1, 1),
    )  # fmt: skip
    RelocationCounter.objects.create(
        mall=mall, relocation=relocation, counter=hall.counter, zone=hall.place.zone, number=hall.counter.number
    )
    Prospect.objects.create(
        mall=mall, name="Bank Contoh", contact_office="Umum", wanted_services="Pajak", since=date(2000, 1, 1),
        state="joined", agency=agency,
    )  # fmt: skip
    # To which nothing of the above belongs.
    bank = Agency.objects.create(mall=mall, code="BANK", name="Bank Contoh", short_name="Bank")
    Service.objects.create(mall=mall, agency=bank, code="BANK-001", name="Tabungan", recognised_as="tabungan")
    hotline = Hotline.objects.create(mall=mall, agency=agency, number="0341 555")
    HotlineTest.objects.create(mall=mall, hotline=hotline, number="0341 555", tested_at=at, is_answered=True)
    CoverageDecision.objects.create(mall=mall, service=hall.service, coverage="in", decided_at=at)
    site = hall.place.site
    Notice.objects.create(mall=mall, site=site, kind="question", title="Parkir?", starts_on=date(2000, 1, 1))
    drawn = attachments.keep("world", "denah.png", b"\x89PNG\r\n\x1a\n")
    FloorPlan.objects.create(
        mall=mall, site=site, words="Meja informasi di depan", file_name=drawn.name, file_path=drawn.path,
        file_sha256=drawn.sha256,
    )  # fmt: skip
    OwnOffice.objects.create(
        mall=mall, service=hall.service, state="closed", closed_on=date(2000, 1, 1), decree="SK 1", **kept
    )


def _ask_whether_ready(hall: Hall) -> None:
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


def _follow_indicators(hall: Hall) -> None:
    mall, at = hall.mall, timezone.now()
    indicator = Indicator.objects.create(
        mall=mall, code="kemiskinan", name="Kemiskinan", theme="poverty", unit="persen", better="lower"
    )
    OfficialFigure.objects.create(
        mall=mall, indicator=indicator, value=9, as_of=date(2000, 1, 1), source="BPS", noted_at=at
    )
    TargetPoint.objects.create(mall=mall, indicator=indicator, year=2001, value=7, source="RPJMD", noted_at=at)
    IndicatorService.objects.create(mall=mall, indicator=indicator, service=hall.service)


def _meet(hall: Hall) -> None:
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


def _innovate(hall: Hall) -> None:
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


def tables(tenant: str) -> list[type[models.Model]]:
    """Return our models that belong to a mall, to accounts, or to everybody."""
    return [model for model in ours() if getattr(model, "tenant", None) == tenant]


def ours() -> list[type[models.Model]]:
    """Return every model of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("pendopo.")]


def rows(statement: str, *arguments: str | int | list[str]) -> list[tuple[object, ...]]:
    """Ask the database as the role app."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(arguments) or None)
        return [tuple(row) for row in cursor.fetchall()]


def count_rows(*malls: Mall) -> dict[str, int]:
    """Count the rows of every table: those of these malls behind the wall, and all of the others'."""
    counts: dict[str, int] = {}
    inside = " UNION ALL ".join(_count(model) for model in tables("mall"))
    outside = " UNION ALL ".join(_count(model) for model in apps.get_models() if model not in tables("mall"))
    with connection.cursor() as cursor:
        for mall in malls:
            with wall.inside(mall.pk):
                cursor.execute(inside)
                counts |= {f"{mall.slug} {table}": number for table, number in cursor.fetchall()}
        cursor.execute(outside)
        counts |= dict(cursor.fetchall())
    return counts


def _count(model: type[models.Model]) -> str:
    return f"SELECT '{model._meta.db_table}', count(*) FROM {model._meta.db_table}"
