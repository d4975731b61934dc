"""`python -m simulators.printer [port]`: show on the terminal what a network printer would print."""

import sys
import time

from simulators.printer.server import SimulatedPrinter


def main() -> None:
    """Listen until interrupted, and write each sheet once it was cut."""
    printer = SimulatedPrinter(port=int(sys.argv[1]) if len(sys.argv) > 1 else 9100)
    with printer.running():
        sys.stdout.write(f"{printer.address}\n")
        while True:
            while printer.sheets and printer.sheets[0].is_cut:
                sheet = printer.sheets.pop(0)
                sys.stdout.write(f"{'-' * printer.columns}\n{sheet.text}\n[QR] {' '.join(sheet.codes)}\n")
                sys.stdout.flush()
            time.sleep(0.2)


if __name__ == "__main__":
    main()
