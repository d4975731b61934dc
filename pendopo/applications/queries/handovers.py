"""Products that wait, where each lies, and what its owner sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.applications.models import Handover, Move, PickUpService, Receipt
from pendopo.kernel.cursors import Page, page_by_time
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall

PAGE = 30
ALL = 100_000
State = Handover.State
# How the list is narrowed: what waits on a shelf, what is not there yet, what is over.
WAITING, COMING, OVER = "waiting", "coming", "over"
STATES = {WAITING: Handover.WAITING, COMING: (State.PRINTED, State.RETURNED), OVER: (State.HANDED, State.SENT)}


def kinds() -> list[tuple[str, str]]:
    """Return by what the list can be narrowed."""
    return [(WAITING, _("Menunggu diambil")), (COMING, _("Belum di rak")), (OVER, _("Sudah keluar"))]


def handovers(
    mall: Mall, actor: Actor, *, kind: str = WAITING, agency: str = "", q: str = "", cursor: str = "", size: int = PAGE
) -> Page[Handover]:
    """Return products of the actor's agencies, whichever has waited longest first.

    `q` is a number of the agency, a shelf, or the key from the owner's page; names are not searched: they are sealed.
    """
    rows = _seen(mall, actor).filter(state__in=STATES[kind])
    if agency:
        rows = rows.filter(agency__code=agency)
    if q:
        rows = rows.filter(Q(number__iexact=q) | Q(shelf__iexact=q) | Q(key=q.lower()))
    return page_by_time(rows, cursor, size, by="changed_at", latest_first=kind == OVER)


def handover_of(mall: Mall, actor: Actor, number: int) -> Handover:
    """Return a product. Raises NotFound, also for one that whoever asks may not see."""
    found = _seen(mall, actor).filter(pk=number).first()
    if found is None:
        raise NotFound(_("Produk ini tidak ada."))
    return found


def _seen(mall: Mall, actor: Actor) -> QuerySet[Handover]:
    rows = Handover.objects.filter(mall=mall)
    seen = actor.followed
    serves = [held.agency_id for held in actor.memberships if held.role is Role.OFFICER]
    if seen is not None and None not in serves:
        rows = rows.filter(agency__in=seen | {agency for agency in serves if agency is not None})
    return rows.select_related("agency", "site", "owner__person", "owner__organisation")


def moves(product: Handover) -> Sequence[Move]:
    """Return what happened to a product, in order."""
    return list(Move.objects.filter(mall_id=product.mall_id, handover=product).select_related("account").order_by("pk"))


def receipt_of(product: Handover) -> Receipt | None:
    """Return who took a product, if it was taken."""
    taken = Receipt.objects.filter(mall_id=product.mall_id, handover=product)
    return taken.select_related("person", "representation__person").first()


def free_shelf(mall: Mall) -> str:
    """Suggest a shelf: the lowest number from 1 on which nothing lies."""
    taken = {
        int(shelf)
        for shelf in Handover.objects.filter(mall=mall).exclude(shelf="").values_list("shelf", flat=True)
        if shelf.isdecimal()
    }
    return str(next(number for number in range(1, len(taken) + 2) if number not in taken))


@dataclass(frozen=True, slots=True)
class OwnersView:
    """A product as its owner sees it by the key: no name of anybody."""

    product: str
    agency: str
    site: str
    number: str
    state: str
    label: str
    since: datetime
    courier: str
    service: str | None

    @property
    def says(self) -> str:
        """What happens next, and who acts."""
        return {
            State.PRINTED: _("Sudah dicetak dan segera diletakkan di rak pengambilan. Tunggu kabar “siap diambil”."),
            State.READY: _("Siap diambil. Bawa KTP; wakil membawa surat kuasa."),
            State.CALLED: _("Sedang diambilkan dari rak. Tetap di dekat loket."),
            State.HANDED: _("Sudah diserahkan. Bila bukan Anda yang menerima, segera hubungi MPP."),
            State.SENT: _("Sedang dikirim lewat kurir."),
            State.RETURNED: _("Dikembalikan ke instansi. Hubungi instansi untuk langkah berikutnya."),
        }[State(self.state)]


def by_key(mall: Mall, key: str) -> OwnersView:
    """Return a product by the key that its owner has. Raises NotFound."""
    found = Handover.objects.filter(mall=mall, key=key).select_related("agency", "site").first()
    if found is None:
        raise NotFound(_("Produk ini tidak ada."))
    pick_up = PickUpService.objects.filter(mall=mall, agency=found.agency_id).select_related("service").first()
    sent = Move.objects.filter(mall=mall, handover=found, kind=State.SENT).order_by("-pk").first()
    return OwnersView(
        found.product, found.agency.name, found.site.name, found.number, found.state, found.get_state_display(),
        found.changed_at, sent.reason if sent and found.state == State.SENT else "",
        pick_up.service.code if pick_up and found.state == State.READY else None,
    )  # fmt: skip
