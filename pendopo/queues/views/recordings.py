"""The manager's page of clips: which source each has, recordings of the mall's own, and who speaks in each zone."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.actions import recording
from pendopo.queues.queries import recordings as queries
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.speech.audio import MOST_BYTES
from pendopo.queues.types import Voice
from pendopo.queues.views.voice import to_speaking_board
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Device, Mall, Zone

NAMES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa"}


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def recordings(request: Request, mall: str) -> HttpResponse:
    """Show every clip with its source; take a recording (POST language, token, file)."""
    if request.method != "POST":
        return _page(request, _language(request, request.GET.get("language", "")))
    language, token = _language(request, request.POST.get("language", "")), _text(request, "token")
    try:
        recording.upload_recording(
            request.mall, language, token, _content(request), by=request.actor, at=timezone.now()
        )
    except RuleViolation as refusal:
        return _page(request, language, problem=str(refusal), token=token)
    return redirect(f"{reverse('queues:recordings', args=[mall])}?language={language}#{token}")


@audience("manager")
@require_POST
def removal(request: Request, mall: str) -> HttpResponse:
    """Take a recording away."""
    language, token = _language(request, request.POST.get("language", "")), _text(request, "token")
    recording.remove_recording(request.mall, language, token, by=request.actor, at=timezone.now())
    return redirect(f"{reverse('queues:recordings', args=[mall])}?language={language}")


@audience("manager")
@require_POST
def speaker(request: Request, mall: str) -> HttpResponse:
    """Choose the device that speaks in a zone (POST device), or make this browser the one (POST zone)."""
    here = Zone.objects.in_use().filter(mall=request.mall)
    if zone := here.select_related("site").filter(pk=_number(request, "zone")).first():
        return to_speaking_board(request, zone)
    boards = Device.objects.in_service().filter(mall=request.mall, kind=Device.Kind.BOARD)
    device = boards.filter(pk=_number(request, "device")).first()
    if device is None:
        raise NotUnderstood(_("Pilih papan yang terdaftar di zona ini."))
    tenancy.let_speak(device, at=timezone.now(), account_id=request.actor.account_id)
    return redirect("queues:recordings", mall)


def _page(request: Request, language: str, *, problem: str = "", token: str = "") -> HttpResponse:
    mall: Mall = request.mall
    context = {
        "language": language,
        "languages": [(each, NAMES[each]) for each in _languages(mall)],
        "groups": queries.groups(mall, language),
        "zones": queries.zone_voices(mall),
        "problem": problem,
        "token": token or request.GET.get("token", ""),
    }
    return answer(request, "queues/recordings.html", context, status=422 if problem else 200)


def _content(request: Request) -> bytes:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        raise NotUnderstood(_("Pilih berkas rekaman dahulu."))
    # One byte more than may be is enough to know, without reading all of it.
    content: bytes = sent.read(MOST_BYTES + 1)
    return content


def _languages(mall: Mall) -> Sequence[str]:
    """Return the languages in which the mall calls: what it never says needs no recording."""
    return Voice(rules_of(mall).voice).languages


def _language(request: Request, text: str) -> str:
    return text if text in _languages(request.mall) else "id"


def _text(request: Request, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")[:40]


def _number(request: Request, name: str) -> int:
    """Read the number of a row; 0, which no row has, when there is none."""
    text = request.POST.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID
    return int(text) if is_number else 0
