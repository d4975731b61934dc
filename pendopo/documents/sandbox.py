"""Runs what parses strangers' files in a process of its own, shut in: it reads one file, answers, and ends."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass

from pendopo.documents.types import FileKind, Refusal

MODULE = "pendopo.documents.inside"
# The process may compute for 20 seconds; a loaded machine lets it wait.
PATIENCE = 90
# Sides and pages that a row takes.
MOST = 2**15 - 1
BEGINNINGS = {FileKind.JPEG: b"\xff\xd8\xff", FileKind.PNG: b"\x89PNG\r\n\x1a\n"}


class Interrupted(Exception):
    """Somebody else ended the process, which says nothing of the file: it is looked at again."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came out: of a PDF that is good as it is, no content."""

    kind: FileKind
    content: bytes
    wide: int = 0
    high: int = 0
    pages: int | None = None


def clean(content: bytes, kind: str) -> Made | Refusal:
    """Look all through a file and take from it what nobody needs; or say why it is not taken. Raises Interrupted."""
    return _run("clean", content, kind)


def preview(content: bytes, kind: str) -> Made | Refusal:
    """Draw a file small; or say why that is impossible. Raises Interrupted."""
    return _run("preview", content, kind)


def _run(task: str, content: bytes, kind: str) -> Made | Refusal:
    command = [sys.executable, "-I", "-B", "-m", MODULE, task, kind]
    try:
        # Nothing of our surroundings: neither keys nor the address of the database.
        ended = subprocess.run(
            command, input=content, capture_output=True, timeout=PATIENCE, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        return Refusal.HEAVY
    if ended.returncode == -signal.SIGKILL:
        raise Interrupted("The process that looks through files was killed.")
    if ended.returncode:
        # Ended by a limit, or by a fault of a parser that only this file meets.
        return Refusal.HEAVY if ended.returncode < 0 else Refusal.BROKEN
    return _understood(ended.stdout)


def _understood(output: bytes) -> Made | Refusal:
    """Believe nothing that comes out of there before it has the right shape."""
    line, _newline, content = output.partition(b"\n")
    try:
        told = json.loads(line)
        if "refused" in told:
            return Refusal(told["refused"])
        kind, pages = FileKind(told["kind"]), told.get("pages")
        made = Made(kind, content, int(told.get("wide", 0)), int(told.get("high", 0)), pages and int(pages))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return Refusal.BROKEN
    if not all(0 <= each <= MOST for each in (made.wide, made.high, made.pages or 0)):
        return Refusal.BROKEN
    if content and not content.startswith(BEGINNINGS.get(kind, b"\0never")):
        return Refusal.BROKEN
    return made
