"""Messages."""

from django.utils import timezone

from pendopo.notifications.actions import choosing, receiving
from pendopo.notifications.models import Attempt, Breaker, Message, Receipt
from pendopo.notifications.tests import make
from pendopo.notifications.types import Address, Came
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import sealing


def tell(hall: Hall) -> None:
    """Write a message that failed, with its attempt and receipt, a choice, a breaker, and what a citizen wrote."""
    mall, at = hall.mall, timezone.now()
    lost = make.message(mall, Address("phone", "+6281200000001"), at=at)
    Message.objects.filter(pk=lost.pk).update(channel="sms")
    Attempt.objects.create(
        mall=mall, message=lost, channel="sms", begun_at=at, ended_at=at, outcome=Attempt.Outcome.HANDED,
        provider_id="sms-1", address_sealed=sealing.seal(mall.pk, "message address", "+6281200000001"),
    )  # fmt: skip
    Receipt.objects.create(mall=mall, channel="sms", provider_id="sms-1", state="failed", at=at, received_at=at)
    Breaker.objects.create(mall=mall, channel="sms", failures=1, reason="HTTP 503", changed_at=at)
    receiving.take_incoming(mall, "sms", [Came("in-1", "+6281200000002", "Halo", at)], at=at)
    choosing.choose(mall, channels=["mail"], language="id", quiet_from=None, quiet_until=None, by=hall.officer, at=at)
