"""Numbers that machines make: keys that open, and none that can be guessed."""

import secrets

# Crockford's base 32 without i, l, o, u: can be read aloud and typed from paper.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEY_LENGTH = 26


def new_key() -> str:
    """Make a key of 128 random bits as 26 letters; whoever holds it holds the thing it opens."""
    number = secrets.randbits(128)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def new_password() -> str:
    """Make a password that can be read from paper: four groups of four letters and digits, 80 random bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(4))
