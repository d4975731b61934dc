"""Products on their way to whom they belong: many on shelves, one in the hands of a proxy."""

from datetime import datetime
from uuid import uuid4

from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.types import Actor
from pendopo.applications.actions import handing, keeping, owning, pick_up
from pendopo.applications.actions.handing import Signed
from pendopo.applications.models import Handover
from pendopo.applications.tests import make
from pendopo.catalogue.models import Service
from pendopo.tenancy.models import Mall


def hand_over(mall: Mall, *, by: Actor, at: datetime, word: str = "", many: int = 2) -> dict[str, int | str]:
    """Put products on shelves, give one to a proxy who signs; return what asks for them. `word`: in what people write.

    The agency is the first that has an outlet.
    """
    outlet = Outlet.objects.filter(mall=mall).exclude(agency=None).select_related("agency", "site").order_by("pk")[0]
    agency, site = outlet.agency, outlet.site
    assert agency

    def ready(number: int) -> Handover:
        owner = owning.owner_of(mall, name=f"Siti Contoh {word}".strip(), nik="", phone="081234567890", by=by, at=at)
        brought = keeping.bring(
            agency, site, owner, product=f"KTP-el {word}".strip()[:80], number=f"{number} {word}".strip()[:40],
            request_id=uuid4(), by=by, at=at,
        )  # fmt: skip
        return keeping.shelve(brought, str(number), link=make.LINK, by=by, at=at)

    handed, *waiting = [ready(number) for number in range(1, many + 1)]
    proxy = owning.new_proxy(
        handed.owner, name=f"Ani Contoh {word}".strip(), basis="attorney", document=f"Kuasa 3 Januari {word}".strip(),
        by=by, at=at,
    )  # fmt: skip
    handing.hand(handed, Signed("drawn", make.drawn()), proxy=proxy, by=by, at=at)
    service = Service.objects.filter(mall=mall, agency=agency).order_by("pk")[0]
    pick_up.set_pick_up(agency, service, reason=f"Rapat {word}", by=by, at=at)
    return {
        "handover": waiting[0].pk, "handed": handed.pk, "product": waiting[0].key, "giving": _code(agency),
    }  # fmt: skip


def _code(agency: Agency) -> str:
    return agency.code
