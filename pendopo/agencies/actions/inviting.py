"""How somebody who was given an account sets its password: by a link that works once, for three days."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pendopo.agencies.errors import SettledAlready
from pendopo.agencies.models import Membership
from pendopo.agencies.queries.invitations import SEND_LINK
from pendopo.agencies.queries.staff import may_appoint, may_invite
from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

# After 9 seconds, 27, 81 and so on: half a day in all, so that a mail server may be down for a night.
RETRIES = RetryStrategy(max_attempts=9, exponential_wait=3)


@transaction.atomic
def invite_in(account: Account, mall: Mall, *, origin: str, by: Actor, at: datetime) -> str:
    """Send the link by mail, and return it only where no mail server is set up: then it is handed over.

    Raises NotAllowed, SettledAlready where a password is set, or where another mall opened the account.
    """
    held = Membership.objects.filter(mall=mall, account=account).exclude(ends_on__lt=mall.local(at).date())
    roles = [(Role(role), agency) for role, agency in held.values_list("role", "agency_id")]
    if not roles or not all(may_appoint(by, role, agency) for role, agency in roles):
        raise NotAllowed(_("Hanya pengelola MPP, dan admin instansi untuk petugas loketnya, yang dapat mengubah ini."))
    if not may_invite(account, mall):
        raise SettledAlready(_("Akun ini sudah mempunyai kata sandi."))
    audit.record("staff.link_sent", f"account:{account.pk}", by=by, at=at)
    if not settings.MAIL_IS_SENT:
        return origin + _path(account)
    send_link.defer(account=account.pk, mall=mall.name, origin=origin)
    return ""


@app.task(name=SEND_LINK, retry=RETRIES, pass_context=False)
def send_link(account: int, mall: str, origin: str) -> None:
    """Mail the link to whoever the account is, unless a password was set since."""
    found = Account.objects.filter(pk=account, is_active=True).first()
    if found is None or found.has_usable_password():
        return
    told = {"name": found.name, "mall": mall, "link": origin + _path(found)}
    with override("id"):
        words = render_to_string("agencies/mail/invitation.txt", told)
        subject = _("Akun Anda di %(mall)s") % {"mall": mall}
    EmailMessage(subject, words, settings.DEFAULT_FROM_EMAIL, [found.contact]).send()


def _path(account: Account) -> str:
    names = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return reverse("account_reset_password_from_key", kwargs=names)
