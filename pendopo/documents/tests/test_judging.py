"""What a signature is worth hangs on the file, on whom one trusts and on the moment, each time anew."""

from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import cms, x509
from asn1crypto.parser import emit
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ByteStringObject, TextStringObject
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.validation.status import SignatureCoverageLevel

from pendopo.documents import vault
from pendopo.documents.models import SIGNER_KEY, STAMPER_KEY, SigningIdentity
from pendopo.documents.signers import Statement, certificates, keeping, local, reading
from pendopo.documents.signers.judging import Trust, judged
from pendopo.documents.signers.local import LocalSigner, Own
from pendopo.documents.tests import make
from pendopo.documents.tests.forging import FORGED, Authority, wrapped
from pendopo.documents.types import Found, Given
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

SAID = Statement(reason="Contoh", location="Contoh")
LATER = make.AT + timedelta(days=400)


def identity(mall: Mall) -> SigningIdentity:
    make.issued(mall)
    return SigningIdentity.objects.get(mall=mall)


def judge(content: bytes, held: SigningIdentity, own: Own, *, revoked: bytes, authority: bytes = b"") -> Found:
    """Judge by a person's authority and its list, beside the mall's."""
    authorities = [x509.Certificate.load(each) for each in (bytes(held.authority), authority or own.authority)]
    stamper = x509.Certificate.load(bytes(held.stamper))
    (found,) = judged(content, [Trust(authorities, [bytes(held.revoked), revoked], [stamper])], at=LATER)
    return found


def test_a_list_that_changed_counts_at_once_and_no_verdict_is_kept(mall: Mall) -> None:
    authority, held = Authority(at=make.AT), identity(mall)
    own, other = authority.certify(), authority.certify()
    content = LocalSigner(held, own).sign(make.paper(Given("1", "x")), SAID, at=make.AT)

    told = [
        judge(content, held, own, revoked=each)
        for each in (authority.revoked(), authority.revoked(own), authority.revoked(other), authority.revoked())
    ]

    assert [each.is_ours for each in told] == [True, False, True, True]
    assert all(each.is_intact for each in told)


def test_an_authority_of_the_same_name_vouches_for_nobody_elses_signature(mall: Mall) -> None:
    authority, impostor, held = Authority(at=make.AT), Authority(at=make.AT), identity(mall)
    own = authority.certify()
    content = LocalSigner(held, own).sign(make.paper(Given("1", "x")), SAID, at=make.AT)

    assert judge(content, held, own, revoked=own.revoked).is_ours
    assert not judge(content, held, own, revoked=impostor.revoked(), authority=impostor.der).is_ours
    # A list that the impostor signed says nothing of the certificate, neither good nor bad: it has none then.
    assert not judge(content, held, own, revoked=impostor.revoked()).is_ours


def test_a_certificate_that_has_ended_vouches_no_longer(mall: Mall) -> None:
    authority, held = Authority(at=make.AT), identity(mall)
    own = authority.certify(life=timedelta(days=30))
    content = LocalSigner(held, own).sign(make.paper(Given("1", "x")), SAID, at=make.AT)

    found = judge(content, held, own, revoked=own.revoked)

    assert (found.is_intact, found.is_ours) == (True, False)


def test_the_signature_covers_the_whole_file_with_all_that_it_takes_to_judge_it(mall: Mall) -> None:
    content = vault.content(make.issued(mall))

    reader = PdfFileReader(BytesIO(content))
    (signature,) = reader.embedded_regular_signatures

    assert signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    held = SigningIdentity.objects.get(mall=mall)
    within = {reader.root["/DSS"]["/Certs"][place].data for place in range(3)}
    assert within == {bytes(each) for each in (held.authority, held.signer, held.stamper)}
    assert [each.dump() for each in signature.signed_data["certificates"]] == [bytes(held.signer)]


def test_a_signature_leaves_what_a_paper_says_of_itself(mall: Mall) -> None:
    paper = make.paper(Given("1", "x"))

    content = LocalSigner(identity(mall)).sign(paper, SAID, at=make.AT)

    assert content.startswith(paper)
    before, after = (PdfFileReader(BytesIO(each)) for each in (paper, content))
    told = after.root["/Metadata"].data
    assert (told, b"pyHanko" in told) == (before.root["/Metadata"].data, False)


def test_what_was_signed_with_its_store_behind_it_is_still_ours(mall: Mall, monkeypatch: pytest.MonkeyPatch) -> None:
    held = identity(mall)
    behind = DSSContentSettings(placement=SigDSSPlacementPreference.SEPARATE_REVISION)
    monkeypatch.setattr(local, "WITHIN", behind)
    content = LocalSigner(held).sign(make.paper(Given("1", "x")), SAID, at=make.AT)

    (found,) = LocalSigner(held).verify(content, at=LATER)

    (signature,) = PdfFileReader(BytesIO(content)).embedded_regular_signatures
    assert signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_REVISION
    assert (found.is_intact, found.is_ours, found.stamped_at) == (True, True, make.AT)


def test_a_page_that_is_wrapped_in_between_is_found(mall: Mall) -> None:
    held = identity(mall)
    content = LocalSigner(held).sign(make.paper(Given("1", "x")), SAID, at=make.AT)

    forged = wrapped(content)

    assert PdfFileReader(BytesIO(forged)).root["/Pages"]["/Kids"][0]["/MediaBox"] == [0, 0, 13, 13]
    assert FORGED not in content
    (found,) = LocalSigner(held).verify(forged, at=LATER)
    assert (found.is_intact, found.is_ours) == (False, True)


def test_the_longest_names_fit_into_what_is_kept_free(mall: Mall) -> None:
    made = certificates.make("𝄞" * 64, at=make.AT)
    held = SigningIdentity(
        mall=mall, authority=made.authority, signer=made.signer, stamper=made.stamper, revoked=made.revoked,
        signer_key=Sealer(mall.pk, SIGNER_KEY).seal(made.signer_key),
        stamper_key=Sealer(mall.pk, STAMPER_KEY).seal(made.stamper_key),
    )  # fmt: skip
    signer = LocalSigner(held)

    content = signer.sign(make.paper(Given("1", "x")), SAID, at=make.AT)

    (found,) = signer.verify(content, at=LATER)
    assert (found.is_intact, found.is_ours) == (True, True)
    (signature,) = PdfFileReader(BytesIO(content)).embedded_regular_signatures
    assert len(signature.pkcs7_content.rstrip(b"\0")) < 0.9 * len(signature.pkcs7_content)


def test_each_signature_names_its_own_certificate(mall: Mall) -> None:
    authority, held = Authority(at=make.AT), identity(mall)

    for own in (authority.certify(), authority.certify()):
        content = LocalSigner(held, own).sign(make.paper(Given("1", "x")), SAID, at=make.AT)
        assert judge(content, held, own, revoked=own.revoked).is_ours


def test_a_signature_whose_length_looks_like_none_is_written_as_it_was_read() -> None:
    kind = cms.ContentType("signed_data").dump()
    # Nothing in there can be taken apart and put together anew.
    within = b"\xff" * (0x880 - len(kind) - 4)
    written = emit(0, 1, 16, kind + emit(2, 1, 0, within))

    assert written[:4].endswith(b"\x80")
    assert keeping._Finished.load(written).dump() == written
    assert keeping._Finished.load(written).dump(force=True) == written


def read(reader: object, written: bytes) -> tuple[object, int]:
    """Read a string as pyHanko finds it: with the place where it goes on, or with what went wrong."""
    stream = BytesIO(b"..<" + written)
    stream.seek(2)
    assert callable(reader)
    try:
        found = reader(stream)
    except PdfReadError as error:
        return type(error), 0
    assert isinstance(found, (ByteStringObject, TextStringObject))
    return found.original_bytes, stream.tell()


@given(st.binary(max_size=40) | st.text("0123456789abcdefABCDEF >\n%g", max_size=700).map(str.encode))
def test_hex_digits_read_at_once_are_what_they_are_letter_by_letter(written: bytes) -> None:
    reading.quickly()

    assert read(generic.read_hex_string_from_stream, written) == read(reading._by_letters, written)


def test_a_signature_longer_than_is_read_at_once_is_read_all_the_same() -> None:
    written = b"a7" * 50_000 + b">"

    assert read(reading._at_once, written) == (b"\xa7" * 50_000, len(written) + 3)
