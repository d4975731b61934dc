from pendopo.agencies.types import Role
from tests.wrong_input.trying import FORM, HERE, SCRIPT, SQL, UUID, Try, api, post, ticket

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
    *(
        Try(HERE + "/v/" + rest)
        for rest in ("?code=%00", "?code=a/b", "?code=" + "é" * 300, "%00/", "x/", "9" * 5000 + "/", "x/document.pdf")
    ),
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
