"""Gates are set version after version; values are reported, and corrected by others; each has somebody responsible."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood, ReasonMissing
from pendopo.readiness.actions._rights import only_manager
from pendopo.readiness.errors import AlreadyCorrected, DatesCrossed, OwnerUnclear
from pendopo.readiness.models import CRITERION, GATE, Charge, Gate, GateVersion, Value
from pendopo.readiness.queries.rules import GateRule, rules
from pendopo.tenancy.models import Mall


@transaction.atomic
def set_gates(
    mall: Mall, gates: Sequence[GateRule], *, valid_from: date, reason: str, by: Actor, at: datetime
) -> GateVersion:
    """Set the gates that hold from a day on, as a new version. What was assessed before keeps its own."""
    only_manager(by)
    if not reason:
        raise ReasonMissing(_("Tulis alasan perubahan gerbang."))
    if not gates or len({gate.code for gate in gates}) < len(gates):
        raise NotUnderstood(_("Sebutkan tiap gerbang satu kali, paling sedikit satu."))
    _lock(mall)
    last = GateVersion.objects.filter(mall=mall).order_by("-number").first()
    if last and valid_from < last.valid_from:
        raise DatesCrossed(_("Versi baru berlaku tidak lebih awal daripada versi sebelumnya."))
    version = GateVersion.objects.create(
        mall=mall, number=last.number + 1 if last else 1, valid_from=valid_from, reason=reason, account=by.account,
        set_at=at,
    )  # fmt: skip
    Gate.objects.bulk_create(
        Gate(
            mall=mall, version=version, position=position, code=gate.code, name=gate.name, unit=gate.unit,
            threshold=gate.threshold, source=gate.source, source_on=gate.source_on, note=gate.note,
        )
        for position, gate in enumerate(gates)
    )  # fmt: skip
    after = {"number": version.number, "gates": {gate.code: gate.threshold for gate in gates}, "from": valid_from}
    audit.record("gates.set", f"gate_version:{version.pk}", by=by, at=at, reason=reason, after=after)
    return version


@transaction.atomic
def note_value(
    mall: Mall,
    gate: str,
    value: Decimal,
    *,
    as_of: date,
    source: str,
    by: Actor,
    at: datetime,
    exactness: str = Value.Exactness.EXACT,
    out_of: int | None = None,
    is_claim: bool = False,
    note: str = "",
    corrects: Value | None = None,
    reason: str = "",
) -> Value:
    """Note what a source reports of a gate on a day. A wrong value stays: this one corrects it, with a reason."""
    only_manager(by)
    if as_of > mall.local(at).date():
        raise DatesCrossed(_("Angka dicatat setelah ada: tanggalnya paling lambat hari ini."))
    _lock(mall)
    if corrects is not None:
        if corrects.mall_id != mall.pk or corrects.gate != gate:
            raise NotUnderstood(_("Angka yang dikoreksi tidak ada pada gerbang ini."))
        if not reason:
            raise ReasonMissing(_("Tulis mengapa angka itu dikoreksi."))
        if Value.objects.filter(mall=mall, corrects=corrects).exists():
            raise AlreadyCorrected(_("Angka ini sudah dikoreksi. Koreksilah angka yang menggantikannya."))
    noted = Value.objects.create(
        mall=mall, gate=gate, value=value, exactness=exactness, out_of=out_of, as_of=as_of, source=source,
        is_claim=is_claim, note=note, corrects=corrects, reason=reason if corrects else "", account=by.account,
        noted_at=at,
    )  # fmt: skip
    after = {"value": value, "as_of": as_of, "source": source, "corrects": corrects.pk if corrects else None}
    audit.record("readiness_value.noted", f"gate:{gate}", by=by, at=at, reason=reason, after=after)
    return noted


@transaction.atomic
def put_in_charge(
    mall: Mall,
    item: str,
    *,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    office: str = "",
    due_on: date | None = None,
) -> Charge:
    """Say who is responsible for a gate or criterion, and until when: an agency of the mall, or another office."""
    only_manager(by)
    if (agency is None) == (not office):
        raise OwnerUnclear(_("Pilih satu instansi, atau tulis satu kantor lain."))
    _refuse_unknown(mall, item)
    _lock(mall)
    before = Charge.objects.filter(mall=mall, item=item).values("agency", "office", "due_on").first()
    charge, _made = Charge.objects.update_or_create(
        mall=mall, item=item, defaults={"agency": agency, "office": office, "due_on": due_on}
    )
    after = {"agency": agency.pk if agency else None, "office": office, "due": due_on}
    audit.record("readiness.put_in_charge", item, by=by, at=at, before=before, after=after)
    return charge


def _lock(mall: Mall) -> None:
    """Let one change end before the next begins."""
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _refuse_unknown(mall: Mall, item: str) -> None:
    kind, _colon, code = item.partition(":")
    if f"{kind}:" == CRITERION and rules().criterion(code):
        return
    if f"{kind}:" == GATE and Gate.objects.filter(mall=mall, code=code).exists():
        return
    raise NotUnderstood(_("Gerbang atau kriteria ini tidak dikenal."))
