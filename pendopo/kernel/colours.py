"""Colours of the screen: whether words on them can be read (WCAG 2.2, 1.4.3), and a ramp made from one of them.

The ramp takes the place of the seven `--brand` colours of tokens.css, in light and in dark, and of the two grounds of
the board, which is always dark; and of nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

type Rgb = tuple[int, int, int]

HEX = re.compile(r"#[0-9a-f]{6}")
# Level AA for words of ordinary size.
ENOUGH = 4.5
WHITE, BLACK = "#ffffff", "#000000"
# --ink in light; --surface and --ina-blue-900 in dark.
INK, NIGHT, DEEPEST = "#1f1f1f", "#0d2038", "#041225"


def contrast(one: str, other: str) -> float:
    """Return how much two colours differ for whoever reads, from 1 (the same) to 21 (black and white)."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with so much of another in it: 0 is the colour, 1 the other."""
    parts = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in parts)


@dataclass(frozen=True, slots=True)
class Ramp:
    """The colours by their names in tokens.css: seven for light and for dark screens, two for the board."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    board: Mapping[str, str]

    def sheet(self) -> str:
        """Write them as a style sheet."""
        return (
            f":root{{{_declared(self.light)}{_declared(self.board)}}}\n"
            f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{_declared(self.dark)}}}}}\n'
        )


@lru_cache(maxsize=64)
def ramp(accent: str) -> Ramp:
    """Make a ramp from one colour. What is read on it is made readable; the colour itself is left as it is."""
    soft = mixed(accent, WHITE, 0.92)
    light = {
        "brand": accent,
        "brand-hover": mixed(accent, BLACK, 0.25),
        "brand-ink": _until(mixed(accent, BLACK, 0.12), BLACK, soft),
        "brand-soft": soft,
        "brand-line": mixed(accent, WHITE, 0.6),
        "brand-deep": _until(mixed(accent, BLACK, 0.35), BLACK, WHITE, least=7),
        "brand-on": WHITE,
    }
    bright = _until(mixed(accent, WHITE, 0.3), WHITE, NIGHT)
    dark_soft = mixed(NIGHT, accent, 0.25)
    dark = {
        "brand": _until(bright, WHITE, DEEPEST),
        "brand-hover": mixed(bright, WHITE, 0.4),
        "brand-ink": _until(mixed(bright, WHITE, 0.3), WHITE, dark_soft),
        "brand-soft": dark_soft,
        "brand-line": mixed(NIGHT, accent, 0.6),
        "brand-deep": mixed(accent, BLACK, 0.7),
        "brand-on": DEEPEST,
    }
    ground = _until(mixed(accent, BLACK, 0.6), BLACK, WHITE, least=13)
    board = {"board-ground": ground, "board-row": _until(mixed(ground, WHITE, 0.14), BLACK, WHITE, least=7)}
    return Ramp(light, dark, board)


def pairs(accent: str) -> list[tuple[str, str, str]]:
    """Return what stands on what when a mall has this colour: a name, the words' colour, the ground's colour."""
    made = ramp(accent)
    return [
        ("white_on_colour", WHITE, accent),
        ("colour_on_white", accent, WHITE),
        ("ink_on_soft", INK, made.light["brand-soft"]),
        ("board", WHITE, made.board["board-row"]),
        ("dark", made.dark["brand-on"], made.dark["brand"]),
    ]


def _until(colour: str, towards: str, ground: str, *, least: float = ENOUGH) -> str:
    """Return the colour, drawn towards another until it can be read on its ground."""
    found = colour
    for step in range(1, 21):
        if contrast(found, ground) >= least:
            break
        found = mixed(colour, towards, step / 20)
    return found


def _declared(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _light(colour: str) -> float:
    parts = [part / 255 for part in _rgb(colour)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
