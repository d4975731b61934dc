"""A real clamd (Debian's clamav-daemon) with one signature of our own, on a socket in a folder of the tests."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# EICAR's test file (https://www.eicar.org/download-anti-malware-testfile/), in two halves, so that no scanner takes
# this file for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Pendopo.Uji.Eicar"
PATIENCE = 30.0
# The signature, with the ending that clamd gives to those that ClamAV has not signed.
FOUND = f"{NAME}.UNOFFICIAL"


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Run it until the end of the block; give the address of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="pdc-"))
    database, address = folder / "signatures", folder / "socket"
    database.mkdir()
    # Kind 0: in a file of any kind, at any place.
    (database / "local.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nLocalSocket {address}\nDatabaseDirectory {database}\nLogFile {folder / 'log'}\n"
        "StreamMaxLength 16M\nMaxThreads 2\n"
    )
    found = shutil.which("clamd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert found, "clamd is missing: run scripts/system-packages"
    process = subprocess.Popen(
        [found, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        _await_answer(address, process, folder / "log")
        yield str(address)
    finally:
        process.kill()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _await_answer(address: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(address))
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"clamd does not answer: {log.read_text() if log.exists() else 'no log'}")
