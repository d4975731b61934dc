"""Files that people gave."""

from uuid import uuid4

from django.utils import timezone

from pendopo.documents import shelf
from pendopo.documents.models import GIVEN_NAME, Preview, StoredFile
from pendopo.documents.types import FileKind, Purpose
from pendopo.kernel.ids import new_key
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer


def give(mall: Mall, account: Account) -> None:
    """Make one clean file of somebody's, with its preview; nobody scanned it."""
    at, code = timezone.now(), new_key()
    kept, small = shelf.new(mall.pk, code, "kept"), shelf.new(mall.pk, code, "preview")
    for slot in (kept, small):
        slot.keep(b"\xff\xd8\xff")
    file = StoredFile.objects.create(
        mall=mall, code=code, account=account, purpose=Purpose.KTP, request_id=uuid4(), length=3, offset=3, size=3,
        kind=FileKind.JPEG, digest=b"x" * 32, kept_path=kept.path, kept_key=kept.sealed_key(),
        name_sealed=Sealer(mall.pk, GIVEN_NAME).seal(b"ktp.jpg"), state=StoredFile.State.CLEAN, state_at=at,
        given_at=at, scanned_at=at, scanner="ClamAV",
    )  # fmt: skip
    Preview.objects.create(
        mall=mall, file=file, path=small.path, key=small.sealed_key(), wide=1, high=1, size=3, made_at=at
    )
