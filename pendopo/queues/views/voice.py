"""The voice of a zone: its clips, what it has still to say, and what it has said."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import DEVICE_COOKIE, Request
from pendopo.agencies.queries.actors import actor_of_device
from pendopo.kernel.crypto import read_bearer
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.actions import speaking
from pendopo.queues.errors import NotTheVoice
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.queries.voices import Clips, is_known, to_say
from pendopo.queues.speech.numbers import LANGUAGES
from pendopo.queues.types import Voice
from pendopo.tenancy.models import Device, Zone

FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=60"
COOKIE_LIFE = 5 * 365 * 24 * 3600


@audience("public")
@require_safe
def clip(request: Request, mall: str, language: str, token: str) -> HttpResponse:
    """Send a clip: the mall's recording, else the made one; nothing (204) when neither is there."""
    if language not in LANGUAGES or not is_known(request.mall, language, token):
        raise NotFound(_("Tidak ada suara untuk kata ini."))
    found = Clips(request.mall, [language]).get(language, token)
    if found is None:
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    is_named = request.GET.get("v") == found.version
    headers = {"Cache-Control": FOR_EVER if is_named else A_WHILE}
    return HttpResponse(found.path.read_bytes(), content_type=found.content_type, headers=headers)


@audience("device")
@require_http_methods(["GET", "HEAD", "POST"])
def speech(request: Request, mall: str) -> HttpResponse:
    """Tell a device what it has still to say (GET), and take its word that a call was said (POST seq)."""
    assert request.actor.device
    device = request.actor.device
    if request.method == "POST":
        seq = request.POST.get("seq", "")
        if not (seq.isascii() and seq.isdigit() and len(seq) < 20 and int(seq) <= LARGEST_ID):
            raise NotUnderstood(_("seq: nomor panggilan."))
        is_first = speaking.acknowledge(device, int(seq), at=timezone.now())
        return JsonResponse({"first": is_first})
    rules = rules_of(request.mall)
    clips = Clips(request.mall, Voice(rules.voice).languages)
    calls = to_say(device, clips, rules, at=timezone.now())
    urls = {}
    for language, token in {pair for call in calls for pair in call.clips}:
        if found := clips.get(language, token):
            urls[f"{language}/{token}"] = clip_url(mall, language, token, found.version)
    said = [
        {"seq": call.seq, "age": round(call.age, 1), "clips": [f"{language}/{token}" for language, token in call.clips]}
        for call in calls
    ]
    return JsonResponse({"calls": said, "urls": urls}, headers={"Cache-Control": "no-store"})


@audience("public")
@require_POST
def trial(request: Request, mall: str) -> HttpResponse:
    """Let anybody hear the demo mall: this browser becomes the voice of a zone (POST zone, else the first)."""
    if not request.mall.is_demo:
        raise NotTheVoice(_("Hanya pengelola yang memilih papan yang bersuara."))
    zones = Zone.objects.in_use().filter(mall=request.mall).select_related("site").order_by("site__position", "code")
    asked = request.POST.get("zone", "")
    zone = next((zone for zone in zones if str(zone.pk) == asked), None) or zones.first()
    if zone is None:
        raise NotFound(_("MPP ini belum punya zona."))
    return to_speaking_board(request, zone)


def to_speaking_board(request: Request, zone: Zone) -> HttpResponse:
    """Make this browser the voice of a zone, and go to its board."""
    token = speaking.speak_here(zone, by=request.actor, at=timezone.now())
    response = redirect(f"{reverse('queues:board', args=[request.mall.slug])}?zone={zone.pk}")
    response.set_cookie(
        DEVICE_COOKIE, token, max_age=COOKIE_LIFE, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def clip_url(mall: str, language: str, token: str, version: str) -> str:
    """Write the address under which a clip may be kept for ever."""
    return f"{reverse('queues:clip', args=[mall, language, token])}?v={version}"


def voice_here(request: Request) -> Device | None:
    """Return the speaking device that this browser is, whoever has signed in with it besides."""
    device = request.actor.device
    cookie = request.COOKIES.get(DEVICE_COOKIE)
    if device is None and cookie:
        try:
            device = actor_of_device(request.mall, read_bearer(cookie)).device
        except RuleViolation:
            return None
    return device if device and device.speaks else None
