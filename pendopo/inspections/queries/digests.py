"""All that a signature stands for, as one number: it proves later that nothing was changed."""

import hashlib
import json
from collections.abc import Iterable

from django.db.models import Model, QuerySet

from pendopo.inspections.models import Answer, Aside, Finding, Inspection, Opinion, Photo, Place


def digest_of(inspection: Inspection) -> bytes:
    """Return the digest of an inspection's content: answers, opinions, pictures, findings, summary, what was known."""
    own = {"mall_id": inspection.mall_id, "place__inspection": inspection}
    places = Place.objects.filter(mall_id=inspection.mall_id, inspection=inspection)
    findings = Finding.objects.filter(**own).exclude(state=Finding.State.WITHDRAWN)
    photos = Photo.objects.filter(**own).exclude(stage=Photo.Stage.AFTER)
    content: dict[str, object] = {
        "inspection": [inspection.account_id, inspection.team, inspection.checklist, inspection.begun_at],
        "seen": inspection.seen,
        "summary": inspection.summary,
        "places": _rows(places, ["pk", "site", "name"]),
        "answers": _rows(Answer.objects.filter(**own), ["place", "item", "value", "number", "note", "at"]),
        "opinions": _rows(Opinion.objects.filter(**own), ["place", "first", "second", "words", "at"]),
        "findings": _rows(findings, ["place", "item", "words", "agency", "found_on", "due_on"]),
        "photos": _rows(photos, ["place", "item", "finding", "file_path", "taken_at", "latitude", "longitude"]),
    }
    # What came later than the first signatures counts where it is there: those stay what they were.
    if inspection.received_at:
        content["received"] = inspection.received_at
    if asides := _rows(Aside.objects.filter(**own), ["place", "item", "value", "number", "note", "account", "at"]):
        content["asides"] = asides
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).digest()


def is_intact(inspection: Inspection) -> bool:
    """Say whether a signed inspection still is what was signed."""
    return bytes(inspection.signature.digest) == digest_of(inspection)


def _rows[M: Model](rows: QuerySet[M, M], columns: Iterable[str]) -> list[list[object]]:
    return [list(row) for row in rows.order_by("pk").values_list(*columns)]
