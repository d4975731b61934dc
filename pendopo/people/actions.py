from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel import crypto
from pendopo.kernel.errors import RuleViolation
from pendopo.people.models import CONTACT, Account, contact_hash


class ContactTaken(RuleViolation):
    """Another account signs in with this contact."""

    code = "contact_taken"


@transaction.atomic
def open_account(contact: str, *, name: str, password: str | None, at: datetime, by: Who | None = None) -> Account:
    """Open an account that signs in with an e-mail address or telephone number. Raises ContactTaken.

    Without password it cannot sign in until one is set. The contact is kept encrypted and found by its keyed hash.
    """
    contact = contact.strip()
    handle = contact_hash(contact)
    if Account.objects.filter(handle=handle).exists():
        raise ContactTaken(_("Surel atau nomor ini sudah dipakai akun lain."))
    account = Account(handle=handle, contact_sealed=crypto.encrypt(CONTACT, contact), name=name)
    account.set_password(password)
    account.save(force_insert=True)
    audit.record("account.opened", f"account:{account.pk}", by=by, at=at)
    return account
