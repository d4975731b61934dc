"""How the mail with a new account's link fares: the queue of jobs knows, and nobody else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.kernel import dates
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

SEND_LINK = "agencies.send_link"


@dataclass(frozen=True, slots=True)
class Mailing:
    """What became of the last mail, in words; `is_bad`: it has not arrived at the mail server."""

    text: str
    is_bad: bool = False


def mailing(account: Account, mall: Mall) -> Mailing | None:
    """Return what became of the last mail with a link for an account; None when none was sent."""
    job = ProcrastinateJob.objects.filter(task_name=SEND_LINK, args__account=account.pk).order_by("-pk").first()
    if job is None:
        return None
    if job.status == "succeeded":
        return Mailing(_("Surel dengan tautan sudah diterima server surel."))
    if job.status == "failed":
        return Mailing(_("Surel tidak terkirim: server surel tidak menerimanya. Kirim tautan baru."), is_bad=True)
    if job.attempts and job.scheduled_at:
        told = {"time": dates.moment(job.scheduled_at, mall.timezone)}
        return Mailing(
            _("Surel belum terkirim: server surel tidak menjawab. Dicoba lagi %(time)s.") % told, is_bad=True
        )
    return Mailing(_("Surel dengan tautan sedang dikirim."))
