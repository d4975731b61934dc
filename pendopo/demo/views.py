from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendopo.demo.tour import REPORTS, Screen
from pendopo.demo.types import PASSWORD, SLUG
from pendopo.kernel.http import answer, audience
from pendopo.tenancy.models import Mall


@audience("public")
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show what the press says of malls beside the screens of the demo mall that answer it."""
    is_there = Mall.objects.filter(slug=SLUG, is_demo=True).exists()

    def shown(screen: Screen) -> dict[str, object]:
        query = f"?{screen.query}" if screen.query else ""
        address = reverse(screen.route, args=[SLUG]) + query if is_there else ""
        return {"address": address, "name": screen.name, "login": screen.login}

    reports = [
        {
            "report": report,
            "answered": sum(bool(sentence.screens) for sentence in report.sentences),
            "sentences": [
                {"text": sentence.text, "screens": [shown(screen) for screen in sentence.screens]}
                for sentence in report.sentences
            ],
        }
        for report in REPORTS
    ]
    return answer(request, "demo/tour.html", {"reports": reports, "is_there": is_there, "password": PASSWORD})
