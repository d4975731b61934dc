"""What a mall is called, how it looks, and what its boards say."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.kernel import events
from pendopo.kernel.reasons import stated
from pendopo.tenancy.errors import TextsChanged
from pendopo.tenancy.events import MallChanged
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import forget_malls

type Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What a mall is called and how it looks; `accent` and `logo` empty: as Pendopo brings them."""

    name: str
    government: str
    accent: str = ""
    logo: str = ""


@transaction.atomic
def dress(mall: Mall, look: Look, *, reason: str, at: datetime, account_id: int | None = None) -> Mall:
    """Give a mall another name or look; the same again changes nothing. Raises ReasonMissing."""
    reason, mall = stated(reason), _locked(mall)
    after = asdict(look)
    before = {name: getattr(mall, name) for name in after}
    if before != after:
        for name, value in after.items():
            setattr(mall, name, value)
        mall.save(update_fields=list(after))
        _tell(MallChanged("mall.dressed", mall.pk, at, account_id, reason, before, after))
    return mall


@transaction.atomic
def write_ticker(
    mall: Mall, lines: Sequence[Line], *, known: object, reason: str, at: datetime, account_id: int | None = None
) -> Mall:
    """Write the lines that the boards of a mall show; the same again changes nothing.

    `known` is what whoever writes has seen. Raises ReasonMissing, TextsChanged when it stands there no more.
    """
    reason, mall = stated(reason), _locked(mall)
    before = mall.texts.get("ticker", [])
    if before != known:
        raise TextsChanged(_("Teks papan diubah orang lain sementara itu. Periksa yang sekarang, lalu ulangi."))
    after = [dict(line) for line in lines]
    if before != after:
        mall.texts = {**mall.texts, "ticker": after}
        mall.save(update_fields=["texts"])
        _tell(MallChanged("board.texts_written", mall.pk, at, account_id, reason, {"lines": before}, {"lines": after}))
    return mall


def _locked(mall: Mall) -> Mall:
    return Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _tell(event: MallChanged) -> None:
    events.publish(event)
    # Other processes know a mall for some seconds more.
    transaction.on_commit(forget_malls)
