"""What somebody was told, and how they want to be told."""

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.notifications.actions import choosing
from pendopo.notifications.forms.choosing import ChoosingForm, filled
from pendopo.notifications.queries import lists
from pendopo.notifications.queries.addresses import channels_here, preference_of
from pendopo.people.models import Account


@audience("account")
@require_safe
def inbox(request: Request, mall: str) -> HttpResponse:
    """Show the messages of whoever has signed in, the newest first."""
    account = _account(request)
    page = lists.inbox(request.mall, account, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "last": page.items[0].message.pk if page.items else 0,
        "has_unread": lists.unread(request.mall, account),
    }
    return answer(request, "notifications/inbox.html", context)


@audience("account")
@require_POST
def reading(request: Request, mall: str) -> HttpResponse:
    """Mark as read what was shown."""
    upto = request.POST.get("upto", "")
    if not (upto.isascii() and upto.isdigit() and len(upto) < 19):
        raise NotUnderstood(_("Muat ulang halaman ini, lalu coba lagi."))
    choosing.read_all(request.mall, upto=int(upto), by=request.actor, at=timezone.now())
    return redirect("notifications:inbox", mall)


@audience("account")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request, mall: str) -> HttpResponse:
    """Ask how somebody wants to be told, and keep it."""
    preference, here = preference_of(request.mall, _account(request)), channels_here(request.mall)
    form = ChoosingForm(request.POST) if request.method == "POST" else ChoosingForm(initial=filled(preference, here))
    if request.method == "POST" and carried_out(
        form, lambda: choosing.choose(request.mall, **form.cleaned_data, by=request.actor, at=timezone.now())
    ):
        notes.success(request, _("Pilihan Anda disimpan."))
        return redirect("notifications:settings", mall)
    context = {"form": form, "here": here}
    return answer(request, "notifications/inbox_settings.html", context, status=422 if form.errors else 200)


def _account(request: Request) -> Account:
    """Return who has signed in: the middleware lets nobody else in."""
    if request.actor.account is None:
        raise NotFound(_("Tidak ditemukan."))
    return request.actor.account
