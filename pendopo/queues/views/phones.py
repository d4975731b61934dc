"""The ticket's page as an app of the phone: its manifest, its service worker, and what is shown without connection."""

import hashlib

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries.brand import addresses, bar_colour
from pendopo.kernel.http import answer, audience

# All that a waiting ticket's page needs to be read; a test compares it with the page.
SHELL = (
    "kernel/css/reset.css",
    "kernel/css/tokens.css",
    "kernel/css/base.css",
    "kernel/css/layout.css",
    "kernel/css/components.css",
    "kernel/css/forms.css",
    "kernel/css/utilities.css",
    "kernel/css/print.css",
    "kernel/css/ticket.css",
    "queues/ticket.css",
    "kernel/mark.svg",
    "kernel/icons.svg",
    "kernel/kawung.svg",
    "kernel/js/uuid.js",
    "kernel/js/focus.js",
    "kernel/js/live.js",
    "queues/call.js",
    "queues/kept.js",
    "queues/ticket.js",
    "vendor/plus-jakarta-sans/plus-jakarta-sans-sub.woff2",
)
ICONS = (
    ("queues/icon-192.png", 192, "any"),
    ("queues/icon-512.png", 512, "any"),
    ("queues/icon-maskable-512.png", 512, "maskable"),
)
# --page of the style sheet.
PAGE = "#f5f7fa"


@audience("public")
@require_safe
def manifest(request: Request, mall: str) -> HttpResponse:
    """Describe the mall as an app that a phone can keep on its home screen."""
    home = reverse("catalogue:search", args=[mall])
    icons = [
        {"src": static(path), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for path, side, purpose in ICONS
    ]
    described = {
        "id": home,
        "name": request.mall.name,
        "short_name": _("Antrean"),
        "description": _("Cari layanan, lihat syaratnya, dan ambil nomor antrean."),
        "lang": get_language(),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "theme_color": bar_colour(request.mall),
        "background_color": PAGE,
        "icons": icons,
    }
    response = JsonResponse(described, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "max-age=3600"
    return response


@audience("public")
@require_safe
@never_cache
def worker(request: Request, mall: str) -> HttpResponse:
    """Give the service worker of a mall's pages: another one with each release, and in each language."""
    files = [*(static(path) for path in SHELL), *filter(None, addresses(request.mall))]
    digest = hashlib.sha256("\n".join([*files, str(get_language())]).encode()).hexdigest()
    context = {
        "files": files,
        "version": digest[:12],
        "static": settings.STATIC_URL,
        "home": reverse("catalogue:search", args=[mall]),
        "offline": reverse("queues:offline", args=[mall]),
    }
    return render(request, "queues/sw.js", context, content_type="text/javascript; charset=utf-8")


@audience("public")
@require_safe
def offline(request: Request, mall: str) -> HttpResponse:
    """Say that there is no connection; the service worker keeps this page and lists the tickets that it knows."""
    return answer(request, "queues/offline.html", {})
