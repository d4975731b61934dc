"""Where recipients are reached, and how they want it. Stand inside the mall."""

from collections.abc import Iterable
from datetime import datetime

from pendopo.notifications.channels import ready
from pendopo.notifications.models import Message, Preference
from pendopo.notifications.models.messages import ADDRESS
from pendopo.notifications.models.preferences import QUIET_FROM, QUIET_UNTIL
from pendopo.notifications.quiet import end_of_quiet
from pendopo.notifications.types import CHANNELS, NEEDS
from pendopo.people.models import PERSONS_CONTACT, Account, Contact, Person
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

type Addresses = dict[str, str]


def addresses_of(mall: Mall, messages: Iterable[Message]) -> dict[int, Addresses]:
    """Return for each message the telephone number and e-mail address of its recipient, as far as they are known.

    Two queries and one key however many there are. Persons and accounts are read with them (`select_related`).
    """
    messages = list(messages)
    persons = [message.person_id for message in messages if message.person_id]
    reached = _contacts(mall, persons) if persons else {}
    sealer = Sealer(mall.pk, ADDRESS)
    found: dict[int, Addresses] = {}
    for message in messages:
        if message.person_id:
            known = _of_account(message.person.account if message.person else None)
            found[message.pk] = known | reached.get(message.person_id, {})
        elif message.account_id:
            found[message.pk] = _of_account(message.account)
        else:
            sealed = bytes(message.contact_sealed)
            found[message.pk] = {message.contact_kind: sealer.unseal(sealed).decode()} if sealed else {}
    return found


def channels_for(mall: Mall, addresses: Addresses, preference: Preference | None) -> list[str]:
    """Return who may carry a message, in the order of the recipient's wish: set up here, and with an address."""
    order = preference.order if preference else CHANNELS
    return [name for name in order if NEEDS[name] in addresses and ready(name, mall=mall.slug)]


def channels_here(mall: Mall) -> list[str]:
    """Return the channels that are set up for a mall."""
    return [name for name in CHANNELS if ready(name, mall=mall.slug)]


def preference_of(mall: Mall, account: Account | None) -> Preference | None:
    """Return what an account chose in a mall; None: nothing yet."""
    return Preference.objects.filter(mall=mall, account=account).first() if account else None


def language_of(mall: Mall, person: Person) -> str:
    """Return the language in which a person is told, for what a writer puts into words before (a day, a sum)."""
    preference = preference_of(mall, person.account)
    return preference.language if preference else "id"


def preferences_of(mall: Mall, messages: Iterable[Message]) -> dict[int, Preference]:
    """Return by message what its recipient chose, for those who chose."""
    accounts = {message.pk: account for message in messages if (account := account_of(message))}
    chosen = Preference.objects.filter(mall=mall, account__in=set(accounts.values()))
    by_account = {preference.account_id: preference for preference in chosen} if accounts else {}
    return {pk: by_account[account] for pk, account in accounts.items() if account in by_account}


def awake(mall: Mall, preference: Preference | None, at: datetime) -> datetime:
    """Return a moment, or the end of the recipient's quiet hours that it lies in."""
    begins, ends = (preference.quiet_from, preference.quiet_until) if preference else (QUIET_FROM, QUIET_UNTIL)
    return end_of_quiet(mall.local(at), begins, ends) or at


def account_of(message: Message) -> int | None:
    """Return the number of the account that reads a message in its list, if any."""
    if message.person_id:
        return message.person.account_id if message.person else None
    return message.account_id


def _contacts(mall: Mall, persons: list[int]) -> dict[int, Addresses]:
    """Return the first contact of each kind that each person still has."""
    sealer = Sealer(mall.pk, PERSONS_CONTACT)
    found: dict[int, Addresses] = {}
    rows = Contact.objects.filter(mall=mall, person__in=persons, removed_at=None).order_by("pk")
    for contact in rows:
        kinds = found.setdefault(contact.person_id, {})
        if contact.kind not in kinds:
            kinds[contact.kind] = sealer.unseal(bytes(contact.value_sealed)).decode()
    return found


def _of_account(account: Account | None) -> Addresses:
    if account is None or not account.is_active:
        return {}
    contact = account.contact
    return {"email" if "@" in contact else "phone": contact}
