"""Taking a number: one SQL function."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from pendopo.agencies.queries.opening import opening_text
from pendopo.agencies.types import Actor
from pendopo.kernel.dates import near_day
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotSignedIn
from pendopo.kernel.ids import new_key
from pendopo.queues.errors import (
    AlreadyWaiting,
    Closed,
    NotAtTheStop,
    NotOffered,
    NotToday,
    OfferChanged,
    QuotaFull,
    VisitEnded,
    WrongCode,
)
from pendopo.queues.queries import vans
from pendopo.queues.queries.doors import is_door_code
from pendopo.queues.types import NO_NEEDS, Needs, Origin, number_text
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Site

SERIALIZATION_FAILURE = "40001"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who takes or calls on the hot path: numbers only, checked inside the SQL function. `token` of an API token.

    `holder` tells one phone from another, where one takes for itself; see `queries.phones.holder_of`.
    """

    account_id: int | None = None
    token: str | None = None
    device_id: int | None = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket as its taker gets it; `is_new` is False for a repeated request."""

    id: int
    key: str
    number: str
    service: str
    queue: str
    state: str
    ahead: int
    is_new: bool


def take(
    mall: Mall,
    service: str,
    *,
    origin: Origin,
    request_id: UUID,
    by: Caller,
    at: datetime,
    site: Site | None = None,
    needs: Needs = NO_NEEDS,
    visit_key: str = "",
) -> Taken:
    """Take a ticket for a service (or variant) by its code; the same request again gets the same ticket.

    With `visit_key`, the key of a ticket of the same coming, it joins that visit and has its needs. Raises NotOffered,
    NotAtTheStop, NotToday, Closed, QuotaFull, OfferChanged, AlreadyWaiting (the phone has a live ticket there),
    VisitEnded, AnotherBody (the request's number was used for something else), NotAllowed, NotSignedIn.
    """
    digest = hashlib.sha256(f"{service}\n{origin.value}\n{by.account_id}\n{by.device_id}".encode()).digest()
    arguments: list[wall.Argument] = [
        mall.pk, request_id, digest, service, site.pk if site else None, origin.value,
        by.account_id, by.token, by.device_id, new_key(), at,
        needs.priority.value if needs.priority else "", needs.wheelchair, needs.deaf, needs.interpreter, visit_key,
        by.holder if origin is Origin.PHONE else "",
    ]  # fmt: skip
    row = _taken(arguments)
    answer, ticket, key, code, number, variant, _queue, state, ahead, reason, label, until = row
    if answer not in {"taken", "again", "held"}:
        if answer == "closed" and reason != "cutoff":
            raise Closed(_closed(mall, service, site, at, str(reason), label, until))
        if answer == "at_stop":
            raise NotAtTheStop(_at_the_stop(mall, service, site, at))
        _refuse_ticket(str(answer), service, reason, label, until, mall.local(at).date())
    assert isinstance(number, int)
    if answer == "held":
        held = {"number": number_text(str(code), number)}
        words = _("Ponsel ini sudah memegang nomor %(number)s di antrean yang sama. Selesaikan atau batalkan dahulu.")
        raise AlreadyWaiting(words % held, key=str(key))
    assert isinstance(ticket, int)
    assert isinstance(ahead, int)
    return Taken(
        id=ticket,
        key=str(key),
        number=number_text(str(code), number),
        service=str(variant),
        queue=str(code),
        state=str(state),
        ahead=ahead,
        is_new=answer == "taken",
    )


def _taken(arguments: list[wall.Argument]) -> tuple[object, ...]:
    """Call it, and once more when in that very moment a first quota was made, or what was asked for ended."""
    try:
        return wall.call("queues_take", arguments)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != SERIALIZATION_FAILURE:
            raise
        if connection.in_atomic_block:
            raise OfferChanged(_("Layanan ini baru saja diubah pengelola. Coba sekali lagi.")) from error
    return wall.call("queues_take", arguments)


def take_at_van(
    mall: Mall,
    van: Site,
    service: str,
    *,
    code: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
    needs: Needs = NO_NEEDS,
) -> Taken:
    """Take a ticket of a van where it stands: by its own people and devices, else with the code shown there.

    Without it whoever sits at home would be before those who came. Raises WrongCode, and all that `take` raises.
    """
    if not vans.is_known_there(van, by) and not is_door_code(van.pk, code, at):
        raise WrongCode(_("Kode ini tidak cocok. Ketik enam angka yang sekarang ditunjukkan petugas di kendaraan."))
    who = Caller(device_id=by.device_id)
    return take(mall, service, origin=Origin.VAN, request_id=request_id, by=who, at=at, site=van, needs=needs)


def _at_the_stop(mall: Mall, service: str, site: Site | None, at: datetime) -> str:
    told = _("Nomor layanan ini diambil di kendaraan keliling, di tempat singgahnya.")
    with wall.inside(mall.pk):
        return f"{told} {vans.tell_next(mall, service, site, at)}".strip()


def _closed(
    mall: Mall, service: str, site: Site | None, at: datetime, reason: str, label: object, until: object
) -> str:
    why = opening_text("closed", reason, str(label or ""), until if isinstance(until, time) else None)
    told = _("Nomor antrean belum dapat diambil. %(why)s.") % {"why": why}
    with wall.inside(mall.pk):
        return f"{told} {vans.tell_next(mall, service, site, at)}".strip()


def _refuse_ticket(answer: str, service: str, reason: object, label: object, until: object, today: date) -> None:
    if answer == "closed":
        raise Closed(_("Nomor hari ini sudah ditutup. Nomor yang sudah diambil tetap dilayani."))
    if answer == "other_day":
        raise NotToday(_("Layanan ini tidak diberikan hari ini%(again)s.") % {"again": _again(label, today)})
    if answer == "full":
        raise QuotaFull(_full(reason, label, until, today))
    if answer == "visit_ended":
        raise VisitEnded(_("Kunjungan itu sudah selesai atau di hari lain. Ambil nomor tanpa kunjungan itu."))
    if answer == "another_body":
        raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
    if answer == "revoked":
        raise NotSignedIn(_("Token sudah dicabut."))
    if answer == "not_allowed":
        raise NotAllowed(_("Anda tidak bertugas di MPP ini."))
    raise NotOffered(_("Layanan “%(code)s” tidak ada di MPP ini.") % {"code": service[:40]})


def _full(reason: object, label: object, until: object, today: date) -> str:
    if reason == "phones" and isinstance(until, time):
        hour = until.strftime("%H.%M")
        return _("Jatah lewat ponsel habis. Sisa jatah dibuka pukul %(hour)s, atau ambil nomor di MPP.") % {
            "hour": hour
        }
    if reason == "phones":
        return _("Jatah lewat ponsel habis. Ambil nomor di MPP.")
    if reason == "none":
        return _("Hari ini layanan ini tidak memberi nomor%(again)s.") % {"again": _again(label, today)}
    return _("Jatah layanan ini untuk hari ini habis%(again)s.") % {"again": _again(label, today)}


def _again(label: object, today: date) -> str:
    """Say when a service is given again, as the end of a sentence: "; lagi Senin". Nothing when nobody knows."""
    if not isinstance(label, str) or not label:
        return ""
    return _("; lagi %(day)s") % {"day": near_day(date.fromisoformat(label), today)}
