from pendopo.agencies.types import Role
from tests.wrong_input.trying import HERE, SCRIPT, Try, post

MESSAGES = [
    *(
        Try(HERE + path, role=Role.MANAGER)
        for path in (
            "/inbox/?cursor=x",
            "/inbox/?cursor=WyJcdTAwMDAiLCAxXQ==",
            "/messages/?cursor=x",
            "/messages/x/again/",
        )
    ),
    *(
        post(path, body, role=Role.MANAGER)
        for path, body in (
            ("/inbox/reading/", ""),
            ("/inbox/reading/", "upto=x"),
            ("/inbox/reading/", f"upto={2**70}"),
            ("/inbox/settings/", ""),
            ("/inbox/settings/", "first=pigeon&language=id&quiet_from=22:00&quiet_until=05:00"),
            ("/inbox/settings/", "first=mail&second=mail&language=id&quiet_from=22:00&quiet_until=05:00"),
            ("/inbox/settings/", "language=de&quiet_from=22:00&quiet_until=05:00"),
            ("/inbox/settings/", "language=id&quiet_from=25:00&quiet_until=%00"),
            ("/messages/{message}/again/", ""),
            ("/messages/{message}/again/", "reason=" + "a" * 300),
            # Nothing is set up to carry it.
            ("/messages/{message}/again/", f"reason={SCRIPT}"),
            (f"/messages/{2**70}/again/", "reason=x"),
            ("/messages/0/again/", "reason=x"),
            ("/messages/trial/", ""),
            ("/messages/trial/", "key=../x"),
        )
    ),
    # No provider is set up here: to everybody these addresses are not there.
    *(post(path, "{", expected=frozenset({404})) for path in ("/hooks/whatsapp/", "/hooks/sms/")),
]
