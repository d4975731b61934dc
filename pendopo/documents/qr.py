"""QR codes for papers, as SVG (ISO/IEC 18004). segno makes the symbol; which of eight masks it wears is chosen here.

A QR with signed claims has 69 rows, and segno weighs each mask module by module: three quarters of drawing one. Here a
symbol is one number, so that a rule looks at all modules in a few steps.
"""

import re
from functools import cache

import segno

MASKS = 8
# The standard counts what is beside a symbol as light: this many modules decide whether a pattern looks like a finder.
QUIET = 4
# Dark, light, three dark, light, dark: as a line through a finder pattern.
FINDER = (True, False, True, True, True, False, True)
DARK = re.compile("1+")


def picture(text: str) -> str:
    """Draw what a QR holds. Its signed claims make it large: print it 2.6 cm wide or more."""
    code = segno.make(text, error="m", mask=0, micro=False)
    assert isinstance(code.version, int)
    assert code.error is not None
    plain, side = _number(code), len(code.matrix)
    worn = (plain ^ each for each in _differences(code.version, code.error))
    return _drawn(min(worn, key=lambda each: penalty(each, side)), side)


def penalty(symbol: int, side: int) -> int:
    """Return how much of a symbol a reader may stumble on (7.8.3.1): long runs, blocks, what looks like a finder
    pattern, and too much of dark or light.
    """
    width = side + QUIET
    found = 0
    for step in (1, width):
        # Where this module and the next one are alike; then where five in a row are.
        alike = ~(symbol ^ symbol >> step) & _places(side, step)
        runs = alike & alike >> step & alike >> 2 * step & alike >> 3 * step
        found += runs.bit_count() + 2 * (runs & ~(runs << step)).bit_count()
        found += 40 * _finders(symbol, side, step).bit_count()
    alike = ~(symbol ^ symbol >> 1) & _places(side, 1)
    blocks = alike & alike >> width & ~(symbol ^ symbol >> width) & _places(side, width)
    dark = abs(100 * symbol.bit_count() // side**2 - 50) // 5
    return found + 3 * blocks.bit_count() + 10 * dark


def _finders(symbol: int, side: int, step: int) -> int:
    """Return where a pattern like a finder's begins that has light before or behind it."""
    found = _places(side, step, 6)
    for place, is_dark in enumerate(FINDER):
        shifted = symbol >> place * step
        found &= shifted if is_dark else ~shifted
    before = behind = found
    for place in range(1, QUIET + 1):
        before &= ~(symbol << place * step)
        behind &= ~(symbol >> (6 + place) * step)
    return before | behind


@cache
def _places(side: int, step: int, ahead: int = 1) -> int:
    """Return all places of a symbol from which so many steps ahead stay within it, to the right or down."""
    width = side + QUIET
    across, down = (side - ahead, side) if step == 1 else (side, side - ahead)
    return int(sum(((1 << across) - 1) << row * width for row in range(down)))


@cache
def _differences(version: int, error: str) -> tuple[int, ...]:
    """Return what each mask changes in symbols of a size and an error level that wear the first: it is the same
    whatever they say, for a mask is laid over by "or, but not both" and says its own number in fixed places.
    """
    made = (
        segno.make("1", version=version, error=error, mask=mask, boost_error=False, micro=False)
        for mask in range(MASKS)
    )
    first, *others = (_number(each) for each in made)
    return (0, *(each ^ first for each in others))


def _number(code: segno.QRCode) -> int:
    """Return a symbol as a number: a row after the other, its last row in front, light beside each."""
    rows = [bytes(row[::-1]).translate(_DIGITS) for row in code.matrix]
    return int((b"0" * QUIET).join(reversed(rows)), 2)


_DIGITS = bytes([ord("0"), ord("1"), *range(2, 256)])


def _drawn(symbol: int, side: int) -> str:
    width, path = side + QUIET, ""
    for row in range(side):
        line, end = f"{symbol >> row * width & (1 << side) - 1:b}"[::-1], 0
        path += f"M0 {row}.5"
        for run in DARK.finditer(line):
            path += f"m{run.start() - end} 0h{run.end() - run.start()}"
            end = run.end()
    drawn = f'<path stroke="#000" d="{path}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{drawn}</svg>'
