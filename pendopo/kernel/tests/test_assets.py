"""Everything that a browser loads comes from us, is what we took, and passes the content security policy."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

CHECKOUT = Path(__file__).resolve().parents[3]
PRODUCT = CHECKOUT / "pendopo"
VENDORED = [PRODUCT / "kernel/static/vendor", CHECKOUT / "tests/vendor"]
STATUSES = ["400", "403", "403_csrf", "404", "409", "422", "429", "500", "503"]

HOST = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.]+""")
INLINE = re.compile(r"""<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\ssrc=)""", re.IGNORECASE)
DATA_ADDRESS = re.compile(r"""url\(\s*["']?data:""")
STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
ICON = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")


def templates() -> list[Path]:
    return sorted(PRODUCT.glob("*/templates/**/*.html"))


def assets() -> Iterator[Path]:
    for path in sorted(PRODUCT.glob("*/static/**/*")):
        if path.suffix in {".css", ".js", ".svg"} and VENDORED[0] not in path.parents:
            yield path


def of(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


@pytest.mark.parametrize("folder", VENDORED, ids=of)
def test_every_vendored_file_is_listed_and_unaltered(folder: Path) -> None:
    listed = tomllib.loads((folder / "manifest.toml").read_text())
    licences = {entry["licence_file"] for entry in listed.values()}
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert present == {"manifest.toml"} | listed.keys() | licences
    for name, entry in listed.items():
        assert set(entry) == {"name", "version", "licence", "source", "licence_file", "sha256"}
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name


@pytest.mark.parametrize("path", [*templates(), *assets()], ids=of)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    assert HOST.findall(path.read_text()) == []


@pytest.mark.parametrize("path", templates(), ids=of)
def test_no_style_or_script_stands_in_a_page(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [path for path in assets() if path.suffix == ".css"], ids=of)
def test_no_stylesheet_needs_data_addresses(path: Path) -> None:
    assert DATA_ADDRESS.findall(path.read_text()) == []


def test_inline_code_would_be_found() -> None:
    for wrong in ("<p style='x'>", '<a onclick="x()">', "<script>x</script>", "<style>"):
        assert INLINE.search(wrong), wrong
    for right in ('<script src="x"></script>', '<a data-on="x" lang="id">', 'content="a"'):
        assert not INLINE.search(right), right


@pytest.mark.parametrize("path", templates(), ids=of)
def test_every_file_and_icon_that_a_template_names_exists(path: Path) -> None:
    get_template(str(path).partition("/templates/")[2])
    text = path.read_text()
    for name in STATIC.findall(text):
        assert finders.find(name), name
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (PRODUCT / "kernel/static/kernel/icons.svg").read_text()))
    assert set(ICON.findall(text)) <= sprite


def test_the_first_page_weighs_little() -> None:
    """Architecture rule 11: 60 kB without font; ours are uncompressed here, so that the rest has room."""
    css = sum(
        (PRODUCT / f"kernel/static/kernel/css/{name}.css").stat().st_size
        for name in ("reset", "tokens", "base", "layout", "components", "forms", "utilities", "print")
    )
    scripts = sum((PRODUCT / f"kernel/static/kernel/js/{name}.js").stat().st_size for name in ("uuid", "focus"))
    icons = sum((PRODUCT / f"kernel/static/kernel/{name}.svg").stat().st_size for name in ("icons", "mark", "kawung"))
    assert css + scripts + icons < 40_000


@pytest.mark.parametrize("status", STATUSES)
def test_every_refusal_has_a_page_with_a_way_back(status: str) -> None:
    page = get_template(f"{status}.html").render({})
    assert "<h1>" in page
    assert 'href="/"' in page


def test_the_page_for_our_own_failure_asks_nothing_of_anybody() -> None:
    page = get_template("500.html").render()
    assert "Terjadi kesalahan pada sistem kami" in page
    assert "csrfmiddlewaretoken" not in page
