"""Documents on paper: a template of ours and values in, PDF/A out. Nothing is fetched; fonts are typst's own."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from pendopo.documents import qr
from pendopo.kernel import attachments
from pendopo.tenancy.models import Mall

# What templates share: each finds these beside itself, and takes them in by `#import "chart.typ": drawn`.
SHARED = Path(__file__).parent / "typst"
TRIAL = '#set page(width: 48pt, height: auto, margin: 0pt)\n#image("{name}", width: 100%)'


def pdf(
    template: Path,
    data: Mapping[str, object],
    *,
    mall: Mall,
    pictures: Mapping[str, bytes] | None = None,
    scanned: str = "",
) -> bytes:
    """Set a template of a mall's with values: it reads them by `json(bytes(sys.inputs.data))`. They are text, never
    markup; the same values give the same bytes.

    `pictures` are JPEG and PNG that the template finds beside itself, by their names. The mall's own logo is one of
    them: `data.logo` is its name, or empty; `head.typ` draws it. `data.qr` is a QR of what is `scanned`, as SVG.
    """
    logo, beside = "", dict(pictures or {})
    if drawn := _logo(mall.logo):
        logo = "logo" + Path(mall.logo).suffix
        beside[logo] = drawn
    drawn_too = {"qr": qr.picture(scanned)} if scanned else {}
    written = json.dumps({**data, **drawn_too, "logo": logo}, ensure_ascii=False)
    with TemporaryDirectory() as folder:
        desk = Path(folder)
        main = desk / template.name
        main.write_bytes(template.read_bytes())
        for each in SHARED.glob("*.typ"):
            (desk / each.name).write_bytes(each.read_bytes())
        for name, content in beside.items():
            (desk / name).write_bytes(content)
        made = typst.compile(
            main, font_paths=_fonts(), sys_inputs={"data": written}, pdf_standards=["a-2b"], format="pdf"
        )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return typst's own fonts: those of a machine would make another document of the same values elsewhere."""
    return typst.Fonts(include_system_fonts=False)


def _logo(path: str) -> bytes | None:
    """Return a mall's logo if there is one that can be drawn: no paper fails for its sake."""
    content = attachments.content(path)
    return content if content and _is_drawn(path, content) else None


@lru_cache(maxsize=64)
def _is_drawn(path: str, content: bytes) -> bool:
    return can_be_set(content, Path(path).suffix[1:])


def can_be_set(picture: bytes, kind: str) -> bool:
    """Say whether a JPEG or PNG really is a picture: it is drawn once, small, to see."""
    with TemporaryDirectory() as folder:
        name = f"picture.{kind}"
        (Path(folder) / name).write_bytes(picture)
        main = Path(folder) / "trial.typ"
        main.write_text(TRIAL.format(name=name))
        try:
            typst.compile(main, font_paths=_fonts(), format="png", ppi=72)
        except (typst.TypstError, RuntimeError):
            return False
    return True
