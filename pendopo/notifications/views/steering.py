"""Whether messages go, and what to do about those that did not."""

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.ids import new_key
from pendopo.notifications.actions import repeating
from pendopo.notifications.models import Message
from pendopo.notifications.queries import lists


@audience("manager")
@require_safe
def messages(request: Request, mall: str) -> HttpResponse:
    """Show each channel with its figures, and the messages that did not go."""
    return _shown(request)


@audience("manager")
@require_POST
def again(request: Request, mall: str, message: int) -> HttpResponse:
    """Let a message be carried once more, for a reason."""
    found = lists.in_trouble(request.mall, message)
    if found is None:
        raise NotFound(_("Tidak ditemukan."))
    form = ReasonForm(request.POST)
    if carried_out(form, lambda: repeating.send_again(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        notes.success(request, _("Pesan dikirim ulang."))
        return redirect("notifications:messages", mall)
    return _shown(request, form=form, about=found, status=422)


@audience("manager")
@require_POST
def trial(request: Request, mall: str) -> HttpResponse:
    """Send a message to whoever asks for it."""
    key = request.POST.get("key", "")
    if not (key.isascii() and key.isalnum() and len(key) <= 40):
        raise NotUnderstood(_("Muat ulang halaman ini, lalu coba lagi."))
    made = repeating.send_trial(request.mall, key=key, by=request.actor, at=timezone.now())
    if made.channel:
        channel = made.get_channel_display()
        notes.success(request, _("Pesan uji ditulis; %(channel)s membawanya.") % {"channel": channel})
    else:
        notes.warning(request, _("Belum ada saluran yang aktif. Pesan uji ada di kotak pesan Anda."))
    return redirect("notifications:messages", mall)


def _shown(
    request: Request, *, form: ReasonForm | None = None, about: Message | None = None, status: int = 200
) -> HttpResponse:
    cursor = request.GET.get("cursor", "") if request.method in {"GET", "HEAD"} else ""
    context = {
        "lines": lists.lines(request.mall, at=timezone.now()),
        "page": lists.troubles(request.mall, cursor),
        "came": lists.came(request.mall),
        "form": form or ReasonForm(),
        "about": about,
        "key": new_key(),
    }
    return answer(request, "notifications/messages.html", context, status=status)
