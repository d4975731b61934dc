"""Texts that strangers' JSON brings: it can write what no database takes and no answer holds."""

import re

# NUL, and half of a pair that stands for one letter (surrogates): JSON writes both, as \u0000 and \ud800.
UNFIT = re.compile("[\x00\ud800-\udfff]")


def is_fit(text: str) -> bool:
    """Say whether a text can be kept in a row and sent as UTF-8."""
    return UNFIT.search(text) is None


def fit(text: str) -> str:
    """Return a text that can be: a mark of replacement stands where something cannot."""
    return UNFIT.sub("\ufffd", text)
