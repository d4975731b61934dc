"""Accounts are opened, and human beings added to a mall's records."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel import crypto
from pendopo.kernel.errors import NotAllowed
from pendopo.people.actions.contacts import hold_contact
from pendopo.people.errors import ContactTaken, WrongCode
from pendopo.people.models import CONTACT, NAME, Account, Code, Person, contact_hash
from pendopo.people.queries.accounts import account_of, handle_written
from pendopo.tenancy import sealing
from pendopo.tenancy.models import Mall


@transaction.atomic
def open_account(
    contact: str, *, name: str, password: str | None, at: datetime, is_test: bool = False, by: Who | None = None
) -> Account:
    """Open an account that signs in with an e-mail address or telephone number. Raises ContactTaken.

    Without password it cannot sign in until one is set. The contact is kept encrypted and found by its keyed hash.
    A test account belongs to nobody.
    """
    contact = contact.strip()
    handle = contact_hash(contact)
    hold_contact(contact)
    if Account.objects.filter(handle=handle_written(contact)).exists():
        raise ContactTaken(_("Surel atau nomor ini sudah dipakai akun lain."))
    account = Account(handle=handle, contact_sealed=crypto.encrypt(CONTACT, contact), name=name, is_test=is_test)
    account.set_password(password)
    account.save(force_insert=True)
    audit.record("account.opened", f"account:{account.pk}", by=by, at=at)
    return account


@transaction.atomic
def open_own_account(code: Code, *, name: str, at: datetime) -> Account:
    """Open an account for whoever has proven a contact, who signs in by codes to it. Raises WrongCode, ContactTaken."""
    code = Code.objects.select_for_update().get(pk=code.pk)
    if not code.is_proven or code.purpose != Code.Purpose.ENTER:
        raise WrongCode(_("Kode ini tidak berlaku lagi. Minta kode baru."))
    hold_contact(code.contact)
    if account_of(code.contact):
        raise ContactTaken(_("Surel atau nomor ini sudah dipakai akun lain."))
    return open_account(code.contact, name=name, password=None, at=at)


@transaction.atomic
def share_password(accounts: Iterable[Account], password: str, *, at: datetime, by: Who | None = None) -> None:
    """Let test accounts sign in with one password that everybody knows. Raises NotAllowed for a real account.

    Hashed once for all of them: the slowness and the salt of a hash protect a secret, and this is none.
    """
    encoded = make_password(password)
    for account in accounts:
        if not account.is_test:
            raise NotAllowed(_("Kata sandi bersama hanya untuk akun uji."))
        account.password = encoded
        account.save(update_fields=["password"])
        audit.record("account.password_shared", f"account:{account.pk}", by=by, at=at)


@transaction.atomic
def add_person(mall: Mall, *, name: str, at: datetime, account: Account | None = None, by: Who | None = None) -> Person:
    """Add a human being to a mall's records, with the account that is theirs, if any. Stand inside the mall."""
    sealed = sealing.seal(mall.pk, NAME, name)
    person = Person.objects.create(mall=mall, account=account, name_sealed=sealed, created_at=at)
    audit.record("person.added", f"person:{person.pk}", by=by, at=at)
    return person
