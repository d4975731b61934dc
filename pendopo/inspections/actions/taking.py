"""How another inspector takes over the filling in of an inspection."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._rights import unsigned
from pendopo.inspections.models import Inspection, Turn
from pendopo.inspections.queries.turns import filler_of
from pendopo.kernel.errors import MoveNotAllowed


@transaction.atomic
def take_over(inspection: Inspection, *, reason: str, by: Actor, at: datetime) -> Turn:
    """Fill in an inspection from now on. What the phone of whoever had it still holds arrives all the same."""
    inspection = unsigned(inspection.pk, by)
    assert by.account
    before = filler_of(inspection).account
    if before == by.account:
        raise MoveNotAllowed(_("Anda sudah mengisi sidak ini."))
    turn = Turn.objects.create(
        mall_id=inspection.mall_id, inspection=inspection, account=by.account, at=at, reason=reason
    )
    audit.record(
        "inspection.taken_over", f"inspection:{inspection.pk}", by=by, at=at, reason=reason,
        before={"account": before.pk}, after={"account": by.account.pk},
    )  # fmt: skip
    return turn
