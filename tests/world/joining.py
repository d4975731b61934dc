"""Agencies led in, promises, settings of the look."""

from datetime import date

from django.utils import timezone

from pendopo.agencies.models import (
    Agency,
    Agreement,
    Hotline,
    HotlineTest,
    Milestone,
    MilestoneNeed,
    Preparation,
    PreparationItem,
    Prospect,
    Relocation,
    RelocationCounter,
    Signatory,
    Signing,
    SiteCapacity,
)
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
from pendopo.inspections.tests import make as make_inspections
from pendopo.kernel import attachments
from pendopo.queues.tests.make import Hall
from pendopo.tenancy.actions import looks

ACCENT = "#0956c3"


def lead_agencies_in(hall: Hall) -> None:
    """Make an agreement, a preparation, milestones, a relocation, a bank that joined."""
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


def promise(hall: Hall) -> None:
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


def dress(hall: Hall) -> None:
    """Give the mall a colour and a logo, and its boards a line."""
    at, mall = timezone.now(), hall.mall
    kept = attachments.keep(f"logos/{mall.pk}", "lambang", make_inspections.png())
    looks.dress(mall, looks.Look(mall.name, mall.government, ACCENT, kept.path), reason="Rapat", at=at)
    looks.write_ticker(mall, [{"id": "Parkir di bawah", "en": ""}], known=[], reason="Rapat", at=at)
