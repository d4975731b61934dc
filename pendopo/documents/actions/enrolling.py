"""Getting ready to sign in one's own name: a trial certificate, or the NIK by which BSrE knows one."""

from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents.models import PERSONAL_KEY, SIGNER_NIK, PersonalSigner
from pendopo.documents.signers import certificates
from pendopo.documents.signers.secret import Secret
from pendopo.kernel import nik as niks
from pendopo.kernel.errors import NotSignedIn, NotUnderstood
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

SHORTEST: Final = 8
# As long as the ones that BSrE gives to people.
LIFE: Final = timedelta(days=730)


@transaction.atomic
def make_certificate(mall: Mall, *, passphrase: Secret, by: Actor, at: datetime) -> PersonalSigner:
    """Make a certificate of trial for whoever acts; only their passphrase opens its key. The one before ends.

    Raises NotUnderstood for a passphrase that is too short, NotSignedIn.
    """
    if len(passphrase.reveal()) < SHORTEST:
        raise NotUnderstood(_("Frasa sandi paling sedikit %(count)s huruf.") % {"count": SHORTEST})
    _end(mall, by, at)
    key = ec.generate_private_key(ec.SECP256R1())
    locked = BestAvailableEncryption(passphrase.reveal().encode())
    made = certificates.certify(by.account.name if by.account else "", key.public_key(), at=at, life=LIFE)
    return _kept(
        PersonalSigner(
            mall=mall, account=by.account, method=PersonalSigner.Method.LOCAL, made_at=at, authority=made.authority,
            signer=made.signer, revoked=made.revoked, expires_at=at + LIFE,
            key=Sealer(mall.pk, PERSONAL_KEY).seal(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, locked)),
        ), by, at,
    )  # fmt: skip


@transaction.atomic
def name_nik(mall: Mall, *, nik: str, by: Actor, at: datetime) -> PersonalSigner:
    """Remember, sealed, by which NIK BSrE knows whoever acts; the one before ends.

    Raises NotUnderstood, NotSignedIn.
    """
    try:
        niks.read(nik)
    except niks.NotANik as error:
        raise NotUnderstood(_("NIK terdiri dari 16 angka. Periksa lagi.")) from error
    _end(mall, by, at)
    return _kept(
        PersonalSigner(
            mall=mall, account=by.account, method=PersonalSigner.Method.BSRE, made_at=at,
            nik_sealed=Sealer(mall.pk, SIGNER_NIK).seal(nik.encode()),
        ), by, at,
    )  # fmt: skip


def _end(mall: Mall, by: Actor, at: datetime) -> None:
    if by.account is None:
        raise NotSignedIn(_("Masuk dahulu."))
    # Two wishes at once: the second waits, and ends what the first has made.
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    PersonalSigner.objects.filter(mall=mall, account=by.account, ended_at=None).update(ended_at=at)


def _kept(signer: PersonalSigner, by: Actor, at: datetime) -> PersonalSigner:
    signer.save(force_insert=True)
    audit.record("signer.made", f"signer:{signer.pk}", by=by, at=at, after={"method": signer.method})
    return signer
