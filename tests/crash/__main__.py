"""python -m tests.crash --kills 50: the long form of the crash test."""

import argparse
import os
import sys
import tempfile
import time


def main() -> int:
    """Run, print the verdict, and fail when something acknowledged is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    wanted = parser.parse_args()
    # What is imported reads the surroundings: it must not touch the checkout's own data folder.
    with tempfile.TemporaryDirectory(prefix="pdc-") as folder:
        os.environ["PENDOPO_DATA"] = folder
        from tests.crash.run import crash

        began = time.monotonic()
        verdict = crash(wanted.kills, wanted.seed)
    print(f"seed {wanted.seed}, {time.monotonic() - began:.0f} s\n{verdict.text()}")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
