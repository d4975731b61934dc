"""Whatever the sandbox, a scanner or a link says: nothing of it is believed before it has the right shape."""

from collections.abc import Iterator
from contextlib import suppress
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from pendopo.documents import links, sandbox, sniffing
from pendopo.documents.errors import LinkOver
from pendopo.documents.sandbox import Made
from pendopo.documents.scanners import ScannerAway
from pendopo.documents.scanners.clamd import Clamd
from pendopo.documents.tests.make_files import AT
from pendopo.documents.types import Refusal
from pendopo.kernel.errors import NotFound
from pendopo.kernel.texts import is_fit
from tests.strange import BODIES, NUMBERS, TEXT, objects

KINDS = st.sampled_from(["jpg", "png", "pdf", "exe", "heavy"])
TOLD = objects("kind", "refused", "wide", "high", "pages", also=KINDS | NUMBERS)


@given(TOLD | BODIES, st.binary(max_size=20) | st.just(b"\xff\xd8\xff\xe0"))
def test_the_sandbox_is_understood_or_the_file_is_broken(line: bytes, content: bytes) -> None:
    found = sandbox._understood(line + b"\n" + content)

    assert isinstance(found, Made | Refusal)
    if isinstance(found, Made):
        assert all(0 <= each <= sandbox.MOST for each in (found.wide, found.high, found.pages or 0))


class Line:
    """A connection on which somebody answers anything."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def sendall(self, _content: bytes) -> None:
        return None

    def recv(self, most: int) -> bytes:
        told, self._answer = self._answer[:most], self._answer[most:]
        return told


ANSWERS = st.binary(max_size=60) | st.binary(max_size=40).map(lambda name: b"stream: " + name + b" FOUND\0")


@given(ANSWERS | st.just(b"stream: OK\0"), st.binary(max_size=100).map(lambda more: b"ClamAV " + more + b"\0"))
def test_a_scanner_is_understood_or_away(answer: bytes, version: bytes) -> None:
    lines: Iterator[Line] = iter([Line(version), Line(answer)])
    with patch.object(Clamd, "_connected", lambda _self: next(lines)), suppress(ScannerAway):
        verdict = Clamd("/nowhere").scan(iter([b"x"]))
        assert is_fit(verdict.finding)
        assert is_fit(verdict.scanner)
        assert bool(verdict.finding) == (answer != b"stream: OK\0")


@given(
    st.dictionaries(st.sampled_from(["how", "until", "seal"]), st.sampled_from(["view", "1"]) | st.text(max_size=40))
)
def test_a_link_that_we_did_not_make_opens_nothing(asked: dict[str, str]) -> None:
    with suppress(NotFound, LinkOver):
        raise AssertionError(links.checked(1, "x" * 22, asked, holder=1, at=AT))


@given(TEXT | st.text(max_size=300), st.sampled_from(["", "pdf", "jpg"]))
def test_a_name_becomes_one_line_without_folders(name: str, kind: str) -> None:
    found = sniffing.clean_name(name, kind)

    assert 0 < len(found) <= sniffing.LONGEST_NAME
    assert is_fit(found)
    assert not {"/", "\n", "\r"} & set(found)
