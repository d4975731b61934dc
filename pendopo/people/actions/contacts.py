"""The contacts by which an account signs in: added when proven, made first, removed."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel import crypto
from pendopo.people.errors import ContactTaken, LastContact, NotYours, WrongCode
from pendopo.people.models import CONTACT, Account, Address, Code, contact_hash
from pendopo.people.queries.accounts import account_of

MOST = 5


def hold_contact(contact: str) -> None:
    """Let nobody else take a contact until the end of the transaction: it stands in one of two tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [contact_hash(contact)])


@transaction.atomic
def add_contact(code: Code, *, at: datetime, by: Who | None = None) -> Address | None:
    """Let an account sign in with the contact that a code has proven; the same again: None.

    Raises WrongCode for a code that proves nothing of this kind, ContactTaken, NotYours past the most.
    """
    if code.account is None or not code.is_proven or code.purpose != Code.Purpose.ADD:
        raise WrongCode(_("Kode ini tidak berlaku lagi. Minta kode baru."))
    account = Account.objects.select_for_update().get(pk=code.account.pk)
    contact = code.contact
    hold_contact(contact)
    taken = account_of(contact)
    if taken == account:
        return None
    if taken is not None:
        raise ContactTaken(_("Surel atau nomor ini sudah dipakai akun lain."))
    if account.addresses.count() + 1 >= MOST:
        raise NotYours(_("Satu akun paling banyak mempunyai %(most)d kontak.") % {"most": MOST})
    made = Address.objects.create(
        account=account, handle=contact_hash(contact), contact_sealed=crypto.encrypt(CONTACT, contact), proved_at=at
    )
    audit.record("account.contact_added", f"account:{account.pk}", by=by, at=at, after={"contact": made.handle})
    return made


@transaction.atomic
def make_first(account: Account, number: int, *, at: datetime, by: Who | None = None) -> None:
    """Let another contact of an account be its first one. Raises NotYours."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    address = _address(account, number)
    before = account.handle, bytes(account.contact_sealed)
    after = address.handle, bytes(address.contact_sealed)
    # Both columns are unique, each by itself: no moment sees one handle twice in one table.
    account.handle, account.contact_sealed = after
    account.save(update_fields=["handle", "contact_sealed"])
    address.handle, address.contact_sealed = before
    address.save(update_fields=["handle", "contact_sealed"])
    told = {"first": before[0]}, {"first": after[0]}
    audit.record("account.contact_first", f"account:{account.pk}", by=by, at=at, before=told[0], after=told[1])


@transaction.atomic
def remove_contact(account: Account, number: int, *, at: datetime, by: Who | None = None) -> None:
    """Let an account sign in with a contact no more. Raises NotYours, and LastContact for its first one (0)."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if number == 0:
        raise LastContact(_("Kontak utama tidak dapat dihapus. Jadikan kontak lain utama dahulu."))
    address = _address(account, number)
    audit.record("account.contact_removed", f"account:{account.pk}", by=by, at=at, before={"contact": address.handle})
    address.delete()


def _address(account: Account, number: int) -> Address:
    found = account.addresses.filter(pk=number).first()
    if found is None:
        raise NotYours(_("Kontak ini sudah tidak ada di akun Anda."))
    return found
