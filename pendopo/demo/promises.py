"""What agencies of the demo mall promise, who signs it and who is on duty: examples, nothing of it anybody's decree."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from pendopo.agencies.actions import duty
from pendopo.agencies.actions.duty import When
from pendopo.agencies.models import Agency, Counter
from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import charters, standards
from pendopo.catalogue.actions.standards import Decree
from pendopo.catalogue.models import Publication, Service, Variant
from pendopo.catalogue.queries.standards import component_names
from pendopo.demo.staff import invented, officer_contact
from pendopo.documents.typesetting import pdf
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

PAPER: Final = Path(__file__).parent / "papers" / "decree.typ"
# The agencies with standards, and how many of their services have one.
PROMISED: Final = {"DUKCAPIL": 4, "DPMPTSP": 3, "BPJSKES": 2}
SIGNERS: Final = {"DUKCAPIL": 200, "DPMPTSP": 201, "BPJSKES": 202}
ON_DUTY: Final = ("DUKCAPIL", "BPJSKES")
DECREE, REASON = "CONTOH 065/1", "Data contoh untuk dicoba"


def promise(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Set example standards with their decree, and name who signs. Stand inside the mall."""
    today = mall.local(at).date()
    told = {"hall": mall.name, "day": list(today.timetuple()[:3])}
    paper = ("keputusan-contoh.pdf", pdf(PAPER, told, mall=mall))
    for code, number in PROMISED.items():
        agency = Agency.objects.get(mall=mall, code=code)
        charters.name_signer(
            agency, office="Kepala (contoh)", name=invented(SIGNERS[code]), decree=DECREE, decree_on=today,
            reason=REASON, by=by, at=at,
        )  # fmt: skip
        for service in Service.objects.filter(mall=mall, agency=agency).order_by("code")[:number]:
            _promise(service, paper, today, by=by, at=at)


def _promise(service: Service, paper: tuple[str, bytes], today: date, *, by: Actor, at: datetime) -> None:
    first = Variant.objects.standing().filter(service=service).order_by("position").first()
    said = {
        "requirements": "; ".join(map(str, first.requirements)) if first else "",
        "duration": first.duration if first else "",
    }
    standard = standards.set_standard(
        service, {code: said.get(code) or _example(name) for code, name in component_names().items()},
        decree=Decree(DECREE, today, paper=paper), valid_from=today, reason=REASON, by=by, at=at,
    )  # fmt: skip
    standards.note_publication(
        standard, Publication.Medium.WEBSITE, published_on=today, evidence="Contoh: halaman layanan ini", by=by, at=at
    )


def _example(name: str) -> str:
    return f"Contoh: {name.lower()} menurut keputusan instansi."


def put_on_duty(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Write a roster for the counters of two agencies, Monday to Friday. Stand inside the mall."""
    when = When(time(8), time(15), weekdays=(1, 2, 3, 4, 5), valid_from=mall.local(at).date())
    counters = Counter.objects.filter(mall=mall, outlet__agency__code__in=ON_DUTY)
    for counter in counters.select_related("mall", "outlet").order_by("number"):
        officer = Account.objects.of_contact(officer_contact(counter.number)).get()
        duty.assign(counter, officer, when, by=by, at=at)
