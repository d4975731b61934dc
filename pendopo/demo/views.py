from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendopo.demo.scenes import standing_on
from pendopo.demo.tour import REPORTS, Screen
from pendopo.demo.types import PASSWORD, SLUG
from pendopo.kernel.http import answer, audience
from pendopo.tenancy.models import Mall


@audience("public")
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show what the press says of malls beside the screens of the demo mall that answer it."""
    mall = Mall.objects.filter(slug=SLUG, is_demo=True).first()
    scene = standing_on(mall) if mall else ""

    def shown(screen: Screen, *, is_its_day: bool) -> dict[str, object]:
        query = (screen.on_the_day if is_its_day else "") or screen.query
        address = reverse(screen.route, args=[SLUG]) + (f"?{query}" if query else "") if mall else ""
        return {"address": address, "name": screen.name, "login": screen.login}

    reports = [
        {
            "report": report,
            "is_its_day": report.scene == scene,
            "answered": sum(bool(sentence.screens) for sentence in report.sentences),
            "sentences": [
                {
                    "text": sentence.text,
                    "screens": [shown(screen, is_its_day=report.scene == scene) for screen in sentence.screens],
                }
                for sentence in report.sentences
            ],
        }
        for report in REPORTS
    ]
    return answer(request, "demo/tour.html", {"reports": reports, "is_there": mall is not None, "password": PASSWORD})
