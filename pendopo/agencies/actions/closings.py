"""Closings that are told ahead: of an agency or of one counter."""

from datetime import datetime

from django.db import transaction

from pendopo.agencies.models import (
    Closing,
    Counter,
    Outlet,
)
from pendopo.audit import actions as audit
from pendopo.audit.types import Who


@transaction.atomic
def announce_closing(
    outlet: Outlet,
    *,
    counter: Counter | None,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    at: datetime,
    by: Who | None = None,
) -> Closing:
    """Tell ahead that an outlet, or one counter of it, receives nobody for a while."""
    closing = Closing.objects.create(
        mall_id=outlet.mall_id, outlet=outlet, counter=counter, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    after = {"from": starts_at.isoformat(), "until": ends_at.isoformat()}
    audit.record("closing.announced", f"closing:{closing.pk}", by=by, at=at, reason=reason, after=after)
    return closing


@transaction.atomic
def change_closing(closing: Closing, *, at: datetime, by: Who | None = None) -> None:
    """Keep a closing's new hours, what was decided for those who wait, or that it has begun."""
    closing.save(update_fields=["starts_at", "ends_at", "decision", "begun_at"])
    hours = {"from": closing.starts_at.isoformat(), "until": closing.ends_at.isoformat()}
    after = hours | {"decision": closing.decision, "begun": closing.begun_at is not None}
    audit.record("closing.changed", f"closing:{closing.pk}", by=by, at=at, reason=closing.reason, after=after)


@transaction.atomic
def withdraw_closing(closing: Closing, *, at: datetime, by: Who | None = None) -> None:
    """Take back a closing that has not begun."""
    audit.record("closing.withdrawn", f"closing:{closing.pk}", by=by, at=at, reason=closing.reason)
    closing.delete()
