from pendopo.agencies.types import Role
from tests.wrong_input.trying import HERE, Try, post

ONE = "/handovers/{handover}"
PRODUCTS = [
    *(
        Try(HERE + path, role=Role.OFFICER)
        for path in (
            "/handovers/?cursor=x",
            "/handovers/?state=x",
            "/handovers/?q=" + "a" * 41,
            "/handovers/table.csv?agency=%00",
            f"/handovers/{2**70}/",
            f"/handovers/{2**62}/handing/",
            f"/handovers/{2**62}/signature.png",
        )
    ),
    Try(HERE + "/h/tidak-ada/"),
    Try(HERE + "/pick-up/TIDAK-ADA/", role=Role.MANAGER),
    *(
        post(path, body, role=Role.OFFICER)
        for path, body in (
            ("/handovers/new/", ""),
            ("/handovers/new/", "agency=x&site=x&product=%00&owner=x&request_id=x"),
            ("/handovers/new/", f"agency={2**70}&site=1&product={'a' * 81}&owner=x&nik=12&phone=abc&request_id=1"),
            (f"{ONE}/handing/", ""),
            (f"{ONE}/handing/", "taker=owner&signed=drawn&drawn=x"),
            (f"{ONE}/handing/", f"taker={2**70}&signed=book"),
            (f"{ONE}/handing/", "taker=new&signed=book&name=&document="),
            (f"{ONE}/handing/", "taker=new&signed=book&name=x&basis=x&document=%00"),
        )
    ),
    post("/pick-up/{agency}/", "service=x&reason=x", role=Role.MANAGER),
    post("/pick-up/{agency}/", "service=&reason=", role=Role.MANAGER),
]
