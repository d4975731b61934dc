from pendopo.agencies.types import Role
from tests.wrong_input.trying import HERE, UUID, Try, post

OCTETS = "application/offset+octet-stream"


def tus(path: str, method: str = "POST", body: str = "", **headers: str) -> Try:
    """What a program sends for a person who reads the answer."""
    told = {"Tus-Resumable": "1.0.0", "Accept": "text/html"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    expected = frozenset({404, 409, 413, 422})
    return Try(HERE + path, method=method, body=body, kind=OCTETS, headers=told, role=Role.MANAGER, expected=expected)


FILES = [
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/files/?cursor=x",
            "/files/tidakada/",
            "/files/%00/",
            "/files/{file}/",
            "/files/{file}/removal/",
            "/files/{file}/content/",
            "/files/{file}/content/?seal=x",
            "/files/{file}/content/?seal=é&how=view&until=1",
            "/files/{file}/content/?seal=x&how=view&until=" + "9" * 40,
            "/documents/?cursor=x",
            "/documents/x/content/",
            "/documents/%00/content/",
            "/documents/{document}/content/?seal=x&how=download&until=1",
            "/given/?code=x",
            "/given/?code=" + "0" * 26,
            "/given/%00/",
            "/given/tidakada/",
            "/quarantine/?cursor=x",
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/files/", ""),
            ("/files/", f"purpose=ktp&id={UUID}"),
            ("/files/", "purpose=x&id=x&file=x"),
            ("/files/{file}/removal/", ""),
            ("/given/{file}/proof/", ""),
            ("/given/{file}/proof/", "source=x&reason=x"),
            ("/given/{file}/proof/", "source=original&reason=%00"),
            ("/given/{file}/proof/", "source=original&reason=" + "a" * 201),
            ("/given/x/proof/", "source=original&reason=x"),
            ("/quarantine/{file}/release/", "reason="),
            ("/quarantine/{file}/release/", "reason=x"),
            ("/quarantine/{file}/removal/", "reason=%00"),
            ("/quarantine/x/removal/", "reason=x"),
        )
    ),
    tus("/files/uploads/"),
    tus("/files/uploads/", Upload_Length="x"),
    tus("/files/uploads/", Upload_Length="9" * 12, Upload_Metadata="purpose a3Rw"),
    tus("/files/uploads/", Upload_Length="9", Upload_Metadata="purpose"),
    tus("/files/uploads/", Upload_Length="9", Upload_Metadata="purpose ,x ====,"),
    tus("/files/uploads/{file}/", "PATCH", "x", Upload_Offset="7"),
    tus("/files/uploads/x/", "PATCH", "x", Upload_Offset="-1"),
    tus("/files/uploads/%00/", "DELETE"),
]
