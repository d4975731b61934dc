"""A mall on its way to the opening: agreements, prospects, checklists, milestones, room, hotlines, coverage."""

from datetime import datetime, timedelta
from io import BytesIO

import segno

from pendopo.agencies.actions import agreements, capacity, hotlines, joining, milestones, preparing
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.actions.preparing import Needed
from pendopo.agencies.models import Agency, Agreement, Membership, Outlet, Signatory
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import covering, noticing
from pendopo.catalogue.models import Coverage, Notice, Service
from pendopo.tenancy.models import Mall, Site
from tests.end_to_end import asking, inspecting

DAY = timedelta(days=1)


def lead_in(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Bring a mall into every state of the pages of joining; return an agreement, a milestone and the agency led in.

    `word` stands in whatever people write.
    """
    today = mall.local(at).date()
    agencies = list(Agency.objects.filter(mall=mall).order_by("name")[:6])
    parties = [Party(each, signer=f"Kepala {word}") for each in agencies]
    contract = agreements.draft(
        mall, kind=Agreement.Kind.CONTRACT, title=f"Penyelenggaraan MPP {word}", scope=f"Pelayanan {word}",
        parties=[*parties, Party(name=f"Polres Contoh {word}")], starts_on=today - 300 * DAY, ends_on=today + 60 * DAY,
        by=by, at=at,
    )  # fmt: skip
    agreements.draft(
        mall, kind=Agreement.Kind.PLAN, title="Rencana kerja", parties=parties, starts_on=today, by=by, at=at
    )
    rows = list(Signatory.objects.filter(mall=mall, agreement=contract).order_by("pk"))
    agreements.sign_together(
        mall, [Signature(row) for row in rows[:4]], day=today, place=f"Pendopo {word}", by=by, at=at
    )
    agreements.note_standing(
        rows[-1], state="not", reason="other", note=f"Menunggu Polda {word}", next_step=f"Surat kedua {word}",
        due_on=today + 5 * DAY, by=by, at=at,
    )  # fmt: skip
    joining.note_interest(
        mall, name=f"Kantor Imigrasi {word}", contact_office=f"Bagian umum {word}", wanted_services=f"Paspor {word}",
        since=today, by=by, at=at,
    )  # fmt: skip
    first = Agency.objects.filter(mall=mall, code="DUKCAPIL").first() or agencies[0]
    preparing.begin_preparation(
        first, [Needed("room", f"Ruang {word}", today - DAY), Needed("equipment", f"Pencetak {word}", today + DAY)],
        filled_from=today, by=by, at=at,
    )  # fmt: skip
    rooms = milestones.plan_milestone(
        mall, kind="step", name=f"Ruang siap {word}", owner=f"Sekda {word}", planned_on=today, by=by, at=at
    )
    milestones.plan_milestone(
        mall, kind="soft_opening", name=f"Soft opening {word}", owner=f"Sekda {word}", planned_on=today + 20 * DAY,
        needs=[rooms], by=by, at=at,
    )  # fmt: skip
    outlet = Outlet.objects.filter(mall=mall, agency=first).select_related("site").order_by("pk")[0]
    capacity.set_capacity(outlet.site, counters=90, seats=120, parking_cars=30, parking_motorcycles=200, by=by, at=at)
    moved = capacity.plan_relocation(
        first, from_place=f"Jalan Melati {word}", to_site=outlet.site, counters=2, reason=f"Parkir penuh {word}",
        planned_on=today + 9 * DAY, by=by, at=at,
    )  # fmt: skip
    hotlines.try_hotline(
        hotlines.set_hotline(first, number="0341 555-100", hours=f"08.00 {word}", by=by, at=at),
        is_answered=True, by=by, at=at,
    )  # fmt: skip
    service = Service.objects.filter(mall=mall, agency=first).order_by("-pk")[0]
    covering.decide_coverage(
        service,
        Coverage.FRONT_DESK,
        outlet=outlet,
        reason=f"Alat berat {word}",
        evidence=f"Notula {word}",
        by=by,
        at=at,
    )
    covering.note_own_office(service, state="serves", place=f"Jalan Melati {word}", by=by, at=at)
    notice = tell_in(mall, outlet.site, by=by, at=at, word=word)
    asked = asking.ask_whether_ready(mall, first, by, at, word)
    inspected = inspecting.inspect(mall, first, by=by, at=at, word=word)
    officer = Membership.objects.filter(mall=mall, role=Role.OFFICER).order_by("pk")[0]
    placed = {"relocation": moved.pk, "outlet": outlet.pk, "officer": officer.account_id, "role": officer.pk}
    return (
        asked
        | inspected
        | placed
        | {"agreement": contract.pk, "milestone": rooms.pk, "led": first.code, "notice": notice.pk}
    )


def tell_in(mall: Mall, site: Site, *, by: Actor, at: datetime, word: str = "") -> Notice:
    """Tell everybody something of each kind, draw a floor plan, and return one question."""
    for kind in Notice.Kind:
        noticing.write_notice(
            mall, kind, title=f"{kind.label} satu {word}", text=f"Isi keterangan {word}", site=site, by=by, at=at
        )
    drawn = BytesIO()
    segno.make("denah").save(drawn, kind="png", scale=8)
    noticing.draw_plan(
        site, picture=("denah.png", drawn.getvalue()), words=f"Meja informasi di depan pintu {word}", reason="Awal",
        by=by, at=at,
    )  # fmt: skip
    return Notice.objects.get(mall=mall, kind=Notice.Kind.QUESTION, title=f"{Notice.Kind.QUESTION.label} satu {word}")
