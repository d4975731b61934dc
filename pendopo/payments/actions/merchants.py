"""Under which name and keys a mall is known at its gateway. Its manager decides, and nobody reads secrets again."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.payments.actions._rights import only_manager
from pendopo.payments.models import PRIVATE_KEY, SECRET, Merchant
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

BITS = 2048
HOME = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MerchantFacts:
    """What the gateway has told us of our account; without a `secret` the one that is kept stays."""

    address: str
    client: str
    merchant_number: str
    channel: str
    terminal: str = ""
    gateway_key: str = ""
    is_active: bool = True
    secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not _is_address(self.address):
            raise NotUnderstood(_("Tulis alamat seperti https://api.bank.co.id, tanpa jalur panggilan."))
        if self.gateway_key:
            try:
                known = load_pem_public_key(self.gateway_key.encode())
            except (ValueError, TypeError, UnsupportedAlgorithm) as error:
                raise NotUnderstood(_("Kunci publik penyedia bukan PEM.")) from error
            if not isinstance(known, rsa.RSAPublicKey) or known.key_size < BITS:
                raise NotUnderstood(_("Kunci publik penyedia harus RSA, paling sedikit 2048 bit."))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        # What is no port says so only when it is asked for.
        _port = parts.port
    except ValueError:
        return False
    # Without TLS only to a machine that is this one: a simulator.
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HOME)
    return is_safe and bool(parts.hostname) and not (parts.query or parts.fragment or parts.username)


@transaction.atomic
def write(mall: Mall, facts: MerchantFacts, *, reason: str, by: Actor, at: datetime) -> Merchant:
    """Write down the mall's account at a gateway; the first time a key of our own is made for it.

    Raises NotAllowed, ReasonMissing, NotUnderstood without a secret.
    """
    only_manager(by)
    assert by.account
    reason = stated(reason)
    Mall.objects.select_for_update(of=("self",), no_key=True).get(pk=mall.pk)
    merchant = Merchant.objects.filter(mall=mall).first() or _with_new_key(mall)
    if facts.secret:
        merchant.secret = Sealer(mall.pk, SECRET).seal(facts.secret.encode())
    elif merchant.pk is None:
        raise NotUnderstood(_("Tulis rahasia klien (client secret) dari penyedia."))
    for name in ("address", "client", "merchant_number", "channel", "terminal", "gateway_key", "is_active"):
        setattr(merchant, name, getattr(facts, name))
    merchant.changed_at, merchant.account = at, by.account
    merchant.save()
    after = {"address": facts.address, "client": facts.client, "is_active": facts.is_active}
    audit.record("merchant.written", f"mall:{mall.pk}", by=by, at=at, reason=reason, after=after)
    return merchant


def _with_new_key(mall: Mall) -> Merchant:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Merchant(mall=mall, private_key=Sealer(mall.pk, PRIVATE_KEY).seal(written), public_key=public.decode())
