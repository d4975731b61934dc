"""A slip as ESC/POS bytes, for paper of 80 and 58 mm (Epson's command set, as the cheap printers also speak it)."""

import textwrap
import unicodedata

from pendopo.queues.printing import SlipText

CODE_PAGE = "cp437"
# Columns of font A, and the dots of one module of the QR code, by the width of the paper.
COLUMNS = {80: 48, 58: 32}
MODULE = {80: 6, 58: 5}
WIDEST = 6

START = (
    b"\x1b@"  # ESC @: forget what the last job set
    b"\x1d\x61\x00"  # GS a 0: no status unasked, so that answers are answers
    b"\x1c."  # FS .: printers made for China read two bytes as one sign until told not to
    b"\x1bt\x00"  # ESC t 0: code page 437
    b"\x1ba\x01"  # ESC a 1: centred
)
BOLD, PLAIN = b"\x1bE\x01", b"\x1bE\x00"
INVERSE, UPRIGHT = b"\x1dB\x01", b"\x1dB\x00"
END = b"\x1bd\x04\x1dVB\x00"  # ESC d 4, GS V 66 0: past the tear bar, then cut where there is a knife
CONFIRM = b"\x1dr\x01"  # GS r 1: answered in turn, that is after all before it
LIKENESS = str.maketrans({
    "–": "-", "—": "-", "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "*", "→": ">",
})  # fmt: skip


def encode(slip: SlipText, paper_mm: int) -> bytes:
    """Write a slip as the bytes that print it and then ask the printer whether it did."""
    columns = COLUMNS[paper_mm]
    parts = [START]
    if slip.copy:
        parts += [INVERSE, _lines(slip.copy, columns), UPRIGHT]
    parts += [
        BOLD, _lines(slip.mall, columns), PLAIN, b"\n",
        _lines(slip.title, columns), _large(slip.number, columns), b"\n",
        BOLD, _lines(slip.service, columns), PLAIN, _lines(slip.agency, columns), b"\n",
        *(_lines(line, columns) for line in slip.lines), b"\n",
        _code(slip.url, MODULE[paper_mm]), _lines(slip.scan, columns), b"\n",
        _lines(slip.closing, columns), END, CONFIRM,
    ]  # fmt: skip
    return b"".join(parts)


def folded(text: str) -> bytes:
    """Write text in the printer's code page: what it lacks by its likeness or as "?", and no command among it."""
    return b"".join(_folded(sign) for sign in unicodedata.normalize("NFC", text.translate(LIKENESS)))


def _folded(sign: str) -> bytes:
    if sign.isspace():
        return b" "
    if unicodedata.category(sign).startswith("C"):
        return b""
    for likeness in (sign, unicodedata.normalize("NFKD", sign)):
        kept = "".join(part for part in likeness if not unicodedata.combining(part))
        try:
            return kept.encode(CODE_PAGE)
        except UnicodeEncodeError:
            continue
    return b"?"


def _lines(text: str, columns: int) -> bytes:
    # Folded first: a sign may become several. Code page 437 has one sign a byte.
    whole = folded(text).decode(CODE_PAGE)
    return b"".join(line.encode(CODE_PAGE) + b"\n" for line in textwrap.wrap(whole, columns))


def _large(text: str, columns: int) -> bytes:
    """Write text as large as the paper allows on one line: GS ! takes up to eight times, six look well."""
    whole = folded(text)
    times = max(1, min(WIDEST, columns // max(1, len(whole))))
    return b"\x1d!" + bytes([(times - 1) << 4 | (times - 1)]) + BOLD + whole + b"\n" + PLAIN + b"\x1d!\x00"


def _code(url: str, module: int) -> bytes:
    """Write a QR code that the printer draws itself: GS ( k, model 2, correction M."""
    data = folded(url)
    return b"".join([
        _symbol(b"A", b"2\x00"),
        _symbol(b"C", bytes([module])),
        _symbol(b"E", b"1"),
        _symbol(b"P", b"0" + data),
        _symbol(b"Q", b"0"),
        b"\n",
    ])  # fmt: skip


def _symbol(function: bytes, values: bytes) -> bytes:
    body = b"1" + function + values
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body
