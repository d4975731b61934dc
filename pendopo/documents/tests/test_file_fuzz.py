"""Pictures and PDFs as nobody makes them: each is taken or refused, and nothing breaks."""

from contextlib import suppress
from io import BytesIO

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from pendopo.documents import sniffing
from pendopo.documents.errors import FileRefused
from pendopo.documents.inside.__main__ import answered
from pendopo.documents.tests import make_files
from pendopo.documents.types import FileKind, Refusal

SEEDS = {
    "jpg": make_files.picture(size=(40, 30), gps=True),
    "png": make_files.picture("PNG", size=(40, 30)),
    "webp": make_files.picture("WEBP", size=(40, 30)),
    "pdf": make_files.pdf(2),
}
NAMES = ["/S", "/Type", "/AA", "/OpenAction", "/Next", "/Kids", "/Contents", "/Filter", "/Names", "/Width", "/Subtype"]
WORDS = ["/JavaScript", "/Launch", "/GoTo", "/Page", "/Image", "/FlateDecode", "/EmbeddedFile", "/LZWDecode"]
LEAVES = (
    st.sampled_from(WORDS).map(pikepdf.Name)
    | st.integers(-(2**31), 2**31)
    | st.booleans()
    | st.binary(max_size=20).map(pikepdf.String)
)
OBJECTS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4).map(pikepdf.Array)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4).map(pikepdf.Dictionary)
    ),
    max_leaves=12,
)


def judge(kind: str, content: bytes) -> str:
    """Have a file looked through; return why it is refused, "" when it is not."""
    told, out = answered("clean", kind, content)
    if "refused" in told:
        return Refusal(str(told["refused"]))
    assert FileKind(str(told["kind"])) == ("pdf" if kind == "pdf" else "png" if kind == "png" else "jpg")
    assert bool(out) == (kind != "pdf")
    return ""


@given(st.data())
@settings(max_examples=300)
def test_a_file_with_changed_bytes_is_taken_or_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[kind])
    for _change in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    whole = bytes(content[:cut]) + data.draw(st.binary(max_size=30))

    judge(kind, whole)
    with suppress(FileRefused):
        sniffing.kind_of(whole[:1024])


@given(OBJECTS, st.sampled_from(["/OpenAction", "/AA", "/Names", "/AcroForm", "/Extra"]))
@settings(max_examples=150)
def test_a_pdf_of_any_structure_is_taken_or_refused(found: object, place: str) -> None:
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(30, 40))
        made.Root[place] = found
        made.save(out)

    refused = judge("pdf", out.getvalue())

    if "/Launch" in repr(found) and refused not in {"launch", "script", "embedded"}:
        # As a text it is none: only names start something.
        assert "pikepdf.Name" not in repr(found) or "/Launch" not in _names(found)


def _names(found: object) -> set[str]:
    if isinstance(found, pikepdf.Array):
        return {name for each in found.as_list() for name in _names(each)}
    if isinstance(found, pikepdf.Dictionary):
        under = {"/S", "/Type", "/Subtype"}
        told = {str(value) for name, value in found.items() if name in under and isinstance(value, pikepdf.Name)}
        return told | {name for _key, value in found.items() for name in _names(value)}
    return set()
