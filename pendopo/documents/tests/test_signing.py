"""Signatures: what pyHanko finds in what it signed, and that nothing can be changed or added unseen."""

from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import NameObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from pendopo.agencies.tests import make as make_agencies
from pendopo.documents import vault
from pendopo.documents.models import SigningIdentity
from pendopo.documents.signers.local import LocalSigner
from pendopo.documents.tests import make
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

LATER = make.AT + timedelta(days=400)


def signed(mall: Mall) -> tuple[LocalSigner, bytes]:
    content = vault.content(make.issued(mall))
    return LocalSigner(SigningIdentity.objects.get(mall=mall)), content


def test_a_signature_is_ours_stamped_and_complete_in_itself(mall: Mall) -> None:
    signer, content = signed(mall)

    (found,) = signer.verify(content, at=LATER)

    assert (found.is_intact, found.is_ours, found.stamped_at) == (True, True, make.AT)
    assert found.signer.startswith("Penanda tangan UJI")
    reader = PdfFileReader(BytesIO(content))
    (signature,) = reader.embedded_regular_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.signer_cert.public_key.curve == ("named", "secp256r1")
    store = reader.root["/DSS"]
    assert (len(store["/Certs"]) >= 3, len(store["/CRLs"])) == (True, 1)
    # What PDF/A says of itself stands in the signed part, as it was.
    assert b"<pdfaid:part>2</pdfaid:part>" in content


def test_each_changed_byte_of_the_signed_part_is_found(mall: Mall) -> None:
    signer, content = signed(mall)
    (signature,) = PdfFileReader(BytesIO(content)).embedded_regular_signatures
    _start, length, _second, _rest = (int(each) for each in signature.byte_range)

    # Structure, text, fonts: wherever it is.
    for place in range(20, length, length // 23):
        altered = bytearray(content)
        altered[place] ^= 1
        try:
            found = signer.verify(bytes(altered), at=LATER)
        except NotUnderstood:
            continue
        assert not any(each.is_intact for each in found), place


def test_what_is_added_after_the_signature_is_found(mall: Mall) -> None:
    signer, content = signed(mall)
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = pdf_string("90")
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)  # type: ignore[no-untyped-call] # pyHanko tells no types here

    (found,) = signer.verify(changed.getvalue(), at=LATER)

    assert (found.is_intact, found.is_ours) == (False, True)


def test_the_signature_of_another_mall_is_intact_and_not_ours(mall: Mall) -> None:
    signer, _content = signed(mall)
    other = make_agencies.mall()
    with wall.inside(other.pk):
        _other_signer, content = signed(other)

    (found,) = signer.verify(content, at=LATER)

    assert (found.is_intact, found.is_ours, found.stamped_at) == (True, False, None)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n9\n%%EOF", b"%PDF-" + b"<<" * 5000]
)
def test_what_cannot_be_read_is_refused_in_words(mall: Mall, content: bytes) -> None:
    signer, _content = signed(mall)

    with pytest.raises(NotUnderstood, match="rusak"):
        signer.verify(content, at=LATER)


def test_a_file_cut_off_in_what_was_signed_is_refused_or_found(mall: Mall) -> None:
    signer, content = signed(mall)
    (signature,) = PdfFileReader(BytesIO(content)).embedded_regular_signatures
    end = int(signature.byte_range[2]) + int(signature.byte_range[3])

    for length in range(10, end, end // 17):
        try:
            found = signer.verify(content[:length], at=LATER)
        except NotUnderstood:
            continue
        assert not any(each.is_intact for each in found), length
