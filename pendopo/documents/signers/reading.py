"""pyHanko reads strings of hex digits a letter at a time, and each signature is one of thousands: that alone took a
third of what verifying one costs. Here they are read at once.
"""

import binascii
from typing import IO

from pyhanko.pdf_utils import generic

_by_letters = generic.read_hex_string_from_stream
# Most strings are short, signatures seldom longer; what is longer still is read letter by letter.
AT_ONCE = (256, 64 * 1024)


def _at_once(stream: IO[bytes]) -> generic.ByteStringObject | generic.TextStringObject:
    """Read a string of hex digits and nothing else. What holds anything else is left to pyHanko, from its beginning."""
    began = stream.tell()
    for size in AT_ONCE:
        digits, end, _rest = stream.read(size)[1:].partition(b">")
        stream.seek(began)
        if not end:
            continue
        try:
            found = binascii.unhexlify(digits)
        except binascii.Error:
            break
        stream.seek(began + len(b"<") + len(digits) + len(end))
        return generic.pdf_string(found)
    return _by_letters(stream)


def quickly() -> None:
    """Let pyHanko read them so, in this process."""
    generic.read_hex_string_from_stream = _at_once
