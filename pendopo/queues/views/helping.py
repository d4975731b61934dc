"""The buttons for help and security, and saying that somebody goes."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.agencies.models import Counter
from pendopo.kernel.errors import NotFound
from pendopo.kernel.forms import understood
from pendopo.kernel.http import audience
from pendopo.queues.actions import helping
from pendopo.queues.forms.helping import AnswerForm, HelpCallForm
from pendopo.queues.models import HelpCall
from pendopo.queues.queries import receptions


@audience("officer")
@require_POST
def call(request: Request, mall: str) -> HttpResponse:
    """Ring for help or security from a counter or the desk, and go back to the page of the button."""
    said = understood(HelpCallForm(request.POST)).cleaned_data
    counter = _counter(request, said["counter"]) if said["counter"] else None
    zone = counter.zone if counter else receptions.zone_of_desk(request.mall, request.actor)
    helping.call_help(
        zone, HelpCall.Kind(said["kind"]), note=said["note"], counter=counter, by=request.actor, at=timezone.now()
    )
    return _back(request, said["back"])


@audience("staff")
@require_POST
def answer(request: Request, mall: str) -> HttpResponse:
    """Say that somebody goes."""
    said = understood(AnswerForm(request.POST)).cleaned_data
    found = HelpCall.objects.filter(mall=request.mall, pk=said["call"]).first()
    if found is None:
        raise NotFound(_("Panggilan bantuan tidak ditemukan."))
    helping.answer_help(found, by=request.actor, at=timezone.now())
    return _back(request, said["back"])


def _counter(request: Request, pk: int) -> Counter:
    if found := Counter.objects.standing().filter(mall=request.mall, pk=pk).select_related("outlet", "zone").first():
        return found
    raise NotFound(_("Loket tidak dikenal."))


def _back(request: Request, page: str) -> HttpResponseRedirect:
    here = reverse("queues:counters", args=[request.mall.slug])
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return HttpResponseRedirect(page if is_ours else here)
