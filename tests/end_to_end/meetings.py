"""Meetings, decisions, a letter, and apps of two agencies: what the pages of meetings and of the register show."""

from datetime import datetime, timedelta

from pendopo.agencies.actions import apps
from pendopo.agencies.actions.apps import AppFacts
from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.meetings.actions import following, holding, planning, writing
from pendopo.meetings.actions.holding import Attended
from pendopo.meetings.correspondence import templates
from pendopo.meetings.models import Invitation
from pendopo.meetings.types import LetterFacts
from pendopo.tenancy.models import Mall

DAY = timedelta(days=1)


def hold(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Hold meetings of the first agency, register its apps and another's; return what the addresses need."""
    first = Agency.objects.filter(mall=mall, code="DUKCAPIL").first()
    agencies = list(Agency.objects.filter(mall=mall).order_by("name")[:6])
    agency = first or agencies[0]
    meeting, point, decision = _meet(mall, agency, by=by, at=at, word=word)
    app = _write_apps(agency, agencies[-1], by=by, at=at, word=word)
    return {"meeting": meeting, "point": point, "decision": decision, "app": app}


def _meet(mall: Mall, agency: Agency, *, by: Actor, at: datetime, word: str) -> tuple[int, int, int]:
    """Hold a meeting that decided something, close one, plan one, and write a letter; return what was not closed."""
    meetings = []
    for title, starts_at in ((f"Rapat bulan lalu {word}", at - 30 * DAY), (f"Rapat bulanan {word}", at - DAY / 24)):
        meeting = planning.plan_meeting(
            mall, title=title, starts_at=starts_at, place=f"Aula {word}", chair=f"Rini {word}", by=by, at=at
        )
        point = planning.add_point(meeting, title=f"Kedisiplinan {word}", owner=f"BKPSDM {word}", by=by, at=at)
        planning.invite(meeting, agency=agency, by=by, at=at)
        planning.invite(meeting, guest=f"Kapolres {word}", by=by, at=at)
        meetings.append(planning.send_agenda(meeting, by=by, at=at))
    for meeting in meetings:
        rows = Invitation.objects.filter(mall=mall, meeting=meeting)
        holding.note_attendance(meeting, [Attended(row, "sent", f"Kasubbag {word}") for row in rows], by=by, at=at)
    holding.write_minutes(point, f"Piket istirahat dibagi dua {word}", by=by, at=at)
    late = holding.decide(
        meetings[0], words=f"Papan nama dipasang {word}", agency=agency, due_on=(at - 20 * DAY).date(), by=by, at=at
    )
    holding.decide(
        meetings[1], words=f"Jadwal piket dibuat {word}", account=by.account, due_on=(at + 9 * DAY).date(), by=by, at=at
    )
    following.report(late, f"Sudah dipesan {word}", file=("bukti.pdf", b"%PDF-1.4"), by=by, at=at)
    holding.close_minutes(meetings[0], by=by, at=at)
    planning.plan_meeting(
        mall, title=f"Rapat depan {word}", starts_at=at + 9 * DAY, place="Aula", chair="Rini", by=by, at=at
    )
    facts = LetterFacts(
        f"065/1/{word}", at.date(), f"Kepala {agency.short_name}", f"Pengingat {word}", f"Rini {word}", "Sekretaris",
        {"note": f"Mohon segera {word}"},
    )  # fmt: skip
    writing.make_letter(mall, templates()["reminder"], facts, agency, by=by, at=at)
    return meetings[1].pk, point.pk, late.pk


def _write_apps(agency: Agency, other: Agency, *, by: Actor, at: datetime, word: str) -> int:
    """Register apps of two agencies: one late to go, one that takes its place, two that do the same."""
    day = at.date()
    new = apps.register_app(
        other,
        AppFacts(
            f"Antrean Bersama {word}", f"Bidang layanan {word}", f"Mengambil nomor antrean loket {word}", 1200,
            f"Diskominfo {word}", day, "https://antrean.contoh.test/", "single", f"INApas {word}", f"Dukcapil {word}",
        ),
        by=by, at=at,
    )  # fmt: skip
    old = apps.register_app(
        agency,
        AppFacts(
            f"Antrean Lama {word}", f"Umum {word}", f"Mengambil nomor antrean loket pagi {word}",
            retire_by=day - DAY, replaced_by=new,
        ),
        by=by, at=at,
    )  # fmt: skip
    same = apps.register_app(
        agency, AppFacts(f"Daftar Daring {word}", "Umum", f"Mengambil nomor antrean loket sore {word}"), by=by, at=at
    )
    apps.judge_overlap(old, new, is_overlap=True, note=f"Keduanya nomor antrean {word}", by=by, at=at)
    return same.pk
