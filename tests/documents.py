"""The documents as their tests read them: texts, links, headings, and the commands that people are told to type."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.sources import CHECKOUT

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
FOLDERS = ("", "docs", "docs/decisions", "deploy", "live", "bench", "simulators")


@dataclass(frozen=True)
class Document:
    """One document of the repository."""

    path: Path

    @property
    def name(self) -> str:
        """Its path in the checkout."""
        return self.path.relative_to(CHECKOUT).as_posix()

    @property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text()

    @property
    def prose(self) -> str:
        """What is not in a fenced block."""
        return FENCE.sub("", self.text)

    @property
    def links(self) -> list[str]:
        """Where its links and pictures point."""
        return LINK.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """What a link to one of its headings says after the #."""
        return {_anchor(heading) for heading in HEADING.findall(self.prose)}

    @property
    def fences(self) -> list[str]:
        """The kinds of its fenced blocks."""
        return [kind for kind, _body in FENCE.findall(self.text)]

    @property
    def commands(self) -> list[str]:
        """What it tells people to type, one command each, without comments."""
        lines = [line for kind, body in FENCE.findall(self.text) if kind == "sh" for line in body.splitlines()]
        parts = [part for line in lines for part in line.split("&&")]
        return [command for part in parts if (command := shlex.join(shlex.split(part, comments=True)))]

    @property
    def mentioned(self) -> list[str]:
        """Commands of ours that stand in the text, as `pendopo …`."""
        found = [code.removeprefix(".venv/bin/") for code in CODE.findall(self.prose)]
        return [code for code in found if code.startswith("pendopo ")]


def documents() -> list[Document]:
    """Return every document that is ours."""
    folders = [CHECKOUT / folder for folder in FOLDERS] + sorted((CHECKOUT / "pendopo").iterdir())
    return [Document(path) for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.md"))]


def all_commands() -> list[str]:
    """Return every command of every document, in the order in which they stand."""
    return [command for document in documents() for command in document.commands]


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.strip().replace(" ", "-")
