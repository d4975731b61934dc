"""Which colours words can be read on, and what is made of one."""

import pytest

from pendopo.kernel.colours import ENOUGH, HEX, contrast, mixed, pairs, ramp


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#196bcd", "#ffffff", 5.22),
        ("#777777", "#ffffff", 4.48),
        ("#ffcc14", "#ffffff", 1.51),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, told: float) -> None:
    assert round(contrast(one, other), 2) == told
    assert contrast(one, other) == contrast(other, one)


def test_a_mixture_lies_between() -> None:
    assert mixed("#000000", "#ffffff", 0) == "#000000"
    assert mixed("#000000", "#ffffff", 1) == "#ffffff"
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("accent", ["#196bcd", "#8a1538", "#1b561a", "#000000", "#4b0082", "#b45309", "#767676"])
def test_all_that_is_read_on_a_dark_enough_colour_can_be_read(accent: str) -> None:
    made = ramp(accent)

    assert all(contrast(words, ground) >= ENOUGH for _name, words, ground in pairs(accent))
    assert contrast(made.light["brand-ink"], made.light["brand-soft"]) >= ENOUGH
    assert contrast(made.light["brand-deep"], "#ffffff") >= 7
    assert contrast(made.dark["brand-ink"], made.dark["brand-soft"]) >= ENOUGH
    assert contrast(made.dark["brand-deep"], "#ffffff") >= ENOUGH
    assert contrast(made.board["board-ground"], "#ffffff") >= 13
    assert contrast(made.board["board-row"], "#ffffff") >= 7
    # The counter of a former call, and the yellow of a call just made, which no mall changes.
    assert contrast(made.board["board-row"], "#ffe58a") >= ENOUGH
    assert contrast(made.board["board-row"], made.board["board-ground"]) > 1.05
    assert made.light["brand"] == accent
    assert all(HEX.fullmatch(colour) for colour in [*made.light.values(), *made.dark.values(), *made.board.values()])


def test_a_bright_colour_is_told_from_a_dark_one() -> None:
    assert min(contrast(words, ground) for _name, words, ground in pairs("#ffcc14")) < ENOUGH


def test_the_sheet_holds_seven_colours_for_each_light_and_two_of_the_board() -> None:
    sheet = ramp("#8a1538").sheet()

    assert sheet.startswith(":root{--brand:#8a1538;--brand-hover:#")
    assert sheet.count("--brand-soft:") == 2
    assert sheet.count("--board-ground:") == sheet.count("--board-row:") == 1
    assert '@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){' in sheet
