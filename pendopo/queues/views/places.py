"""What is left of services today, for pages that are open."""

import re

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import audience
from pendopo.queues.queries.places import places_of

CODE = re.compile(r"[A-Za-z0-9-]{1,28}")
MOST = 60


@audience("public")
@require_safe
@never_cache
def places(request: Request, mall: str) -> HttpResponse:
    """Tell how many places services have left, in words: by phone, or (`hall`) as at a kiosk or desk."""
    codes = request.GET.getlist("service")
    if len(codes) > MOST or not all(CODE.fullmatch(code) for code in codes):
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    found = places_of(request.mall, codes, timezone.now(), by_phone="hall" not in request.GET)
    told = {code: {"text": each.text, "left": each.left, "can_take": each.can_take} for code, each in found.items()}
    return JsonResponse({"places": told})
