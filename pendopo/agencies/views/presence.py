"""Who came to work: one's own arrival on a phone, the screen with the code, today's list, and the month."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import duty as rosters
from pendopo.agencies.actions import presence as acts
from pendopo.agencies.forms.duty import AbsenceForm, PresenceForm, ShiftForm, WitnessForm
from pendopo.agencies.http import DEVICE_COOKIE, Month, Request, asked_day, asked_month, todays_date
from pendopo.agencies.models import Absence, Duty, Presence
from pendopo.agencies.queries import presence as seen
from pendopo.agencies.queries import staffing
from pendopo.agencies.queries.actors import actor_of_device
from pendopo.agencies.queries.presence import Coming, Standing
from pendopo.agencies.types import Role
from pendopo.kernel import rotating
from pendopo.kernel.crypto import read_bearer
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Value, long_table
from pendopo.people.models import Account
from pendopo.tenancy.models import Device

ONE_DAY = timedelta(days=1)
A_PAGE = 100
# Own days that are shown below one's own arrival.
LAST = timedelta(days=13)


@audience("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: Request, mall: str) -> HttpResponse:
    """Report one's own arrival with the code on the mall's screen, or at a device of the mall."""
    if request.method == "GET":
        code = request.GET.get("code", "")
        return _mine(request, PresenceForm(initial={"code": code[:12]}))
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return _mine(request, form, status=422)
    device = _device(request)
    if device is None and not form.cleaned_data["code"]:
        form.add_error("code", _("Ketik enam angka yang tampil di layar."))
        return _mine(request, form, status=422)
    try:
        came = acts.check_in(
            request.mall, by=request.actor, at=timezone.now(), code=form.cleaned_data["code"],
            device=device, office=form.office,
        )  # fmt: skip
    except RuleViolation as refusal:
        form.add_error("code", str(refusal))
        return _mine(request, form, status=422)
    if came is None:
        # Answered as done, for what is refused is not kept, and a wrong code is counted.
        messages.error(
            request, _("Kode ini tidak cocok. Ketik enam angka yang sekarang tampil di layar hadir petugas.")
        )
    else:
        messages.success(request, _("Kehadiran Anda tercatat."))
    return redirect("agencies:presence", mall)


@audience("public")
@never_cache
@require_safe
def screen(request: Request, mall: str) -> HttpResponse:
    """Show on a device of the mall the code that its staff type or scan; another browser is told how to become one."""
    at = timezone.now()
    device = request.actor.device or _device(request)
    context: dict[str, object] = {"device": device, "at": at}
    if device:
        code = seen.presence_code(device.site_id, at)
        address = request.build_absolute_uri(reverse("agencies:presence", args=[mall]))
        context |= {
            "code": f"{code[:3]} {code[3:]}",
            "seconds": rotating.seconds_left(at),
            "qr_svg": _picture(f"{address}?code={code}"),
        }
    return answer(request, "agencies/presence_screen.html#code", context)


@audience("overseer")
@require_safe
def attendance(request: Request, mall: str) -> HttpResponse:
    """Show who is here, late, stood in for or missing on a day."""
    day, at = asked_day(request), timezone.now()
    lines = seen.comings_of_day(request.mall, day, at, agencies=request.actor.overseen)
    today = request.mall.local(at).date()
    here = {Standing.PRESENT, Standing.LATE}
    context = {
        "day": day,
        "is_today": day == today,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "lines": lines,
        "present": len({each.shift.person.pk for each in lines if each.standing in here}),
        "late": sum(each.standing is Standing.LATE and each.late > 0 for each in lines),
        "missing": sum(each.standing in {Standing.MISSING, Standing.ABSENT} for each in lines),
        "replaced": sum(each.shift.absence is not None for each in lines),
        "can_decide": request.actor.has(Role.MANAGER, Role.AGENCY_ADMIN) and day >= today,
        "query": urlencode({"day": day.isoformat()}),
        "at": at,
    }
    return answer(request, "agencies/attendance.html#list", context)


@audience("overseer")
@require_safe
def shift(request: Request, mall: str) -> HttpResponse:
    """Show one shift of a day, with what can be noted about it."""
    form = ShiftForm(request.GET)
    if not form.is_valid():
        raise NotUnderstood(_("Jadwal itu tidak dikenal. Buka lagi dari daftar hadir."))
    return _shift(request, form.cleaned_data["duty"], form.cleaned_data["day"])


@audience("overseer")
@require_POST
def absence(request: Request, mall: str) -> HttpResponse:
    """Note that somebody does not come, and who stands in."""
    form = AbsenceForm(_substitutes(request), request.POST)
    duty, day = _named(request)
    if not form.is_valid():
        return _shift(request, duty.pk, day, absence_form=form)
    said = form.cleaned_data
    try:
        rosters.note_absence(
            duty, day, reason=Absence.Reason(said["reason"]), note=said["note"], substitute=form.chosen_substitute,
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
    except RuleViolation as refusal:
        return _shift(request, duty.pk, day, absence_form=form, problem=str(refusal))
    messages.success(request, _("Dicatat: %(name)s tidak bertugas.") % {"name": duty.account.name})
    return redirect(f"{reverse('agencies:attendance', args=[mall])}?day={day.isoformat()}")


@audience("overseer")
@require_POST
def witness(request: Request, mall: str) -> HttpResponse:
    """Note for somebody without a phone that they are here."""
    form = WitnessForm(request.POST)
    duty, day = _named(request)
    if not form.is_valid():
        return _shift(request, duty.pk, day, witness_form=form)
    at = timezone.now()
    try:
        if day != request.mall.local(at).date():
            raise NotUnderstood(_("Kehadiran hanya dicatat pada harinya."))
        person = _coming(request, duty.pk, day, at).shift.person
        acts.witness(
            person, duty.counter.outlet.site, agency_id=duty.counter.outlet.agency_id,
            reason=form.cleaned_data["why"], by=request.actor, at=at,
        )  # fmt: skip
    except RuleViolation as refusal:
        return _shift(request, duty.pk, day, witness_form=form, problem=str(refusal))
    messages.success(request, _("%(name)s tercatat hadir.") % {"name": person.name})
    return redirect("agencies:attendance", mall)


@audience("overseer")
@require_safe
def month(request: Request, mall: str) -> HttpResponse:
    """Show each person's month, a page at a time."""
    chosen = asked_month(request)
    found = _record(request, chosen)
    after = request.GET.get("after", "")
    rest = [person for person in found if not after or person.place > after]
    shown = rest[:A_PAGE]
    context = {
        "month": chosen,
        "heads": seen.month_heads(),
        "people": shown,
        "next": shown[-1].place if len(rest) > A_PAGE else "",
        "this_month": todays_date(request),
    }
    return answer(request, "agencies/attendance_month.html", context)


@audience("overseer")
@require_safe
def month_sheet(request: Request, mall: str, kind: str) -> FileResponse:
    """Give the same month as CSV or XLSX."""
    chosen = asked_month(request)
    people = seen.month_by_agency(
        request.mall, chosen.first, chosen.last, timezone.now(), agencies=request.actor.overseen
    )
    rows: Iterator[list[Value]] = (
        [person.name, person.agency or _("Loket bersama"), person.kind, person.superior, *person.figures]
        for person in people
    )
    return long_table(kind, f"{mall}-hadir-{chosen.first:%Y-%m}", _("Rekap kehadiran"), seen.month_heads(), rows)


def _record(request: Request, chosen: Month) -> list[seen.PersonMonth]:
    overseen = request.actor.overseen
    found = seen.month_record(request.mall, chosen.first, chosen.last, timezone.now(), agencies=overseen)
    return sorted(found, key=lambda person: person.place)


def _mine(request: Request, form: PresenceForm, *, status: int = 200) -> HttpResponse:
    at, here, account = timezone.now(), request.mall, request.actor.account
    assert account
    today = here.local(at).date()
    own = seen.of_person(seen.comings(here, today - LAST, today, at), account.pk)
    context = {
        "presence": Presence.objects.filter(mall=here, account=account, day=today).select_related("site").first(),
        "today": [each for each in own if each.shift.day == today],
        "before": [each for each in own if each.shift.day < today][::-1],
        "device": _device(request),
        "oversees": request.actor.overseen is None or bool(request.actor.overseen),
        "form": form,
        "at": at,
    }
    return answer(request, "agencies/presence.html", context, status=status)


def _device(request: Request) -> Device | None:
    """Return the device of the mall that this browser is, also while somebody is signed in on it."""
    cookie = request.COOKIES.get(DEVICE_COOKIE)
    if not cookie:
        return None
    try:
        device = actor_of_device(request.mall, read_bearer(cookie)).device
    except RuleViolation:
        return None
    return device if device and device.kind != Device.Kind.PRINTER else None


def _picture(address: str) -> SafeString:
    picture = segno.make(address, error="m")
    return mark_safe(picture.svg_inline(border=2, omitsize=True))  # noqa: S308 - drawn by segno from our address


def _named(request: Request) -> tuple[Duty, date]:
    """Return the shift that was sent. Raises NotUnderstood, NotFound."""
    form = ShiftForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Jadwal itu tidak dikenal. Buka lagi dari daftar hadir."))
    found = Duty.objects.filter(mall=request.mall, pk=form.cleaned_data["duty"])
    duty = found.select_related("counter__outlet__site__mall", "account").first()
    if duty is None:
        raise NotFound(_("Jadwal itu tidak ada lagi."))
    return duty, form.cleaned_data["day"]


def _coming(request: Request, duty: int, day: date, at: datetime) -> Coming:
    if not 2000 <= day.year < 2100:
        raise NotUnderstood(_("Tanggal tidak dikenal. Tulis seperti 2026-11-16."))
    for coming in seen.comings(request.mall, day, day, at, agencies=request.actor.overseen):
        if coming.shift.duty.pk == duty:
            return coming
    raise NotFound(_("Petugas ini tidak dijadwalkan pada hari itu."))


def _substitutes(request: Request) -> list[Account]:
    return staffing.officers_of(request.mall, todays_date(request), request.actor.overseen)


def _shift(
    request: Request,
    duty: int,
    day: date,
    *,
    absence_form: AbsenceForm | None = None,
    witness_form: WitnessForm | None = None,
    problem: str = "",
) -> HttpResponse:
    at = timezone.now()
    coming = _coming(request, duty, day, at)
    today = request.mall.local(at).date()
    start = {"duty": duty, "day": day}
    others = [person for person in _substitutes(request) if person.pk != coming.shift.duty.account_id]
    context = {
        "coming": coming,
        "absence_form": absence_form or AbsenceForm(others, initial=start),
        "witness_form": witness_form or WitnessForm(initial=start),
        "can_decide": day >= today and request.actor.steers(coming.shift.agency_id),
        "is_today": day == today,
        "problem": problem,
    }
    status = 422 if problem or absence_form or witness_form else 200
    return answer(request, "agencies/shift.html", context, status=status)
