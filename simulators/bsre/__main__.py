"""`python -m simulators.bsre FOLDER [port]`: the service, until interrupted."""

import sys
import time
from pathlib import Path

from simulators.bsre.people import FIRST_CODE, GOOD, PASSPHRASE
from simulators.bsre.server import SimulatedBsre


def main() -> None:
    """Listen, and say where, who signs and with what."""
    if len(sys.argv) < 2:
        sys.exit("python -m simulators.bsre FOLDER [port]")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    service = SimulatedBsre(folder.absolute(), port=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    with service.running():
        told = f"PENDOPO_BSRE='{service.address()}'\nNIK {GOOD}, frasa sandi {PASSPHRASE}; segel: {FIRST_CODE}\n"
        sys.stdout.write(told)
        sys.stdout.flush()
        while True:
            time.sleep(1)


if __name__ == "__main__":
    main()
