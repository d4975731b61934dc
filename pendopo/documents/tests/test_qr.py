"""QR codes for papers: what segno makes, wearing the mask that the standard wants."""

import random
import re

import pytest
import segno

from pendopo.documents import qr

ADDRESS = "https://mpp.contoh.test/m/contoh/v/01hxyzabcdefghjkmnpqrstvwx/"
LETTERS = "ABCXYZabcxyz0189-_./#"


def modules(svg: str) -> list[list[bool]]:
    """Read a picture back: its lines are the dark modules."""
    side = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    found = [[False] * side for _row in range(side)]
    for row, line in re.findall(r"M0 (\d+)\.5((?:m\d+ 0h\d+)*)", svg):
        column = 0
        for gap, length in re.findall(r"m(\d+) 0h(\d+)", line):
            column += int(gap)
            found[int(row)][column : column + int(length)] = [True] * int(length)
            column += int(length)
    return found


def stumbling(symbol: list[list[bool]]) -> int:
    """Weigh a symbol module by module, as 7.8.3.1 tells it."""
    side, found = len(symbol), 0
    for line in (*symbol, *(list(each) for each in zip(*symbol, strict=True))):
        told = "".join("01"[each] for each in line)
        found += sum(len(each) - 2 for each in re.findall("0{5,}|1{5,}", told))
        quiet = f"0000{told}0000"
        for each in re.finditer("(?=1011101)", quiet):
            place = each.start()
            found += 40 * ("0000" in {quiet[place - 4 : place], quiet[place + 7 : place + 11]})
    for row in range(side - 1):
        for column in range(side - 1):
            block = {symbol[row + down][column + across] for down in (0, 1) for across in (0, 1)}
            found += 3 * (len(block) == 1)
    dark = sum(map(sum, symbol))
    return found + 10 * (abs(100 * dark // side**2 - 50) // 5)


@pytest.mark.parametrize("length", [1, 25, 62, 180, 299, 480, 900])
def test_a_picture_is_segnos_symbol_with_the_mask_that_is_read_best(length: int) -> None:
    text = "".join(random.Random(length).choices(LETTERS, k=length))

    drawn = modules(qr.picture(text))

    made = [segno.make(text, error="m", mask=mask, micro=False) for mask in range(8)]
    symbols = [[[bool(each) for each in row] for row in code.matrix] for code in made]
    assert drawn in symbols
    assert stumbling(drawn) == min(stumbling(each) for each in symbols)


def test_the_same_text_gives_the_same_picture_and_another_another() -> None:
    assert qr.picture(ADDRESS) == qr.picture(ADDRESS)
    assert qr.picture(ADDRESS) != qr.picture(f"{ADDRESS}#a.b.c")
