"""Kiosks, boards, counter PCs, rating pads and printers: registered, moved, and taken out of service."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.forms.devices import DeviceForm, MoveForm, PrinterForm, RevocationForm, VoiceForm
from pendopo.agencies.http import Request, decider
from pendopo.agencies.queries import sites as shown
from pendopo.audit.queries import decisions
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, table_file
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.actions import devices as acts
from pendopo.tenancy.errors import DeviceRevoked
from pendopo.tenancy.models import Device

DECISIONS = (
    "device.registered", "device.moved", "device.speaks", "device.silenced", "device.printer_connected",
    "device.revoked",
)  # fmt: skip


class By(TypedDict):
    """Who decides what, when and why: what every decision about a device is told."""

    reason: str
    account_id: int | None
    at: datetime


@audience("manager")
@require_safe
def devices(request: Request, mall: str) -> HttpResponse:
    """Show the devices: where they stand, when they were last heard, and which are silent."""
    cursor = request.GET.get("cursor", "")
    kind, revoked = _wanted(request)
    page = shown.devices(request.mall, timezone.now(), kind=kind, revoked=revoked, cursor=cursor)
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "query": query_of(request),
        "kinds": Device.Kind.choices,
        "kind": kind,
        "revoked": revoked,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS),
    }
    return answer(request, "agencies/devices.html", context)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX. Never a token: nobody has it any more."""
    wanted, revoked = _wanted(request)
    heads = [
        _("Perangkat"), _("Jenis"), _("Tempat"), _("Zona"), _("Keadaan"), _("Terakhir terdengar"), _("Pencetak"),
        _("Kertas (mm)"), _("Bersuara"),
    ]  # fmt: skip
    found = shown.devices(request.mall, timezone.now(), kind=wanted, revoked=revoked, size=shown.ALL)
    rows = [
        [
            each.device.name,
            each.device.get_kind_display(),
            each.device.site.name,
            each.device.zone.name if each.device.zone else "",
            each.state,
            dates.moment(each.device.last_seen_at, request.mall.timezone) if each.device.last_seen_at else "",
            each.device.address,
            each.device.paper_mm,
            _("Ya") if each.device.speaks else _("Tidak"),
        ]
        for each in found.items
    ]
    return table_file(kind, f"{request.mall.slug}-devices", Sheet(_("Perangkat"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Request, mall: str) -> HttpResponse:
    """Register a device, and show its token this once: nobody can see it again."""
    zones = shown.zones(request.mall)
    form = DeviceForm(zones, request.POST if request.method == "POST" else None)
    made: list[tuple[Device, str]] = []

    def register() -> None:
        told, by = form.cleaned_data, decider(request)
        made.append(
            tenancy.register_device(
                told["zone"].site,
                kind=told["kind"],
                name=told["name"],
                zone=told["zone"],
                reason=told["reason"],
                account_id=by.account_id,
                at=timezone.now(),
            )
        )

    if carried_out(form, register):
        device, token = made[0]
        # What a scanner types into the device's page: the token alone, which stands in no address and no log.
        picture = segno.make(token, error="m").svg_inline(border=2, omitsize=True)
        context = {
            "device": device,
            "token": token,
            "qr_svg": mark_safe(picture),  # noqa: S308 - drawn by segno from our token
            "address": request.build_absolute_uri(reverse("queues:device", args=[mall])),
        }
        return answer(request, "agencies/device_token.html", context)
    context = {"form": form, "has_zones": bool(zones), "can_decide": request.actor.manages}
    return answer(request, "agencies/device_new.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_safe
def device(request: Request, mall: str, device: int) -> HttpResponse:
    """Show one device, and what can be decided about it."""
    return _page(request, shown.device(request.mall, device))


@audience("manager")
@require_POST
def move(request: Request, mall: str, device: int) -> HttpResponse:
    """Put a device into another zone."""
    found = shown.device(request.mall, device)
    form = MoveForm(shown.zones(request.mall), request.POST, device=found)
    return _decided(request, found, "move", form, lambda by: acts.move_device(found, form.cleaned_data["zone"], **by))


@audience("manager")
@require_POST
def voice(request: Request, mall: str, device: int) -> HttpResponse:
    """Let a device speak, or be silent."""
    found = shown.device(request.mall, device)
    form = VoiceForm(request.POST, device=found)

    def act(by: By) -> None:
        if form.cleaned_data["speaks"] == "yes":
            tenancy.let_speak(found, **by)
        else:
            acts.silence(found, **by)

    return _decided(request, found, "voice", form, act)


@audience("manager")
@require_POST
def printer(request: Request, mall: str, device: int) -> HttpResponse:
    """Say where a device's slips are printed."""
    found = shown.device(request.mall, device)
    form = PrinterForm(request.POST, device=found)

    def act(by: By) -> None:
        told = form.cleaned_data
        tenancy.connect_printer(found, address=told["address"], paper_mm=told["paper_mm"], **by)

    return _decided(request, found, "printer", form, act)


@audience("manager")
@require_POST
def revocation(request: Request, mall: str, device: int) -> HttpResponse:
    """Take a device out of service."""
    found = shown.device(request.mall, device)
    return _decided(
        request, found, "revocation", RevocationForm(request.POST), lambda by: tenancy.revoke_device(found, **by)
    )


def _decided(
    request: Request, device: Device, name: str, form: forms.Form, act: Callable[[By], object]
) -> HttpResponse:
    """Do what a form asks, and show the device again; a refusal stands in the form."""

    def do() -> None:
        account = decider(request).account_id
        if device.revoked_at is not None:
            raise DeviceRevoked(_("Perangkat “%(name)s” sudah dicabut.") % {"name": device.name})
        act(By(reason=form.cleaned_data["reason"], account_id=account, at=timezone.now()))

    if carried_out(form, do):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("agencies:device", request.mall.slug, device.pk)
    return _page(request, device, **{name: form})


def _page(request: Request, device: Device, **sent: forms.Form) -> HttpResponse:
    can_speak = device.kind == Device.Kind.BOARD
    can_print = device.kind in {Device.Kind.KIOSK, Device.Kind.PRINTER, Device.Kind.COUNTER}
    context = {
        "device": device,
        "is_silent": device.revoked_at is None and device.is_silent(timezone.now()),
        "move": sent.get("move") or MoveForm(shown.zones(request.mall), device=device),
        "voice": (sent.get("voice") or VoiceForm(device=device)) if can_speak else None,
        "printer": (sent.get("printer") or PrinterForm(device=device)) if can_print else None,
        "revocation": sent.get("revocation") or RevocationForm(),
        "sent": next(iter(sent), ""),
        "can_decide": request.actor.manages and device.revoked_at is None,
        "decisions": decisions(request.mall, DECISIONS, subject=f"device:{device.pk}"),
    }
    return answer(request, "agencies/device.html", context, status=422 if sent else 200)


def _wanted(request: Request) -> tuple[str, bool]:
    """Return the kind that is asked for, and whether those out of service are. Raises NotUnderstood."""
    kind = request.GET.get("kind", "")
    if kind and kind not in Device.Kind.values:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return kind, bool(request.GET.get("revoked"))
