from pendopo.agencies.types import Role
from tests.wrong_input.trying import FORM, SCRIPT, Try, post


def account(path: str, body: str | bytes, *, role: Role | None = None) -> Try:
    """A form of the account, above all malls."""
    return Try("/accounts" + path, method="POST", body=body, kind=FORM, role=role)


ENTERING = [
    *(
        account("/code/", body)
        for body in (
            "",
            "contact=",
            "contact=warga",
            "contact=12",
            "contact=%00",
            "contact=a%40b",
            f"contact={SCRIPT}",
            "contact=" + "9" * 300,
            "contact=" + "a" * 300 + "%40contoh.test",
            b"contact=\xff\xfe",
            # Nothing is set up that could send there.
            "contact=warga%40contoh.test",
        )
    ),
    account("/sessions/end/", "number=x", role=Role.MANAGER),
    account("/sessions/end/", "number=-1", role=Role.MANAGER),
    account("/sessions/end/", f"number={2**70}", role=Role.MANAGER),
    account("/sessions/end/", "number=0", role=Role.MANAGER),
    account("/confirm/", "password=", role=Role.MANAGER),
]
ME = [
    *(
        post("/me" + path, body, role=Role.MANAGER)
        for path, body in (
            ("/name/", ""),
            ("/name/", "name=%00"),
            ("/name/", "name=" + "a" * 121),
            ("/number/", ""),
            ("/number/", "kind=nik&value=123"),
            ("/number/", "kind=nik&value=3576013201900001"),
            ("/number/", "kind=nik&value=3576010101900000"),
            ("/number/", "kind=kk&value=%D9%A0" * 3),
            ("/number/", "kind=passport&value=X1234567"),
            ("/number/", f"kind={SCRIPT}&value={SCRIPT}"),
            ("/number/", "kind=nik&value=%00"),
            ("/reach/", "contacts=99"),
            ("/reach/", "contacts=x"),
            ("/power/", ""),
            ("/power/", "code=x&ends_on=2026-02-30"),
            ("/power/", "code=1-x&ends_on=9999-12-31"),
            ("/power/", f"code={2**80}-abcdefgh&ends_on=2000-01-01"),
            ("/power/end/", ""),
            ("/power/end/", "number=x"),
            ("/power/end/", f"number={2**70}"),
            ("/power/end/", "number=1"),
        )
    ),
]
