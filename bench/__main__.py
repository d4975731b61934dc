"""python -m bench [ticket|call|live|estimate|races|soak|search|head|documents|steering|messages|all]: measure."""

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from bench.report import Figure, show

NAMES = ("ticket", "call", "live", "estimate", "races", "soak", "search", "head", "documents", "steering", "messages")


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks that were named, all of them when none was."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="|".join(NAMES), help="all of them when none is named")
    parser.add_argument(
        "--history",
        default=os.environ.get("BENCH_HISTORY", "10000000"),
        help="tickets of earlier days (ticket and call)",
    )
    parser.add_argument(
        "--seconds", default=os.environ.get("BENCH_SECONDS", "20"), help="how long each round lasts (ticket and call)"
    )
    parser.add_argument("--races", default=os.environ.get("BENCH_RACES", "1000000"), help="takes and calls (races)")
    parser.add_argument("--hours", default=os.environ.get("BENCH_HOURS", "8"), help="hours of a hall (soak)")
    parser.add_argument("--speed", default=os.environ.get("BENCH_SPEED", "20"), help="how many times faster (soak)")
    parser.add_argument("--tickets", default=os.environ.get("BENCH_TICKETS", "5000000"), help="tickets in all (head)")
    wanted = parser.parse_args(arguments)
    named = [name for name in wanted.names if name != "all"] or list(NAMES)
    if unknown := [name for name in named if name not in NAMES]:
        print(f"There is no benchmark {unknown[0]}: {', '.join(NAMES)} or all.")
        return 2
    os.environ |= {
        "BENCH_HISTORY": wanted.history,
        "BENCH_SECONDS": wanted.seconds,
        "BENCH_RACES": wanted.races,
        "BENCH_HOURS": wanted.hours,
        "BENCH_SPEED": wanted.speed,
        "BENCH_TICKETS": wanted.tickets,
    }
    if len(named) > 1:
        # Each in a process of its own: the settings know one database for all their life.
        return max(subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode for name in named)
    run: Callable[[], Sequence[Figure]] = importlib.import_module(f"bench.{named[0]}").run
    show(f"bench {named[0]}", run())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
