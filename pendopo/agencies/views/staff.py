"""Who works in a mall: the list, somebody new, one person's roles, their end, and the tokens of programs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import appointing as acts
from pendopo.agencies.actions import inviting
from pendopo.agencies.forms.staff import EndingForm, InviteForm, PostForm, TokenForm
from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.models import Membership
from pendopo.agencies.queries import staff as shown
from pendopo.agencies.queries.directory import agencies_seen
from pendopo.agencies.queries.invitations import mailing
from pendopo.agencies.queries.places import what_ends
from pendopo.agencies.types import Role
from pendopo.audit.queries import decisions
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.people.models import Account

DECISIONS = ("membership.granted", "membership.ended", "token.revoked")


@audience("overseer")
@require_safe
def staff(request: Request, mall: str) -> HttpResponse:
    """Show who works here, a page at a time; an agency's admin sees those of the own agency."""
    wanted, cursor = _wanted(request), request.GET.get("cursor", "")
    page = shown.members(request.mall, request.actor, todays_date(request), wanted, cursor)
    context = {
        "members": page.items,
        "wanted": wanted,
        "agencies": agencies_seen(request.mall, request.actor),
        "query": query_of(request),
        "next": page.next,
        "is_first": not cursor,
        "can_write": request.actor.steers_any,
        "today": todays_date(request),
        "decisions": decisions(request.mall, DECISIONS) if request.actor.overseen is None else None,
    }
    return answer(request, "agencies/staff.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX: a line for each role."""
    day, wanted = todays_date(request), _wanted(request)
    page = shown.members(request.mall, request.actor, day, wanted, size=shown.ALL)
    heads = [_("Nama"), _("Peran"), _("Instansi"), _("Mulai"), _("Sampai"), _("Plt./Plh.")]
    rows: list[list[Value]] = [
        [
            member.account.name, held.get_role_display(), held.agency.short_name if held.agency else _("Seluruh MPP"),
            dates.short_day(held.starts_on), dates.short_day(held.ends_on) if held.ends_on else "",
            _("ya") if held.is_substitute else "",
        ]
        for member in page.items
        for held in member.roles
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-staff", Sheet(_("Petugas"), heads, rows))


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Give somebody new an account and a role."""
    start = {"starts_on": todays_date(request)}
    form = InviteForm(
        agencies_seen(request.mall, request.actor), request.POST if request.method == "POST" else None,
        decides_all=request.actor.overseen is None, initial=start,
    )  # fmt: skip
    made: list[tuple[Account, bool]] = []
    if carried_out(
        form,
        lambda: made.append(
            acts.invite(
                request.mall, form.cleaned_data["email"], name=form.cleaned_data["name"], post=form.post,
                reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now(),
            )
        ),
    ):  # fmt: skip
        account, is_new = made[0]
        if is_new:
            return _invited(request, account)
        messages.success(request, _("Akun dengan surel ini sudah ada. Peran diberikan; kata sandinya tidak diubah."))
        return redirect("agencies:staff_member", mall, account.pk)
    context = {"form": form, "can_write": request.actor.steers_any}
    return answer(request, "agencies/staff_new.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: Request, mall: str, account: int) -> HttpResponse:
    """Show somebody's roles and tokens, and give one more role (POST)."""
    found = shown.member(request.mall, request.actor, account)
    if request.method != "POST":
        return _page(request, found)
    agencies = agencies_seen(request.mall, request.actor)
    form = PostForm(agencies, request.POST, decides_all=request.actor.overseen is None)
    if carried_out(
        form,
        lambda: acts.appoint(
            found.account, request.mall, form.post, reason=form.cleaned_data["reason"], by=request.actor,
            at=timezone.now(),
        ),
    ):  # fmt: skip
        messages.success(request, _("Peran diberikan."))
        return redirect("agencies:staff_member", mall, account)
    return _page(request, found, form=form)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def role_ending(request: Request, mall: str, account: int, role: int) -> HttpResponse:
    """Say what ends with a role, and end it once that was confirmed."""
    held, at = shown.membership(request.mall, request.actor, account, role), timezone.now()
    can_decide = shown.may_appoint(request.actor, Role(held.role), held.agency_id)
    form = EndingForm(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: acts.end_role(held, **form.cleaned_data, by=request.actor, at=at)):
        messages.success(request, _("Peran diakhiri."))
        return redirect("agencies:staff_member", mall, account)
    context = {
        "held": held,
        "is_over": held.ends_on is not None and held.ends_on < todays_date(request),
        "consequences": what_ends(held, at),
        "form": form,
        "can_decide": can_decide,
    }
    return answer(request, "agencies/role_ending.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_POST
def token(request: Request, mall: str, account: int) -> HttpResponse:
    """Revoke one of somebody's tokens."""
    found = shown.member(request.mall, request.actor, account)
    form = TokenForm(request.POST)
    kept = {each.pk: each for each in shown.tokens(request.mall, found.account)}
    chosen = kept.get(form.cleaned_data.get("token", 0)) if form.is_valid() else None
    if chosen is not None and carried_out(
        form, lambda: acts.revoke(chosen, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
    ):
        messages.success(request, _("Token dicabut: program itu tidak dapat masuk lagi."))
        return redirect("agencies:staff_member", mall, account)
    return _page(request, found, token_form=form)


@audience("overseer")
@require_POST
def invitation(request: Request, mall: str, account: int) -> HttpResponse:
    """Send the link to set a password once more."""
    found = shown.member(request.mall, request.actor, account)
    try:
        return _invited(request, found.account)
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))


def _invited(request: Request, account: Account) -> HttpResponse:
    origin = f"{request.scheme}://{request.get_host()}"
    link = inviting.invite_in(account, request.mall, origin=origin, by=request.actor, at=timezone.now())
    response = answer(request, "agencies/staff_invited.html", {"account": account, "link": link})
    # The link opens the account: it stays in no cache.
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: Request,
    found: shown.Member,
    *,
    form: PostForm | None = None,
    token_form: TokenForm | None = None,
    problem: str = "",
) -> HttpResponse:
    today, actor = todays_date(request), request.actor
    may_write = request.actor.steers_any
    now: list[tuple[Membership, bool]] = []
    past: list[Membership] = []
    for held in found.roles:
        if held.ends_on is not None and held.ends_on < today:
            past.append(held)
        else:
            now.append((held, shown.may_appoint(actor, Role(held.role), held.agency_id)))
    decides = may_write and all(may_end for _held, may_end in now)
    agencies = agencies_seen(request.mall, request.actor)
    may_invite = decides and shown.may_invite(found.account, request.mall)
    context = {
        "member": found,
        "now": now,
        "past": past,
        "today": today,
        "tokens": shown.tokens(request.mall, found.account) if decides else [],
        "token_form": token_form or TokenForm(auto_id="token-%s"),
        "token_sent": token_form,
        "at": timezone.now(),
        "form": form
        or (
            PostForm(agencies, decides_all=actor.overseen is None, initial={"starts_on": today}) if may_write else None
        ),
        "may_invite": may_invite,
        "mailing": mailing(found.account, request.mall) if may_invite else None,
        "can_write": may_write,
        "problem": problem,
    }
    refused = form or token_form or problem
    return answer(request, "agencies/staff_member.html", context, status=422 if refused else 200)


def _wanted(request: Request) -> shown.Filter:
    told = request.GET
    return shown.Filter(told.get("q", "").strip()[:100], told.get("agency", "")[:12], told.get("state", "") == "past")
