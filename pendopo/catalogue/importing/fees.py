"""Fees as people write them. What is not clearly an amount stays unknown: never free, never guessed."""

import re

from pendopo.catalogue.names import folded

FREE = frozenset(
    {
        "0",
        "rp 0",
        "rp0",
        "gratis",
        "free",
        "nihil",
        "bebas biaya",
        "tanpa biaya",
        "tanpa dipungut biaya",
        "tidak ada biaya",
        "tidak berbayar",
        "tidak dikenakan biaya",
        "tidak dipungut biaya",
    }
)
# Thousands are grouped by one kind of sign throughout: 100.000, 100,000 or 100 000.
WRITTEN = re.compile(r"(?P<rp>rp\.?\s*)?(?P<digits>\d[\d., ]{0,30}?)(?:,-|,00|\.-)?", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+")
HIGHEST = 10**12


def amount_of(text: str) -> int | None:
    """Return the rupiah of a fee, 0 when it is free, None when the text says no amount."""
    if folded(text) in FREE:
        return 0
    found = WRITTEN.fullmatch(text.strip())
    # A bare number of one or two digits may count something else: days, per cent.
    if not found or not GROUPED.fullmatch(found["digits"]) or not (found["rp"] or len(found["digits"]) >= 3):
        return None
    amount = int(re.sub(r"\D", "", found["digits"]))
    return amount if amount <= HIGHEST else None
