"""Files that people gave: one of the manager's own, one that is shown at a desk, one that the scanner held back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import Image

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.documents import shelf
from pendopo.documents.actions import examining, giving
from pendopo.documents.models import StoredFile
from pendopo.documents.scanners import Verdict
from pendopo.documents.types import FileKind, Purpose
from pendopo.kernel.ids import new_key
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall


@dataclass(frozen=True)
class _Scanner:
    """Says what it was told to say: a real one is tried where nothing is shown."""

    finding: str

    def scan(self, content: Iterator[bytes]) -> Verdict:
        return Verdict(self.finding, "ClamAV 1.4.3/27800")


def give(mall: Mall, other: Account, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Bring files into every state of their pages; return what the pages are about."""
    out = BytesIO()
    Image.new("RGB", (800, 500), (210, 220, 235)).save(out, "JPEG")

    def one(owner: Actor, purpose: Purpose, finding: str = "") -> StoredFile:
        slot = shelf.new(mall.pk, new_key(), "raw")
        slot.keep(out.getvalue())
        file = giving.give(
            mall, slot, size=len(out.getvalue()), kind=FileKind.JPEG, name=f"Foto {word} saya.jpg", purpose=purpose,
            request_id=None, by=owner, at=at,
        )  # fmt: skip
        examining.examine(mall.pk, file.pk, at=at, scanner=_Scanner(finding))
        return file

    own, given = one(by, Purpose.KTP), one(actor_of_account(mall, other), Purpose.KK)
    one(by, Purpose.OTHER, f"Uji.{word or 'Eicar'}.UNOFFICIAL")
    examining.preview(mall.pk, own.pk, at=at)
    return {"file": own.code, "given": given.code}
