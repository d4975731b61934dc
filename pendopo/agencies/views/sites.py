"""Where the mall receives people: its sites and their zones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.forms.sites import SiteForm, ZoneForm
from pendopo.agencies.http import Request, decider
from pendopo.agencies.queries import sites as shown
from pendopo.audit.queries import decisions
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.actions import places as acts
from pendopo.tenancy.models import Site, Zone

DECISIONS = (
    "site.added", "site.described", "site.ended", "zone.added", "zone.described", "zone.ended", "van.added",
    "van.retired",
)  # fmt: skip


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def sites(request: Request, mall: str) -> HttpResponse:
    """Show the sites with their zones; add one (POST)."""
    form = SiteForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: tenancy.add_site(
            request.mall,
            **form.told,
            reason=form.cleaned_data["reason"],
            account_id=decider(request).account_id,
            at=timezone.now(),
        ),
    ):
        messages.success(
            request, _("%(name)s tercatat. Beri zona supaya loket dan papan dapat ditempatkan.") % form.told
        )
        return redirect("agencies:sites", mall)
    places, ended = shown.places(request.mall)
    context = {
        "places": places,
        "ended": ended,
        "form": form,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS),
    }
    return answer(request, "agencies/sites.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list as CSV or XLSX: those that stand, then those that ended."""
    places, ended = shown.places(request.mall)
    heads = [_("Tempat"), _("Jenis"), _("Alamat"), _("Zona"), _("Perangkat"), _("Keadaan")]
    rows: list[list[Value]] = [
        [
            each.site.name, each.site.get_kind_display(), each.site.address,
            ", ".join(zone.name for zone in each.zones), each.devices, _("Dipakai"),
        ]
        for each in places
    ]  # fmt: skip
    rows += [[each.name, each.get_kind_display(), each.address, "", None, _("Sudah berakhir")] for each in ended]
    return table_file(kind, f"{mall}-sites", Sheet(_("Tempat layanan"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: Request, mall: str, site: int) -> HttpResponse:
    """Show a site and its zones; say anew what it is called and where it stands (POST)."""
    found = shown.hall(request.mall, site)
    form = SiteForm(request.POST if request.method == "POST" else None, site=found)
    if carried_out(
        form,
        lambda: acts.describe_site(
            found,
            **form.told,
            reason=form.cleaned_data["reason"],
            account_id=decider(request).account_id,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Tempat tersimpan."))
        return redirect("agencies:site_settings", mall, site)
    return _page(request, found, form=form)


@audience("manager")
@require_POST
def zone_new(request: Request, mall: str, site: int) -> HttpResponse:
    """Add a zone to a site."""
    found = shown.hall(request.mall, site)
    form = ZoneForm(request.POST)
    if carried_out(
        form,
        lambda: tenancy.add_zone(found, **form.cleaned_data, account_id=decider(request).account_id, at=timezone.now()),
    ):
        messages.success(request, _("Zona %(name)s tercatat.") % form.cleaned_data)
        return redirect("agencies:site_settings", mall, site)
    return _page(request, found, zone_form=form)


@audience("manager")
@require_POST
def zone(request: Request, mall: str, zone: int) -> HttpResponse:
    """Say anew what a zone is called."""
    found = shown.zone(request.mall, zone)
    form = ZoneForm(request.POST, zone=found)
    if carried_out(
        form,
        lambda: acts.describe_zone(
            found, **form.cleaned_data, account_id=decider(request).account_id, at=timezone.now()
        ),
    ):
        messages.success(request, _("Zona %(name)s tersimpan.") % form.cleaned_data)
        return redirect("agencies:site_settings", mall, found.site_id)
    return _page(request, shown.hall(request.mall, found.site_id), sent=(found, form))


def _page(
    request: Request,
    site: Site,
    *,
    form: SiteForm | None = None,
    zone_form: ZoneForm | None = None,
    sent: tuple[Zone, ZoneForm] | None = None,
) -> HttpResponse:
    zones = Zone.objects.filter(mall=request.mall, site=site, retired_at=None).order_by("code", "pk")
    refused = (form and form.is_bound) or zone_form or sent
    context = {
        "site": site,
        "form": form or SiteForm(site=site),
        "zones": [
            (zone, sent[1] if sent and sent[0] == zone else ZoneForm(zone=zone), bool(sent and sent[0] == zone))
            for zone in zones
        ],
        "zone_form": zone_form or ZoneForm(),
        "can_decide": request.actor.manages and site.retired_at is None,
        "decisions": decisions(request.mall, DECISIONS),
    }
    return answer(request, "agencies/site_settings.html", context, status=422 if refused else 200)
