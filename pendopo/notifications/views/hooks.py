"""Where providers call us. They show a signature or a token; without one nothing is read."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotAllowed, NotFound, NotUnderstood
from pendopo.kernel.http import audience
from pendopo.notifications.actions import receiving
from pendopo.notifications.channels import hooks
from pendopo.notifications.types import SmsSettings, WhatsAppSettings
from pendopo.tenancy import wall

DONE = "ok"


@csrf_exempt
@audience("partner")
@require_http_methods(["GET", "HEAD", "POST"])
def whatsapp(request: Request, mall: str) -> HttpResponse:
    """Answer the challenge of Meta (GET), take receipts and inbound messages (POST)."""
    told = _whatsapp(request)
    if request.method != "POST":
        is_known = request.GET.get("hub.mode") == "subscribe" and hooks.is_token(
            request.GET.get("hub.verify_token", ""), told.verify_token
        )
        if not is_known:
            raise NotAllowed(_("Kata sandi webhook tidak cocok."))
        return _plain(request.GET.get("hub.challenge", "")[:200])
    if not hooks.is_signed(request.body, request.headers.get("X-Hub-Signature-256", ""), told.app_secret):
        raise NotAllowed(_("Tanda tangan webhook tidak cocok."))
    return _kept(request, "whatsapp", hooks.whatsapp(request.body, told))


@csrf_exempt
@audience("partner")
@require_POST
def sms(request: Request, mall: str) -> HttpResponse:
    """Take a receipt or an inbound message of the SMS gateway."""
    told = _sms(request)
    content = hooks.fields_of(request.body, request.content_type or "")
    # In a header, or in the body where a gateway sends no headers; never in the address, which is logged on the way.
    token = request.headers.get("X-Token", "") or str((content or {}).get("token", ""))
    if not hooks.is_token(token, told.token):
        raise NotAllowed(_("Token webhook tidak cocok."))
    return _kept(request, "sms", None if content is None else hooks.sms(content, told))


def _kept(request: Request, channel: str, heard: hooks.Heard | None) -> HttpResponse:
    if heard is None:
        raise NotUnderstood(_("Isi webhook tidak terbaca."))
    at = timezone.now()
    with wall.inside(request.mall.pk):
        if heard.receipts:
            receiving.take_receipts(request.mall, channel, heard.receipts, at=at)
        if heard.messages:
            receiving.take_incoming(request.mall, channel, heard.messages, at=at)
    return _plain(DONE)


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _whatsapp(request: Request) -> WhatsAppSettings:
    told: WhatsAppSettings | None = settings.CHANNELS.of(request.mall.slug).whatsapp
    if told is None:
        raise NotFound(_("Tidak ditemukan."))
    return told


def _sms(request: Request) -> SmsSettings:
    told: SmsSettings | None = settings.CHANNELS.of(request.mall.slug).sms
    if told is None or not told.token:
        raise NotFound(_("Tidak ditemukan."))
    return told
