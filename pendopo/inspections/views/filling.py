"""The page that an inspector fills in on a phone, also without a network, and the parts that it sends."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.inspections.actions import filling, finding, signing
from pendopo.inspections.forms.parts import (
    DUE_IN,
    AnswersForm,
    FindingForm,
    OpinionForm,
    PhotoForm,
    SignatureForm,
    place_in,
)
from pendopo.inspections.models import Inspection, Place
from pendopo.inspections.queries import inspections as shown
from pendopo.inspections.queries.inspections import Visited
from pendopo.inspections.queries.knowing import known_then
from pendopo.inspections.queries.turns import filler_of
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience


@audience("oversight")
@require_safe
@never_cache
def form(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Show the page to fill in, to whoever fills it in now and until it is signed; to others what is there."""
    found = shown.inspection_of(request.mall, inspection)
    if found.is_signed or filler_of(found).account.pk != request.actor.account_id:
        return redirect("inspections:inspection", mall, found.pk)
    return _page(request, found)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def parts(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Take in one part; to a phone that asks, say whether there is somebody to send to."""
    found = shown.inspection_of(request.mall, inspection)
    if request.method != "POST":
        told = {"csrf": get_token(request), "account": request.actor.account_id, "is_signed": found.is_signed}
        return JsonResponse(told)
    take = TAKERS.get(request.POST.get("kind", ""))
    if take is None:
        raise NotUnderstood(_("Bagian ini tidak dikenal. Muat ulang halaman ini."))
    is_phone = request.headers.get("Accept") == "application/json"
    try:
        done = take(request, found)
    except RuleViolation as refusal:
        if is_phone:
            return JsonResponse({"code": refusal.code, "detail": str(refusal)}, status=refusal.status)
        if found.is_signed or filler_of(found).account.pk != request.actor.account_id:
            raise
        return _page(request, found, problem=str(refusal))
    if is_phone:
        return JsonResponse({"kept": True})
    messages.success(request, done)
    return redirect("inspections:form", mall, inspection)


def _answers(request: Request, found: Inspection) -> str:
    sent = _checked(AnswersForm(found, request.POST))
    filling.answer(found, sent.said, told=sent.told(timezone.now()), by=request.actor, at=timezone.now())
    return _("Jawaban tersimpan.")


def _photo(request: Request, found: Inspection) -> str:
    sent = _checked(PhotoForm(found, request.POST))
    told, at = sent.cleaned_data, timezone.now()
    filling.photograph(
        _place(found, told["place"]), _picture(request), item=told["item"], spot=sent.spot, told=sent.told(at),
        by=request.actor, at=at,
    )  # fmt: skip
    return _("Foto tersimpan.")


def _opinion(request: Request, found: Inspection) -> str:
    sent = _checked(OpinionForm(found, request.POST))
    told, at = sent.cleaned_data, timezone.now()
    filling.hear(
        _place(found, told["place"]), first=told["first"] == "yes", second=told["second"] == "yes",
        words=told["words"], told=sent.told(at), by=request.actor, at=at,
    )  # fmt: skip
    return _("Jawaban pengunjung tersimpan.")


def _finding(request: Request, found: Inspection) -> str:
    sent = _checked(FindingForm(found, request.POST))
    at, picture = timezone.now(), attachments.uploaded(request)
    finding.find(
        _place(found, sent.cleaned_data["place"]), sent.wrong, picture=picture[1] if picture else None,
        spot=sent.spot, told=sent.told(at), by=request.actor, at=at,
    )  # fmt: skip
    return _("Temuan tersimpan.")


def _signature(request: Request, found: Inspection) -> str:
    sent = _checked(SignatureForm(request.POST))
    at = timezone.now()
    hand = sent.hand(_picture(request))
    signing.sign(found, hand, summary=sent.cleaned_data["summary"], told=sent.told(at), by=request.actor, at=at)
    return _("Sidak ditandatangani. Laporannya siap diunduh.")


TAKERS: dict[str, Callable[[Request, Inspection], str]] = {
    "answers": _answers,
    "photo": _photo,
    "opinion": _opinion,
    "finding": _finding,
    "signature": _signature,
}


def _checked[F: forms.Form](form: F) -> F:
    """Return a form that is in order. Raises NotUnderstood with the first thing that is not."""
    if form.is_valid():
        return form
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else None
        raise NotUnderstood(f"{label}: {errors[0]}" if label else str(errors[0]))
    raise NotUnderstood(_("Bagian ini tidak dikenal. Muat ulang halaman ini."))


def _place(found: Inspection, number: int) -> Place:
    place = place_in(found, number)
    if place is None:
        raise NotFound(_("Tempat ini tidak ada dalam sidak."))
    return place


def _picture(request: Request) -> bytes:
    sent = attachments.uploaded(request)
    if sent is None:
        raise NotUnderstood(_("Pilih gambar dahulu."))
    return sent[1]


def _page(request: Request, found: Inspection, *, problem: str = "") -> HttpResponse:
    due = todays_date(request) + DUE_IN
    places = [asked_at(found, each, position, due=due) for position, each in enumerate(shown.visited(found), start=1)]
    here = reverse("inspections:form", args=[request.mall.slug, found.pk])
    context = {
        "inspection": found,
        "login": f"{reverse('account_login')}?next={here}",
        "places": places,
        "known": known_then(found),
        "signature": signature_form(request, found.summary),
        "parts": reverse("inspections:parts", args=[request.mall.slug, found.pk]),
        "problem": problem,
        "most": attachments.MOST_MEGABYTES,
    }
    return answer(request, "inspections/form.html", context, status=422 if problem else 200)


def asked_at(found: Inspection, visited: Visited, position: int | str, *, due: date) -> dict[str, object]:
    """Return what is asked at a place, with the forms of its parts."""

    def begun() -> dict[str, object]:
        return {"id": uuid4(), "place": position}

    return {
        "visited": visited,
        "position": position,
        "answers": uuid4(),
        "photo": PhotoForm(found, auto_id=f"photo-{position}-%s", initial=begun()),
        "opinion": OpinionForm(found, auto_id=f"opinion-{position}-%s", initial=begun()),
        "finding": FindingForm(found, auto_id=f"finding-{position}-%s", initial={**begun(), "due_on": due}),
    }


def signature_form(request: Request, summary: str = "") -> SignatureForm:
    """Return the form of the signature, with the name of whoever is signed in."""
    account = request.actor.account
    signer = {"id": uuid4(), "name": account.name if account else "", "summary": summary}
    return SignatureForm(auto_id="signature-%s", initial=signer)
