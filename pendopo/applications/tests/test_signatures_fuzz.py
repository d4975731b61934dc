"""A drawn signature as nobody's browser sends it: taken as a picture, or refused in words."""

import base64
from contextlib import suppress
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pendopo.applications.signatures import drawing
from pendopo.kernel.errors import NotUnderstood
from tests.strange import TEXT

BEGINNING = "data:image/png;base64,"
_out = BytesIO()
Image.new("RGB", (8, 4)).save(_out, "PNG")
PNG = _out.getvalue()


@given(
    TEXT
    | TEXT.map(lambda text: BEGINNING + text)
    | st.binary(max_size=60).map(lambda more: BEGINNING + base64.b64encode(more).decode())
    | st.integers(0, len(PNG)).map(lambda cut: BEGINNING + base64.b64encode(PNG[:cut]).decode())
)
def test_a_drawing_is_a_picture_or_refused(sent: str) -> None:
    with suppress(NotUnderstood):
        assert drawing(sent).startswith(PNG[:8])
