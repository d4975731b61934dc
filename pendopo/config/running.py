"""The database for as long as one command needs it."""

import contextlib
import os
from collections.abc import Iterator

from pendopo.config.databases import prepare_given
from pendopo.config.env import Env
from pendopo.config.postgres import EmbeddedServer


@contextlib.contextmanager
def database(env: Env) -> Iterator[None]:
    """Have a database that answers, with its roles; what was started for it is stopped at the end."""
    if os.environ.get("PENDOPO_SUPERVISED"):
        yield  # a supervisor keeps it, and a second keeper would only disturb
        return
    if env.database_url is not None:
        prepare_given(env)
        yield
        return
    server = EmbeddedServer(env.data)
    started = server.start()
    try:
        if started:
            server.ensure_roles_and_database()
        yield
    finally:
        if started and server.process is not None and server.process.poll() is None:
            server.stop()
