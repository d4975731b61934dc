"""How another inspector takes over the filling in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.inspections.actions import taking
from pendopo.inspections.queries.inspections import inspection_of
from pendopo.inspections.views.inspections import inspection_page
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import audience


@audience("oversight")
@require_POST
def turn(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Take over an inspection, with the reason."""
    found = inspection_of(request.mall, inspection)
    form = ReasonForm(request.POST, auto_id="turn-%s")
    if not carried_out(
        form,
        lambda: taking.take_over(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        return inspection_page(request, found, form)
    messages.success(request, _("Sekarang Anda yang mengisi sidak ini."))
    return redirect("inspections:form", mall, found.pk)
