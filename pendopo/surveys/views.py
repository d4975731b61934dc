from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.queries.tickets import ticket_of_key
from pendopo.queues.types import State
from pendopo.surveys import actions
from pendopo.surveys.forms import RatingForm
from pendopo.surveys.models import Rating


@audience("key")
@require_http_methods(["GET", "POST"])
def rating(request: Request, mall: str, key: str) -> HttpResponse:
    """Ask how satisfied the holder of a ticket is, in one tap, and thank them; words may follow once."""
    ticket = ticket_of_key(request.mall, key)
    problem = ""
    if request.method == "POST":
        form = RatingForm(request.POST)
        if form.is_valid():
            score, words = form.cleaned_data["score"], form.cleaned_data["words"]
            try:
                actions.rate(ticket, score, words=words, at=timezone.now())
            except RuleViolation as refusal:
                problem = str(refusal)
        else:
            problem = _("Pilih satu dari empat penilaian.")
    if ticket.state != State.COMPLETED and not problem:
        problem = _("Layanan dapat dinilai setelah selesai.")
    given = Rating.objects.filter(ticket=ticket).first()
    arguments = [mall, key]
    context = {
        "rating": given,
        "error": problem,
        "rating_url": reverse("surveys:rating", args=arguments),
        "ticket_url": reverse("queues:ticket", args=arguments),
    }
    return answer(request, "surveys/rating.html#card", context, status=422 if problem else 200)
