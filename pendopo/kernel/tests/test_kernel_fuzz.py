"""Cursors, tokens, tables and pictures of strangers: read, or refused in words."""

import base64
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from pendopo.kernel import crypto, cursors, pictures, tables
from pendopo.kernel.errors import NotSignedIn, NotUnderstood
from pendopo.kernel.texts import fit, is_fit
from tests.strange import BODIES, TEXT

WORDS = BODIES.map(lambda body: base64.urlsafe_b64encode(body).decode()) | TEXT


@given(TEXT)
def test_what_is_made_fit_can_be_kept_and_sent(text: str) -> None:
    assert fit(text).encode().decode() == fit(text)
    assert is_fit(fit(text))
    assert (fit(text) == text) == is_fit(text)


@given(WORDS)
def test_a_cursor_is_read_or_refused(text: str) -> None:
    with suppress(NotUnderstood):
        assert all(is_fit(each) for each in cursors.read_place(text) if isinstance(each, str))
    with suppress(NotUnderstood):
        name, number = cursors.read_cursor(text)
        assert is_fit(name)
        assert 0 <= number <= cursors.LARGEST


@given(
    TEXT | st.datetimes(timezones=st.timezones() | st.none()).map(datetime.isoformat) | st.dates().map(date.isoformat)
)
def test_the_time_of_a_cursor_can_be_told_in_any_zone(text: str) -> None:
    with suppress(NotUnderstood):
        told = cursors.read_time(text)
        if isinstance(told, datetime):
            told.astimezone(UTC)


@given(TEXT | st.text(max_size=200).map(lambda text: f"pdp_{text}") | WORDS.map(lambda word: f"pdp_{word}.{word}"))
def test_a_token_is_read_or_refused(text: str) -> None:
    with suppress(NotSignedIn):
        raise AssertionError(crypto.read_bearer(text))


LINES = st.lists(st.text('abz,;\t"\n\r\x00\x01é\u2028', max_size=20), max_size=6).map("\n".join)


@given(st.binary(max_size=200) | LINES.map(lambda text: f"nama,kode\n{text}".encode()))
def test_a_table_is_read_or_refused(content: bytes) -> None:
    with suppress(NotUnderstood):
        table = tables.read_table(content, required=["nama"], optional=["kode"])
        assert all(row.broken or row["nama"] is not None for row in table.rows)


def workbook() -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in (["nama", "kode"], ["Sri", 1.5], [None, True], [date(2026, 11, 23), "x" * 50]):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def packed_oddly() -> bytes:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as parts:
        parts.writestr("xl/workbook.xml", b"<a/>" * 50)
    return out.getvalue()


BOOKS = [workbook(), packed_oddly()]


@st.composite
def changed(draw: st.DrawFn, whole: list[bytes]) -> bytes:
    """Return one of them with some bytes changed, cut, or with something behind it."""
    content = bytearray(draw(st.sampled_from(whole)))
    for _change in range(draw(st.integers(1, 6))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    cut = draw(st.integers(0, len(content)) | st.just(len(content)))
    return bytes(content[:cut]) + draw(st.binary(max_size=10))


@given(changed(BOOKS))
@settings(max_examples=200)
def test_a_workbook_is_read_or_refused(content: bytes) -> None:
    with suppress(NotUnderstood):
        tables.read_table(content, required=["nama"], optional=["kode"])


def picture(kind: str) -> bytes:
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010F] = 6, "Kamera"
    Image.new("RGB", (20, 10), (9, 9, 9)).save(out, kind, exif=exif)
    return out.getvalue()


@given(changed([picture("JPEG"), picture("PNG")]) | st.binary(max_size=60).map(lambda more: b"\xff\xd8\xff" + more))
@settings(max_examples=300)
def test_a_picture_is_bared_or_refused(content: bytes) -> None:
    with suppress(NotUnderstood):
        bare = pictures.bare(content)
        assert pictures.bare(bare) == bare
        assert b"Kamera" not in bare
