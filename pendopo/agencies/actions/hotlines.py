"""Hotlines: the number that people are told, and the monthly call that proves it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager, only_own
from pendopo.agencies.models import Agency, Hotline, HotlineTest
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood

SHORTEST = 3


@transaction.atomic
def set_hotline(agency: Agency, *, number: str, by: Actor, at: datetime, hours: str = "") -> Hotline:
    """Tell the number at which an agency answers; it is shown at once wherever its services are."""
    only_own(by, agency.pk)
    if sum(letter.isdigit() for letter in number) < SHORTEST:
        raise NotUnderstood(_("Tulis nomor yang dapat dihubungi, paling sedikit tiga angka."))
    before = Hotline.objects.filter(agency=agency).values("number", "hours").first()
    hotline, _is_new = Hotline.objects.update_or_create(
        mall_id=agency.mall_id, agency=agency, defaults={"number": number, "hours": hours}
    )
    after = {"number": number, "hours": hours}
    audit.record("hotline.set", f"agency:{agency.pk}", by=by, at=at, before=before, after=after)
    return hotline


@transaction.atomic
def try_hotline(hotline: Hotline, *, is_answered: bool, by: Actor, at: datetime, note: str = "") -> HotlineTest:
    """Record that the number was called, and whether somebody answered. An agency does not test itself."""
    only_manager(by)
    tested = HotlineTest.objects.create(
        mall_id=hotline.mall_id, hotline=hotline, number=hotline.number, tested_at=at, account=by.account,
        is_answered=is_answered, note=note,
    )  # fmt: skip
    after = {"answered": is_answered}
    audit.record("hotline.tested", f"hotline:{hotline.pk}", by=by, at=at, reason=note, after=after)
    return tested
