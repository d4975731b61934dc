"""The manager's vans: a new one put on the road, and one taken off it."""

from collections.abc import Iterable
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency
from pendopo.catalogue.models import Service
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import fleet as acts
from pendopo.queues.queries import vans as shown
from pendopo.queues.views.stops import stops_page
from pendopo.tenancy.models import Site


class Brought(forms.CheckboxSelectMultiple):
    """Services to choose from, folded up by agency."""

    template_name = "queues/brought.html"


class VanForm(forms.Form):
    """A van: what stands on it, whose counter it carries, the letters of its numbers, and what it brings."""

    name = forms.CharField(
        max_length=80,
        label=gettext_lazy("Nama kendaraan"),
        help_text=gettext_lazy("Misalnya: Mobil Pelayanan Keliling 2."),
    )
    plate = forms.CharField(
        max_length=20,
        label=gettext_lazy("Nomor polisi atau tanda lain"),
        help_text=gettext_lazy("Yang terbaca di kendaraan, supaya warga mengenalinya. Misalnya: S 8123 XP."),
    )
    agency = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Loket milik"),
        help_text=gettext_lazy("Meja bersama memberi layanan semua instansi; loket instansi hanya layanannya sendiri."),
    )
    counter = forms.IntegerField(min_value=1, max_value=999, initial=1, label=gettext_lazy("Nomor loket di kendaraan"))
    code = forms.RegexField(
        regex=r"^[A-Z]{1,3}$",
        label=gettext_lazy("Huruf nomor"),
        help_text=gettext_lazy("Satu sampai tiga huruf besar yang belum dipakai antrean lain"),
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Layanan yang dibawa"),
        widget=Brought,
        error_messages={"required": gettext_lazy("Pilih sedikitnya satu layanan yang dibawa.")},
    )

    def __init__(self, agencies: Iterable[Agency], services: Iterable[Service], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # as Form takes it
        self._agencies = {str(agency.pk): agency for agency in agencies}
        self._services = {str(service.pk): service for service in services}
        whose, brought = self.fields["agency"], self.fields["services"]
        assert isinstance(whose, forms.ChoiceField)
        assert isinstance(brought, forms.MultipleChoiceField)
        named = [(key, agency.short_name) for key, agency in self._agencies.items()]
        whose.choices = [("", _("Meja bersama MPP")), *named]
        of_agencies = groupby(self._services.items(), key=lambda item: item[1].agency)
        brought.choices = [
            (agency.short_name, [(key, service.name) for key, service in of_agency])
            for agency, of_agency in of_agencies
        ]

    @property
    def wanted(self) -> acts.WantedVan:
        """The van that was written."""
        written = self.cleaned_data
        return acts.WantedVan(
            name=written["name"],
            plate=written["plate"],
            code=written["code"],
            counter=written["counter"],
            services=[self._services[key] for key in written["services"]],
            agency=self._agencies.get(written["agency"]),
        )


class RetirementForm(forms.Form):
    """Why a van is taken off the road."""

    reason = forms.CharField(max_length=200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Ask for all that a van needs, and put it on the road."""
    agencies = Agency.objects.filter(mall=request.mall).order_by("short_name", "pk")
    services = Service.objects.filter(mall=request.mall).select_related("agency")
    in_turn = services.order_by("agency__short_name", "agency", "name", "pk")
    form = VanForm(agencies, in_turn, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            van = acts.add_van(request.mall, form.wanted, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s siap berangkat. Tulis jadwal singgahnya.") % {"name": van.name})
            return redirect("queues:stops", mall)
    context = {"form": form, "can_decide": request.actor.manages, "has_services": in_turn.exists()}
    return answer(request, "queues/van_new.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_POST
def retirement(request: Request, mall: str, van: int) -> HttpResponse:
    """Take a van off the road."""
    found: Site = shown.van_site(request.mall, van)
    form = RetirementForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        acts.retire(found, reason=reason, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return stops_page(request, problem=str(refusal))
    messages.success(request, _("%(name)s tidak beroperasi lagi.") % {"name": found.name})
    return redirect("queues:stops", mall)
