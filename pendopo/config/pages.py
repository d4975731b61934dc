"""Pages for what went wrong, in words and with a way back; programs get a problem document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pendopo.config.middleware import is_api
from pendopo.config.problems import problem


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what could not be understood."""
    if is_api(request):
        return problem(400, "not_understood", _("Permintaan tidak dapat dibaca."))
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what somebody has no right to."""
    if is_api(request):
        return problem(403, "not_allowed", _("Anda tidak berwenang."))
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what does not exist, or not for whoever asks."""
    if is_api(request):
        return problem(404, "not_found", _("Tidak ditemukan."))
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when we failed; needs no database and no session."""
    if is_api(request):
        return problem(500, "broken", "Terjadi kesalahan pada sistem kami.")
    return HttpResponse(render_to_string("500.html"), status=500)
