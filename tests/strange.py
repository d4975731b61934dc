"""What strangers may write: texts and JSON of every kind, also what no database and no answer takes."""

import json

from hypothesis import strategies as st

# Also NUL and halves of surrogate pairs, which JSON can write.
TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, -1, 2**63, 1e308])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
# Brackets without end, numbers without end, and what is no JSON at all.
ODD = st.sampled_from([b"[" * 200_000, b'{"a":' * 50_000, b"9" * 5000, b"NaN", b"-Infinity", b"\xff\xfe[]", b""])
BODIES = JSON.map(lambda told: json.dumps(told).encode()) | st.binary(max_size=200) | ODD


def objects(*names: str, also: st.SearchStrategy[object] = JSON) -> st.SearchStrategy[bytes]:
    """Return bodies in which some of the names that a reader looks for hold anything."""
    values = JSON | also
    return st.dictionaries(st.sampled_from(names), values).map(lambda told: json.dumps(told).encode())
