"""python -m bench [ticket|call|live|all]: measure, and print a table."""

import importlib
import sys
from collections.abc import Callable, Sequence

from bench.report import Figure, show

NAMES = ("ticket", "call", "live")


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks that were named, all of them when none was."""
    named = [argument for argument in arguments if argument != "all"] or NAMES
    if unknown := [name for name in named if name not in NAMES]:
        print(f"There is no benchmark {unknown[0]}: {', '.join(NAMES)} or all.")
        return 2
    for name in named:
        run: Callable[[], Sequence[Figure]] = importlib.import_module(f"bench.{name}").run
        show(f"bench {name}", run())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
