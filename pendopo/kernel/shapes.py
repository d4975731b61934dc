"""Shapes of input at the edge of the API: what does not fit is refused with the field's name."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

LARGEST_ID = 2**63 - 1


def _readable(text: str) -> str:
    if any((ord(letter) < 32 and letter not in "\n\t") or 0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise ValueError("tidak boleh berisi karakter kendali")
    return text


# A public code of a service: letters, digits and dashes.
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,28}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(_readable)]
Query = Annotated[str, StringConstraints(max_length=100), AfterValidator(_readable)]
Cursor = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[A-Za-z0-9_=-]*$")]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
