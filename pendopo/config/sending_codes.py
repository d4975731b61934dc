"""Codes go out: a job of their own, at once, by whichever channel was asked for."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.notifications.channels import deliver
from pendopo.notifications.errors import AddressRefused, ChannelDown, Unsure
from pendopo.people.actions import codes

# A code lives for ten minutes: after 3 seconds, 9, 27, 81 and 243 it is tried again.
RETRIES = RetryStrategy(max_attempts=6, exponential_wait=3, retry_exceptions=[ChannelDown])


@app.task(name="send_code", retry=RETRIES, pass_context=False)
def send_code(code: int) -> None:
    """Hand a code to its channel, unless that is done or would come too late. Raises ChannelDown to be tried again."""
    letter = codes.letter_of(code, at=timezone.now())
    if letter is None:
        return
    with override(letter.language):
        subject = _("Kode Anda: %(code)s") % {"code": letter.digits}
        words = _(
            "%(code)s adalah kode Anda untuk masuk ke Mal Pelayanan Publik. Berlaku 10 menit.\n"
            "Jangan berikan kepada siapa pun, juga tidak kepada petugas."
            " Bila Anda tidak meminta kode, abaikan pesan ini."
        ) % {"code": letter.digits}
    try:
        deliver(
            letter.channel,
            letter.contact,
            subject=subject,
            text=words,
            language=letter.language,
            key=f"code-{code}",
        )
    except Unsure:
        # It may have arrived; whoever waits in vain asks for another after a minute.
        pass
    except AddressRefused:
        # Nobody is told here: the page offers another channel to everybody.
        codes.note_refused(code, at=timezone.now())
        return
    codes.note_sent(code, at=timezone.now())
