"""Papers that wait: a template of the product, values, and at the signing a number and a QR."""

import json
from collections.abc import Mapping
from pathlib import Path

from pendopo.documents import typesetting
from pendopo.documents.types import Given
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.models import Mall

PRODUCT = Path(__file__).resolve().parents[1]


def template(name: str) -> Path:
    """Return a template below `pendopo/`, as code names it: catalogue/papers/charter.typ. Raises NotUnderstood."""
    found = (PRODUCT / name).resolve()
    if not (found.is_relative_to(PRODUCT) and found.suffix == ".typ" and found.is_file()):
        raise NotUnderstood(f"{name}: no template of the product.")
    return found


def paper(mall: Mall, name: str, values: Mapping[str, object], given: Given) -> bytes:
    """Set a waiting paper, as PDF/A. Its template finds `number`, `address` and `qr` beside the values."""
    given_too = {"number": given.number, "address": given.address}
    return typesetting.pdf(template(name), dict(values) | given_too, mall=mall, scanned=given.scanned or given.address)


def written(values: Mapping[str, object]) -> bytes:
    """Write values as they are kept: the same ones give the same bytes."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True).encode()


def read(kept: bytes) -> dict[str, object]:
    """Give back values that were kept."""
    told: dict[str, object] = json.loads(kept)
    return told
