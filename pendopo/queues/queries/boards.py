"""What the boards of a zone show."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.tenancy.models import Mall, Zone


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a board shows it; `seq` names it once and for ever."""

    seq: int
    at: str
    kind: str
    number: str
    counter: str
    agency: str


@dataclass(frozen=True, slots=True)
class Board:
    """The last calls of a zone, newest first, true up to the event `seq`."""

    seq: int
    calls: Sequence[Call]

    def as_json(self) -> dict[str, object]:
        """Write it as `live` and the API send it."""
        return {"seq": self.seq, "calls": [asdict(call) for call in self.calls]}


def board(mall: Mall, zone_id: int | None, *, at: datetime) -> Board:
    """Return what the board of a zone (None: of the whole mall) shows; one SQL function that sets the mall itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, calls FROM queues_board(%s, %s, %s)", [mall.pk, zone_id, at])
        seq, calls = cursor.fetchone()
    rows = json.loads(calls) if isinstance(calls, str) else calls
    return Board(seq, [Call(**row) for row in rows])


def zone_of(mall: Mall, text: str) -> int | None:
    """Return the zone that a board asks for by number or code; None for the whole mall. Raises NotFound."""
    if not text:
        return None
    zones = Zone.objects.in_use().filter(mall=mall)
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        found = zones.filter(pk=int(text)).first()
    else:
        found = zones.filter(code=text).order_by("pk").first()
    if found is None:
        raise NotFound(_("Zona “%(zone)s” tidak dikenal.") % {"zone": text[:20]})
    return found.pk
