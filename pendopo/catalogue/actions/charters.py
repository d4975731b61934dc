"""Naming who signs an agency's maklumat pelayanan."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import _rights as rights
from pendopo.catalogue.models import CharterSigner
from pendopo.kernel.errors import NotUnderstood


@transaction.atomic
def name_signer(
    agency: Agency, *, office: str, name: str, decree: str, decree_on: date, reason: str, by: Actor, at: datetime
) -> CharterSigner:
    """Name who signs an agency's maklumat from now on, by which decree; those of before stay as they were.

    Raises NotYourAgency, ReasonMissing, NotUnderstood for a decree of a day to come.
    """
    rights.only_its_own(by, agency.pk)
    reason = rights.stated(reason)
    if decree_on > agency.mall.local(at).date():
        raise NotUnderstood(_("Tanggal keputusan belum tiba."))
    signer = CharterSigner.objects.create(
        mall_id=agency.mall_id, agency=agency, office=office, name=name, decree=decree, decree_on=decree_on,
        account=by.account, set_at=at,
    )  # fmt: skip
    after = {"office": office, "name": name, "decree": decree, "on": decree_on}
    audit.record("charter.signer_named", f"agency:{agency.pk}", by=by, at=at, reason=reason, after=after)
    return signer
