"""What becomes of an innovation: how much it is used, what it won, who took it over."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_own
from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.innovations.errors import AlreadyThere, DatesCrossed
from pendopo.innovations.models import Award, Innovation, Replication, Usage


@transaction.atomic
def note_usage(
    innovation: Innovation, *, month: date, count: int, unit: str, source: str, by: Actor, at: datetime
) -> Usage:
    """Note how often an innovation was used in a month; noted again, the figure is corrected."""
    only_own(by, innovation.agency_id)
    month = month.replace(day=1)
    if month > innovation.mall.local(at).date():
        raise DatesCrossed(_("Bulan itu belum mulai."))
    innovation = Innovation.objects.select_for_update().get(pk=innovation.pk)
    if innovation.ended_on and month > innovation.ended_on:
        raise DatesCrossed(_("Inovasi ini sudah dihentikan sebelum bulan itu."))
    told = {"count": count, "unit": unit, "source": source}
    noted = Usage.objects.filter(mall_id=innovation.mall_id, innovation=innovation, month=month)
    old = noted.values("count", "unit", "source").first()
    usage, _is_new = Usage.objects.update_or_create(
        mall_id=innovation.mall_id,
        innovation=innovation,
        month=month,
        defaults=told | {"account_id": by.account_id, "noted_at": at},
    )
    after = {"month": month} | told
    audit.record("innovation.used", f"innovation:{innovation.pk}", by=by, at=at, before=old, after=after)
    return usage


@transaction.atomic
def note_award(innovation: Innovation, *, name: str, year: int, source: str, by: Actor, at: datetime) -> Award:
    """Note what an innovation won in a year, and where that is known from."""
    only_own(by, innovation.agency_id)
    if year > innovation.mall.local(at).date().year:
        raise DatesCrossed(_("Tahun penghargaan paling lambat tahun ini."))
    key = {"mall_id": innovation.mall_id, "innovation": innovation, "name": name, "year": year}
    if Award.objects.filter(**key).exists():
        raise AlreadyThere(_("Penghargaan ini sudah tercatat."))
    award = Award.objects.create(**key, source=source)
    audit.record("innovation.awarded", f"innovation:{innovation.pk}", by=by, at=at, after={"name": name, "year": year})
    return award


@transaction.atomic
def note_replication(
    innovation: Innovation,
    *,
    since: date,
    source: str,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    taker: str = "",
    giver: str = "",
) -> Replication:
    """Note who took an innovation over, since when, and from whom if not from the agency it belongs to."""
    only_own(by, innovation.agency_id)
    if since > innovation.mall.local(at).date() or (innovation.started_on and since < innovation.started_on):
        raise DatesCrossed(_("Replikasi mulai paling lambat hari ini dan tidak sebelum inovasinya."))
    if (agency is None) == (not taker):
        raise AlreadyThere(_("Pilih instansi, atau tulis nama pihak lain: salah satu."))
    if agency is not None and agency.pk == innovation.agency_id and not giver:
        raise AlreadyThere(_("Instansi tidak mengambil alih inovasinya sendiri."))
    key = {"mall_id": innovation.mall_id, "innovation": innovation, "agency": agency, "taker": taker}
    if Replication.objects.filter(**key).exists():
        raise AlreadyThere(_("Replikasi ini sudah tercatat."))
    replication = Replication.objects.create(**key, giver=giver, since=since, source=source)
    after = {"taker": replication.taken_by, "giver": giver, "since": since}
    audit.record("innovation.replicated", f"innovation:{innovation.pk}", by=by, at=at, after=after)
    return replication
