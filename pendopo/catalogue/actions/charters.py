"""Naming who signs an agency's maklumat pelayanan, and issuing it."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import _rights as rights
from pendopo.catalogue.errors import SignerMissing
from pendopo.catalogue.models import CharterSigner
from pendopo.catalogue.queries import charters as shown
from pendopo.documents.actions import issuing
from pendopo.documents.models import IssuedDocument
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.reasons import stated


@transaction.atomic
def name_signer(
    agency: Agency, *, office: str, name: str, decree: str, decree_on: date, reason: str, by: Actor, at: datetime
) -> CharterSigner:
    """Name who signs an agency's maklumat from now on, by which decree; those of before stay as they were.

    Raises NotYourAgency, ReasonMissing, NotUnderstood for a decree of a day to come.
    """
    rights.only_its_own(by, agency.pk)
    reason = stated(reason)
    if decree_on > agency.mall.local(at).date():
        raise NotUnderstood(_("Tanggal keputusan belum tiba."))
    signer = CharterSigner.objects.create(
        mall_id=agency.mall_id, agency=agency, office=office, name=name, decree=decree, decree_on=decree_on,
        account=by.account, set_at=at,
    )  # fmt: skip
    after = {"office": office, "name": name, "decree": decree, "on": decree_on}
    audit.record("charter.signer_named", f"agency:{agency.pk}", by=by, at=at, reason=reason, after=after)
    return signer


def issue_charter(
    agency: Agency, *, request_id: UUID, address_of: Callable[[str], str], by: Actor, at: datetime
) -> IssuedDocument:
    """Issue an agency's maklumat as of now, with a number, a signature and a code; the one before is superseded.

    Raises NotYourAgency, NotFound for an agency that offers nothing, SignerMissing.
    """
    rights.only_its_own(by, agency.pk)
    # A paper of the office is in Indonesian, whoever presses the button.
    with override("id"):
        told = shown.charter(agency.mall, agency.code, agency.mall.local(at).date())
    if told["signer"] is None:
        raise SignerMissing(_("Tetapkan dahulu siapa yang menandatangani maklumat ini."))
    return issuing.issue(
        agency.mall, shown.KIND, subject=shown.subject(agency), title=f"Maklumat Pelayanan {agency.name}",
        request_id=request_id, set_paper=lambda given: shown.paper(agency.mall, told, given), address_of=address_of,
        by=by, at=at,
    )  # fmt: skip
