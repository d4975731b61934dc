"""Papers that wait for a signature, and a batch of which some are signed."""

from datetime import datetime
from uuid import UUID, uuid5

from pendopo.agencies.types import Actor
from pendopo.documents.actions import batching, waiting
from pendopo.documents.types import Kind
from pendopo.tenancy.models import Mall

KIND = Kind("trial", "trial", "{number:03}/UJI/{year}")
NAMES = UUID("0d2c1a52-7f39-4f58-9a6b-3c8f3c1f9a10")


def let_wait(mall: Mall, *, by: Actor, at: datetime, title: str = "Izin contoh", count: int = 3) -> dict[str, int]:
    """Let papers wait for the signature of `by`, and one for the seal; begin a batch that stopped at the first."""
    papers = [
        waiting.ask(
            mall, KIND, subject=f"trial:{number}", title=f"{title} {number}", template="demo/papers/decree.typ",
            values={"hall": mall.name, "day": [2026, 11, 23]}, request_id=uuid5(NAMES, f"{mall.pk}:{number}"),
            signer=by.account if number else None, by=by, at=at,
        )
        for number in range(count + 1)
    ]  # fmt: skip
    wish = uuid5(NAMES, f"{mall.pk}:batch")
    batch = batching.begin(mall, [each.pk for each in papers[1:]], request_id=wish, by=by, at=at)
    batching.miss(batch, papers[1], "passphrase", by=by, at=at)
    batching.end(batch, problem="passphrase", by=by, at=at)
    return {"batch": batch.pk, "paper_waiting": papers[1].pk}
