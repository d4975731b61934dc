"""The mall's name, colour and logo; and the style sheet and picture that pages take from here."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.actions import brand as acts
from pendopo.agencies.forms.brand import KEEP, REPLACE, BrandForm
from pendopo.agencies.http import Request
from pendopo.agencies.queries import brand as shown
from pendopo.audit.queries import decisions
from pendopo.kernel import attachments
from pendopo.kernel.colours import HEX
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.tenancy.actions.looks import Look
from pendopo.tenancy.models import Mall

# A year: another colour or picture has another address.
FOR_EVER = "public, max-age=31536000, immutable"


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def brand(request: Request, mall: str) -> HttpResponse:
    """Show how the mall is called and how it looks; change it (POST)."""
    # As it stands now: what this process remembers of a mall may be some seconds old.
    here = Mall.objects.get(pk=request.mall.pk)
    is_sent = request.method == "POST"
    form = BrandForm(here, request.POST if is_sent else None, request.FILES if is_sent else None)
    if carried_out(form, lambda: _dress(request, here, form)):
        told = _("Tampilan tersimpan. Halaman memakainya dalam setengah menit, papan terbuka sesudah dimuat ulang.")
        messages.success(request, told)
        return redirect("agencies:brand", mall)
    is_read = is_sent and {"accent", "colours"} <= set(form.cleaned_data)
    chosen = form.colour if is_read else here.accent
    context = {
        "here": here,
        "form": form,
        "judged": shown.judged(chosen) if chosen else [],
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("mall.dressed",)),
    }
    return answer(request, "agencies/brand.html", context, status=422 if is_sent else 200)


@audience("public")
@require_safe
def style_sheet(request: Request, mall: str, colour: str, digest: str) -> HttpResponse:
    """Give the style sheet of a colour; its address tells its content."""
    accent = f"#{colour}"
    if not HEX.fullmatch(accent):
        raise Http404
    text, known = shown.style_sheet(accent)
    if digest != known:
        raise Http404
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


@audience("public")
@require_safe
def logo(request: Request, mall: str, name: str) -> HttpResponse:
    """Give the mall's logo; its address tells its content."""
    found = Mall.objects.filter(pk=request.mall.pk, logo=f"logos/{request.mall.pk}/{name}").exists()
    if not found:
        raise Http404
    response = attachments.shown(f"logos/{request.mall.pk}/{name}")
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _dress(request: Request, here: Mall, form: BrandForm) -> None:
    told, picture = form.cleaned_data, None
    sent = told["picture"]
    if told["logo"] == REPLACE and isinstance(sent, UploadedFile):
        # One byte more than may be is enough to know, without reading all of it.
        picture = sent.read(acts.MOST_BYTES + 1)
    look = Look(told["name"], told["government"], form.colour, here.logo if told["logo"] == KEEP else "")
    acts.dress(here, look, picture=picture, reason=told["reason"], by=request.actor, at=timezone.now())
