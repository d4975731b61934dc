"""Messages in every state that pages show."""

from datetime import datetime

from pendopo.agencies.types import Actor
from pendopo.notifications.actions import choosing, writing
from pendopo.notifications.models import Breaker, Message
from pendopo.notifications.types import Address
from pendopo.tenancy.models import Mall


def tell(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Tell the manager of a document and of bills, fail twice, and let a channel rest. Stand inside the mall."""
    assert by.account
    data = {
        "title": f"Keputusan {word}".strip(),
        "number": "503/001",
        "mall": mall.name,
        "link": "https://mpp.test/v/x/",
    }
    for number in range(25):
        writing.write(
            mall, to=by.account, template="document_issued", data=data, about=f"document:{number}",
            key=f"document:{number}:issued", at=at, by=by,
        )  # fmt: skip
    choosing.read_all(mall, upto=Message.objects.order_by("-pk")[3].pk, by=by, at=at)
    lost = [
        writing.write(
            mall, to=Address("phone", f"+62812000000{number}"), template="document_issued", data=data,
            about=f"document:{number} {word}".strip(), key=f"document:{number}:lost", at=at, by=by,
        )
        for number in range(2)
    ]  # fmt: skip
    Message.objects.filter(pk=lost[1].pk).update(state=Message.State.UNSURE, channel="whatsapp", reason="broken off")
    Breaker.objects.create(
        mall=mall, channel="sms", failures=6, open_until=at.replace(year=at.year + 1), reason="HTTP 503", changed_at=at
    )
    return {"message": lost[0].pk}
