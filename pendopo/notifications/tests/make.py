"""Messages for tests, written by the module's own action, and providers to carry them."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.test import override_settings
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.config.mail import mailer
from pendopo.notifications.actions import sending, writing
from pendopo.notifications.models import Message
from pendopo.notifications.types import Address, ChannelSettings
from pendopo.people.actions import identifying
from pendopo.people.models import Account, Person
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from simulators.messages.sms import SimulatedSms
from simulators.messages.smtp import SimulatedMail
from simulators.messages.whatsapp import SimulatedWhatsApp

_number = count(1)
# Ten in the morning of yesterday in western Indonesia: nobody's quiet hours, and past for pages that look at the clock.
AT = (datetime.now(UTC) - timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
PAID = {"number": "DUKCAPIL-261123-0001", "amount": "Rp50.000", "mall": "MPP Contoh", "link": "https://mpp.test/b/1/"}


@dataclass
class Providers:
    """All three, running."""

    whatsapp: SimulatedWhatsApp
    sms: SimulatedSms
    mail: SimulatedMail

    @property
    def taken(self) -> list[str]:
        """The keys of all that they took: of mail, its number."""
        every = [*self.whatsapp.taken, *self.sms.taken]
        return [one.key for one in every] + [one.number for one in self.mail.taken]


@contextlib.contextmanager
def providers(*names: str, keeps_keys: bool = True) -> Iterator[Providers]:
    """Run providers and set up the named ones; all without a name."""
    names = names or ("whatsapp", "sms", "mail")
    all_ = Providers(SimulatedWhatsApp(), SimulatedSms(keeps_keys=keeps_keys), SimulatedMail())
    with all_.whatsapp.running(), all_.sms.running(), all_.mail.running():
        told: dict[str, Any] = {}
        if "whatsapp" in names:
            told["whatsapp"] = all_.whatsapp.settings
        if "sms" in names:
            told["sms"] = all_.sms.settings
        settings = {
            "CHANNELS": ChannelSettings.model_validate(told),
            "MAIL_IS_SENT": "mail" in names,
            "MAILERS": {"default": mailer(all_.mail.address)},
        }
        with override_settings(**settings):
            yield all_


def mall(zone: str = Mall.Zone.WIB) -> Mall:
    """Make an empty mall."""
    return make_agencies.mall(timezone_name=zone)


def citizen(here: Mall, *, phone: str = "", email: str = "", account: Account | None = None) -> Person:
    """Make somebody whom a mall serves; with an address nobody else has where none is given. Stand inside the mall."""
    person = Person.objects.create(mall=here, account=account, created_at=timezone.now())
    number = next(_number)
    phone = phone or f"+62812{number:08}"
    identifying.note_contact(person, "phone", phone, at=timezone.now())
    if email:
        identifying.note_contact(person, "email", email, at=timezone.now())
    return person


def message(
    here: Mall, to: writing.Recipient | None = None, *, key: str = "", at: datetime = AT, urgent: bool = False
) -> Message:
    """Write that a bill was paid."""
    with wall.inside(here.pk):
        return writing.write(
            here, to=to or Address("phone", f"+62812{next(_number):08}"), template="bill_paid", data=PAID,
            about="bill:1", key=key or f"bill:{next(_number)}:paid", at=at, urgent=urgent,
        )  # fmt: skip


def send(here: Mall, at: datetime = AT) -> int:
    """Carry what is due at a moment."""
    return sending.send_due(here, clock=lambda: at, chance=lambda: 0.5)


def by_day(at: datetime) -> datetime:
    """Return ten in the morning of the day after a moment."""
    return (at + timedelta(days=1)).replace(hour=3)


def again(here: Mall, written: Message) -> Message:
    """Read a message again."""
    with wall.inside(here.pk):
        return Message.objects.get(pk=written.pk)
