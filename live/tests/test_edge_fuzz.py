"""Whatever asks for a stream: what is not understood is left out."""

from hypothesis import given
from hypothesis import strategies as st

from live.edge import LARGEST_NUMBER, Request

NAMES = st.sampled_from([b"host", b"origin", b"last-event-id", b"accept-language"])
VALUES = st.binary(max_size=40) | st.sampled_from([b"http://[", b"http://[::1]:99999", b"9" * 30, b"//:80", b"null"])


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), st.binary(max_size=60), st.sampled_from(["http", "https", "ws"]))
def test_any_request_is_read(headers: list[tuple[bytes, bytes]], query: bytes, scheme: str) -> None:
    for asked in (query, b"zone=" + query, b"last=" + query, query * 20):
        found = Request.of({"path": "/live/x", "query_string": asked, "headers": headers, "scheme": scheme})
        assert found.heard is None or 0 <= found.heard <= LARGEST_NUMBER
        assert found.cors
