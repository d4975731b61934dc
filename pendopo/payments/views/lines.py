"""The bank's or gateway's own list, brought as a file."""

from datetime import date

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request, read_day
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import audience
from pendopo.kernel.tables import LARGEST
from pendopo.payments import lists
from pendopo.payments.actions import listing
from pendopo.payments.forms.days import LinesForm
from pendopo.payments.types import Way
from pendopo.payments.views.days import back, page


@audience("oversight")
@require_POST
def lines(request: Request, mall: str) -> HttpResponse:
    """Keep the lines of a list that was brought, and go to the latest day that it speaks of."""
    day, form = read_day(request.POST.get("day", "")), LinesForm(request.POST, auto_id="lines-%s")
    made: list[tuple[listing.Brought, date]] = []
    if carried_out(form, lambda: made.append(_bring(request, form))):
        brought, last = made[0]
        told = {"new": brought.new, "known": brought.known}
        messages.success(request, _("%(new)d baris baru tersimpan; %(known)d sudah ada sebelumnya.") % told)
        return back(mall, last)
    return page(request, day, lines=form)


def _bring(request: Request, form: LinesForm) -> tuple[listing.Brought, date]:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        raise NotUnderstood(_("Pilih berkas dahulu."))
    # One byte more than may be is enough to know, without reading all of it.
    listed = lists.read(sent.read(LARGEST + 1), form.columns)
    told = form.cleaned_data
    source = told["source"] or _("Berkas %(name)s") % {"name": (sent.name or "")[:100]}
    brought = listing.bring(
        request.mall, Way(told["way"]), listed, source=source, by=request.actor, at=timezone.now()
    )  # fmt: skip
    return brought, max(each.day for each in listed)
