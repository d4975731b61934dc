"""The register: an innovation enters it, is described, shown to the public, and ends."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager, only_own
from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.innovations.errors import AlreadyThere, DatesCrossed, NameTaken
from pendopo.innovations.models import Innovation
from pendopo.kernel.errors import ReasonMissing


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an innovation; empty: not known."""

    name: str
    year: int
    expansion: str = ""
    summary: str = ""
    started_in: int | None = None
    started_on: date | None = None
    kind: str = ""
    form: str = ""
    initiator: str = ""
    source: str = ""
    legal_basis: str = ""


@transaction.atomic
def register_innovation(agency: Agency, told: Told, *, by: Actor, at: datetime) -> Innovation:
    """Enter an agency's innovation in the register, for the year in which it counts as the agency's own."""
    only_own(by, agency.pk)
    mall = agency.mall
    values = _checked(told, mall.local(at).date())
    if Innovation.objects.filter(mall=mall, name__iexact=told.name).exists():
        raise NameTaken(_("Inovasi bernama “%(name)s” sudah ada.") % {"name": told.name})
    innovation = Innovation.objects.create(mall=mall, agency=agency, registered_at=at, **values)
    audit.record("innovation.registered", f"innovation:{innovation.pk}", by=by, at=at, after=asdict(told))
    return innovation


@transaction.atomic
def change_innovation(innovation: Innovation, told: Told, *, by: Actor, at: datetime) -> Innovation:
    """Write anew what is known of an innovation."""
    only_own(by, innovation.agency_id)
    innovation = Innovation.objects.select_for_update().get(pk=innovation.pk)
    values = _checked(told, innovation.mall.local(at).date())
    others = Innovation.objects.filter(mall_id=innovation.mall_id).exclude(pk=innovation.pk)
    if others.filter(name__iexact=told.name).exists():
        raise NameTaken(_("Inovasi bernama “%(name)s” sudah ada.") % {"name": told.name})
    before = {name: getattr(innovation, name) for name in values}
    for name, value in values.items():
        setattr(innovation, name, value)
    innovation.save(update_fields=list(values))
    audit.record("innovation.changed", f"innovation:{innovation.pk}", by=by, at=at, before=before, after=asdict(told))
    return innovation


def _checked(told: Told, today: date) -> dict[str, object]:
    if told.started_on and told.started_on > today:
        raise DatesCrossed(_("Inovasi dicatat setelah diterapkan: tanggal mulainya paling lambat hari ini."))
    if told.started_in and (told.started_in > today.year):
        raise DatesCrossed(_("Inovasi dicatat setelah diterapkan: tahun mulainya paling lambat tahun ini."))
    return asdict(told) | {"started_in": told.started_on.year if told.started_on else told.started_in}


@transaction.atomic
def show_to_public(innovation: Innovation, *, is_published: bool, by: Actor, at: datetime) -> Innovation:
    """Put an innovation on the public's page, or take it away."""
    only_manager(by)
    innovation = Innovation.objects.select_for_update().get(pk=innovation.pk)
    before = {"published": innovation.is_published}
    innovation.is_published = is_published
    innovation.save(update_fields=["is_published"])
    after = {"published": is_published}
    audit.record("innovation.shown", f"innovation:{innovation.pk}", by=by, at=at, before=before, after=after)
    return innovation


@transaction.atomic
def end_innovation(innovation: Innovation, *, on: date, reason: str, by: Actor, at: datetime) -> Innovation:
    """Say from which day an innovation is not used any more, and why."""
    only_own(by, innovation.agency_id)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa inovasi ini dihentikan."))
    innovation = Innovation.objects.select_for_update().get(pk=innovation.pk)
    if innovation.ended_on:
        raise AlreadyThere(_("Inovasi ini sudah dihentikan."))
    if on > innovation.mall.local(at).date() or (innovation.started_on and on < innovation.started_on):
        raise DatesCrossed(_("Hari terakhir paling lambat hari ini dan tidak sebelum hari pertama."))
    innovation.ended_on, innovation.ended_because = on, reason
    innovation.save(update_fields=["ended_on", "ended_because"])
    audit.record("innovation.ended", f"innovation:{innovation.pk}", by=by, at=at, reason=reason, after={"on": on})
    return innovation
