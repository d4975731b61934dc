from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pendopo.agencies.queries.actors import places_of_work
from pendopo.catalogue.queries.searching import search_everywhere
from pendopo.kernel.http import answer, audience
from pendopo.people.models import Account
from pendopo.portal.queries import waiting
from pendopo.tenancy.models import Mall

MOST = 50
MOST_SERVICES = 10


@audience("public")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the malls of this installation, services of all of them, and to whoever works here the way to their desk."""
    words = request.GET.get("q", "").strip()[:60]
    malls = Mall.objects.order_by("name")
    if words:
        malls = malls.filter(name__icontains=words) | malls.filter(government__icontains=words)
    account = request.user
    work = (
        [(*place, waiting(place[0], account)) for place in places_of_work(account)]
        if isinstance(account, Account)
        else []
    )
    context = {
        "malls": malls[:MOST],
        "q": words,
        "work": work,
        "services": search_everywhere(words, size=MOST_SERVICES) if words else [],
    }
    return answer(request, "portal/home.html", context)
