"""One innovation: what is known of it, its proposals, and what became of it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.models import Agency
from pendopo.innovations.actions import living, proposing
from pendopo.innovations.actions import register as acts
from pendopo.innovations.forms.competing import BeginForm
from pendopo.innovations.forms.register import AwardForm, EndForm, ReplicationForm, UsageForm
from pendopo.innovations.models import Innovation, Life
from pendopo.innovations.models.register import ASLEEP_AFTER_MONTHS
from pendopo.innovations.queries import competing
from pendopo.innovations.queries import register as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def innovation(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Show one innovation."""
    return _page(request, _found(request, innovation))


@audience("overseer")
@require_POST
def usage(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Note how often it was used in a month."""
    found, form = _found(request, innovation), UsageForm(request.POST, prefix="usage")

    def act() -> None:
        living.note_usage(found, **form.cleaned_data, by=request.actor, at=timezone.now())

    return _done(request, found, form, act, _("Pemakaian tersimpan."))


@audience("overseer")
@require_POST
def award(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Note what it won."""
    found, form = _found(request, innovation), AwardForm(request.POST, prefix="award")

    def act() -> None:
        living.note_award(found, **form.cleaned_data, by=request.actor, at=timezone.now())

    return _done(request, found, form, act, _("Penghargaan tersimpan."))


@audience("overseer")
@require_POST
def replication(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Note who took it over."""
    found = _found(request, innovation)
    form = ReplicationForm(_agencies(request), request.POST, prefix="replication")

    def act() -> None:
        living.note_replication(found, **form.cleaned_data, by=request.actor, at=timezone.now())

    return _done(request, found, form, act, _("Replikasi tersimpan."))


@audience("overseer")
@require_POST
def ending(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Say that it is not used any more."""
    found, form = _found(request, innovation), EndForm(request.POST, prefix="end")

    def act() -> None:
        acts.end_innovation(found, **form.cleaned_data, by=request.actor, at=timezone.now())

    return _done(request, found, form, act, _("Inovasi dicatat berhenti."))


@audience("overseer")
@require_POST
def publication(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Put it on the public's page, or take it away."""
    found = _found(request, innovation)
    wanted = request.POST.get("published") == "on"
    try:
        acts.show_to_public(found, is_published=wanted, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))
    messages.success(request, _("Sekarang tampil untuk umum.") if wanted else _("Tidak tampil lagi untuk umum."))
    return redirect("innovations:innovation", mall, innovation)


@audience("overseer")
@require_POST
def proposal(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Put it forward in an open round."""
    found, at = _found(request, innovation), timezone.now()
    form = BeginForm(competing.open_rounds(request.mall, at), request.POST, prefix="begin")
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = proposing.begin_proposal(found, told["competition"], group=told["group"], by=request.actor, at=at)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("innovations:proposal", mall, made.pk)
    return _page(request, found, sent=form)


@audience("overseer")
@require_safe
def replications(request: Request, mall: str) -> HttpResponse:
    """Show who took over which innovation from whom."""
    cursor = request.GET.get("cursor", "")
    page = shown.replications(request.mall, request.actor, cursor=cursor)
    context = {"lines": page.items, "next": page.next, "is_first": not cursor}
    return answer(request, "innovations/replications.html", context)


@audience("overseer")
@require_safe
def replications_table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Inovasi"), _("Diambil dari"), _("Diambil oleh"), _("Sejak"), _("Sumber")]
    rows: list[list[Value]] = [
        [
            each.innovation.name,
            each.giver or each.innovation.agency.name,
            each.taken_by,
            dates.short_day(each.since),
            each.source,
        ]
        for each in shown.replications(request.mall, request.actor, size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-replications", Sheet(_("Replikasi"), heads, rows))


def _found(request: Request, number: int) -> Innovation:
    return shown.innovation(request.mall, request.actor, number, todays_date(request))


def _agencies(request: Request) -> list[Agency]:
    return list(Agency.objects.filter(mall=request.mall).order_by("name"))


def _done(request: Request, found: Innovation, form: forms.Form, act: Callable[[], None], told_so: str) -> HttpResponse:
    """Act on a form that is in order, and go back to the page; else show the page with what is wrong."""
    if form.is_valid():
        try:
            act()
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told_so)
            return redirect("innovations:innovation", request.mall.slug, found.pk)
    return _page(request, found, sent=form)


def _page(request: Request, found: Innovation, *, sent: forms.Form | None = None, problem: str = "") -> HttpResponse:
    can_decide = request.actor.steers(found.agency_id)
    rounds = competing.open_rounds(request.mall, timezone.now()) if can_decide and not found.ended_on else []
    blank: dict[str, forms.Form] = {}
    if can_decide:
        blank = {
            "usage": UsageForm(prefix="usage"),
            "award": AwardForm(prefix="award"),
            "replication": ReplicationForm(_agencies(request), prefix="replication"),
            "end": EndForm(prefix="end"),
        }
        if rounds:
            blank["begin"] = BeginForm(rounds, prefix="begin")
    if sent is not None:
        blank[str(sent.prefix)] = sent
    context = {
        "innovation": found,
        "life_name": Life(found.life).label,
        "asleep_after": ASLEEP_AFTER_MONTHS,
        "usages": shown.usages(found),
        "awards": shown.awards(found),
        "replications": shown.replications_of(found),
        "proposals": competing.proposals_of(found),
        "forms": blank,
        "sent": sent.prefix if sent else "",
        "problem": problem,
        "can_decide": can_decide,
        "manages": request.actor.manages,
    }
    return answer(request, "innovations/innovation.html", context, status=422 if sent or problem else 200)
