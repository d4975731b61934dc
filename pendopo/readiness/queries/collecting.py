"""What our own rows show of each criterion. Every finding leads to its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Agreement, Hotline, HotlineTest, Signatory, Standing
from pendopo.catalogue.models import Published
from pendopo.kernel.figures import figure
from pendopo.performance.queries.outcomes import outcomes
from pendopo.surveys.models import Rating
from pendopo.tenancy.models import Mall

# Whatever happens every day is looked for in so many days.
DAYS, ONE_DAY = timedelta(days=30), timedelta(days=1)
SIGNED = (Standing.SIGNED.value, Standing.ENDING.value)
BINDING = (Agreement.Kind.MOU, Agreement.Kind.CONTRACT)


@dataclass(frozen=True, slots=True)
class Finding:
    """What rows show: how many, of how many there should be (None: at least one), and the page that has them."""

    text: str
    count: int
    of: int | None
    route: str
    query: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it is enough: all, where there is an all; else any."""
        return self.count > 0 if self.of is None else 0 < self.of <= self.count

    @property
    def told(self) -> str:
        """The finding in words."""
        if self.of is None:
            return f"{self.text}: {figure(self.count)}"
        told = {"text": self.text, "count": figure(self.count), "of": figure(self.of)}
        return _("%(text)s: %(count)s dari %(of)s") % told


@dataclass(frozen=True, slots=True)
class Traffic:
    """The tickets of the last days, counted."""

    tickets: int
    by_phone: int
    papers: int
    days: int
    last: date | None


@dataclass(slots=True)
class Rows:
    """The rows of a mall as criteria look at them; each kind is read once."""

    mall: Mall
    at: datetime
    today: date = field(init=False)
    services: dict[str, bool] = field(init=False)
    agencies: frozenset[int] = field(init=False)
    traffic: Traffic = field(init=False)
    bound: dict[int, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.today = self.mall.local(self.at).date()
        self.services, codes = _published(self.mall, self.today)
        self.agencies = frozenset(Agency.objects.filter(mall=self.mall, code__in=codes).values_list("pk", flat=True))
        self.traffic = _traffic(self.mall, self.today)
        self.bound = _bound(self.mall, self.agencies, self.today)

    @property
    def report_day(self) -> str:
        """What asks for the report of the last day on which somebody came."""
        return f"day={(self.traffic.last or self.today).isoformat()}"


def _traffic(mall: Mall, today: date) -> Traffic:
    counted = outcomes(mall, today - DAYS + ONE_DAY, today, by="day")
    return Traffic(
        tickets=sum(each.taken for each in counted.values()),
        by_phone=sum(each.by_phone for each in counted.values()),
        papers=sum(each.taken_in + each.handed_over for each in counted.values()),
        days=len(counted),
        last=max((date.fromisoformat(day) for day in counted), default=None),
    )


def _published(mall: Mall, today: date) -> tuple[dict[str, bool], set[str]]:
    """Return the services that everybody may read, whether a standard holds for each, and whose they are."""
    services: dict[str, bool] = {}
    agencies: set[str] = set()
    for row in Published.objects.of_mall(mall).only("code", "service_code", "agency_code", "standards"):
        services[row.service_code] = services.get(row.service_code, True) and row.standard_on(today) is not None
        agencies.add(row.agency_code)
    return services, agencies


def _bound(mall: Mall, agencies: frozenset[int], today: date) -> dict[int, set[str]]:
    """Return the agencies that are bound by an agreement, and how each of theirs stands."""
    bound: dict[int, set[str]] = {}
    for row in Signatory.objects.filter(mall=mall, agency__in=agencies, agreement__kind__in=BINDING).standing(today):
        if row.agency_id is not None and row.standing in SIGNED:
            bound.setdefault(row.agency_id, set()).add(row.standing)
    return bound


def _information(rows: Rows) -> list[Finding]:
    services, kept = len(rows.services), sum(rows.services.values())
    return [
        Finding(_("Layanan yang terbit untuk umum"), services, None, "catalogue:search"),
        Finding(_("Layanan yang punya standar pelayanan"), kept, services, "catalogue:standards"),
    ]


def _queue(rows: Rows) -> list[Finding]:
    text = _("Nomor antrean dalam 30 hari")
    return [Finding(text, rows.traffic.tickets, None, "queues:report", rows.report_day)]


def _complaints(rows: Rows) -> list[Finding]:
    month = rows.mall.local(rows.at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    numbered = Hotline.objects.filter(mall=rows.mall, agency__in=rows.agencies).count()
    tested = HotlineTest.objects.filter(mall=rows.mall, tested_at__gte=month, tested_at__lte=rows.at, is_answered=True)
    tested = tested.filter(hotline__agency__in=rows.agencies)
    answered = tested.values("hotline").distinct().count()
    return [
        Finding(_("Instansi yang punya hotline"), numbered, len(rows.agencies), "agencies:hotlines"),
        Finding(_("Hotline yang diuji bulan ini dan dijawab"), answered, len(rows.agencies), "agencies:hotlines"),
    ]


def _survey(rows: Rows) -> list[Finding]:
    rated = Rating.objects.filter(mall=rows.mall, at__gt=rows.at - DAYS, at__lte=rows.at).count()
    return [Finding(_("Penilaian pengunjung dalam 30 hari"), rated, None, "readiness:ratings")]


def _reports(rows: Rows) -> list[Finding]:
    text = _("Hari dengan laporan harian dalam 30 hari")
    return [Finding(text, rows.traffic.days, None, "queues:report", rows.report_day)]


def _documents(rows: Rows) -> list[Finding]:
    text = _("Berkas diterima atau hasil diserahkan dalam 30 hari")
    return [Finding(text, rows.traffic.papers, None, "queues:report", rows.report_day)]


def _commitment(rows: Rows) -> list[Finding]:
    text = _("Instansi dengan nota kesepakatan atau perjanjian kerja sama yang berlaku")
    return [Finding(text, len(rows.bound), len(rows.agencies), "agencies:agreements")]


def _platform(rows: Rows) -> list[Finding]:
    text = _("Nomor yang diambil lewat ponsel dalam 30 hari")
    return [Finding(text, rows.traffic.by_phone, None, "queues:report", rows.report_day)]


def _sustained(rows: Rows) -> list[Finding]:
    lasting = [agency for agency, standings in rows.bound.items() if Standing.SIGNED.value in standings]
    text = _("Instansi yang perjanjiannya masih berlaku lebih dari 90 hari")
    return [Finding(text, len(lasting), len(rows.bound), "agencies:agreements")]


# A criterion that is not here leaves no rows with us: its evidence is noted by hand.
COLLECTORS: Mapping[str, Callable[[Rows], list[Finding]]] = {
    "information": _information,
    "queue": _queue,
    "complaints": _complaints,
    "survey": _survey,
    "reports": _reports,
    "documents": _documents,
    "commitment": _commitment,
    "platform": _platform,
    "sustained": _sustained,
}


def findings(rows: Rows, criterion: str) -> list[Finding]:
    """Return what our rows show of a criterion; nothing where they cannot."""
    collect = COLLECTORS.get(criterion)
    return collect(rows) if collect else []
