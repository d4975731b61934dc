"""The day on which Kediri told how far it is on the way to MPP Digital: 59.33 % of 60.

What the report leaves open (which of the services, who is responsible for what) is numbered or put in charge here, not
invented: the agencies are the demo mall's own that are of the same kind.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils import timezone

from pendopo.agencies.actions import founding, joining, opening_hours
from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import covering, publishing, writing
from pendopo.catalogue.models import Coverage, Service
from pendopo.demo.actions import ALWAYS
from pendopo.demo.types import DOMAIN
from pendopo.meetings.actions import planning
from pendopo.meetings.actions import writing as correspondence
from pendopo.meetings.queries.letters import template
from pendopo.meetings.types import LetterFacts
from pendopo.people.models import Account
from pendopo.readiness.actions import assessing, gates, plan
from pendopo.readiness.models import PlanStep, Value
from pendopo.readiness.queries.rules import rules
from pendopo.tenancy.models import Mall, Site

KEDIRI_AT = datetime(2024, 5, 13, 2, tzinfo=UTC)
SERVICES = 89
SOURCE = "KoranMemo, 13 Mei 2024"
# Of the eleven those that the demo mall has; the last is the city's office of communication.
THERE = ("DUKCAPIL", "SAMSAT", "IMIGRASI", "BPN", "BANK", "BAPENDA", "PUPR", "KEMENAG", "PN", "DPMPTSP")
ALSO_THERE = ("KOMINFO", "Dinas Komunikasi dan Informatika", "Kominfo")
WAITING = ("Kejaksaan Negeri", "Polresta Kediri", "BPJS Ketenagakerjaan", "KPP Pratama", "BPOM")
NOT_TOLD = "Tidak disebut dalam berita"
STEPS = (
    (PlanStep.Kind.LETTER, "Surat usulan (minggu kedua)", 5),
    (PlanStep.Kind.ASSESSMENT, "Penilaian kesiapan", 6),
    (PlanStep.Kind.VISIT, "Kunjungan kementerian", 7),
    (PlanStep.Kind.PASS, "Lulus MPP Digital", 8),
)
# What the meeting asked for; who speaks to each point is not told.
POINTS = (
    "Ketersediaan standar pelayanan", "Kedisiplinan petugas", "Komitmen instansi", "Indeks pelayanan publik",
    "Kepatuhan menurut Ombudsman", "Survei kepuasan masyarakat",
)  # fmt: skip


def play(mall: Mall, by: Actor) -> None:
    """Eleven agencies give 89 services and five more wait; one gate is just not passed; the plan leads to August."""
    _offer(mall, by)
    for name in WAITING:
        joining.note_interest(
            mall, name=name, contact_office=NOT_TOLD, wanted_services=NOT_TOLD, since=KEDIRI_AT.date(), by=by,
            at=KEDIRI_AT,
        )  # fmt: skip
    _measure(mall, by)
    office = Agency.objects.get(mall=mall, code="DPMPTSP")
    for kind, name, month in STEPS:
        agency, other = (None, "KemenPANRB") if kind in {PlanStep.Kind.VISIT, PlanStep.Kind.PASS} else (office, "")
        plan.plan_step(
            mall, kind=kind, name=name, month=date(2024, month, 1), agency=agency, office=other, by=by, at=KEDIRI_AT
        )
    _meet(mall, by)
    _propose(mall, by)
    assessing.assess(mall, note=f"Keadaan menurut {SOURCE}", by=by, at=KEDIRI_AT)


def _offer(mall: Mall, by: Actor) -> None:
    """Leave 89 services of eleven agencies in the mall; which of them the report does not say."""
    for site in Site.objects.filter(mall=mall):
        writing.stop_offering(site, reason="Belum di MPP pada hari itu", at=KEDIRI_AT, by=by)
    code, name, short_name = ALSO_THERE
    added = founding.add_agency(mall, code=code, name=name, short_name=short_name, at=KEDIRI_AT, by=by)
    common = Outlet.objects.filter(mall=mall, agency=None).select_related("site").order_by("pk")[0]
    outlet = founding.add_outlet(mall, common.site, agency=added, observes_holidays=False, at=KEDIRI_AT, by=by)
    opening_hours.set_hours(outlet, ALWAYS, at=KEDIRI_AT, by=by, reason="Seperti gerai lain di MPP contoh")
    writing.write_service(added, name="Layanan kominfo 1", at=KEDIRI_AT, by=by)
    left = SERVICES
    for each in (code, *THERE):
        outlet = Outlet.objects.filter(mall=mall, agency__code=each).order_by("pk")[0]
        for service in Service.objects.filter(mall=mall, agency__code=each).prefetch_related("variants").order_by("pk"):
            # A mall counts its services by variants.
            if service.variants.count() > left:
                continue
            left -= service.variants.count()
            covering.decide_coverage(service, Coverage.IN, outlet=outlet, by=by, at=KEDIRI_AT)
    # The prices of the demo mall hold from the day on which it was made.
    publishing.publish(mall, at=timezone.now(), by=by)


def _measure(mall: Mall, by: Actor) -> None:
    """Note the figures of the report with their source; what is only claimed as a claim."""
    at, day = KEDIRI_AT, KEDIRI_AT.date()
    gates.set_gates(mall, rules().gates, valid_from=day, reason=SOURCE, by=by, at=at)
    gates.note_value(mall, "sisdmk", Decimal("59.33"), as_of=day, source=SOURCE, by=by, at=at)
    gates.note_value(
        mall, "ombudsman", Decimal("91.05"), as_of=day, source=SOURCE, note="A, hijau, kualitas tertinggi", by=by, at=at
    )
    gates.note_value(
        mall, "kepuasan", Decimal(90), exactness=Value.Exactness.ABOVE, is_claim=True, as_of=day, source=SOURCE, by=by,
        at=at,
    )  # fmt: skip
    gates.put_in_charge(mall, "gate:sisdmk", agency=Agency.objects.get(mall=mall, code="DINKES"), by=by, at=at)
    office = Agency.objects.get(mall=mall, code="DPMPTSP")
    for each in rules().criteria:
        gates.put_in_charge(mall, f"criterion:{each.code}", agency=office, by=by, at=at)


def _meet(mall: Mall, by: Actor) -> None:
    meeting = planning.plan_meeting(
        mall, title="Pemantauan dan evaluasi MPP", starts_at=KEDIRI_AT, place=NOT_TOLD, chair=NOT_TOLD, by=by,
        at=KEDIRI_AT,
    )  # fmt: skip
    for title in POINTS:
        planning.add_point(meeting, title=title, owner=NOT_TOLD, by=by, at=KEDIRI_AT)
    planning.invite_all_agencies(meeting, by=by, at=KEDIRI_AT)
    planning.send_agenda(meeting, by=by, at=KEDIRI_AT)


def _propose(mall: Mall, by: Actor) -> None:
    """Write the letter of the second week of May; its number is invented."""
    proposal, head = template("mpp-digital"), Account.objects.of_contact(f"pimpinan@{DOMAIN}").get()
    facts = LetterFacts(
        number="001/CONTOH/V/2024", day=KEDIRI_AT.date(), recipient=proposal.recipient, subject=proposal.subject,
        signer=head.name, signer_office="Wali Kota",
        texts={
            "urgency": f"Data SISDMK baru 59,33 persen, syaratnya paling sedikit 60 persen ({SOURCE}).",
            "means": NOT_TOLD,
            "plan": "Surat usulan Mei, penilaian kesiapan Juni, kunjungan kementerian Juli, lulus Agustus 2024.",
        },
    )  # fmt: skip
    correspondence.make_letter(mall, proposal, facts, None, by=by, at=KEDIRI_AT)
