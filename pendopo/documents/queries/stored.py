"""Files that people gave, as they themselves, an officer and the manager see them. Stand inside the mall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.documents.models import Preview, StoredFile
from pendopo.documents.types import Purpose
from pendopo.kernel.cursors import Page, page_by_number
from pendopo.kernel.errors import NotFound
from pendopo.people.models import Party
from pendopo.tenancy.models import Mall

PAGE = 20
# A scan takes seconds: whoever waits longer is told that nobody scans.
LONG = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a bundle of services asks once: a purpose, and the file that can be used again, if there is one."""

    purpose: Purpose
    file: StoredFile | None

    @property
    def is_proven(self) -> bool:
        """Whether an officer has compared it before."""
        return self.file is not None and self.file.is_proven


def offered(party: Party, purposes: Iterable[str]) -> list[Offered]:
    """Return each purpose once, in the order of its first mention, with the party's newest proven file for it.

    Where nothing is proven, the newest clean one. Raises ValueError for a purpose that there is none of.
    """
    wanted = [Purpose(each) for each in dict.fromkeys(purposes)]
    mine = Q(party=party)
    if party.person is not None and party.person.account_id is not None:
        mine |= Q(account=party.person.account_id)
    clean = StoredFile.objects.filter(mine, mall=party.mall_id, state=StoredFile.State.CLEAN, purpose__in=wanted)
    best: dict[str, StoredFile] = {}
    for file in clean.order_by("pk"):
        if file.purpose not in best or file.is_proven or not best[file.purpose].is_proven:
            best[file.purpose] = file
    return [Offered(purpose, best.get(purpose)) for purpose in wanted]


def mine(mall: Mall, actor: Actor, *, cursor: str = "") -> Page[StoredFile]:
    """Return the files of whoever asks, the newest first. Raises NotUnderstood."""
    return page_by_number(StoredFile.objects.visible_to(actor).present().filter(mall=mall), cursor, PAGE)


def of_mine(mall: Mall, actor: Actor, code: str) -> StoredFile:
    """Return a file of whoever asks. Raises NotFound, also for everybody else's."""
    return _found(StoredFile.objects.visible_to(actor).present().filter(mall=mall), code)


def shown_to_officer(mall: Mall, code: str) -> StoredFile:
    """Return the clean file whose code somebody shows at a desk. Raises NotFound."""
    return _found(StoredFile.objects.filter(mall=mall, state=StoredFile.State.CLEAN), code)


def by_code(mall: Mall, code: str) -> StoredFile:
    """Return any file that is still there. Raises NotFound."""
    return _found(StoredFile.objects.filter(mall=mall).present(), code)


def quarantined(mall: Mall, *, cursor: str = "") -> Page[StoredFile]:
    """Return what the scanner held back, the newest first. Raises NotUnderstood."""
    return page_by_number(StoredFile.objects.filter(mall=mall, state=StoredFile.State.QUARANTINED), cursor, PAGE)


def preview_of(file: StoredFile) -> Preview | None:
    """Return the small picture of a file, if it was made."""
    return Preview.objects.filter(file=file).select_related("file").first()


def is_scanning(mall: Mall, at: datetime) -> bool:
    """Whether files are looked at: a scanner is set up, and nobody waits for long."""
    waiting = StoredFile.objects.filter(mall=mall, state=StoredFile.State.WAITING, state_at__lt=at - LONG)
    return bool(settings.CLAMD) and not waiting.exists()


def _found(files: QuerySet[StoredFile], code: str) -> StoredFile:
    file = files.filter(code=code.strip().lower()).first() if "\0" not in code else None
    if file is None:
        raise NotFound(_("Berkas ini tidak ada."))
    return file
