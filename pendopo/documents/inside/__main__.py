"""Reads one file from standard input, shut in; answers one line of JSON, then bytes. Started by `documents.sandbox`.

    python -I -m pendopo.documents.inside clean|preview jpg|png|webp|pdf
"""

import json
import sys
from collections.abc import Callable

from pendopo.documents.inside import papers, pictures
from pendopo.documents.inside.confining import confine
from pendopo.documents.inside.refusing import Refused

type Task = Callable[[bytes, str], tuple[dict[str, int | str], bytes]]


def clean(content: bytes, kind: str) -> tuple[dict[str, int | str], bytes]:
    """Look all through a file; of a picture nothing is left but the picture."""
    return papers.clean(content) if kind == "pdf" else pictures.clean(content, kind)


def preview(content: bytes, kind: str) -> tuple[dict[str, int | str], bytes]:
    """Draw it small."""
    return papers.preview(content) if kind == "pdf" else pictures.preview(content)


TASKS: dict[str, Task] = {"clean": clean, "preview": preview}


def main() -> None:
    """Do one task."""
    task, kind = sys.argv[1:]
    confine()
    out = b""
    answer: dict[str, int | str]
    try:
        answer, out = TASKS[task](sys.stdin.buffer.read(), kind)
    except Refused as refused:
        answer = {"refused": refused.code}
    except MemoryError:
        answer = {"refused": "heavy"}
    except Exception:  # noqa: BLE001 - whatever a hostile file does to a parser, it is broken
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + out)


if __name__ == "__main__":
    main()
