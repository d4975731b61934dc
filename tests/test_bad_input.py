"""Bad input at every kind of door: a clear 4xx in words, and nothing written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.agencies.models import Agreement, ApiToken, App, Milestone, Relocation
from pendopo.agencies.types import Role
from pendopo.catalogue.models import Fee
from pendopo.innovations.models import Competition, Innovation, Proposal
from pendopo.inspections.models import Finding, Inspection
from pendopo.kernel.crypto import Bearer, sign_bearer
from pendopo.meetings.models import Decision, Invitation, Meeting
from pendopo.queues.models import ForwardedCase
from pendopo.readiness.models import Evidence, PlanStep
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.worktime.models import Calendar
from tests.world import World, build, count_rows

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
SQL = "x' OR 1=1; DROP TABLE queues_ticket; --"
FORM = "application/x-www-form-urlencoded"
UUID = "7d9f5a3e-9d0c-4f6e-8f3e-0d9a3c1b2a10"


@dataclass(frozen=True)
class Try:
    """A request. In its path and body {mall}, {key}, {ticket}, {counter} and {service} stand for the world's own."""

    path: str
    method: str = "GET"
    body: bytes | str = ""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    role: Role | None = None
    expected: frozenset[int] = frozenset({400, 404, 422})

    def __str__(self) -> str:
        return f"{self.method} {self.path[:70]} {self.body[:60]!r} {self.headers or ''}"


API = "/api/v1/malls/{mall}"
HERE = "/m/{mall}"


def api(path: str, body: object = None, **other: object) -> Try:
    """A request to the API; a body that is no text is sent as JSON."""
    text = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
    return replace(Try(API + path, body=text), **other)  # type: ignore[arg-type]


def post(path: str, body: str | bytes, **other: object) -> Try:
    """A form that was sent."""
    return replace(Try(HERE + path, method="POST", body=body, kind=FORM), **other)  # type: ignore[arg-type]


def ticket(**other: object) -> dict[str, object]:
    return {"service": "{service}", "origin": "phone", "id": UUID} | other


MALLS = [
    Try(prefix + name + "/")
    for prefix in ("/m/", "/api/v1/malls/")
    for name in (
        "tidak-ada",
        "a" * 300,
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "%ED%A0%80",
        "' OR 1=1",
        "<script>",
        "-1",
        "😀",
    )
]
READS = [
    *(api(f"/services?cursor={cursor}") for cursor in ("x", "WzEsMl0=", "AAAA", "W10=", "%00", "é", "a" * 2000)),
    api("/services?q=" + "a" * 101),
    api("/services?q=%00"),
    api(f"/services/{'a' * 29}"),
    api(f"/services/{SQL}"),
    api("/services/%2e%2e%2f%2e%2e%2fsettings"),
    api(f"/tickets/{2**70}"),
    api("/tickets/-1"),
    api("/tickets/{ticket}"),
    api("/tickets/%00"),
    api("/tickets/%ED%A0%80"),
    api("/tickets/{key}?key=" + "0" * 26),
    api("/board?zone=tidak-ada"),
    api(f"/board?zone={2**70}"),
    api("/board?zone=%00"),
    api("/board?zone=%ED%A0%80"),
    Try(HERE + "/?cursor=x"),
    Try(HERE + "/?cursor=%00"),
    Try(HERE + "/services/" + SQL + "/"),
    Try(HERE + "/services/%00/"),
    Try(HERE + "/services/%ED%A0%80/"),
    Try(HERE + "/charters/TIDAK-ADA/"),
    Try(HERE + "/charters/%00/charter.pdf"),
    Try(HERE + "/services/TIDAK-ADA/leaflet.pdf"),
    Try(HERE + "/standards/TIDAK-ADA/", role=Role.MANAGER),
    Try(HERE + "/standards/table.csv?agency=%00x", role=Role.MANAGER),
    Try(HERE + "/t/" + "0" * 26 + "/"),
    Try(HERE + "/t/%00/"),
    Try(HERE + "/t/" + "9" * 5000 + "/"),
    Try(HERE + "/t/..%2f..%2f/"),
    Try(HERE + "/board/?zone=" + str(2**70)),
    Try(HERE + "/board/?zone=%ED%A0%80"),
    Try(HERE + "/kiosk/TIDAK-ADA/"),
    Try(HERE + "/kiosk/%00/"),
    Try(HERE + f"/counters/{2**70}/", role=Role.MANAGER),
    Try(HERE + "/vans/0/"),
    Try(HERE + f"/vans/{2**70}/"),
    Try(HERE + "/vans/x/"),
    Try(HERE + "/counters/0/", role=Role.MANAGER),
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/attendance/?day=x",
            "/attendance/?day=1999-12-31",
            "/attendance/shift/?duty=x&day=x",
            "/attendance/shift/?duty=1&day=0001-01-01",
            "/attendance/month/?month=2026-13",
            "/attendance/month.csv?month=9999-12",
            "/roster/?day=%00",
            "/vacancies/?month=x",
            "/vacancies/?after=x",
            "/vacancies/?agency=%C3%A9",
            f"/vacancies/list.xlsx?agency={2**70}",
            "/full-time/?month=0000-01",
            "/first-day/?day=x",
            "/first-day/report.pdf?day=2026-02-30",
        )
    ),
    Try("/static/..%2f..%2fpendopo%2fconfig%2fsettings.py"),
    Try("/static/%00"),
    Try("/tidak/ada/"),
]
WRITES = [
    *(
        api("/tickets", body, method="POST")
        for body in (
            "{",
            "[]",
            "null",
            "1",
            '"text"',
            "\x00",
            b"\xff\xfe",
            b'{"service": "\xed\xa0\x80"}',
            "NaN",
            "[" * 100_000,
            ticket(service=SQL),
            ticket(service=SCRIPT),
            ticket(service="\x00"),
            ticket(service="\ud800"),
            ticket(service=["{service}"]),
            ticket(service={"$ne": None}),
            ticket(service="TIDAK-ADA"),
            ticket(origin="rocket"),
            ticket(id="x"),
            ticket(id=2**70),
            ticket(id=None),
            ticket(service="a" * 100_000),
            "x" * (2 * 1024 * 1024),
        )
    ),
    api("/tickets", "service=x", method="POST", kind=FORM),
    api("/tickets", "<xml/>", method="POST", kind="application/xml"),
    api("/tickets", "", method="POST", kind="multipart/form-data"),
    api("/tickets", "", method="POST", kind="multipart/form-data; boundary=x"),
    api("/tickets", "x", method="POST", kind="application/json; charset=tidak-ada"),
    *(
        api("/tickets/{key}/rating", body, method="POST")
        for body in (
            {"score": 0},
            {"score": 5},
            {"score": 2**70},
            {"score": "x"},
            {"score": 1.5},
            {"score": None},
            {},
            {"score": 4, "words": "\x00"},
            {"score": 4, "words": "\ud800"},
            {"score": 4, "words": "a" * 1001},
        )
    ),
    api("/tickets/" + "0" * 26 + "/cancellation", method="PUT"),
    api("/tickets/{ticket}/cancellation", method="PUT"),
    *(
        api("/tickets/{ticket}/completion", body, method="PUT", role=Role.OFFICER)
        for body in (
            {"outcome": "x"},
            {"outcome": "done", "reason": "x"},
            {"outcome": "done", "reason": "closed"},
            {"outcome": "sent_away"},
            {"outcome": "done", "agency_number": "\x00"},
            {},
            "[]",
        )
    ),
    api(f"/counters/{2**70}/calls", method="POST", role=Role.OFFICER),
    api("/counters/-1/calls", method="POST", role=Role.OFFICER),
    api("/counters/x/calls", method="POST", role=Role.OFFICER),
    api("/counters/{counter}/calls", {"id": "x"}, method="POST", role=Role.OFFICER),
    api(f"/counters/{2**63}/session", {"state": "open"}, method="PUT", role=Role.OFFICER),
    api("/counters/{counter}/session", {"state": "x"}, method="PUT", role=Role.OFFICER),
    api(f"/tickets/{2**70}/recall", method="PUT", role=Role.OFFICER),
    api("/tickets/{key}/recall", method="PUT", role=Role.OFFICER),
    *(
        post("/tickets/", body)
        for body in (
            "",
            "service=&id=",
            f"service={SQL}&id={UUID}",
            f"service=%00&id={UUID}",
            "service={service}&id=x",
            f"service=TIDAK-ADA&id={UUID}",
            b"\xff\xfe",
            "a=1&" * 10_000,
            "service=" + "a" * (2 * 1024 * 1024),
            f"service=%ED%A0%80&id={UUID}",
        )
    ),
    post("/tickets/", "{}", kind="application/json"),
    post("/tickets/", "x", kind="multipart/form-data"),
    post("/tickets/", "--x\r\nbroken", kind="multipart/form-data; boundary=x"),
    *(post("/tickets/", f"service={{service}}&id={UUID}&van={van}") for van in ("0", "x", str(2**70), "{site}", "%00")),
    *(
        post("/stops/", body, role=Role.MANAGER)
        for body in (
            "",
            "van={site}&day=2090-01-01&opens=09:00&closes=10:00&place=x",
            "van={van}&day=2000-01-01&opens=09:00&closes=10:00&place=x",
            "van={van}&day=2090-01-01&opens=09:00&closes=10:00&place=",
            "van=x&day=x&opens=25:00&closes=x&place=%00",
            "van={van}&day=10000-01-01&opens=09:00&closes=08:00&place=" + "a" * 161,
        )
    ),
    *(
        post("/vans/new/", body, role=Role.MANAGER)
        for body in (
            "",
            "name=%00&plate=%00&code=%00&counter=x&services=x",
            "name=x&plate=x&code=abc&counter=0&services=0&agency=x",
            f"name=x&plate=x&code=ZZ&counter=1&services={2**70}&agency={2**70}",
            "name=" + "a" * 81 + "&plate=" + "a" * 21 + "&code=ABCD&counter=1000&services=",
        )
    ),
    *(post(f"/vans/{number}/retirement/", "reason=x", role=Role.MANAGER) for number in (0, 2**62, 2**70)),
    post("/vans/{van}/retirement/", "reason=%00", role=Role.MANAGER),
    post("/vans/{van}/retirement/", "reason=" + "a" * 201, role=Role.MANAGER),
    post("/rules/", "voice=en&spells_digits=x&check_in_required=x&reason=x", role=Role.MANAGER),
    *(post("/tickets/", f"service={{service}}&id={UUID}&van={{van}}&code={code}") for code in ("x", "%00", "1" * 5000)),
    *(post(f"/stops/{number}/cancellation/", "reason=x", role=Role.MANAGER) for number in (0, 2**62, 2**70)),
    post("/stops/{stop}/cancellation/", "reason=%00", role=Role.MANAGER),
    post("/stops/{stop}/cancellation/", "reason=" + "a" * 121, role=Role.MANAGER),
    post("/kiosk/tickets/", "service=%00&id=%00"),
    post("/t/" + "0" * 26 + "/cancellation/", ""),
    *(
        post("/t/{done}/rating/", body)
        for body in ("", "score=0", "score=9", "score=x", "score=4&words=%00", "score=4&words=" + "a" * 1001)
    ),
    post("/device/", "token=" + "a" * 5000),
    post("/device/", "token=%00"),
    *(
        post("/services/{service}/standard/", body, role=Role.MANAGER)
        for body in (
            "",
            "decree_number=%00&decree_on=2026-02-30&valid_from=x&reason=%00",
            "decree_number=1&decree_on=0001-01-01&valid_from=9999-12-31&reason=x",
            "decree_number=1&decree_on=2026-01-01&valid_from=2026-01-02&reason=x&forum=x",
            "decree_number=1&decree_on=2026-01-01&valid_from=2027-01-02&reason=x&component_fee=" + "a" * 5001,
        )
    ),
    post("/services/TIDAK-ADA/standard/", "", role=Role.MANAGER),
    post("/services/{service}/standard/publications/", "medium=x&published_on=x", role=Role.MANAGER),
    post(
        "/services/{service}/standard/publications/",
        "medium=sipp&published_on=2099-01-01&evidence=x",
        role=Role.MANAGER,
    ),
    post("/days/", "subject=x&weekdays=9&reason=x", role=Role.MANAGER),
    post("/days/", "subject=%00&weekdays=1&reason=%00", role=Role.MANAGER),
    post("/days/removal/", "row=x", role=Role.MANAGER),
    post("/days/removal/", f"row={2**70}&reason=x", role=Role.MANAGER),
    post("/events/", "line=x&day=2026-02-30&code=a&first_number=0", role=Role.MANAGER),
    post("/events/", "line=x&day=9999-12-31&name=%00&code=ABCD&total=-1&reason=x", role=Role.MANAGER),
    post("/events/removal/", "row=-1&reason=x", role=Role.MANAGER),
    post("/reception/tickets/", "number=%00", role=Role.MANAGER, expected=frozenset({200})),
    post("/device/", "token=pdp_é.é"),
    post("/counters/{counter}/session/", "state=x", role=Role.OFFICER),
    post("/counters/{counter}/calls/", "id=x", role=Role.OFFICER),
    post("/counters/{counter}/completion/", "outcome=done&reason=closed", role=Role.OFFICER),
    post("/counters/{counter}/completion/", "outcome=done&agency_number=%00", role=Role.OFFICER),
    post(f"/counters/{2**70}/calls/", "", role=Role.OFFICER),
    post("/closing/", "plan-what=o%00&plan-starts=%00&plan-ends=x&plan-why=" + "a" * 5000, role=Role.MANAGER),
    post("/closing/decision/", "closing=x&choice=move", role=Role.MANAGER),
    post("/closing/decision/", f"closing={2**70}&choice=send_home", role=Role.MANAGER),
    post("/closing/decision/", "closing=999999&choice=withdraw", role=Role.MANAGER),
    *(
        post("/presence/", body, role=Role.OFFICER)
        for body in ("", "code=%00", "code=123", "code=" + "9" * 5000, "code=000000&office_at=99:99", b"\xff\xfe")
    ),
    *(
        post("/roster/", body, role=Role.MANAGER)
        for body in (
            "",
            "counter={counter}&person=0&weekdays=9&starts=x&ends=%00",
            "counter=999999&person=999999&weekdays=1&valid_from=2090-01-01&starts=08:00&ends=15:00",
            "counter={counter}&person=x&day=10000-01-01&starts=15:00&ends=08:00",
        )
    ),
    *(post("/roster/ending/", body, role=Role.MANAGER) for body in ("", "duty=x&reason=x", f"duty={2**70}&reason=x")),
    post("/roster/employment/", "employment-person=x&employment-kind=x&employment-superior=%00", role=Role.MANAGER),
    *(
        post(path, body, role=Role.MANAGER)
        for path in ("/attendance/absence/", "/attendance/witness/")
        for body in ("", "duty=x&day=x", f"duty={2**70}&day=2090-01-01", "duty=999999&day=9999-12-31&reason=sick")
    ),
    *(
        post("/vacancies/reply/", body, role=Role.MANAGER)
        for body in ("", "vacancy=x", f"vacancy={2**70}", "vacancy=999999&words=x", "vacancy=1&words=" + "a" * 301)
    ),
]
JOINING = [
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/agreements/?cursor=x",
            "/agreements/?cursor=WyJcdTAwMDAiLCAxXQ==",
            "/agreements/?kind=x",
            "/agreements/matrix.csv?standing=%00",
            "/agreements/0/",
            f"/agreements/{2**70}/",
            "/agreements/0/file/",
            "/prospects/?cursor=WzEsMl0=",
            "/prospects/?state=x",
            "/preparation/?cursor=é",
            "/preparation/of/TIDAK-ADA/",
            "/preparation/of/%00/",
            "/opening-day/?day=x",
            "/opening-day/?day=10000-01-01",
            f"/milestones/{2**70}/",
            "/hotlines/?cursor=W10=",
            "/notices/of/nothing/",
            "/notices/of/question/?cursor=x",
            "/notices/of/question/?cursor=%00",
            f"/notices/{2**70}/",
            "/notices/of/nothing/list.csv",
            "/head/days/?cursor=x",
            "/head/days/?weekday=8",
            "/head/days/table.csv?weekday=%00",
            "/head/letters/?before=x",
            "/head/letters/letter.pdf",
            "/head/letters/letter.pdf?week=10000-01-01",
            "/coverage/?cursor=x",
            "/settings/services/?cursor=x",
            "/settings/services/?state=x",
            "/settings/services/list.csv?q=" + "a" * 101,
            "/settings/services/TIDAK-ADA/",
            "/settings/variants/%00/",
            "/settings/charters/TIDAK-ADA/",
            f"/services/{{service}}/standard/{2**70}/decree/",
            "/services/{service}/standard/0/decree/",
            "/cases/?state=x",
            "/cases/?cursor=x",
            "/cases/?cursor=WyJ4IiwgMV0=",
            f"/cases/{2**70}/",
            "/coverage/of/TIDAK-ADA/",
            "/coverage/of/{agency}/?how=x",
            "/coverage/services/%00/",
            "/coverage/services/TIDAK-ADA/closing/",
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/agreements/new/", ""),
            ("/agreements/new/", "kind=x&title=%00&starts_on=x&agencies=x&others=" + "a" * 3000),
            ("/agreements/new/", "kind=mou&title=x&starts_on=9999-12-31&others=Polres"),
            ("/agreements/new/", "kind=mou&title=x&starts_on=2026-01-02&ends_on=2026-01-01&others=Polres"),
            ("/agreements/new/", "kind=mou&title=x&starts_on=2026-01-01"),
            ("/agreements/signing/", "day=2026-01-01&place=x"),
            ("/agreements/signing/", "day=x&place=%00&signed=x"),
            ("/agreements/{agreement}/standing/", "signatory=x&state=signed"),
            ("/agreements/{agreement}/standing/", f"signatory={2**62}&state=not&reason=other"),
            ("/agreements/{agreement}/file/", "file=x"),
            ("/agreements/{agreement}/renewal/", "starts_on=2026-02-30"),
            ("/agreements/{agreement}/ending/", "on=2026-01-01&reason="),
            (f"/agreements/{2**70}/ending/", "on=2026-01-01&reason=x"),
            ("/prospects/", "name=%00&contact_office=x&wanted_services=x&since=x"),
            ("/prospects/state/", "prospect=x&state=x"),
            ("/prospects/state/", f"prospect={2**62}&state=talks"),
            ("/preparation/new/", "agency=x&filled_from=x"),
            ("/preparation/new/", "agency={agency_number}&filled_from=2026-01-01&due_on=2026-01-01&room=x"),
            ("/preparation/of/{agency}/", "item=x"),
            ("/preparation/of/{agency}/", f"item={2**62}"),
            ("/preparation/of/{agency}/items/", "kind=x&name=%00"),
            ("/milestones/", "kind=x&name=%00&owner="),
            ("/milestones/{milestone}/", "owner=&needs=x"),
            ("/milestones/{milestone}/completion/", "on=2099-01-01&evidence=x"),
            ("/capacity/", "agency=x&to_site=x&counters=-1"),
            ("/capacity/{site}/", "counters=x"),
            (f"/capacity/{2**70}/", "counters=1&seats=1&parking_cars=1&parking_motorcycles=1"),
            (f"/relocations/{2**70}/completion/", "on=2026-01-01"),
            ("/relocations/{relocation}/completion/", "on=x"),
            ("/hotlines/of/{agency}/", "number=%00"),
            ("/hotlines/of/{agency}/test/", "is_answered=x"),
            ("/notices/of/question/", ""),
            ("/notices/of/question/", "title=%00"),
            ("/notices/of/question/", "title=x&site=9"),
            ("/notices/of/question/", "title=x&ends_on=2001-01-01"),
            ("/notices/of/question/", "title=x&ends_on=0001-01-01"),
            ("/notices/plans/", "site=x"),
            ("/coverage/services/{service}/", "coverage=x"),
            ("/settings/services/new/", ""),
            ("/settings/services/new/", "agency=0&name=%00&kind=x&outlet=x&amount=-1&reason=x"),
            ("/settings/services/{service}/", "name=&kind=x&reason="),
            ("/settings/services/{service}/", "name=%00&kind=here&reason=x"),
            ("/settings/services/{service}/offerings/", f"outlet={2**70}&status=x&channels=x&reason=x"),
            ("/settings/services/{service}/ending/", "reason="),
            ("/settings/services/{service}/resumption/", "reason=" + "a" * 201),
            ("/settings/services/{service}/variants/", "name=x&requirements=%00&reason=x"),
            ("/settings/services/TIDAK-ADA/", "name=x&kind=here&reason=x"),
            ("/settings/variants/{service}/", "name=x&requirements=" + "a" * 301 + "&reason=x"),
            ("/settings/variants/{service}/ending/", "reason=%00"),
            ("/settings/variants/{service}/resumption/", ""),
            ("/settings/variants/{service}/fees/", "amount=-5&basis=x&valid_from=2026-02-30&reason=x"),
            ("/settings/variants/{service}/fees/", "amount=" + "9" * 30 + "&basis=%00&valid_from=9999-12-31&reason=x"),
            (f"/settings/fees/{2**70}/withdrawal/", "reason=x"),
            ("/settings/fees/{fee}/withdrawal/", "reason="),
            ("/settings/charters/{agency}/", "office=&name=%00&decree=x&decree_on=x&reason=x"),
            ("/cases/{case}/", "kind=x"),
            ("/cases/{case}/", "kind=sent&reason=%00"),
            ("/cases/{case}/", "kind=sent&agency_number=" + "a" * 41),
            (f"/cases/{2**70}/", "kind=sent"),
            ("/coverage/services/{service}/", "coverage=not&reason=%00"),
            ("/coverage/services/{service}/", f"coverage=in&outlet={2**70}"),
            ("/coverage/services/{service}/office/", "state=closed"),
            ("/coverage/services/{service}/closing/", "closed_on=2026-01-01&decree=x"),
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/inspections/new/", ""),
            ("/inspections/new/", f"id={UUID}&others=%00"),
            ("/inspections/new/", f"id=x&sites={2**70}"),
            ("/inspections/new/", f"id={UUID}&others=" + "a" * 1001),
            ("/inspections/{inspection}/form/parts/", "kind=x"),
            ("/inspections/{inspection}/form/parts/", f"kind=answers&id={UUID}&place=x&a-ramp=yes"),
            ("/findings/{finding}/reply/", "words=%00"),
            ("/findings/{finding}/closing/", "words=" + "a" * 501),
            ("/findings/{finding}/reopening/", ""),
            (f"/findings/{2**70}/reopening/", "words=x"),
            (f"/inspections/{2**62}/form/parts/", "kind=photo"),
        )
    ),
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/inspections/?cursor=x",
            "/inspections/?cursor=WyJ4IiwxXQ==",
            "/findings/?cursor=WyJ4IiwxXQ==",
            "/findings/?state=x",
            f"/inspections/{2**62}/",
            f"/inspections/photos/{2**62}/",
            f"/findings/{2**62}/",
        )
    ),
]
READINESS = [
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/readiness/gates/tidak-ada/",
            "/readiness/gates/sisdmk/?cursor=x",
            "/readiness/gates/sisdmk/?cursor=WyJBIiwgMV0=",
            "/readiness/gates/tidak-ada/values.csv",
            "/readiness/criteria/tidak-ada/",
            "/readiness/criteria/trial/?cursor=AAAA",
            "/readiness/criteria/tidak-ada/evidence.xlsx",
            f"/readiness/evidence/{2**70}/file/",
            "/readiness/ratings/?cursor=WyJBIiwgMV0=",
            "/readiness/plan/?cursor=x",
            f"/readiness/plan/{2**70}/",
            "/readiness/assessments/?cursor=x",
            f"/readiness/assessments/{2**70}/",
            f"/readiness/assessments/{2**70}/table.csv",
            "/indicators/?cursor=x",
            "/indicators/of/tidak-ada/",
            "/indicators/of/kemiskinan/?cursor=WyJBIiwgMV0=",
            "/indicators/of/kemiskinan/tickets/?month=2026-13",
            "/indicators/of/kemiskinan/tickets/?cursor=x",
            "/indicators/of/tidak-ada/years.csv",
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/readiness/versions/", "valid_from=x"),
            ("/readiness/versions/", "valid_from=2026-01-01&reason=x&form-TOTAL_FORMS=%00&form-INITIAL_FORMS=0"),
            ("/readiness/versions/", "valid_from=2026-01-01&reason=x&form-TOTAL_FORMS=999999&form-INITIAL_FORMS=0"),
            ("/readiness/charges/", "item=gate:x&office=x"),
            ("/readiness/charges/", f"item=criterion:trial&agency={2**70}"),
            ("/readiness/charges/", "item=criterion:trial&office=%00"),
            ("/readiness/gates/sisdmk/", "value=NaN&exactness=exact&as_of=2026-01-01&source=x"),
            ("/readiness/gates/sisdmk/", f"value={9**30}&exactness=exact&as_of=2026-01-01&source=x"),
            ("/readiness/gates/sisdmk/", "value=59,33&exactness=x&as_of=2026-01-01&source=x"),
            ("/readiness/gates/sisdmk/", "value=59,33&exactness=exact&as_of=0001-01-01&source=%00"),
            (
                "/readiness/gates/sisdmk/correction/",
                f"value=1&exactness=exact&as_of=2026-01-01&source=x&reason=x&corrects={2**70}",
            ),
            ("/readiness/gates/tidak-ada/correction/", "value=1"),
            ("/readiness/criteria/trial/", "text=%00&source=&on=x"),
            ("/readiness/criteria/tidak-ada/", "text=x&source=x&on=2026-01-01"),
            ("/readiness/evidence/{evidence}/withdrawal/", "reason="),
            (f"/readiness/evidence/{2**70}/withdrawal/", "reason=x"),
            ("/readiness/plan/", "kind=x&name=%00&month=2026-99&office=x"),
            ("/readiness/plan/", f"kind=letter&name=x&month=2026-01&office={'a' * 500}"),
            ("/readiness/plan/{step}/", "month=x&reason="),
            ("/readiness/plan/{step}/completion/", "on=2099-01-01&evidence=x"),
            (f"/readiness/plan/{2**70}/completion/", "on=2026-01-01&evidence=x"),
            ("/readiness/assessments/", f"note={'a' * 500}"),
            ("/indicators/new/", "name=%00&theme=x&unit=&better=x"),
            ("/indicators/of/kemiskinan/figures/", "value=Infinity&as_of=2026-01-01&source=x"),
            ("/indicators/of/kemiskinan/figures/", "value=1.000,5&as_of=2026-01-01&source=x"),
            ("/indicators/of/kemiskinan/correction/", "value=1&as_of=2026-01-01&source=x&reason=x&corrects=0"),
            ("/indicators/of/kemiskinan/targets/", f"year={2**70}&value=1&source=x"),
            ("/indicators/of/kemiskinan/services/", f"services={2**70}&reason=x"),
            ("/indicators/of/tidak-ada/services/", "reason=x"),
        )
    ),
]
MEETING = [
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/apps/?cursor=x",
            "/apps/?state=x",
            f"/apps/{2**70}/",
            "/meetings/?cursor=WzEsMl0=",
            "/meetings/?cursor=WyJ4IiwgMV0=",
            "/meetings/?state=x",
            f"/meetings/{2**70}/",
            f"/meetings/{2**70}/minutes.pdf",
            "/meetings/{meeting}/papers/x/",
            "/meetings/{meeting}/papers/%00/list.csv",
            "/decisions/?cursor=WyJ4IiwgMV0=",
            "/decisions/?state=x",
            f"/decisions/{2**70}/",
            f"/decisions/{{decision}}/reports/{2**70}/file/",
            "/letters/?cursor=WyJ4IiwgMV0=",
            f"/letters/{2**70}/",
            "/letters/new/x/",
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/apps/new/", ""),
            ("/apps/new/", "agency=x&name=%00&owner=x&purpose=x&users=-1&sign_in=x&retire_by=x&replaced_by=x"),
            ("/apps/new/", "agency={agency_number}&name=x&owner=x&purpose=x&sign_in=own&link=javascript:alert(1)"),
            ("/apps/new/", "agency={agency_number}&name=x&owner=x&purpose=x&sign_in=own&users=5"),
            ("/apps/{app}/", "name=x"),
            (f"/apps/{2**70}/", ""),
            ("/apps/{app}/retirement/", "on=2099-01-01&reason=x"),
            ("/apps/{app}/overlaps/", "other={app}&is_overlap=x&note=%00"),
            ("/meetings/new/", ""),
            ("/meetings/new/", "title=%00&day=2026-02-30&starts=25:00&place=x&chair=x"),
            ("/meetings/new/", "title=x&day=10000-01-01&starts=x&place=x&chair=" + "a" * 161),
            ("/meetings/{meeting}/points/", "title="),
            ("/meetings/{meeting}/points/", "title=x"),
            (f"/meetings/{{meeting}}/points/{2**70}/removal/", ""),
            (f"/meetings/{{meeting}}/points/{2**62}/minutes/", "minutes=x"),
            ("/meetings/{meeting}/invitations/", ""),
            ("/meetings/{meeting}/invitations/", "agency=x&account=x&guest=%00"),
            ("/meetings/{meeting}/invitations/", "agency={agency_number}&guest=x"),
            ("/meetings/{meeting}/attendance/", ""),
            ("/meetings/{meeting}/attendance/", "came-{invitation}=x"),
            ("/meetings/{meeting}/attendance/", "came-{invitation}=sent&by-{invitation}=%00"),
            ("/meetings/{meeting}/decisions/", "words=%00&due_on=x"),
            ("/meetings/{meeting}/decisions/", "words=x&due_on=2090-01-01"),
            ("/meetings/{meeting}/decisions/", "words=x&due_on=2000-01-01&agency={agency_number}"),
            ("/meetings/{meeting}/postponement/", "day=2090-02-30&starts=25:00&reason="),
            ("/meetings/{meeting}/postponement/", "day=2090-01-01&starts=09:00&reason=%00"),
            ("/meetings/{meeting}/cancellation/", "reason=" + "a" * 201),
            ("/meetings/{meeting}/closing/", ""),
            ("/meetings/{meeting}/sending/", ""),
            ("/decisions/{decision}/reports/", "words="),
            ("/decisions/{decision}/reports/", "words=" + "a" * 501),
            ("/decisions/{decision}/settlement/", "state=x&because=%00&on=x"),
            ("/decisions/{decision}/settlement/", "state=done&because=x&on=2099-01-01"),
            ("/letters/new/reminder/", ""),
            ("/letters/new/reminder/", "number=%00&day=x&about=x"),
            ("/letters/new/invitation/", "number=x&day=2026-01-01&about=x&subject=x&signer=x&signer_office=x"),
            ("/letters/new/x/", ""),
        )
    ),
]
ARRANGING = [
    *(
        Try(HERE + "/settings" + path, role=Role.MANAGER)
        for path in (
            "/agencies/?cursor=x",
            "/agencies/TIDAK-ADA/",
            "/counters/?cursor=WyJ4IiwgMV0=",
            "/counters/list.csv?agency=%00",
            f"/counters/{2**70}/",
            f"/counters/{2**70}/queues/",
            f"/outlets/{2**70}/",
            f"/outlets/{2**62}/ending/",
            "/staff/?cursor=WzEsMl0=",
            f"/staff/{2**70}/",
            f"/staff/{2**62}/roles/{2**70}/ending/",
            "/queues/?cursor=x",
            f"/queues/{2**70}/",
            f"/queues/{2**70}/services/",
        )
    ),
    *(
        post("/settings" + path, body, role=Role.MANAGER)
        for path, body in (
            ("/agencies/new/", ""),
            ("/agencies/new/", "name=%00&short=x&code=a1&parent=x&reason=x"),
            ("/agencies/new/", f"name={'a' * 161}&reason=x"),
            ("/agencies/new/", "name=x&reason=" + "a" * 201),
            ("/agencies/{agency}/", "name=&reason=x"),
            ("/agencies/{agency}/", "name=x&parent={agency_number}&reason=x"),
            ("/agencies/{agency}/outlets/", "site=x&reason=x"),
            ("/common-desk/", f"site={2**70}&reason=x"),
            ("/outlets/{outlet}/", "opens_1=08:00&reason=x"),
            ("/outlets/{outlet}/", "opens_1=08:00&closes_1=07:00&reason=x"),
            ("/outlets/{outlet}/", "opens_1=25:00&closes_1=x&reason=%00"),
            ("/outlets/{outlet}/", "opens_1=08:00&closes_1=15:00&from_1=16:00&until_1=17:00&reason=x"),
            ("/outlets/{outlet}/ending/", "reason="),
            ("/counters/new/", ""),
            ("/counters/new/", "outlet=x&zone=x&number=0&reason=x"),
            ("/counters/new/", f"outlet={{outlet}}&zone={2**70}&number=-1&reason=x"),
            ("/counters/{counter}/", "number=1000&reason=x"),
            ("/counters/{counter}/retirement/", "reason="),
            ("/counters/{counter}/queues/", "queue_x=own&order=%00"),
            ("/counters/{counter}/queues/", f"order={2**70},x&reason="),
            ("/queues/new/", "code=a&name=x&zone=x&reason=x"),
            ("/queues/{queue}/", "code=ABCD&name=&zone=x&reason="),
            ("/queues/{queue}/services/", f"services={2**70}&reason=x"),
            ("/queues/{queue}/counters/", "counter_{counter}=x&reason=x"),
            ("/queues/{queue}/retirement/", "reason=%00"),
            ("/staff/new/", ""),
            ("/staff/new/", "name=%00&email=x&role=x&agency=x&starts_on=x&reason=x"),
            (
                "/staff/new/",
                "name=x&email=a@contoh.test&role=manager&agency={agency_number}&starts_on=2098-01-01&reason=x",
            ),
            ("/staff/new/", "name=x&email=a@contoh.test&role=officer&starts_on=2000-01-01&reason=x"),
            ("/staff/{account}/", "role=officer&starts_on=2098-01-01&ends_on=2097-01-01&reason=x"),
            ("/staff/{account}/tokens/", "token=x&reason=x"),
            ("/staff/{account}/tokens/", f"token={2**62}&reason=x"),
            ("/staff/{account}/invitation/", ""),
            ("/staff/{account}/roles/{role}/ending/", "last_day=2000-01-01&reason=x"),
            (f"/staff/{{account}}/roles/{2**62}/ending/", "reason=x"),
        )
    ),
    post("/relocations/{relocation}/counters/", "zone_{counter}=x&number_{counter}=0&reason=x", role=Role.MANAGER),
    post(f"/relocations/{2**70}/counters/", "reason=x", role=Role.MANAGER),
]
INNOVATING = [
    *(
        Try(HERE + "/innovations" + path, role=Role.MANAGER)
        for path in (
            "/?cursor=x",
            "/?year=26",
            "/?year=%D9%A2%D9%A0%D9%A2%D9%A6",
            "/?life=x",
            "/table.csv?year=99999",
            "/agencies/?year=x",
            "/agencies/?state=x",
            "/agencies/?cursor=WzEsMl0=",
            "/agencies/table.xlsx?state=%00",
            "/public/?cursor=é",
            "/novelty/?name=",
            "/novelty/?name=x&text=" + "a" * 1501,
            "/replications/?cursor=W10=",
            "/0/",
            f"/{2**70}/",
            "/competitions/?cursor=x",
            f"/competitions/{2**70}/",
            "/competitions/{competition}/?state=x",
            f"/proposals/{2**70}/",
            f"/proposals/{2**70}/scores/",
            "/iga/?year=1999",
        )
    ),
    *(
        post("/innovations" + path, body, role=Role.MANAGER)
        for path, body in (
            ("/new/", ""),
            ("/new/", "agency=x&name=%00&year=x&started_on=2026-02-30"),
            ("/new/", f"agency={2**70}&name=x&year=2100&kind=x"),
            ("/{innovation}/change/", "name=" + "a" * 161 + "&year=2026"),
            ("/{innovation}/usage/", "usage-month=2026-13&usage-count=-1"),
            ("/{innovation}/usage/", "usage-month=9999-12&usage-count=1&usage-unit=x&usage-source=x"),
            ("/{innovation}/usage/", "usage-month=2020-01&usage-count=99999999999&usage-unit=x&usage-source=%00"),
            ("/{innovation}/award/", "award-name=x&award-year=2098&award-source=x"),
            ("/{innovation}/replication/", "replication-since=2020-01-01&replication-source=x"),
            ("/{innovation}/ending/", "end-on=2098-01-01&end-reason=x"),
            ("/{innovation}/proposal/", f"begin-competition={2**70}&begin-group=x"),
            (f"/{2**70}/publication/", "published=on"),
            ("/competitions/new/", "name=%00&opens_at=x&closes_at=2026-02-30T25:00"),
            ("/competitions/{competition}/jurors/", "account=x"),
            ("/competitions/{competition}/dismissal/", f"juror={2**70}&reason=x"),
            ("/proposals/{proposal}/withdrawal/", "reason="),
            ("/iga/maxima/?year=2026", "maxima-n1=NaN&maxima-source=x"),
            ("/iga/maxima/?year=2026", "maxima-n1=1e99&maxima-source=x"),
            ("/iga/scores/?year=2026", "own-n1=x&own-source=x"),
            ("/iga/scores/?year=2026", "each-innovation=x&each-n16=1&each-source=x"),
        )
    ),
    post("/innovations/proposals/{proposal}/", "summary=x", role=Role.MANAGER, expected=frozenset({422})),
    post("/innovations/proposals/{proposal}/scores/", "novelty=x", role=Role.OFFICER),
]
SETTINGS = [
    *(
        Try(HERE + "/settings" + path, role=Role.MANAGER)
        for path in (
            f"/sites/{2**70}/",
            "/sites/{van}/",
            f"/sites/{2**70}/ending/",
            f"/zones/{2**70}/ending/",
            "/devices/?kind=x",
            "/devices/?cursor=x",
            "/devices/list.csv?kind=%C3%A9",
            f"/devices/{2**70}/",
            "/calendar/day/?day=x",
            "/calendar/day/?day=1999-12-31",
            "/calendar/hours/new/?example=x",
            f"/calendar/hours/{2**70}/",
            "/history/?kind=x",
            "/history/?cursor=x",
            "/history/list.xlsx?kind=x",
        )
    ),
    *(
        Try(HERE + "/brand/" + path)
        for path in ("0956c3/x/", "zzzzzz/x/", "x/", "logo/x.png", "logo/..%2f..%2fx.png", "logo/%ED%A0%80")
    ),
    *(
        post("/settings" + path, body, role=Role.MANAGER)
        for path, body in (
            ("/sites/", ""),
            ("/sites/", "name=%00&kind=hall&reason=x"),
            ("/sites/", "name=x&kind=van&reason=x"),
            ("/sites/", "name=Gedung&kind=hall&reason=x"),
            ("/sites/{site}/", "name=" + "a" * 121 + "&kind=hall&reason=x"),
            ("/sites/{site}/", "name=Mobil Keliling&kind=hall&reason=x"),
            ("/sites/{van}/", "name=x&kind=hall&reason=x"),
            ("/sites/{site}/zones/", "code=a b&name=x&reason=x"),
            ("/sites/{site}/zones/", "code=A&name=x&reason=x"),
            ("/sites/{van}/zones/", "code=Z&name=x&reason=x"),
            ("/zones/{zone}/", "code=A&name=&reason=x"),
            (f"/zones/{2**70}/", "code=A&name=x&reason=x"),
            ("/sites/{site}/ending/", "reason=x"),
            ("/zones/{zone}/ending/", "reason=x"),
            ("/zones/{zone}/ending/", "reason=%00"),
            ("/devices/new/", ""),
            ("/devices/new/", f"kind=x&name=%00&zone={2**70}&reason=x"),
            ("/devices/new/", "kind=kiosk&name=Kios 1&zone={zone}&reason=x"),
            ("/devices/{device}/zone/", f"zone={2**70}&reason=x"),
            ("/devices/{device}/voice/", "speaks=x&reason=x"),
            ("/devices/{device}/printer/", "address=printer.local&paper_mm=80&reason=x"),
            ("/devices/{device}/printer/", "address=10.0.0.5&paper_mm=99&reason=x"),
            ("/devices/{device}/printer/", "address=%00&paper_mm=80&reason=x"),
            ("/devices/{device}/revocation/", "reason="),
            (f"/devices/{2**62}/revocation/", "reason=x"),
            ("/brand/", ""),
            ("/brand/", "name=x&government=x&colours=own&accent=%23ffee00&logo=keep&reason=x"),
            ("/brand/", "name=x&government=x&colours=own&accent=red&logo=keep&reason=x"),
            ("/brand/", "name=x&government=x&colours=pendopo&logo=replace&picture=x&reason=x"),
            ("/brand/", "name=%00&government=x&colours=x&logo=x&reason=x"),
            ("/calendar/day/", "day=x&what=off&name=x&reason=x"),
            ("/calendar/day/", "day=2000-01-01&what=off&name=x&reason=x"),
            ("/calendar/day/", "day=2098-01-01&what=x&name=%00&reason=x"),
            ("/calendar/day/", "day=10000-01-01&what=off&name=x&reason=x"),
            ("/calendar/day/2098-01-01/removal/", "reason=x"),
            ("/calendar/day/x/removal/", "reason=x"),
            ("/calendar/day/%00/removal/", "reason=x"),
            ("/calendar/hours/new/", "name=x&reason=x"),
            ("/calendar/hours/new/", "name=x&opens_1=25:00&closes_1=x&reason=x"),
            ("/calendar/hours/new/", "name=x&opens_1=15:00&closes_1=08:00&reason=x"),
            ("/calendar/hours/new/", "name=x&opens_1=08:00&closes_1=15:00&break_from_1=12:00&reason=x"),
            ("/calendar/hours/{calendar}/", "opens_1=08:00&reason=x"),
            ("/calendar/hours/{calendar}/", "default=yes&reason="),
            (f"/calendar/hours/{2**70}/", "default=yes&reason=x"),
            ("/board/", ""),
            ("/board/", "seen=x&reason=x&" + "&".join(f"place_{number}={number}" for number in range(1, 6))),
            ("/board/", "seen=x&reason=x&place_1=9&text_1=" + "a" * 121),
            ("/board/", "seen=x&reason=x&place_1=1&english_1=x&starts_on_1=2026-02-30"),
        )
    ),
]
METHODS = [
    Try(API, method="DELETE", expected=frozenset({405})),
    Try(API + "/tickets", expected=frozenset({405})),
    Try(API + "/tickets/{key}", method="PATCH", expected=frozenset({405})),
    Try(HERE + "/", method="POST", expected=frozenset({405})),
    Try(HERE + "/tickets/", expected=frozenset({405})),
    Try(HERE + "/t/{key}/", method="DELETE", expected=frozenset({405})),
    Try("/", method="PUT", expected=frozenset({405})),
]


@pytest.mark.parametrize(
    "group",
    [MALLS, READS, WRITES, JOINING, MEETING, READINESS, ARRANGING, INNOVATING, SETTINGS, METHODS],
    ids=[
        "malls",
        "reads",
        "writes",
        "joining",
        "meeting",
        "readiness",
        "arranging",
        "innovating",
        "settings",
        "methods",
    ],
)
def test_what_is_wrong_is_told_in_words_and_writes_nothing(group: list[Try], world: World) -> None:
    before = count_rows(world.mall)
    wrong = [fault for one in group for fault in faults(one, send(one, world))]

    assert not wrong, "\n".join(wrong)
    # Signing in, as some of them must, is a session.
    assert count_rows(world.mall) | {"django_session": 0} == before | {"django_session": 0}


@pytest.fixture
def world() -> World:
    return build()


def send(one: Try, world: World) -> HttpResponse:
    """Send a request as it is."""
    client = Client(raise_request_exception=False)
    headers = dict(one.headers)
    if one.role and one.path.startswith("/api/"):
        headers["authorization"] = f"Bearer {world.tokens[one.role]}"
    elif one.role:
        client.force_login(world.account(one.role))
    names = {
        "mall": world.mall.slug, "key": world.waiting.key, "done": world.done.key, "ticket": str(world.called.pk),
        "counter": str(world.hall.counter.pk), "service": world.hall.service.code,
        "site": str(world.hall.place.site.pk), "van": str(world.stop.site_id), "stop": str(world.stop.pk),
        "agency": world.hall.place.agency.code, "agency_number": str(world.hall.place.agency.pk),
        "agreement": str(world.number_of(Agreement)), "milestone": str(world.number_of(Milestone)),
        "relocation": str(world.number_of(Relocation)), "inspection": str(world.number_of(Inspection)),
        "finding": str(world.number_of(Finding)),
        "evidence": str(world.number_of(Evidence)), "step": str(world.number_of(PlanStep)),
        "app": str(world.number_of(App)),
        "outlet": str(world.hall.place.outlet.pk), "queue": str(world.hall.queue.pk),
        "account": str(world.hall.officer.account_id), "role": str(world.role),
        "zone": str(world.hall.place.zone.pk), "device": str(world.kiosk.pk),
        "calendar": str(world.number_of(Calendar)),
        "meeting": str(world.number_of(Meeting)),
        "invitation": str(world.number_of(Invitation)),
        "decision": str(world.number_of(Decision)),
        "innovation": str(world.number_of(Innovation)),
        "fee": str(world.number_of(Fee)), "case": str(world.number_of(ForwardedCase)),
        "competition": str(world.number_of(Competition)), "proposal": str(world.number_of(Proposal)),
    }  # fmt: skip
    path, body = one.path, one.body
    for name, value in names.items():
        path = path.replace("{" + name + "}", value)
        body = body.replace("{" + name + "}", value) if isinstance(body, str) else body
    data = body.encode() if isinstance(body, str) else body
    response = client.generic(one.method, path, data, content_type=one.kind, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def faults(one: Try, response: HttpResponse) -> Iterator[str]:
    """Name what is wrong with an answer."""
    if response.status_code not in one.expected:
        yield f"{one}: {response.status_code}, not {sorted(one.expected)}"
    elif one.path.startswith("/api/"):
        problem = json.loads(response.content) if "problem+json" in response["Content-Type"] else {}
        if not (problem.get("code") and problem.get("detail") and problem.get("status") == response.status_code):
            yield f"{one}: no problem document: {response.content[:100]!r}"
    elif not ("<h1" in response.content.decode() and response["Content-Type"].startswith("text/html")):
        yield f"{one}: {response.status_code} without a page: {response.content[:100]!r}"
    if SCRIPT.encode() in response.content:
        yield f"{one}: markup came back as it was sent"


def tokens(world: World, other: World) -> dict[str, tuple[str, set[int]]]:
    """Tokens that open nothing here."""
    good = world.tokens[Role.MANAGER]
    body, _, mac = good.partition(".")
    account = world.account(Role.MANAGER)
    number = str(uuid4())
    return {
        "forged": (f"{body}.{mac[:-4]}AAAA", {401}),
        "of another body": (f"{other.tokens[Role.MANAGER].partition('.')[0]}.{mac}", {401}),
        "without signature": (body, {401}),
        "not a token": ("pdp_", {401}),
        "with letters of elsewhere": ("pdp_é.é", {401}),
        "with a zero byte": ("pdp_\x00", {401}),
        "endless": ("pdp_" + "a" * 10_000, {401}),
        "expired": (sign_bearer(Bearer("account", account.pk, world.mall.pk, number, 1)), {401}),
        "never given": (sign_bearer(Bearer("account", account.pk, world.mall.pk, number, 2**40)), {401}),
        "of another mall": (other.tokens[Role.MANAGER], {404}),
        "of another mall's device": (other.kiosk_token, {404}),
    }


def test_a_token_that_is_not_good_opens_nothing(world: World) -> None:
    other = build()
    with wall.inside(world.mall.pk):
        revoked = world.tokens[Role.HEAD]
        memberships.revoke_token(ApiToken.objects.get(account=world.account(Role.HEAD)), at=timezone.now())
        tenancy.revoke_device(world.kiosk, at=timezone.now())
    bad = tokens(world, other) | {"revoked": (revoked, {401}), "of a revoked device": (world.kiosk_token, {401, 403})}
    before = count_rows(world.mall, other.mall)
    doors = [
        api("/tickets", ticket(origin="desk"), method="POST"),
        api("/counters/{counter}/calls", method="POST"),
        api("/counters/{counter}/session", {"state": "paused"}, method="PUT"),
        api("/tickets/{ticket}/service", method="PUT"),
        api(""),
    ]
    wrong = []
    for name, (token, expected) in bad.items():
        for door in doors:
            one = replace(door, headers={"authorization": f"Bearer {token}"}, expected=frozenset(expected))
            wrong += [f"{name}: {fault}" for fault in faults(one, send(one, world))]
    for text in ("Basic YTpi", "Bearer", "bearer ", "x"):
        one = api("", headers={"authorization": text}, expected=frozenset({401}))
        wrong += [f"{text}: {fault}" for fault in faults(one, send(one, world))]

    assert not wrong, "\n".join(wrong)
    assert count_rows(world.mall, other.mall) == before


def test_an_id_is_not_used_for_two_things(world: World) -> None:
    first = api("/tickets", ticket(), method="POST", expected=frozenset({201}))
    assert send(first, world).status_code == 201
    before = count_rows(world.mall)

    for other in (ticket(service="TIDAK-ADA"), ticket(origin="desk")):
        one = api("/tickets", other, method="POST", role=Role.OFFICER, expected=frozenset({409}))
        assert list(faults(one, send(one, world))) == []
    assert count_rows(world.mall) == before


@pytest.mark.parametrize(
    "language", ["xx", "*", "en;q=x", "a" * 5000, "\x00", "id, en;q=0.5" * 200, "../../etc", "<b>"]
)
def test_a_browser_of_any_language_is_answered(language: str, world: World) -> None:
    response = send(Try(HERE + "/", headers={"accept-language": language}), world)

    assert response.status_code == 200
    assert response["Content-Language"] in {"id", "en"}


def test_markup_is_shown_and_never_run(world: World) -> None:
    for path in (f"/?q={SCRIPT}", f"/?agency={SCRIPT}", f"/board/?zone={SCRIPT}", f"/services/{SCRIPT}/"):
        response = send(Try(HERE + path), world)
        assert SCRIPT.encode() not in response.content
        assert response.status_code in {200, 404}


def test_a_form_of_another_site_is_refused(world: World) -> None:
    before = count_rows(world.mall)
    client = Client(enforce_csrf_checks=True)
    sent = {"service": world.hall.service.code, "id": UUID}

    response = client.post(f"/m/{world.mall.slug}/tickets/", sent)

    assert response.status_code == 403
    assert "<h1" in response.content.decode()
    assert count_rows(world.mall) == before
