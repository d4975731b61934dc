"""Signing by a key that is at hand, or by what signs with one that stays in its token."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from asn1crypto import cms, keys, tsp, x509
from asn1crypto.parser import emit, parse
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec, SigningCertificateV2Provider
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import CertificateStore

# A key in memory, or what turns bytes into their signature (ECDSA with SHA-256, as DER) without giving its key away.
type Key = keys.PrivateKeyInfo | Callable[[bytes], bytes]
# As long as such a signature is at most, for pyHanko's estimate of the room that it needs.
LONGEST = 72
# Universal tags (X.690).
SEQUENCE, SET = 16, 17


class _Finished(cms.ContentInfo):  # type: ignore[misc] # asn1crypto tells no types
    """A signature that is written as it was read.

    asn1crypto takes a length whose last byte is 0x80 (2,176 bytes, say) for one that is not told, and puts all that is
    within together anew: a signature of such a length would take minutes.
    """

    def dump(self, force: bool = False) -> bytes:
        """Return its bytes."""
        return bytes(self._header + self._contents + self._trailer)


class KeySigner(SimpleSigner):
    """pyHanko's signer, which signs as PAdES and RFC 3161 want it, and no more.

    asn1crypto writes a structure that was put together anew, all the way down and twice at each step, whenever somebody
    looks at a part of it; what was read from bytes it keeps. Of a whole signature that takes 770 ms, and where certain
    certificates come to lie in certain places, minutes. So here what is large is put together from finished bytes.
    """

    def __init__(self, certificate: x509.Certificate, key: Key, registry: CertificateStore) -> None:
        held = key if isinstance(key, keys.PrivateKeyInfo) else None
        super().__init__(certificate, held, registry)
        self._certificate = certificate
        self._away = None if isinstance(key, keys.PrivateKeyInfo) else key
        self.signed_attr_prov_spec = _Signed(certificate)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return the raw signature of bytes."""
        if self._away is None:
            return await super().async_sign_raw(data, digest_algorithm, dry_run)
        return bytes(LONGEST) if dry_run else self._away(data)

    def _package_signature(
        self,
        *,
        digest_algorithm: str,
        cms_version: str,
        signed_attrs: cms.CMSAttributes,
        signature: bytes,
        unsigned_attrs: cms.CMSAttributes | None,
        encap_content_info: cms.EncapsulatedContentInfo | dict[str, object] | None,
    ) -> cms.ContentInfo:
        """Return the signature as it will be written: SignedData (RFC 5652, 5.1) put together from finished bytes."""
        info = self.signer_info(digest_algorithm, signed_attrs, signature).dump()
        if unsigned_attrs is not None:
            info = _sequence(_inside(info), emit(2, 1, 1, _inside(unsigned_attrs.dump())))
        content = encap_content_info or {"content_type": "data"}
        if isinstance(content, dict):
            content = cms.EncapsulatedContentInfo(content)
        # Authorities stand in the file's own store, once, and are believed by whoever has them from elsewhere only.
        held = {each.dump() for each in self.cert_registry if each.self_signed == "no"}
        held.add(self._certificate.dump())
        signed = _sequence(
            cms.CMSVersion(cms_version).dump(),
            emit(0, 1, SET, cms.DigestAlgorithm({"algorithm": digest_algorithm}).dump()),
            content.dump(),
            emit(2, 1, 0, b"".join(sorted(held))),
            emit(0, 1, SET, info),
        )
        return _Finished.load(_sequence(cms.ContentType("signed_data").dump(), emit(2, 1, 0, signed)))

    async def unsigned_attrs(
        self,
        digest_algorithm: str,
        signature: bytes,
        signed_attrs: cms.CMSAttributes,
        timestamper: TimeStamper | None = None,
        dry_run: bool = False,
    ) -> cms.CMSAttributes | None:
        """Return the time stamp of the signature, read from its bytes."""
        found = await super().unsigned_attrs(digest_algorithm, signature, signed_attrs, timestamper, dry_run)
        return None if found is None else cms.CMSAttributes.load(found.dump())


def _sequence(*parts: bytes) -> bytes:
    return bytes(emit(0, 1, SEQUENCE, b"".join(parts)))


def _inside(written: bytes) -> bytes:
    """Return what stands within a structure."""
    return bytes(parse(written)[4])


class _Signed(SignedAttributeProviderSpec):
    """Beside the digest only the certificate is signed (EN 319 142-1, 6.3; RFC 3161, 2.4.1)."""

    def __init__(self, certificate: x509.Certificate) -> None:
        self._certificate = certificate

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterable[CMSAttributeProvider]:
        yield _Certificate(self._certificate)


class _Certificate(SigningCertificateV2Provider):
    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        return tsp.SigningCertificateV2.load(_naming(self.signing_cert.dump()))


@lru_cache(maxsize=256)
def _naming(certificate: bytes) -> bytes:
    """Return how a signature names its certificate (RFC 5035): it hangs on the certificate's bytes and nothing else."""
    return bytes(as_signing_certificate_v2(x509.Certificate.load(certificate)).dump())
