"""A day that the mall decides itself: what it would mean, and the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request, read_day, todays_date
from pendopo.audit.queries import decisions
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import mall_days as acts
from pendopo.queues.forms.mall_days import MallDayForm, TakeBackForm
from pendopo.queues.queries import consequences
from pendopo.worktime.models import MallDay
from pendopo.worktime.queries import coming_days


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def mall_day(request: Request, mall: str) -> HttpResponse:
    """Show what closing a day would mean; decide about it (POST)."""
    text = request.GET.get("day", "")
    asked = read_day(text) if text else None
    own = MallDay.objects.filter(mall=request.mall, day=asked).first() if asked else None
    form = MallDayForm(request.POST if request.method == "POST" else None, day=asked, own=own)
    if carried_out(
        form,
        lambda: acts.decide(
            request.mall,
            form.own,
            is_sure=form.cleaned_data["is_sure"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Hari itu ditetapkan. Kios, papan, dan ponsel mengikutinya."))
        return redirect("agencies:calendar", mall)
    return _page(request, form, TakeBackForm())


@audience("manager")
@require_POST
def removal(request: Request, mall: str, day: str) -> HttpResponse:
    """Let the law decide again about a day."""
    chosen = read_day(day)
    form = TakeBackForm(request.POST)
    if carried_out(
        form,
        lambda: acts.take_back(
            request.mall, chosen, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Keputusan itu dicabut. Yang berlaku lagi ketentuan pemerintah."))
        return redirect("agencies:calendar", mall)
    own = MallDay.objects.filter(mall=request.mall, day=chosen).first()
    return _page(request, MallDayForm(day=chosen, own=own), form)


def _page(request: Request, form: MallDayForm, back: TakeBackForm) -> HttpResponse:
    day = form.cleaned_data.get("day") if form.is_bound else form.initial["day"]
    today = todays_date(request)
    means = consequences.day_off(request.mall, day, timezone.now()) if day and day >= today else None
    law = next(iter(coming_days(request.mall, day, day)), None) if day else None
    # What nobody is affected by needs no second thought.
    if not means or not means.is_felt or form["what"].value() != "off":
        del form.fields["is_sure"]
    context = {
        "form": form,
        "back": back,
        "day": day,
        "is_past": bool(day and day < today),
        "law": law,
        "means": means,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("mall_day.set", "mall_day.removed")),
    }
    return answer(request, "queues/mall_day.html", context, status=422 if form.is_bound or back.is_bound else 200)
