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


def answered(task: str, kind: str, content: bytes) -> tuple[dict[str, int | str], bytes]:
    """Do one task; whatever is wrong with a file is an answer too."""
    try:
        return TASKS[task](content, kind)
    except Refused as refused:
        return {"refused": refused.code}, b""
    except MemoryError:
        return {"refused": "heavy"}, b""
    except Exception:
        # Whatever a hostile file does to a parser: it is broken, and nobody else saw it.
        return {"refused": "broken"}, b""


def main() -> None:
    """Do the task that the command names."""
    task, kind = sys.argv[1:]
    papers.prepare()
    confine()
    answer, out = answered(task, kind, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + out)


if __name__ == "__main__":
    main()
