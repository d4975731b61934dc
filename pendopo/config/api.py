"""The API: where its doors meet, and how each refusal becomes a problem document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pendopo.agencies.api import router as malls
from pendopo.catalogue.api import router as services
from pendopo.config.document import Api, page_of
from pendopo.config.problems import problem
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import audience
from pendopo.queues.api import router as tickets
from pendopo.surveys.api import router as ratings


def nobody(request: HttpRequest) -> bool:
    """Let nobody into an operation that does not say whom it is for."""
    return False


api = Api(
    title="Pendopo",
    version="1",
    description="Mal Pelayanan Publik: layanan, antrean, papan. Kesalahan mengikuti RFC 9457 dengan `code` yang tetap.",
    auth=nobody,
    urls_namespace="api",
    docs_url=None,
    docs_decorator=audience("public"),
)
docs = page_of(api)
for router in (malls, services, tickets, ratings):
    api.add_router("", router)


@api.exception_handler(RuleViolation)
def refused(request: HttpRequest, refusal: RuleViolation) -> HttpResponse:
    """Answer what a rule of the field forbids."""
    response = problem(refusal.status, refusal.code, str(refusal))
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer a door that is closed to everybody."""
    return problem(401, "not_signed_in", _("Masuk dahulu: kirim token sebagai “Authorization: Bearer …”."))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name every field that has the wrong shape; what was sent is not repeated."""
    fields = [
        {"field": ".".join(str(part) for part in wrong["loc"][1:]), "detail": wrong["msg"]} for wrong in error.errors
    ]
    names = ", ".join(field["field"] for field in fields if field["field"]) or "body"
    return problem(422, "not_understood", _("Periksa kembali: %(fields)s.") % {"fields": names[:200]}, fields=fields)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer what does not exist."""
    return problem(404, "not_found", _("Tidak ditemukan."))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is not JSON."""
    return problem(error.status_code, "not_understood", _("Isi permintaan bukan JSON yang sah."))
