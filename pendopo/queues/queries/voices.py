"""What a zone's voice has to say, and where each clip comes from."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from pendopo.agencies.models import Agency
from pendopo.queues.models import Event, HallRules, Recording, Spoken
from pendopo.queues.speech.audio import CONTENT_TYPES
from pendopo.queues.speech.sentence import CHIME, agency_token, announcement, vocabulary
from pendopo.queues.types import Voice
from pendopo.tenancy.models import Device, Mall, Zone

# A call older than this is no news: whoever was called has come, or is called again.
NEWS = timedelta(seconds=60)
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound to play. `version` changes with its content, so that it may be kept for ever under its address."""

    path: Path
    version: str
    is_recording: bool

    @property
    def content_type(self) -> str:
        """What it is, for browsers."""
        return CONTENT_TYPES[self.path.suffix[1:]]


@dataclass(frozen=True, slots=True)
class Announcement:
    """A call that was not said yet: how old it is in seconds, and its clips as (language, token), in order."""

    seq: int
    age: float
    clips: Sequence[tuple[str, str]]


class Clips:
    """The clips of a mall in some languages: its own recordings, else what the voice has made."""

    def __init__(self, mall: Mall, languages: Iterable[str]) -> None:
        wanted = Recording.objects.filter(mall=mall, language__in=set(languages))
        self._recorded = {(row.language, row.token): row for row in wanted}

    def get(self, language: str, token: str) -> Clip | None:
        """Return a clip; None when nothing says this."""
        row = self._recorded.get((language, token))
        if row is not None:
            path = Path(settings.MEDIA_ROOT) / row.path
            if path.is_file():
                return Clip(path, bytes(row.sha256).hex()[:12], is_recording=True)
        path = Path(settings.CLIPS_ROOT) / language / f"{token}.wav"
        try:
            made = path.stat()
        except OSError:
            return None
        mark = hashlib.sha256(f"{made.st_mtime_ns} {made.st_size}".encode()).hexdigest()
        return Clip(path, mark[:12], is_recording=False)


def is_known(mall: Mall, language: str, token: str) -> bool:
    """Say whether calls of this mall may need such a clip."""
    return token == CHIME or token in vocabulary(language) or token in agencies_said(mall)


def agencies_said(mall: Mall) -> dict[str, str]:
    """Return the clips that name the mall's agencies, and their names."""
    names = Agency.objects.filter(mall=mall).order_by("name").values_list("short_name", flat=True)
    return {token: name for name in names if (token := agency_token(name))}


def zones_of_voice(device: Device) -> list[int]:
    """Return the zones a device speaks for: its own; without one, those of its site that have no voice themselves."""
    if not device.speaks:
        return []
    if device.zone_id is not None:
        return [device.zone_id]
    others = Device.objects.in_service().filter(mall_id=device.mall_id, zone=OuterRef("pk"), speaks=True)
    zones = Zone.objects.in_use().filter(mall_id=device.mall_id, site_id=device.site_id)
    return list(zones.exclude(Exists(others)).values_list("pk", flat=True))


def to_say(device: Device, clips: Clips, rules: HallRules, *, at: datetime) -> list[Announcement]:
    """Return the calls of the last minute that a device still has to say by its mall's rules, oldest first.

    An agency is named where the mall has recorded its name.
    """
    said = Spoken.objects.filter(mall_id=device.mall_id, seq=OuterRef("seq"))
    calls = (
        Event.objects.filter(
            mall_id=device.mall_id,
            kind__in=[Event.Kind.CALLED, Event.Kind.RECALLED],
            zone_id__in=zones_of_voice(device),
            at__gt=at - NEWS,
        )
        .exclude(Exists(said))
        .order_by("seq")[:MOST_AT_ONCE]
    )
    found = []
    languages = Voice(rules.voice).languages
    for call in calls:
        token = agency_token(call.agency)
        is_named = bool(token) and all(clips.get(language, token) for language in languages)
        told = announcement(
            call.number,
            call.counter,
            languages=languages,
            agency=call.agency if is_named else "",
            digits=rules.spells_digits,
        )
        found.append(Announcement(call.seq, max(0.0, (at - call.at).total_seconds()), told))
    return found
