"""How the two roles reach the database. Nothing here contacts a server, so that settings may ask."""

import hashlib
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pendopo.config.env import Env
from pendopo.config.errors import WrongEnvironment
from pendopo.config.place import kept_secret

Role = Literal["app", "owner"]
ROLES: dict[Role, str] = {"app": "pendopo_app", "owner": "pendopo_owner"}
SUPERUSER = "postgres"
DATABASE = "pendopo"
# The server listens on no network port: the number only names its socket file.
PORT = "5432"
# The kernel takes 107 bytes for a socket's path; the file is called .s.PGSQL.5432.
LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432")


def connection_parameters(env: Env, role: Role) -> dict[str, str]:
    """Tell NAME, USER, PASSWORD, HOST and PORT for a role, as Django's settings call them."""
    if env.database_url is None:
        return {
            "NAME": DATABASE,
            "USER": ROLES[role],
            "PASSWORD": password(env.data, ROLES[role]),
            "HOST": str(socket_folder(env.data)),
            "PORT": PORT,
        }
    parts = _parse(_given_url(env, role))
    # One URL alone is an administrator's: with it `pendopo up` makes our two roles, which then work as everywhere.
    ours = env.owner_database_url is None
    return {
        "NAME": parts.get("dbname", "") or DATABASE,
        "USER": ROLES[role] if ours else parts.get("user", ""),
        "PASSWORD": password(env.data, ROLES[role]) if ours else parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
    }


def connection_options(env: Env, role: Role) -> dict[str, str]:
    """Tell what else a given URL asks for (sslmode and the like), as Django's OPTIONS."""
    if env.database_url is None:
        return {}
    named = {"dbname", "user", "password", "host", "port"}
    return {key: value for key, value in _parse(_given_url(env, role)).items() if key not in named}


def connection_url(env: Env, role: Role, database: str | None = None) -> str:
    """Build the URL of a role for psycopg, pg_dump and people; of another database of that server when one is named."""
    found = connection_parameters(env, role)
    options = connection_options(env, role)
    return build_url(
        user=found["USER"],
        password=found["PASSWORD"],
        host=found["HOST"],
        port=found["PORT"],
        database=database or found["NAME"],
        options=options,
    )


def build_url(
    *, user: str, password: str, host: str, port: str, database: str, options: dict[str, str] | None = None
) -> str:
    """Write a connection as one URL; a host that is a folder means a unix socket."""
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in (options or {}).items())
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    where = quote(host, safe="[]:") + (f":{port}" if port else "")
    return f"postgresql://{who}@{where}/{quote(database, safe='')}" + (f"?{query}" if query else "")


def password(data: Path, role: str) -> str:
    """Read a role's password, made the first time it is asked for: before the server exists, if need be."""
    return kept_secret(data / "passwords" / role)


def socket_folder(data: Path) -> Path:
    """Name the folder of the server's socket: the same for every process, whoever runs it.

    It is in the data folder. Only where the path is too long, or where the server's own user (not root) could not get
    in, it is a folder in /tmp that the server makes, owns (0700) and checks.
    """
    folder = data / "socket"
    if len(bytes(folder)) <= LONGEST_FOLDER and open_to_server(data):
        return folder
    return Path("/tmp") / f"pendopo-{hashlib.sha256(bytes(data)).hexdigest()[:16]}"  # noqa: S108


def open_to_server(data: Path) -> bool:
    """Tell whether the user that runs the server can get into the data folder.

    Its owner can. Where root owns it the server runs as its own user, who may be shut out by a folder above (/root).
    """
    return not _owned_by_root(data) or all(map(_open_to_all, data.parents))


def _owned_by_root(data: Path) -> bool:
    place = data
    while not place.exists():
        place = place.parent
    return place.stat().st_uid == 0


def _open_to_all(folder: Path) -> bool:
    return not folder.exists() or bool(folder.stat().st_mode & 0o001)


def _given_url(env: Env, role: Role) -> str:
    url = env.owner_database_url or env.database_url if role == "owner" else env.database_url
    return url or ""


def _parse(url: str) -> dict[str, str]:
    try:
        return {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError as error:
        # The message of libpq names the part that is wrong, never the password.
        raise WrongEnvironment(f"DATABASE_URL cannot be read: {error}") from error
