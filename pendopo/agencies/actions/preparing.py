"""What an agency still lacks before it can receive people: room, counters, equipment. The agency itself tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager, only_own
from pendopo.agencies.errors import AlreadyThere, DatesCrossed, NotYet
from pendopo.agencies.models import Agency, Preparation, PreparationItem
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing that must be there, of a kind, until a day."""

    kind: str
    name: str
    due_on: date | None = None


@transaction.atomic
def begin_preparation(
    agency: Agency, items: Sequence[Needed], *, filled_from: date, by: Actor, at: datetime
) -> Preparation:
    """Let an agency take part in the opening, with the checklist that it fills itself from a day on."""
    only_manager(by)
    if not items:
        raise NotUnderstood(_("Tulis paling sedikit satu hal yang harus siap."))
    if Preparation.objects.filter(agency=agency).exists():
        raise AlreadyThere(_("Daftar periksa %(name)s sudah ada.") % {"name": agency.name})
    preparation = Preparation.objects.create(mall_id=agency.mall_id, agency=agency, filled_from=filled_from)
    PreparationItem.objects.bulk_create(_item(preparation, each) for each in items)
    after = {"items": [[each.kind, each.name, each.due_on] for each in items], "from": filled_from}
    audit.record("preparation.begun", f"agency:{agency.pk}", by=by, at=at, after=after)
    return preparation


@transaction.atomic
def add_item(preparation: Preparation, needed: Needed, *, by: Actor, at: datetime) -> PreparationItem:
    """Ask for one thing more."""
    only_manager(by)
    same = PreparationItem.objects.filter(preparation=preparation, kind=needed.kind, name__iexact=needed.name)
    if same.exists():
        raise AlreadyThere(_("“%(name)s” sudah ada dalam daftar.") % {"name": needed.name})
    item = _item(preparation, needed)
    item.save()
    after = {"kind": needed.kind, "name": needed.name, "due": needed.due_on}
    audit.record("preparation.item_added", f"preparation_item:{item.pk}", by=by, at=at, after=after)
    return item


def _item(preparation: Preparation, needed: Needed) -> PreparationItem:
    return PreparationItem(
        mall_id=preparation.mall_id, preparation=preparation, kind=needed.kind, name=needed.name, due_on=needed.due_on
    )


@transaction.atomic
def fill_item(
    item: PreparationItem, *, is_ready: bool, by: Actor, at: datetime, note: str = "", due_on: date | None = None
) -> PreparationItem:
    """Tell that a thing is there, or why it is not yet and until when it will be.

    The agency tells it of itself from the day that was set; the manager may before.
    """
    item = PreparationItem.objects.select_for_update(of=("self",)).select_related("preparation").get(pk=item.pk)
    preparation = item.preparation
    only_own(by, preparation.agency_id)
    today = preparation.mall.local(at).date()
    if today < preparation.filled_from and not by.manages:
        day = dates.short_day(preparation.filled_from)
        raise NotYet(_("Daftar periksa ini diisi mulai %(day)s.") % {"day": day})
    if not is_ready and due_on and due_on < today:
        raise DatesCrossed(_("Tenggat yang baru paling cepat hari ini."))
    before = {"ready": item.ready_on, "due": item.due_on}
    item.ready_on = (item.ready_on or today) if is_ready else None
    item.note, item.due_on = note, due_on or item.due_on
    item.save(update_fields=["ready_on", "note", "due_on"])
    after = {"ready": item.ready_on, "due": item.due_on}
    subject = f"preparation_item:{item.pk}"
    audit.record("preparation.item_filled", subject, by=by, at=at, reason=note, before=before, after=after)
    return item
