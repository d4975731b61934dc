"""One installation runs once: who holds its data folder, and whether its ports are free."""

import contextlib
import fcntl
import http.client
import os
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

from pendopo.config.errors import Failed
from pendopo.config.place import own_folder


@contextlib.contextmanager
def held(data: Path) -> Iterator[bool]:
    """Hold the data folder as the one supervisor; the kernel lets go when we die, however we die.

    Give whether the one before was killed: then its processes may still be on their way out.
    """
    own_folder(data)
    with (data / "pendopo.pid").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(
                f"Pendopo already runs on {data} (process {holder(data)}). Stop it there with Ctrl-C,"
                " or choose another folder in PENDOPO_DATA."
            ) from None
        file.seek(0)
        was_killed = bool(file.read().strip())
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield was_killed
        file.truncate(0)


def holder(data: Path) -> int | None:
    """Tell the process that supervises this data folder now."""
    try:
        with (data / "pendopo.pid").open("r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                text = file.read().strip()
                return int(text) if text.isdigit() else None
    except FileNotFoundError:
        pass
    return None


def await_free(host: str, port: int, *, name: str, patience: float) -> None:
    """Wait so long for a port, then refuse in words."""
    end = time.monotonic() + patience
    while True:
        family, kind, protocol, _canonical, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except PermissionError:
                raise Failed(f"Port {port} is below 1024, which needs root: choose another in {name}.") from None
            except OSError as error:
                if time.monotonic() > end:
                    raise Failed(
                        f"Port {port} on {host} is busy ({error.strerror}): another program listens there."
                        f" Stop it, or choose another port: {name}={port + 10} pendopo up"
                    ) from None
            else:
                return
        time.sleep(0.1)


def answers(host: str, port: int, path: str, *, patience: float = 2.0, authority: Path | None = None) -> bool:
    """Tell whether a page of ours is there; over HTTPS when its authority is named."""
    # Bound to every address, it is asked at our own.
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(asked, port, timeout=patience)
    if authority:
        trust = ssl.create_default_context(cafile=str(authority))
        connection = http.client.HTTPSConnection(asked, port, timeout=patience, context=trust)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
