from tests.wrong_input.trying import API, HERE, Try

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

METHODS = [
    Try(API, method="DELETE", expected=frozenset({405})),
    Try(API + "/tickets", expected=frozenset({405})),
    Try(API + "/tickets/{key}", method="PATCH", expected=frozenset({405})),
    Try(HERE + "/", method="POST", expected=frozenset({405})),
    Try(HERE + "/tickets/", expected=frozenset({405})),
    Try(HERE + "/t/{key}/", method="DELETE", expected=frozenset({405})),
    Try("/", method="PUT", expected=frozenset({405})),
]
