"""A product comes in, is shelved, fetched, sent or sent back."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency
from pendopo.applications.actions import keeping, owning
from pendopo.applications.forms.handovers import BringForm, SendForm, ShelfForm
from pendopo.applications.models import Handover
from pendopo.applications.queries import handovers as shown
from pendopo.applications.queries.keepers import may_keep
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.tenancy.models import Site


@audience("keeper")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Note a product that was printed, and go to it."""
    agencies = [
        each for each in Agency.objects.filter(mall=request.mall).order_by("name") if may_keep(request.actor, each.pk)
    ]
    sites = list(Site.objects.filter(mall=request.mall).exclude(kind=Site.Kind.VAN).order_by("pk"))
    sent = request.POST if request.method == "POST" else None
    form = BringForm(agencies, sites, sent, initial={"request_id": uuid4()})
    made: list[Handover] = []

    def act() -> None:
        said, at = form.cleaned_data, timezone.now()
        agency = next(each for each in agencies if str(each.pk) == said["agency"])
        site = next(each for each in sites if str(each.pk) == said["site"])
        if known := Handover.objects.filter(mall=request.mall, request_id=said["request_id"]).first():
            # A browser that sends twice: the owner is not noted twice either.
            made.append(known)
            return
        owner = owning.owner_of(
            request.mall, name=said["owner"], nik=said["nik"], phone=said["phone"], by=request.actor, at=at
        )
        made.append(
            keeping.bring(
                agency, site, owner, product=said["product"], number=said["number"], request_id=said["request_id"],
                by=request.actor, at=at,
            )
        )  # fmt: skip

    if carried_out(form, act):
        messages.success(request, _("Produk tercatat. Letakkan di rak agar pemiliknya dapat mengambil."))
        return redirect("applications:handover", mall, made[0].pk)
    context = {"form": form, "agencies": agencies}
    return answer(request, "applications/handover_new.html", context, status=422 if form.is_bound else 200)


@audience("keeper")
@require_POST
def shelf(request: Request, mall: str, handover: int) -> HttpResponse:
    """Put a product on a shelf."""
    form = ShelfForm(request.POST)
    said = form.cleaned_data["shelf"] if form.is_valid() else ""

    def act(found: Handover) -> None:
        keeping.shelve(found, said, link=_page_of(request, found), by=request.actor, at=timezone.now())

    return _moved(request, handover, act, _("Produk di rak. Pemiliknya dikabari bila nomornya ada."))


@audience("keeper")
@require_POST
def fetching(request: Request, mall: str, handover: int) -> HttpResponse:
    """Ask for a product from its shelf."""
    return _moved(
        request, handover, lambda found: keeping.fetch(found, by=request.actor, at=timezone.now()),
        _("Diminta dari rak."),
    )  # fmt: skip


@audience("keeper")
@require_POST
def sending(request: Request, mall: str, handover: int) -> HttpResponse:
    """Send a product by a courier."""
    form = SendForm(request.POST)
    said = form.cleaned_data["courier"] if form.is_valid() else ""
    return _moved(
        request, handover, lambda found: keeping.send(found, courier=said, by=request.actor, at=timezone.now()),
        _("Produk tercatat dikirim."),
    )  # fmt: skip


@audience("keeper")
@require_POST
def back(request: Request, mall: str, handover: int) -> HttpResponse:
    """Send a product back to its agency."""
    form = ReasonForm(request.POST)
    said = form.cleaned_data["reason"] if form.is_valid() else ""
    return _moved(
        request, handover, lambda found: keeping.give_back(found, reason=said, by=request.actor, at=timezone.now()),
        _("Produk dikembalikan ke instansi."),
    )  # fmt: skip


def _moved(request: Request, number: int, act: Callable[[Handover], object], done: str) -> HttpResponse:
    found = shown.handover_of(request.mall, request.actor, number)
    try:
        act(found)
    except RuleViolation as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("applications:handover", request.mall.slug, found.pk)


def _page_of(request: Request, found: Handover) -> str:
    return request.build_absolute_uri(reverse("applications:product", args=[request.mall.slug, found.key]))
