"""Which phone takes a ticket: by a random key that its browser keeps, nothing that could be read from the phone."""

from pendopo.kernel.crypto import keyed_hash


def holder_of(*, phone_key: str = "", account_id: int | None = None) -> str:
    """Return the digest that stands in a phone's live tickets: of the account where one is signed in, else of the key.

    A keyed digest: from it nobody finds the phone or the account; "" when neither is known.
    """
    who = f"account:{account_id}" if account_id is not None else f"phone:{phone_key}" if phone_key else ""
    return keyed_hash("holder", who).hex()[:32] if who else ""
