"""The coverage desk: how each service of an agency is in the mall, and the end of serving it twice."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Outlet
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import _rights as rights
from pendopo.catalogue.actions.publishing import publish
from pendopo.catalogue.errors import ProofMissing
from pendopo.catalogue.models import Coverage, CoverageDecision, Offering, OwnOffice, Service
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotAllowed, ReasonMissing


@transaction.atomic
def decide_coverage(
    service: Service,
    coverage: str,
    *,
    by: Actor,
    at: datetime,
    outlet: Outlet | None = None,
    reason: str = "",
    evidence: str = "",
) -> CoverageDecision:
    """Decide how a service is in the mall, and publish it so at once.

    Less than all needs a reason; what is in the mall needs the outlet that gives it: the agency's, or the common desk.
    """
    _only_manager(by)
    if coverage != Coverage.IN and not reason:
        raise ReasonMissing(_("Tulis alasan mengapa layanan ini tidak dilayani penuh di MPP."))
    service = rights.standing(service)
    if coverage != Coverage.NOT:
        _offer(service, coverage, outlet)
    else:
        Offering.objects.filter(mall_id=service.mall_id, service=service).update(
            status=Offering.Status.NOT, reason=reason
        )
    decision = CoverageDecision.objects.create(
        mall_id=service.mall_id, service=service, coverage=coverage, reason=reason, evidence=evidence,
        account=by.account, decided_at=at,
    )  # fmt: skip
    after = {"coverage": coverage, "outlet": outlet.pk if outlet else None, "evidence": evidence}
    audit.record("coverage.decided", f"service:{service.pk}", by=by, at=at, reason=reason, after=after)
    publish(service.mall, at=at, by=by)
    return decision


def _offer(service: Service, coverage: str, outlet: Outlet | None) -> None:
    outlet = rights.refuse_strangers(service, outlet)
    forwards = coverage == Coverage.FORWARD
    if forwards != (service.kind == Service.Kind.FORWARD):
        service.kind = Service.Kind.FORWARD if forwards else Service.Kind.HERE
        service.save(update_fields=["kind"])
    status = Offering.Status.FRONT_DESK if coverage == Coverage.FRONT_DESK else Offering.Status.IN
    Offering.objects.update_or_create(
        mall_id=service.mall_id, service=service, site_id=outlet.site_id,
        defaults={"outlet": outlet, "status": status, "reason": ""},
    )  # fmt: skip


@transaction.atomic
def note_own_office(service: Service, *, state: str, place: str, by: Actor, at: datetime) -> OwnOffice:
    """Note that the agency's own office serves a service too, or never did. A closing is proven, not noted."""
    _only_manager(by)
    if state == OwnOffice.State.CLOSED:
        raise ProofMissing(_("Penutupan dibuktikan dengan surat keputusan, foto, dan tanggal."))
    before = _before(service)
    nothing = {"closed_on": None, "decree": "", "file_name": "", "file_path": "", "file_sha256": None}
    office, _is_new = OwnOffice.objects.update_or_create(
        mall_id=service.mall_id, service=service, defaults={"state": state, "place": place, **nothing}
    )
    after = {"state": state, "place": place}
    audit.record("own_office.noted", f"service:{service.pk}", by=by, at=at, before=before, after=after)
    return office


@transaction.atomic
def prove_closing(
    service: Service, *, closed_on: date, decree: str, photo: tuple[str, bytes] | None, by: Actor, at: datetime
) -> OwnOffice:
    """Record that the agency's own counter for a service is closed: by decree, with a photo, since a day.

    From then on the agency is its back office. Raises ProofMissing, and NotUnderstood for a file that is no photo.
    """
    _only_manager(by)
    if not decree or photo is None:
        raise ProofMissing(_("Penutupan dibuktikan dengan surat keputusan, foto, dan tanggal."))
    if attachments.kind_of(photo[1]) == "pdf":
        raise ProofMissing(_("Fotonya berupa gambar JPEG atau PNG."))
    if closed_on > service.mall.local(at).date():
        raise ProofMissing(_("Penutupan dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    before = _before(service)
    kept = attachments.keep(f"closings/{service.mall_id}", *photo)
    office, _is_new = OwnOffice.objects.update_or_create(
        mall_id=service.mall_id, service=service,
        defaults={
            "state": OwnOffice.State.CLOSED, "closed_on": closed_on, "decree": decree, "file_name": kept.name,
            "file_path": kept.path, "file_sha256": kept.sha256,
        },
    )  # fmt: skip
    after = {"state": "closed", "on": closed_on, "decree": decree, "sha256": kept.sha256.hex()}
    audit.record("own_office.closed", f"service:{service.pk}", by=by, at=at, before=before, after=after)
    return office


def _before(service: Service) -> dict[str, object]:
    known = OwnOffice.objects.select_for_update().filter(service=service).first()
    return {"state": known.state, "decree": known.decree} if known else {}


def _only_manager(by: Actor) -> None:
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))
