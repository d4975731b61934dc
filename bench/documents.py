"""Maklumat pelayanan issued, signed and verified one after the other: what one core does in a second.

A core's second is one of the process's own time, so that what else runs on the machine does not count.
"""

import os
import time
from collections.abc import Callable
from uuid import uuid4

from bench.stage import stage  # isort: skip - sets the surroundings first
from django.utils import timezone

from bench import uploads
from bench.report import Figure
from pendopo.agencies.types import Actor
from pendopo.catalogue.queries import charters
from pendopo.documents import vault
from pendopo.documents.actions import issuing
from pendopo.documents.models import SigningIdentity
from pendopo.documents.signers import Statement
from pendopo.documents.signers.local import LocalSigner
from pendopo.documents.types import Given
from pendopo.tenancy import wall

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "200"))
STATEMENT = Statement(reason="Bench", location="Bench")


def run() -> list[Figure]:
    """Measure."""
    with stage() as place:
        mall, at = place.hall.mall, timezone.now()
        with wall.inside(mall.pk):
            told = charters.charter(mall, place.hall.place.agency.code, mall.local(at).date())
            told["signer"] = {"office": "Kepala Dinas", "name": "Sri Wahyuni", "decree": "1", "decree_on": "–"}

        def paper(given: Given) -> bytes:
            return charters.paper(mall, told, given)

        def issue() -> bytes:
            with wall.inside(mall.pk):
                return vault.content(
                    issuing.issue(
                        mall, charters.KIND, subject="agency:0", title="Maklumat", request_id=uuid4(), set_paper=paper,
                        address_of=lambda code: f"https://mpp.contoh.test/v/{code}/", by=Actor(mall=mall), at=at,
                    )
                )  # fmt: skip

        signed = issue()
        given = Given("001", "https://mpp.contoh.test/")
        unsigned = paper(given)
        with wall.inside(mall.pk):
            signer = LocalSigner(SigningIdentity.objects.get(mall=mall))
            found = [
                _rate("set as PDF/A", "", lambda: paper(given), f"{len(unsigned)} B"),
                _rate("signed", "≥ 15", lambda: signer.sign(unsigned, STATEMENT, at=at), f"{len(signed)} B"),
                _rate("verified", "≥ 40", lambda: signer.verify(signed, at=at), "one signature"),
                _rate("issued, kept and read again", "≥ 15", issue, "all of it, with the database"),
            ]
        # By themselves: the web has transactions of its own.
        return [*found, *uploads.figures(place)]


def _rate(name: str, aim: str, act: Callable[[], object], note: str) -> Figure:
    act()
    began, core = time.perf_counter(), time.process_time()
    for _each in range(DOCUMENTS):
        act()
    core, passed = time.process_time() - core, time.perf_counter() - began
    return Figure(name, DOCUMENTS / core, "/s of a core", aim, f"{note}; {DOCUMENTS / passed:.3g}/s by the clock")
