import importlib.util
import os
import time
from dataclasses import replace
from typing import Annotated

import psutil
import typer

from pendopo.config import freshness, processes
from pendopo.config.certificates import ensure, names_of_this_machine
from pendopo.config.connections import connection_url
from pendopo.config.databases import prepare_given
from pendopo.config.env import Env
from pendopo.config.env import env as surroundings
from pendopo.config.errors import Failed
from pendopo.config.handout import fingerprint
from pendopo.config.instance import answers, await_free, held
from pendopo.config.postgres import EmbeddedServer
from pendopo.config.supervisor import Child, Database, Supervisor

DEMO = "contoh"
PATIENCE = 60.0
# As many deaths before the first page mean that it will not come by itself.
HOPELESS = 4


def register(app: typer.Typer) -> None:
    @app.command()
    def up(
        demo: Annotated[bool, typer.Option("--demo", help="With the demo mall, made when it is missing.")] = False,
        tls: Annotated[bool, typer.Option("--tls", help="By HTTPS for the whole LAN, with our own authority.")] = False,
    ) -> None:
        """Start everything on this machine; Ctrl-C stops it."""
        # From the moment the command was given: loading ourselves counts too.
        began = time.monotonic() - (time.time() - psutil.Process().create_time())
        env = secured(surroundings) if tls else surroundings
        with held(env.data) as after_a_kill:
            patience = 8.0 if after_a_kill else 0.0
            await_free(env.host, env.port, name="PENDOPO_PORT", patience=patience)
            await_free(env.host, env.live_port, name="PENDOPO_LIVE_PORT", patience=patience)
            names: tuple[str, ...] = processes.NAMES
            if env.certificates:
                await_free(env.host, env.handout_port, name="PENDOPO_HANDOUT_PORT", patience=patience)
                names = (*names, "handout")
            children: list[Child] = [processes.program(name, env) for name in names]
            children += processes.errands(env)
            if env.database_url is not None:
                prepare_given(env)
                make_ready(env, demo=demo)
                _run(env, children, began)
                return
            server = EmbeddedServer(env.data)
            try:
                print("Basis data / Database …", flush=True)
                keeper = Database(server)
                keeper.start()
                server.ensure_roles_and_database()
                make_ready(env, demo=demo)
                _run(env, [keeper, *children], began)
            finally:
                server.stop()

    @app.command(hidden=True)
    def process(name: str) -> None:
        """Become one of the processes web, live and worker: for service managers that keep them apart."""
        if name not in processes.NAMES:
            raise Failed(f"There is no process {name}: {', '.join(processes.NAMES)}.")
        wanted = processes.program(name, surroundings)
        os.execvpe(wanted.command[0], list(wanted.command), {**os.environ, **wanted.environment})  # noqa: S606


def secured(env: Env) -> Env:
    """Serve the LAN by HTTPS: on all addresses, under all names of this machine, with certificates of our own."""
    names = list(dict.fromkeys([*names_of_this_machine(), *env.hosts]))
    folder = env.data / "tls"
    ensure(folder, [name.strip("[]") for name in names])
    host = "0.0.0.0" if env.host == Env.host else env.host  # noqa: S104 - the whole LAN is meant
    return replace(env, tls=True, certificates=folder, host=host, hosts=tuple(names))


def make_ready(env: Env, *, demo: bool) -> None:
    """Bring tables, static files and the demo mall up to date; quick when they are."""
    owner_url = connection_url(env, "owner")
    schema = freshness.schema_digest()
    if not freshness.is_migrated(owner_url, schema):
        print("Tabel / Tables …", flush=True)
        processes.run_command(env, "manage", "migrate", "--database", "owner", "--no-input", "--verbosity", "0")
        freshness.mark_migrated(owner_url, schema)
    freshness.ensure_collected(env.data, lambda: _collect(env))
    if demo and not freshness.has_mall(owner_url, DEMO):
        if importlib.util.find_spec("pendopo.config.cli.demo") is None:
            raise Failed("This copy of Pendopo has no demo mall: start it without --demo.")
        print("Mal contoh / Demo mall …", flush=True)
        processes.run_command(env, "demo")


def _collect(env: Env) -> None:
    print("Berkas statis / Static files …", flush=True)
    processes.run_command(env, "manage", "collectstatic", "--no-input", "--clear", "--verbosity", "0")


def _run(env: Env, children: list[Child], began: float) -> None:
    first = FirstPage(env, began)
    supervisor = Supervisor(children, each_moment=first.look)
    supervisor.run()
    if first.gave_up:
        raise Failed(first.gave_up)
    print("Berhenti. / Stopped.", flush=True)


class FirstPage:
    """Waits for the first page and says so; gives up in words when it will not come."""

    def __init__(self, env: Env, began: float) -> None:
        self.env = env
        self.began = began
        self.end = time.monotonic() + PATIENCE
        self.seen = False
        self.gave_up = ""

    def look(self, supervisor: Supervisor) -> None:
        if self.seen or self.gave_up:
            return
        env = self.env
        authority = env.certificates / "authority.crt" if env.certificates else None
        if answers(env.host, env.port, "/healthz", authority=authority):
            self.seen = True
            supervisor.say(welcome(env, time.monotonic() - self.began))
        elif supervisor.deaths("web") >= HOPELESS:
            self._give_up(
                supervisor, "The web process ends again and again: the lines above that begin with “web” tell."
            )
        elif time.monotonic() > self.end:
            self._give_up(
                supervisor, f"No page after {PATIENCE:.0f} seconds: the lines above that begin with “web” tell."
            )

    def _give_up(self, supervisor: Supervisor, why: str) -> None:
        self.gave_up = why
        supervisor.stop()


def welcome(env: Env, seconds: float) -> str:
    """Say where it runs and where to go next."""
    # Passkeys need a name, not an address: browsers take localhost as safe.
    name = "localhost" if env.host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else env.host  # noqa: S104
    here = f"{'https' if env.certificates else 'http'}://{name}:{env.port}"
    lines = [
        "",
        f"  Pendopo siap dalam {seconds:.1f} detik / is ready after {seconds:.1f} seconds:",
        "",
        f"    {here}/",
    ]
    if freshness.has_mall(connection_url(env, "owner"), DEMO):
        mall = f"{here}/m/{DEMO}"
        lines += [
            f"    {mall}/            cari layanan / search",
            f"    {mall}/kiosk/      anjungan / kiosk",
            f"    {mall}/board/      papan / hall board",
            f"    {mall}/counters/   loket / counter",
            "",
            "  Akun contoh / demo logins: docs/demo.md",
        ]
    else:
        lines += ["", "  Buat mal pertama / make your first mall: pendopo setup"]
    if env.certificates:
        address = next((host for host in env.hosts if host[:1].isdigit() and host != "127.0.0.1"), "localhost")
        lines += [
            "",
            "  Kios, TV, PC loket / kiosks, TVs, counter PCs, once:",
            f"    http://{address}:{env.handout_port}/",
            f"    SHA-256 {fingerprint(env.certificates / 'authority.crt')}",
            "  Lalu / then:",
            f"    https://{address}:{env.port}/",
        ]
    return "\n".join([*lines, "", "  Ctrl-C: berhenti / stop", ""])
