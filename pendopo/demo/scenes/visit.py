"""A sidak for a scene: what was looked at, a finding at each stage, the signature. Names and findings are invented.

Reports tell that a head came unannounced and not what was written down.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from pendopo.agencies.models import Agency
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.demo.types import DOMAIN
from pendopo.inspections.actions import beginning, filling, finding, following, signing
from pendopo.inspections.models import Finding, Place
from pendopo.inspections.types import Hand, Said, Told, Wrong
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall, Site

HAND = Path(__file__).parents[1] / "data" / "tanda_tangan.png"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YES = (
    "on_time", "hours_posted", "parking", "ramp", "handrail", "door", "wheelchair", "toilet", "seats", "counter",
    "nursing", "children", "waiting_room", "toilets_clean", "fees_posted", "charter_posted", "hotline_answers",
)  # fmt: skip
NO = ("staffed", "guiding", "braille", "companion", "bins", "brochures", "standard_posted")


def visit(mall: Mall, manager: Actor, begun_at: datetime) -> None:
    """Inspect a mall from a moment on: one finding stays open, one is answered, one is mended and closed."""
    inspector, civil = (
        actor_of_account(mall, Account.objects.of_contact(f"{name}@{DOMAIN}").get())
        for name in ("inspektur", "instansi")
    )
    site = Site.objects.in_use().filter(mall=mall).exclude(kind=Site.Kind.VAN).order_by("pk")[0]
    sidak = beginning.begin(mall, sites=[site], others=(), part=uuid4(), by=inspector, at=begun_at, team="Inspektorat")
    place = Place.objects.select_related("inspection").get(mall=mall, inspection=sidak)

    def told(minutes: int) -> Told:
        return Told(uuid4(), begun_at + minutes * MINUTE)

    said = [Said(place.pk, item, value) for items, value in ((YES, "yes"), (NO, "no")) for item in items]
    said.append(Said(place.pk, "empty", number=1))
    filling.answer(sidak, said, told=told(20), by=inspector, at=begun_at + 20 * MINUTE)
    for first, second in ((True, False), (True, False), (False, False)):
        filling.hear(place, first=first, second=second, told=told(25), by=inspector, at=begun_at + 25 * MINUTE)
    found_on = mall.local(begun_at).date()

    def found(words: str, item: str, agency: str, days: int) -> Finding:
        owner = Agency.objects.get(mall=mall, code=agency) if agency else None
        wrong = Wrong(words, owner, found_on + days * DAY, item)
        return finding.find(place, wrong, told=told(30), by=inspector, at=begun_at + 30 * MINUTE)

    found("Rak brosur kosong", "brochures", "DINKES", 14)
    bins = found("Tempat sampah kurang di ruang tunggu", "bins", "", 7)
    posted = found("Standar pelayanan tidak terpasang di gerai", "standard_posted", "DUKCAPIL", 3)
    hand = Hand(inspector.account.name if inspector.account else "", "Inspektur Pembantu", HAND.read_bytes())
    signing.sign(
        sidak, hand, summary="Baik, kecuali tiga hal yang ditulis di sini.", told=told(40), by=inspector,
        at=begun_at + 40 * MINUTE,
    )  # fmt: skip
    following.reply(bins, "Empat tempat sampah sudah dipesan.", by=manager, at=begun_at + DAY)
    following.reply(posted, "Standar sudah dipasang di kedua sisi gerai.", by=civil, at=begun_at + DAY)
    following.close(posted, "Dilihat sendiri: terpasang dan terbaca.", by=inspector, at=begun_at + 2 * DAY)
