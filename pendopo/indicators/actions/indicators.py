"""Indicators: official figures are added and corrected, never rewritten; so is the path; services count for them."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Service
from pendopo.indicators.errors import AlreadyCorrected, AlreadyThere, DatesCrossed
from pendopo.indicators.models import Indicator, IndicatorService, OfficialFigure, TargetPoint
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.tenancy.models import Mall


@transaction.atomic
def add_indicator(
    mall: Mall,
    *,
    name: str,
    theme: str,
    unit: str,
    better: str,
    by: Actor,
    at: datetime,
    publisher: str = "",
    note: str = "",
) -> Indicator:
    """Follow an indicator: its theme, unit, in which direction it should go, and who publishes its figures."""
    _only_manager(by)
    code = slugify(name)[:30].strip("-") or "indikator"
    if Indicator.objects.filter(mall=mall, code=code).exists():
        raise AlreadyThere(_("Indikator ini sudah ada."))
    indicator = Indicator.objects.create(
        mall=mall, code=code, name=name, theme=theme, unit=unit, better=better, publisher=publisher, note=note
    )
    after = {"name": name, "theme": theme, "unit": unit, "better": better}
    audit.record("indicator.added", f"indicator:{indicator.pk}", by=by, at=at, after=after)
    return indicator


@transaction.atomic
def note_figure(
    indicator: Indicator,
    value: Decimal,
    *,
    as_of: date,
    source: str,
    by: Actor,
    at: datetime,
    is_claim: bool = False,
    note: str = "",
    corrects: OfficialFigure | None = None,
    reason: str = "",
) -> OfficialFigure:
    """Note what a source says the indicator was. A wrong figure stays: this one corrects it, with a reason."""
    _only_manager(by)
    if as_of > indicator.mall.local(at).date():
        raise DatesCrossed(_("Angka dicatat setelah ada: tanggalnya paling lambat hari ini."))
    indicator = _locked(indicator)
    if corrects is not None:
        if corrects.indicator_id != indicator.pk:
            raise NotUnderstood(_("Angka yang dikoreksi tidak ada pada indikator ini."))
        if not reason:
            raise ReasonMissing(_("Tulis mengapa angka itu dikoreksi."))
        if OfficialFigure.objects.filter(mall_id=indicator.mall_id, corrects=corrects).exists():
            raise AlreadyCorrected(_("Angka ini sudah dikoreksi. Koreksilah angka yang menggantikannya."))
    figure = OfficialFigure.objects.create(
        mall_id=indicator.mall_id, indicator=indicator, value=value, as_of=as_of, source=source, is_claim=is_claim,
        note=note, corrects=corrects, reason=reason if corrects else "", account=by.account, noted_at=at,
    )  # fmt: skip
    after = {"value": value, "as_of": as_of, "source": source, "corrects": corrects.pk if corrects else None}
    audit.record("official_figure.noted", f"indicator:{indicator.pk}", by=by, at=at, reason=reason, after=after)
    return figure


@transaction.atomic
def set_target(
    indicator: Indicator, year: int, value: Decimal, *, source: str, by: Actor, at: datetime, reason: str = ""
) -> TargetPoint:
    """Say where the indicator should be in a year. Another target of the same year needs a reason, and takes over."""
    _only_manager(by)
    indicator = _locked(indicator)
    held = TargetPoint.objects.filter(
        mall_id=indicator.mall_id, indicator=indicator, year=year, replacement=None
    ).first()
    if held and not reason:
        raise ReasonMissing(_("Target tahun %(year)d sudah ada: tulis mengapa berubah.") % {"year": year})
    point = TargetPoint.objects.create(
        mall_id=indicator.mall_id, indicator=indicator, year=year, value=value, source=source, replaces=held,
        reason=reason if held else "", account=by.account, noted_at=at,
    )  # fmt: skip
    before = {"value": held.value} if held else None
    after = {"year": year, "value": value, "source": source}
    audit.record("target.set", f"indicator:{indicator.pk}", by=by, at=at, reason=reason, before=before, after=after)
    return point


@transaction.atomic
def choose_services(
    indicator: Indicator, services: Collection[Service], *, reason: str, by: Actor, at: datetime
) -> Indicator:
    """Say which services of the mall count for an indicator, in the place of those that did before."""
    _only_manager(by)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa layanan ini yang dihitung."))
    indicator = _locked(indicator)
    if any(service.mall_id != indicator.mall_id for service in services):
        raise NotUnderstood(_("Layanan ini tidak ada di MPP ini."))
    held = IndicatorService.objects.filter(mall_id=indicator.mall_id, indicator=indicator)
    before = {"services": sorted(held.values_list("service", flat=True))}
    held.delete()
    IndicatorService.objects.bulk_create(
        IndicatorService(mall_id=indicator.mall_id, indicator=indicator, service=each) for each in services
    )
    after = {"services": sorted(each.pk for each in services)}
    audit.record(
        "indicator.services_chosen", f"indicator:{indicator.pk}", by=by, at=at, reason=reason, before=before,
        after=after,
    )  # fmt: skip
    return indicator


def _locked(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update(of=("self",)).select_related("mall").get(pk=indicator.pk)


def _only_manager(by: Actor) -> None:
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))
