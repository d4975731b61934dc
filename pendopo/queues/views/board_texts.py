"""What the mall writes below its boards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request, decider, todays_date
from pendopo.audit.queries import decisions
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.queues.forms.board_texts import BoardTextsForm, seen_now
from pendopo.queues.queries.tickers import MOST_WRITTEN, ticker, written_lines
from pendopo.tenancy.actions import looks
from pendopo.tenancy.models import Mall


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def board_texts(request: Request, mall: str) -> HttpResponse:
    """Show what the boards say now, and write the mall's own lines (POST)."""
    # As it stands now: what this process remembers of a mall may be some seconds old.
    here = Mall.objects.get(pk=request.mall.pk)
    kept = here.texts.get("ticker", [])
    form = BoardTextsForm(written_lines(here), seen_now(kept), request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: looks.write_ticker(
            here,
            form.kept,
            known=kept if form.cleaned_data["seen"] == seen_now(kept) else None,
            reason=form.cleaned_data["reason"],
            account_id=decider(request).account_id,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Teks papan tersimpan. Papan menampilkannya sekitar satu menit lagi."))
        return redirect("queues:board_texts", mall)
    today = todays_date(request)
    context = {
        "form": form,
        "lines": [(line, line.stands_on(today)) for line in written_lines(here)],
        "tickers": ticker(here, timezone.now()),
        "most": MOST_WRITTEN,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("board.texts_written",)),
    }
    return answer(request, "queues/board_texts.html", context, status=422 if form.is_bound else 200)
