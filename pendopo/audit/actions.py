import json
from collections.abc import Mapping
from datetime import datetime

from pendopo.audit.models import Entry, InstallationEntry
from pendopo.audit.types import Who
from pendopo.kernel.crypto import keyed_hash
from pendopo.tenancy import wall

type Values = Mapping[str, object]


def record(
    action: str,
    subject: str,
    *,
    by: Who | None,
    at: datetime,
    reason: str = "",
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Witness an act in the transaction of the change, in the mall of the transaction or above all malls.

    `by` None is the system itself. Values are kept as keyed digests only (UU 27/2022: no more data than needed).
    """
    mall = wall.current_mall()
    digests = {"before": _digest(before), "after": _digest(after)}
    if mall is None:
        account = by.account_id if by else None
        InstallationEntry.objects.create(
            at=at, action=action, subject=subject, account_number=account, reason=reason, **digests
        )
        return
    Entry.objects.create(
        mall_id=mall,
        at=at,
        action=action,
        subject=subject,
        account_id=by.account_id if by else None,
        device_id=by.device_id if by else None,
        reason=reason,
        **digests,
    )


def _digest(values: Values | None) -> bytes | None:
    if values is None:
        return None
    return keyed_hash("audit", json.dumps(values, sort_keys=True, default=str))
