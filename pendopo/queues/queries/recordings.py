"""The manager's list of clips: which source each has."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pendopo.queues.queries.voices import Clip, Clips, agencies_said
from pendopo.queues.speech.sentence import CHIME, LETTERS, PHRASES, vocabulary
from pendopo.tenancy.models import Device, Mall, Zone


@dataclass(frozen=True, slots=True)
class Row:
    """A clip, what it says, and where it comes from (None: nowhere)."""

    token: str
    text: str
    clip: Clip | None


@dataclass(frozen=True, slots=True)
class Group:
    """Clips of a kind."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class ZoneVoice:
    """A zone, the device that speaks in it, and those that could."""

    zone: Zone
    speaker: Device | None
    boards: Sequence[Device]


def groups(mall: Mall, language: str) -> list[Group]:
    """Return every clip that calls of a mall may need in a language."""
    clips = Clips(mall, [language])
    words = vocabulary(language)
    phrases = {CHIME: _("bunyi pembuka")} | PHRASES[language]
    letters = {letter: f"{letter.upper()}: {name}" for letter, name in LETTERS[language].items()}
    numbers = {token: text for token, text in words.items() if token not in phrases and token not in letters}
    titles = (
        (_("Kalimat"), phrases),
        (_("Bilangan"), numbers),
        (_("Huruf"), letters),
        (_("Instansi"), agencies_said(mall)),
    )
    return [
        Group(title, [Row(token, text, clips.get(language, token)) for token, text in texts.items()])
        for title, texts in titles
    ]


def zone_voices(mall: Mall) -> list[ZoneVoice]:
    """Return the zones of a mall with their voices."""
    boards = list(Device.objects.in_service().filter(mall=mall, kind=Device.Kind.BOARD).order_by("name"))
    found = []
    for zone in Zone.objects.in_use().filter(mall=mall).select_related("site").order_by("site__position", "code"):
        here = [board for board in boards if board.zone_id == zone.pk]
        found.append(ZoneVoice(zone, next((board for board in here if board.speaks), None), here))
    return found
