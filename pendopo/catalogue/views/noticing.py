"""Writing what a mall tells everybody."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.catalogue.actions import noticing as acts
from pendopo.catalogue.forms.notices import NoticeForm, PlanForm
from pendopo.catalogue.models import Notice
from pendopo.catalogue.queries import notices as shown
from pendopo.catalogue.queries.facilities import instrument
from pendopo.kernel import attachments, dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file
from pendopo.tenancy.models import Site


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: Request, mall: str, kind: str) -> HttpResponse:
    """Show what was told of a kind; tell something new (POST)."""
    _known(kind)
    form = NoticeForm(_sites(request), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = acts.write_notice(request.mall, kind, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(title)s” sekarang dapat dibaca semua orang.") % {"title": made.title})
            return redirect("catalogue:notices", mall, kind)
    today, cursor = todays_date(request), request.GET.get("cursor", "")
    page = shown.notices(request.mall, kind, cursor=cursor)
    context: dict[str, object] = {
        "kind": kind,
        "kinds": Notice.Kind.choices,
        "kind_name": Notice.Kind(kind).label,
        "rows": [(row, row.stands_on(today)) for row in page.items],
        "next": page.next,
        "is_first": not cursor,
        "form": form,
    }
    if kind == Notice.Kind.FACILITY:
        count = shown.facilities(request.mall, today)
        context |= {"instrument": instrument(), "count": count, "value": instrument().value(count)}
    return answer(request, "catalogue/notices.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str, notice_kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    _known(notice_kind)
    today = todays_date(request)
    rows = [
        [
            row.title, row.text, row.site.name if row.site else _("Seluruh MPP"), dates.short_day(row.starts_on),
            dates.short_day(row.ends_on) if row.ends_on else "", _("ya") if row.stands_on(today) else _("tidak"),
        ]
        for row in shown.notices(request.mall, notice_kind, size=shown.ALL).items
    ]  # fmt: skip
    heads = [_("Judul"), _("Teks"), _("Tempat"), _("Sejak"), _("Sampai"), _("Ditampilkan")]
    title = str(Notice.Kind(notice_kind).label)
    return table_file(kind, f"{request.mall.slug}-{notice_kind}", Sheet(title, heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Request, mall: str, notice: int) -> HttpResponse:
    """Show one notice; change it (POST)."""
    found = _notice(request, notice)
    told = {"title": found.title, "text": found.text, "site": found.site_id, "ends_on": found.ends_on}
    data = request.POST if request.method == "POST" else None
    form = NoticeForm(_sites(request), data, changes=True, initial=told)
    if form.is_valid():
        try:
            acts.change_notice(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("catalogue:notices", mall, found.kind)
    return _page(request, found, form, ReasonForm(auto_id="ending-%s"))


@audience("manager")
@require_POST
def ending(request: Request, mall: str, notice: int) -> HttpResponse:
    """Take a notice back."""
    found = _notice(request, notice)
    form = ReasonForm(request.POST, auto_id="ending-%s")
    if form.is_valid():
        try:
            acts.end_notice(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(title)s” tidak ditampilkan lagi.") % {"title": found.title})
            return redirect("catalogue:notices", mall, found.kind)
    told = {"title": found.title, "text": found.text, "site": found.site_id, "ends_on": found.ends_on}
    return _page(request, found, NoticeForm(_sites(request), changes=True, initial=told), form)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: Request, mall: str) -> HttpResponse:
    """Show the floor plans of the mall's sites; draw one anew (POST site)."""
    sites = shown.standing_sites(request.mall)
    sent, form = _asked_site(request, [site for site, _plan in sites]), None
    if sent is not None:
        form = PlanForm(request.POST, auto_id=f"plan-{sent.pk}-%s")
        if form.is_valid():
            try:
                picture = attachments.uploaded(request)
                if picture is None:
                    raise NotUnderstood(_("Pilih gambar denahnya."))
                acts.draw_plan(sent, picture=picture, **form.cleaned_data, by=request.actor, at=timezone.now())
            except RuleViolation as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Denah %(site)s tersimpan.") % {"site": sent.name})
                return redirect("catalogue:plans", mall)
    context = {
        "kinds": Notice.Kind.choices,
        "most": attachments.MOST_MEGABYTES,
        "sites": [
            (
                site,
                plan,
                form
                if form and site == sent
                else PlanForm(auto_id=f"plan-{site.pk}-%s", initial={"words": plan.words if plan else ""}),
            )
            for site, plan in sites
        ],
    }
    return answer(request, "catalogue/plans.html", context, status=422 if form else 200)


def _page(request: Request, found: Notice, form: NoticeForm, ending: ReasonForm) -> HttpResponse:
    context = {
        "notice": found,
        "kinds": Notice.Kind.choices,
        "kind": found.kind,
        "stands": found.stands_on(todays_date(request)) or found.starts_on > todays_date(request),
        "form": form,
        "ending_form": ending,
    }
    return answer(request, "catalogue/notice.html", context, status=422 if form.is_bound or ending.is_bound else 200)


def _known(kind: str) -> None:
    if kind not in Notice.Kind.values:
        raise Http404


def _notice(request: Request, pk: int) -> Notice:
    found = Notice.objects.filter(mall=request.mall, pk=pk).select_related("site", "mall").first()
    if found is None:
        raise Http404
    return found


def _sites(request: Request) -> list[Site]:
    return list(Site.objects.filter(mall=request.mall).in_use().order_by("position", "pk"))


def _asked_site(request: Request, sites: list[Site]) -> Site | None:
    if request.method != "POST":
        return None
    for site in sites:
        if str(site.pk) == request.POST.get("site", ""):
            return site
    raise NotUnderstood(_("Tempat ini tidak ada di MPP ini."))
