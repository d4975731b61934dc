"""How a mall looks: whether its colour can be read, and where its style sheet and its logo are."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.kernel.colours import ENOUGH, contrast, pairs, ramp
from pendopo.kernel.figures import figure
from pendopo.tenancy.models import Mall

# --brand-deep of tokens.css.
DEEP = "#083575"
WORDS = {
    "white_on_colour": gettext_lazy("Tulisan putih di atas warna ini, seperti pada tombol"),
    "colour_on_white": gettext_lazy("Tulisan berwarna ini di atas putih, seperti pada tautan"),
    "ink_on_soft": gettext_lazy("Tulisan hitam di atas rona mudanya, seperti pada label"),
    "board": gettext_lazy("Tulisan putih di baris papan antrean"),
    "dark": gettext_lazy("Tombolnya di layar gelap"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """Words on a ground, and how well they can be read."""

    what: str
    ratio: float

    @property
    def is_enough(self) -> bool:
        """Whether it fulfils WCAG 2.2 AA."""
        return self.ratio >= ENOUGH

    @property
    def text(self) -> str:
        """The ratio in words: "7,2 : 1, cukup"."""
        told = {"ratio": figure(Decimal(f"{self.ratio:.1f}")), "least": figure(Decimal(str(ENOUGH)))}
        if self.is_enough:
            return _("%(ratio)s : 1, cukup") % told
        return _("%(ratio)s : 1, kurang dari %(least)s : 1") % told


def judged(accent: str) -> list[Judged]:
    """Return how well a colour can be read wherever pages use it."""
    # Cut, not rounded: 4.48 must not read as enough.
    return [Judged(str(WORDS[name]), int(contrast(words, ground) * 10) / 10) for name, words, ground in pairs(accent)]


@lru_cache(maxsize=64)
def style_sheet(accent: str) -> tuple[str, str]:
    """Return the style sheet of a colour, and the digest under which it may be kept for ever."""
    text = ramp(accent).sheet()
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


def bar_colour(mall: Mall) -> str:
    """Return the colour of a phone's own bar above the mall's pages: `--brand-deep` of its style sheet."""
    return ramp(mall.accent).light["brand-deep"] if mall.accent else DEEP


def addresses(mall: Mall) -> tuple[str, str]:
    """Return where the mall's style sheet and its logo are; empty: it has none of its own."""
    sheet = logo = ""
    if mall.accent:
        sheet = reverse("agencies:brand_sheet", args=[mall.slug, mall.accent[1:], style_sheet(mall.accent)[1]])
    if mall.logo:
        logo = reverse("agencies:logo", args=[mall.slug, mall.logo.rpartition("/")[2]])
    return sheet, logo
