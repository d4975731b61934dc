"""Who signs in with a contact, how, and where they are signed in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session as Browser

from pendopo.kernel import events
from pendopo.people.errors import WrongNumber
from pendopo.people.events import ChannelsAsked
from pendopo.people.models import Account, Address, Code, Session, contact_hash
from pendopo.people.numbers import contact_in, kind_of, spellings

# What each kind of contact can be reached by, the usual way first.
WAYS = {
    "email": (Code.Channel.MAIL,),
    "phone": (Code.Channel.WHATSAPP, Code.Channel.SMS),
}

MOST_SHOWN = 50


def handles_of(contact: str) -> list[str]:
    """Return the hashes by which an account with this contact is found: of each way in which it may be written."""
    return [contact_hash(each) for each in spellings(contact)]


def account_of(contact: str) -> Account | None:
    """Return who signs in with an e-mail address or telephone number in its one form."""
    return Account.objects.of_handles(handles_of(contact)).order_by("pk").first()


def handle_written(text: str) -> str:
    """Return the handle of the account that signs in with what was written; for nobody, a hash that nobody has."""
    written = text.strip()
    try:
        handles = handles_of(contact_in(written))
    except WrongNumber:
        handles = [contact_hash(written)] * 3
    account = Account.objects.of_handles([contact_hash(written), *handles]).order_by("pk").first()
    return account.handle if account else contact_hash(written)


def contacts_of(account: Account) -> list[tuple[str, Address | None]]:
    """Return the contacts of an account, its first one first; that one has no row of its own."""
    return [(account.contact, None), *((each.contact, each) for each in account.addresses.order_by("pk"))]


def proven_contacts(account: Account) -> list[str]:
    """Return the contacts of an account that can be reached, each in its one form; its first one first."""
    found = []
    for contact, _row in contacts_of(account):
        try:
            found.append(contact_in(contact))
        except WrongNumber:
            # An old account may be known by a word: it signs in with it, and nothing is sent there.
            continue
    return found


def channels_to(contact: str) -> list[Code.Channel]:
    """Return the ways that are set up to send a code to a contact, the usual one first."""
    asked = ChannelsAsked()
    events.publish(asked)
    return [each for each in WAYS[kind_of(contact)] if each in asked.channels]


def sessions_of(account: Account, *, at: datetime) -> list[Session]:
    """Return the browsers in which an account is signed in, the one last seen first."""
    since = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = account.sessions.filter(ended_at=None, seen_at__gt=since).order_by("-seen_at")[:MOST_SHOWN]
    # Signing out removes the browser's session, and leaves our row until it is forgotten.
    alive = set(Browser.objects.filter(session_key__in=[each.key for each in found]).values_list("pk", flat=True))
    return [each for each in found if each.key in alive]
