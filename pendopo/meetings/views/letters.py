"""Letters: the list as page and file, one made from a template, and what was made as it was made."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import attachments, dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, download, table_file
from pendopo.meetings.actions import writing
from pendopo.meetings.correspondence import templates
from pendopo.meetings.forms.letters import LetterForm
from pendopo.meetings.queries import letters as shown
from pendopo.meetings.queries import meetings

MARK = "KONSEP"


@audience("oversight")
@require_safe
def letters(request: Request, mall: str) -> HttpResponse:
    """Show the letters that were made, and the templates to make one of."""
    cursor = request.GET.get("cursor", "")
    page = shown.letters(request.mall, cursor=cursor)
    context = {
        "lines": [(each, _name(each.template)) for each in page.items],
        "templates": templates().values(),
        "next": page.next,
        "is_first": not cursor,
        "can_decide": request.actor.manages,
    }
    return answer(request, "meetings/letters.html", context)


@audience("oversight")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Nomor"), _("Tanggal"), _("Jenis surat"), _("Kepada"), _("Perihal"), _("Penanda tangan")]
    rows: list[list[Value]] = [
        [each.number, dates.short_day(each.day), _name(each.template), each.recipient, each.subject, each.signer]
        for each in shown.letters(request.mall, size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-letters", Sheet(_("Surat"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str, template: str) -> HttpResponse:
    """Let the manager fill in a template, look at the draft, and make the letter."""
    chosen, at = shown.template(template), timezone.now()
    open_to = meetings.of_letter(request.mall, chosen.about)
    sent = request.POST if request.method == "POST" else None
    form = LetterForm(request.mall, chosen, open_to, sent, chosen=request.GET.get("about", ""))
    if form.is_valid():
        facts = form.facts(shown.recipient(chosen, form.about))
        if request.POST.get("draft"):
            content = shown.compose(request.mall, chosen, facts, form.about, by=request.actor, at=at, mark=MARK)
            return download(shown.pdf(request.mall, content), "application/pdf", f"{mall}-konsep-{chosen.code}.pdf")
        try:
            made = writing.make_letter(request.mall, chosen, facts, form.about, by=request.actor, at=at)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Surat %(number)s dibuat dan disimpan.") % {"number": made.number})
            return redirect("meetings:letters", mall)
    context = {
        "template": chosen,
        "form": form,
        "today": todays_date(request),
        "can_decide": request.actor.manages,
    }
    return answer(request, "meetings/letter_new.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_safe
def notice(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Give the draft of the letter that tells the invited of a meeting called off or postponed, as PDF."""
    found = meetings.meeting(request.mall, request.actor, meeting)
    told = shown.told_by(found)
    if told is None:
        raise Http404
    content = shown.notice(found, told, mark=MARK, by=request.actor, at=timezone.now())
    return download(shown.pdf(request.mall, content), "application/pdf", f"{mall}-konsep-{told.code}-{found.pk}.pdf")


@audience("oversight")
@require_safe
def letter(request: Request, mall: str, letter: int) -> HttpResponse:
    """Give a letter as it was made."""
    found = shown.letter(request.mall, letter)
    return attachments.served(found.file_path, f"{mall}-surat-{found.pk}.pdf")


def _name(code: str) -> str:
    known = templates().get(code)
    return known.name if known else code
