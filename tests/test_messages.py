"""The catalogue of messages: what is missing, unused or out of shape is found, and files of translations are merged."""

import gettext
import os
from pathlib import Path

import pytest

from scripts import messages

GREETING = '{% load i18n %}<p class="x">{% translate "Selamat datang" %}</p>\n'
COUNT = "{% blocktranslate count number=n %}{{ number }} orang{% plural %}{{ number }} orang{% endblocktranslate %}"
LINE = "{% load i18n %}" + COUNT
ACT = 'A = _("Nomor %(number)s")\nB = pgettext("hari", "Buka")\n'
ENGLISH = """\
msgid "Selamat datang"
msgstr "Welcome"

msgid "%(number)s orang"
msgid_plural "%(number)s orang"
msgstr[0] "one person"
msgstr[1] "%(number)s people"

msgid "Nomor %(number)s"
msgstr "Number %(number)s"

msgctxt "hari"
msgid "Buka"
msgstr "Open"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the commands a small product with an empty catalogue."""
    monkeypatch.setattr(messages, "CHECKOUT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "pendopo" / "locale")
    product = tmp_path / "pendopo" / "hall"
    (product / "tests").mkdir(parents=True)
    (product / "greeting.html").write_text(GREETING)
    (product / "line.html").write_text(LINE)
    (product / "actions.py").write_text(ACT)
    (product / "tests" / "test_hall.py").write_text('_("Hanya di tes")\n')
    path = tmp_path / "pendopo" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(messages.HEADER.format(language="en", plurals="nplurals=2; plural=(n != 1);"))
    return path


def fragment(folder: Path, text: str = ENGLISH) -> str:
    path = folder / "texts.po"
    path.write_text(text)
    return str(path)


def test_the_commands_do_what_they_say(catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["check"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 4

    assert messages.main(["merge", fragment(tmp_path)]) == 0
    assert messages.main(["check"]) == 0
    assert messages.main(["compile"]) == 0
    assert capsys.readouterr().out == ""

    with catalogue.with_suffix(".mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Selamat datang") == "Welcome"
    assert [english.ngettext("%(number)s orang", "%(number)s orang", n) for n in (1, 2)] == [
        "one person",
        "%(number)s people",
    ]
    assert english.pgettext("hari", "Buka") == "Open"


def test_compiling_again_writes_nothing(catalogue: Path, tmp_path: Path) -> None:
    messages.main(["merge", fragment(tmp_path)])
    messages.main(["compile"])
    compiled = catalogue.with_suffix(".mo")
    os.utime(compiled, ns=(later := catalogue.stat().st_mtime_ns + 10**9, later))

    messages.main(["compile"])

    assert compiled.stat().st_mtime_ns == later


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ENGLISH.replace('"Welcome"', '""'), "no translation of “Selamat datang”"),
        (ENGLISH.replace("Number %(number)s", "Number %(nomor)s"), "different placeholders"),
        (ENGLISH.replace('msgstr[1] "%(number)s people"', 'msgstr[1] "many people"'), "different placeholders"),
    ],
)
def test_a_wrong_translation_is_named(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str, said: str
) -> None:
    messages.main(["merge", fragment(tmp_path, wrong)])
    capsys.readouterr()

    assert messages.main(["check"]) == 1
    assert said in capsys.readouterr().out


def test_what_nobody_says_is_found_and_left_out_of_a_merge(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = 'msgid "Selamat tinggal"\nmsgstr "Goodbye"\n'
    catalogue.write_text(f"{catalogue.read_text()}{ENGLISH}\n{more}")
    assert messages.main(["check"]) == 1
    assert "no code says “Selamat tinggal”" in capsys.readouterr().out

    messages.main(["merge", fragment(tmp_path, more)])

    assert "left out" in capsys.readouterr().out
    assert "Goodbye" not in catalogue.read_text()
    assert messages.main(["check"]) == 0


def test_a_merge_keeps_what_the_catalogue_has(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.main(["merge", fragment(tmp_path)])
    before = catalogue.read_text()

    messages.main(["merge", fragment(tmp_path, 'msgid "Selamat datang"\nmsgstr "Hello"\n')])

    assert "stays “Welcome”, not “Hello”" in capsys.readouterr().out
    assert catalogue.read_text() == before


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["translate"]) == 2
    assert "compile | check | merge" in capsys.readouterr().out
