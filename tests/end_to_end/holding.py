"""Documents of somebody who signs in: valid, over, and taken back."""

from datetime import datetime, timedelta

from pendopo.agencies.types import Actor
from pendopo.documents.actions import issuing
from pendopo.documents.tests import make
from pendopo.people.actions import introducing
from pendopo.tenancy.models import Mall


def hold(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> None:
    """Issue three documents to whoever acts; take one back."""
    assert by.account
    person = introducing.introduce(mall, by.account, name=by.account.name, at=at, by=by)
    yesterday = mall.local(at).date() - timedelta(days=1)
    _valid, _over, wrong = (
        make.issued(
            mall, subject=f"held:{number}", title=f"Izin contoh {word}".strip(), holder=person, by=by, at=at,
            valid_until=yesterday if number == 1 else None,
        )
        for number in range(3)
    )  # fmt: skip
    issuing.revoke(wrong, reason=f"Salah nama {word}".strip()[:200], link="https://mpp.test/v/1/", by=by, at=at)
