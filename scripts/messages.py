"""Keep the message catalogues: `compile` them, `check` that nothing is missing, `merge` files of translations into one.

Texts in the code are Indonesian, so only the other languages have a catalogue. Babel reads and writes them: no gettext
on the machine.
"""

import re
import sys
from io import BytesIO
from os import getpid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

CHECKOUT = Path(__file__).resolve().parents[1]
LOCALE = CHECKOUT / "pendopo" / "locale"
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"

"""
PACKAGES = ("pendopo", "live")
# Which arguments are texts, as Babel wants it; `c` is the context.
POSITIONS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {name + lazy: positions for name, positions in POSITIONS.items() for lazy in ("", "_lazy")}
# `%(name)s`, `%s` and `{name}`: what a translation must carry over.
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[a-z]|%[sd]|\{[a-z_]*\}")

# A message as gettext knows it: its context or none, its singular, its plural or none.
Message = tuple[str | None, str, str | None]


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def name_of(path: Path) -> str:
    """Name the file as from the checkout, where it is in it."""
    resolved = path.resolve()
    return str(resolved.relative_to(CHECKOUT) if resolved.is_relative_to(CHECKOUT) else resolved)


def catalogue_files() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path, language: str) -> "Catalog":
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def compile_all() -> int:
    """Write the `.mo` beside every `.po` that is newer, put in place at once: a running process never reads half."""
    for source in catalogue_files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        from babel.messages.mofile import write_mo

        compiled = BytesIO()
        write_mo(compiled, read(source, source.parts[-3]))
        half = target.with_suffix(f".{getpid()}.half")
        half.write_bytes(compiled.getvalue())
        half.replace(target)
    return 0


def sources() -> list[Path]:
    found = [path for package in PACKAGES for path in (CHECKOUT / package).rglob("*")]
    kept = [path for path in found if not {"tests", "migrations", "static"} & set(path.relative_to(CHECKOUT).parts)]
    return sorted(path for path in kept if path.suffix in {".py", ".html"})


def as_python(path: Path) -> bytes:
    """Return the file as Python: a template as Django rewrites it for gettext, in brackets, where indents are free."""
    text = path.read_text()
    if path.suffix == ".html":
        from django.utils.translation.template import templatize

        text = f"({templatize(text, name_of(path))}\n)"
    return text.encode()


def used() -> dict[Message, str]:
    """Return every message that the code says, and the first place where it does."""
    from babel.messages.extract import extract

    found: dict[Message, str] = {}
    for path in sources():
        for line, texts, _comments, context in extract("python", BytesIO(as_python(path)), keywords=KEYWORDS):
            singular, plural = (texts, None) if isinstance(texts, str) else (texts[0], texts[1])
            if singular:
                found.setdefault((context, singular, plural), f"{name_of(path)}:{line}")
    # A text with a plural answers for the text alone too: gettext keeps one entry for both.
    plurals = {(context, singular) for context, singular, plural in found if plural}
    return {message: place for message, place in found.items() if message[2] or message[:2] not in plurals}


def translated(catalogue: "Catalog") -> dict[Message, tuple[str, ...]]:
    """Return every message of the catalogue with its translations: one, or one for each plural form."""
    entries: dict[Message, tuple[str, ...]] = {}
    for entry in catalogue:
        if not entry.id:
            continue
        singular, plural = (entry.id, None) if isinstance(entry.id, str) else (entry.id[0], entry.id[1])
        strings = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))
        entries[(entry.context, singular, plural)] = strings
    return entries


def complaints(messages: dict[Message, str], entries: dict[Message, tuple[str, ...]]) -> list[str]:
    """Say what is missing, what nobody says any more, and where a placeholder was lost or made up."""
    found = []
    for message, place in messages.items():
        if not all(entries.get(message, ("",))):
            found.append(f"{place}: no translation of “{message[1]}”")
    for message, strings in entries.items():
        if message not in messages:
            found.append(f"no code says “{message[1]}”")
        allowed = set(PLACEHOLDER.findall(message[1]))
        found.extend(
            f"“{message[1]}” and its translation “{text}” have different placeholders"
            for text in strings
            # The form for one may leave the figure out.
            if text and not (allowed == set(PLACEHOLDER.findall(text)) or (message[2] and text == strings[0]))
        )
    return found


def check() -> int:
    messages = used()
    found = [
        f"{path.parts[-3]}: {complaint}"
        for path in catalogue_files()
        for complaint in complaints(messages, translated(read(path, path.parts[-3])))
    ]
    for complaint in found:
        say(complaint)
    return 1 if found else 0


def write(path: Path, language: str, entries: dict[Message, tuple[str, ...]]) -> None:
    """Write the catalogue sorted by message, without places and dates, so that a change shows as itself only."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=language)
    for (context, singular, plural), strings in entries.items():
        if plural is None:
            catalogue.add(singular, strings[0], context=context)
        else:
            catalogue.add((singular, plural), strings, context=context)
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True)
    header = HEADER.format(language=language, plurals=catalogue.plural_forms)
    path.write_text(header + body.getvalue().decode())


def merge(paths: list[Path]) -> int:
    """Take the translations of these files into the English catalogue; what it has stays, what nobody says goes."""
    target = LOCALE / "en" / "LC_MESSAGES" / "django.po"
    messages = used()
    entries = translated(read(target, "en"))
    for path in paths:
        for message, strings in translated(read(path, "en")).items():
            if all(entries.get(message, ("",))) and entries[message] != strings:
                say(f"{name_of(path)}: “{message[1]}” stays “{entries[message][0]}”, not “{strings[0]}”")
            else:
                entries[message] = strings
    for message in sorted(entries.keys() - messages.keys(), key=lambda message: message[1]):
        say(f"no code says “{message[1]}”: left out")
    write(target, "en", {message: strings for message, strings in entries.items() if message in messages})
    return 0


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            return compile_all()
        case ["check"]:
            return check()
        case ["merge", *paths] if paths:
            return merge([Path(path) for path in paths])
        case _:
            say("messages.py compile | check | merge FILE...")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
