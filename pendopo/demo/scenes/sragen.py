"""The morning on which 29 agencies of Sragen signed, and five did not.

What the report leaves open (the names of most agencies, which three services) is numbered here, not invented.
"""

from datetime import UTC, date, datetime

from pendopo.agencies.actions import agreements, founding, hotlines, milestones
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.models import Agency, Agreement, Outlet, Signatory
from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import covering, writing
from pendopo.catalogue.models import Coverage, Service
from pendopo.tenancy.models import Mall

SRAGEN_AT = datetime(2022, 11, 16, 2, tzinfo=UTC)
ROOMS_READY, SOFT_OPENING, DECIDED_BY = date(2022, 11, 20), date(2022, 12, 15), date(2022, 11, 30)
# Of the demo mall's agencies, and by name; why each has not signed.
NOT_YET = {"POLRES": "not_ready", "IMIGRASI": "superior", "SAMSAT": "other"}
NOT_YET_ELSEWHERE = {"PT Jasa Raharja": "other", "DPMPTSP Provinsi": "superior"}
COMING = [
    "Dinas Perumahan Rakyat dan Kawasan Permukiman", "Dinas Pendidikan dan Kebudayaan",
    *(f"Instansi lain {number}" for number in range(1, 7)),
]  # fmt: skip
STAYS_OUTSIDE = ["Sedot tinja", "Penebangan pohon", "Sewa bahu jalan", "Pemakaian tanah"]
TITLE = "Penyelenggaraan Mal Pelayanan Publik"


def play(mall: Mall, by: Actor) -> None:
    """29 agencies sign in one morning, five say why not; public works brings three of its seven services."""
    at = SRAGEN_AT
    known = list(Agency.objects.filter(mall=mall).order_by("pk"))
    coming = [
        founding.add_agency(mall, code=f"LAIN{number}", name=name, at=at, by=by)
        for number, name in enumerate(COMING, 1)
    ]
    signing = [each for each in known if each.code not in NOT_YET] + coming
    parties = [Party(each, signer=f"Kepala {each.short_name}") for each in signing]
    for kind in (Agreement.Kind.MOU, Agreement.Kind.PLAN, Agreement.Kind.CONTRACT):
        agreements.draft(mall, kind=kind, title=TITLE, parties=parties, starts_on=at.date(), by=by, at=at)
    rows = list(Signatory.objects.filter(mall=mall))
    agreements.sign_together(mall, [Signature(row) for row in rows], day=at.date(), place="Pendopo", by=by, at=at)
    _refuse(mall, [each for each in known if each.code in NOT_YET], by, at)
    _plan(mall, by, at)
    for number, agency in enumerate(signing, start=1):
        hotlines.set_hotline(agency, number=f"(0000) 555-{number:03}", by=by, at=at)
    _public_works(mall, by, at)


def _refuse(mall: Mall, agencies: list[Agency], by: Actor, at: datetime) -> None:
    missing = agreements.draft(
        mall, kind=Agreement.Kind.MOU, title=TITLE,
        parties=[*(Party(each) for each in agencies), *(Party(name=name) for name in NOT_YET_ELSEWHERE)],
        starts_on=at.date(), by=by, at=at,
    )  # fmt: skip
    for row in Signatory.objects.filter(agreement=missing).select_related("agency"):
        reason = NOT_YET[row.agency.code] if row.agency else NOT_YET_ELSEWHERE[row.name]
        agreements.note_standing(
            row, state="not", reason=reason, next_step="Surat bupati", due_on=DECIDED_BY, by=by, at=at
        )


def _plan(mall: Mall, by: Actor, at: datetime) -> None:
    rooms = milestones.plan_milestone(
        mall, kind="step", name="Ruang siap", owner="DPMPTSP", planned_on=ROOMS_READY, by=by, at=at
    )
    soft = milestones.plan_milestone(
        mall, kind="soft_opening", name="Soft opening", owner="DPMPTSP", planned_on=SOFT_OPENING, needs=[rooms],
        by=by, at=at,
    )  # fmt: skip
    milestones.plan_milestone(
        mall, kind="grand_opening", name="Peresmian oleh menteri", owner="KemenPANRB", needs=[soft], by=by, at=at
    )


def _public_works(mall: Mall, by: Actor, at: datetime) -> None:
    agency = Agency.objects.get(mall=mall, code="PUPR")
    outlet = Outlet.objects.filter(mall=mall, agency=agency).order_by("pk")[0]
    for number in (2, 3):
        writing.write_service(agency, name=f"Layanan pekerjaan umum {number}", at=at, by=by)
    for service in Service.objects.filter(mall=mall, agency=agency).order_by("pk"):
        covering.decide_coverage(service, Coverage.IN, outlet=outlet, by=by, at=at)
    for name in STAYS_OUTSIDE:
        service = writing.write_service(agency, name=name, at=at, by=by)
        covering.decide_coverage(service, Coverage.NOT, reason="Dikerjakan di lapangan", by=by, at=at)
