"""How ready the agencies are that take part in the opening, and the checklist that each fills itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import preparing as acts
from pendopo.agencies.forms.joining import AddItemForm, BeginForm, ItemForm
from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.models import Agency, Preparation, PreparationItem
from pendopo.agencies.queries import joining as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def preparations(request: Request, mall: str) -> HttpResponse:
    """Show how ready the agencies are that take part."""
    cursor = request.GET.get("cursor", "")
    page = shown.progress(request.mall, request.actor, cursor=cursor)
    today = todays_date(request)
    context = {
        "lines": [(each, each.is_late(today)) for each in page.items],
        "next": page.next,
        "is_first": not cursor,
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/preparations.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Instansi"), _("Siap"), _("Dari"), _("Tenggat terdekat"), _("Diisi mulai")]
    rows: list[list[Value]] = [
        [
            each.agency_name,
            each.ready,
            each.asked,
            dates.short_day(each.due_on) if each.due_on else "",
            dates.short_day(each.filled_from),
        ]
        for each in shown.progress(request.mall, request.actor, size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-preparation", Sheet(_("Persiapan"), heads, rows))


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, mall: str) -> HttpResponse:
    """Let the manager take an agency into the opening, with its checklist."""
    form = BeginForm(request.mall, request.POST if request.method == "POST" else None)
    if form.is_valid():
        agency, told = form.cleaned_data["agency"], form.cleaned_data
        try:
            acts.begin_preparation(
                agency, form.needed, filled_from=told["filled_from"], by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("agencies:preparation", mall, agency.code)
    context = {"form": form, "can_decide": request.actor.manages}
    return answer(request, "agencies/preparation_new.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def preparation(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show an agency's checklist, and take in what it tells of one thing (POST item)."""
    found, mine = shown.preparation(request.mall, request.actor, agency)
    form = ItemForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _page(request, found, mine, filled=form)
    told = dict(form.cleaned_data)
    item = PreparationItem.objects.filter(mall=request.mall, preparation=mine, pk=told.pop("item")).first()
    if mine is None or item is None:
        raise NotUnderstood(_("Hal ini tidak ada dalam daftar."))
    try:
        acts.fill_item(item, **told, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, mine, filled=form)
    messages.success(request, _("“%(name)s” tersimpan.") % {"name": item.name})
    return redirect("agencies:preparation", mall, found.code)


@audience("overseer")
@require_POST
def item(request: Request, mall: str, agency: str) -> HttpResponse:
    """Let the manager ask for one thing more."""
    found, mine = shown.preparation(request.mall, request.actor, agency)
    form = AddItemForm(request.POST)
    if mine is None:
        raise NotUnderstood(_("Instansi ini belum ikut pembukaan."))
    if form.is_valid():
        try:
            acts.add_item(mine, form.needed, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("agencies:preparation", mall, found.code)
    return _page(request, found, mine, added=form)


def _page(
    request: Request,
    agency: Agency,
    preparation: Preparation | None,
    *,
    filled: ItemForm | None = None,
    added: AddItemForm | None = None,
) -> HttpResponse:
    rows = shown.items(preparation) if preparation else []
    today = todays_date(request)
    may_fill = preparation is not None and (
        request.actor.manages or (request.actor.steers(agency.pk) and today >= preparation.filled_from)
    )
    context = {
        "agency": agency,
        "preparation": preparation,
        "lines": [
            (row, _form(row, filled), row.ready_on is None and row.due_on is not None and row.due_on < today)
            for row in rows
        ],
        "ready": sum(row.ready_on is not None for row in rows),
        "may_fill": may_fill,
        "opens_later": preparation is not None and today < preparation.filled_from,
        "add_form": added or AddItemForm(auto_id="add-%s"),
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/preparation.html", context, status=422 if filled or added else 200)


def _form(row: PreparationItem, sent: ItemForm | None) -> ItemForm:
    if sent is not None and sent["item"].value() == str(row.pk):
        return sent
    now = {"item": row.pk, "is_ready": row.ready_on is not None, "due_on": row.due_on, "note": row.note}
    return ItemForm(auto_id=f"item-{row.pk}-%s", initial=now)
