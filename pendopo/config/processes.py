"""The three processes of the product, as commands with the flags they need."""

import os
import subprocess
import sys
from pathlib import Path

from pendopo.config.env import CHECKOUT, Env
from pendopo.config.errors import Failed
from pendopo.config.supervisor import Errand, Program

# The same commands by the same interpreter, wherever `pendopo` itself is installed.
PENDOPO = (sys.executable, "-m", "pendopo.config.cli")
NAMES = ("web", "live", "worker")
# An environment of its own, where `make up` could have it: what it holds is under the GPL.
VOICE = CHECKOUT / ".voice" / "bin" / "python"


def run_command(env: Env, *arguments: str) -> None:
    """Run a command of ours in a process of its own (Django stays out of this one), beside a database that runs."""
    ended = subprocess.run([*PENDOPO, *arguments], env={**os.environ, **_settings(env)}, check=False)
    if ended.returncode != 0:
        raise Failed(f"`pendopo {' '.join(arguments)}` failed: the lines above tell why.")


def program(name: str, env: Env) -> Program:
    """Build one of the three; it never touches the database server, which others keep."""
    command = {"web": _web, "live": _live, "worker": _worker, "handout": _handout}[name](env)
    return Program(name, command, _settings(env))


def errands(env: Env) -> list[Program]:
    """Build what is run once at each start: the clips of calls, where the voice is installed."""
    if not VOICE.exists():
        return []
    # It gives way to whoever serves people.
    command = ["nice", "-n", "10", str(VOICE), "-m", "voice", str(env.data / "clips")]
    return [Errand("voice", command, {"PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"})]


def _settings(env: Env) -> dict[str, str]:
    secure = {
        "PENDOPO_TLS": "1",
        "PENDOPO_HOST": env.host,
        "PENDOPO_HOSTS": ",".join(env.hosts),
        "PENDOPO_CERTIFICATES": str(env.certificates),
    }
    return (secure if env.certificates else {}) | {
        "PENDOPO_DATA": str(env.data),
        "PENDOPO_SUPERVISED": "1",
        "PYTHONPATH": str(CHECKOUT),
        # Compiled once and kept beside the data, whatever the surroundings say: without it each process of each start
        # compiles all of Django, a second a piece.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX") or str(env.data / "bytecode"),
    }


def _granian(interface: str, application: str, env: Env, port: int) -> list[str]:
    return [
        str(Path(sys.executable).parent / "granian"),
        "--interface",
        interface,
        application,
        "--host",
        env.host,
        "--port",
        str(port),
        "--no-ws",
        "--no-access-log",
        "--log-level",
        "warning",
        # On TERM an open stream would never end by itself.
        "--workers-kill-timeout",
        "3",
        "--respawn-failed-workers",
        *_certificates(env),
    ]


def _certificates(env: Env) -> list[str]:
    if env.certificates is None:
        return []
    server, key = env.certificates / "server.crt", env.certificates / "server.key"
    # TVs in halls are years old: TLS 1.2 stays allowed.
    return ["--ssl-certificate", str(server), "--ssl-keyfile", str(key), "--ssl-protocol-min", "tls1.2"]


def _handout(env: Env) -> list[str]:
    folder = env.certificates or env.data
    arguments = [str(folder / "authority.crt"), env.host, str(env.handout_port), str(env.port)]
    return [sys.executable, "-m", "pendopo.config.handout", *arguments]


def _web(env: Env) -> list[str]:
    # WSGI in few threads: as many steady database connections as threads, measured as the fastest.
    threads = ["--workers", "2", "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"]
    return [*_granian("wsgi", "pendopo.config.wsgi:application", env, env.port), *threads]


def _live(env: Env) -> list[str]:
    # With granian's defaults every watcher after the 1,024th hangs, and each costs 400 kB.
    wide = ["--workers", "1", "--backlog", "8192", "--backpressure", "20000", "--http1-buffer-size", "8192"]
    return [*_granian("asgi", "live.app:application", env, env.live_port), *wide]


def _worker(env: Env) -> list[str]:
    return [*PENDOPO, "manage", "procrastinate", "worker", "--shutdown-graceful-timeout", "4"]
