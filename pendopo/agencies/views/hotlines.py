"""The agencies' hotlines, and the monthly test of each."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.actions import hotlines as acts
from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency, Hotline
from pendopo.agencies.queries import hotlines as shown
from pendopo.agencies.queries.directory import agency_of
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file


class NumberForm(forms.Form):
    """The number at which an agency answers, and when."""

    number = forms.RegexField(
        regex=r"^[0-9+()., -]{3,20}$",
        label=gettext_lazy("Nomor"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "maxlength": 20}),
        error_messages={"invalid": gettext_lazy("Tulis nomor telepon: angka, spasi, dan tanda hubung.")},
    )
    hours = forms.CharField(
        label=gettext_lazy("Jam"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Misalnya: Senin–Jumat 08.00–15.00."),
    )


class TrialForm(forms.Form):
    """Whether somebody answered."""

    is_answered = forms.ChoiceField(
        label=gettext_lazy("Dijawab?"),
        choices=[("yes", gettext_lazy("Ya, dijawab")), ("no", gettext_lazy("Tidak dijawab"))],
    )
    note = forms.CharField(label=gettext_lazy("Keterangan"), max_length=200, required=False)


@audience("overseer")
@require_safe
def hotlines(request: Request, mall: str) -> HttpResponse:
    """Show the hotline of each agency and when it was tested."""
    return _page(request)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Instansi"), _("Nomor"), _("Jam"), _("Keadaan"), _("Diuji"), _("Oleh")]
    zone = request.mall.timezone
    rows = [
        [
            each.agency.name,
            each.number,
            each.hours,
            each.state,
            dates.moment(each.tested_at, zone) if each.tested_at else "",
            each.tested_by,
        ]
        for each in shown.hotlines(request.mall, request.actor, timezone.now(), size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-hotlines", Sheet(_("Hotline"), heads, rows))


@audience("overseer")
@require_POST
def number(request: Request, mall: str, agency: str) -> HttpResponse:
    """Tell an agency's number."""
    found = agency_of(request.mall, agency, among=request.actor.overseen)
    form = NumberForm(request.POST, auto_id=f"number-{found.pk}-%s")
    if form.is_valid():
        try:
            acts.set_hotline(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Hotline %(name)s tersimpan dan tampil untuk umum.") % {"name": found.name})
            return redirect("agencies:hotlines", mall)
    return _page(request, sent=(found, form, None))


@audience("overseer")
@require_POST
def trial(request: Request, mall: str, agency: str) -> HttpResponse:
    """Record a test of an agency's number."""
    found = agency_of(request.mall, agency, among=request.actor.overseen)
    form = TrialForm(request.POST, auto_id=f"trial-{found.pk}-%s")
    known = Hotline.objects.filter(mall=request.mall, agency=found).first()
    if known is None:
        form.add_error(None, _("Instansi ini belum punya hotline."))
    elif form.is_valid():
        told = form.cleaned_data
        try:
            acts.try_hotline(
                known, is_answered=told["is_answered"] == "yes", note=told["note"], by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Uji hotline %(name)s tercatat.") % {"name": found.name})
            return redirect("agencies:hotlines", mall)
    return _page(request, sent=(found, None, form))


def _page(request: Request, *, sent: tuple[Agency, NumberForm | None, TrialForm | None] | None = None) -> HttpResponse:
    cursor = request.GET.get("cursor", "")
    page = shown.hotlines(request.mall, request.actor, timezone.now(), cursor=cursor)
    context = {
        "lines": [(each, *_forms(each), request.actor.steers(each.agency.pk)) for each in page.items],
        "sent": sent,
        "next": page.next,
        "is_first": not cursor,
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/hotlines.html", context, status=422 if sent else 200)


def _forms(line: shown.Line) -> tuple[NumberForm, TrialForm]:
    pk = line.agency.pk
    known = {"number": line.number, "hours": line.hours}
    return NumberForm(auto_id=f"number-{pk}-%s", initial=known), TrialForm(auto_id=f"trial-{pk}-%s")
