"""What must stand in a server before the first migration: two roles, one database, the rights between them.

`pendopo_owner` owns the database and its tables and passes row security: migrations, back-fills, backup and export.
`pendopo_app` is web, live and worker: it may change rows, within the wall, and nothing of the structure.

In a PostgreSQL of your own, give `DATABASE_URL` of an administrator, and `pendopo up` makes both. Or run this SQL, in
the new database, and give `DATABASE_URL` (app) and `PENDOPO_OWNER_DATABASE_URL` (owner):

    CREATE ROLE pendopo_owner LOGIN CREATEDB BYPASSRLS PASSWORD '…';
    CREATE ROLE pendopo_app LOGIN PASSWORD '…';
    CREATE DATABASE pendopo OWNER pendopo_owner TEMPLATE template0 ENCODING 'UTF8';

What else is needed (extensions, rights on new tables) the owner does itself.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pendopo.config.connections import connection_url
from pendopo.config.env import Env
from pendopo.config.errors import DatabaseNotFit

OLDEST = 150000
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")  # all "trusted": a database's owner may create them


@dataclass(frozen=True)
class _Rights:
    name: str
    is_superuser: bool
    passes_row_security: bool
    owns_database: bool


def prepare(admin_url: str, *, database: str, owner_url: str, app_url: str) -> None:
    """Make roles, database and rights as an administrator; repeated, it changes nothing."""
    owner, app = conninfo_to_dict(owner_url), conninfo_to_dict(app_url)
    try:
        with _connect(admin_url) as connection:
            _role(connection, owner_url, "LOGIN CREATEDB BYPASSRLS NOSUPERUSER NOCREATEROLE")
            _role(connection, app_url, "LOGIN NOCREATEDB NOBYPASSRLS NOSUPERUSER NOCREATEROLE")
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                        sql.Identifier(database), sql.Identifier(str(owner["user"]))
                    )
                )
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseNotFit(
            f"The role of DATABASE_URL may not make roles and databases ({error.diag.message_primary}). Let an"
            f" administrator run:\n{_how_to(str(owner['user']), str(app['user']), database)}"
        ) from error
    arrange(owner_url, app=str(app["user"]))


def know(owner_url: str) -> None:
    """Let the planner know the tables, which were filled at once; autovacuum takes a minute."""
    with _connect(owner_url) as connection:
        connection.execute("SET client_min_messages = error")  # of the server's own tables it says that we may not
        connection.execute("ANALYZE")


def arrange(owner_url: str, *, app: str) -> None:
    """Make, as the owner, extensions and the app role's rights on all that the owner will create in its database."""
    with _connect(owner_url) as connection, connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {app}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(app=sql.Identifier(app)))


def prepare_given(env: Env) -> None:
    """Make the database of DATABASE_URL ready, or refuse in words with the SQL that an administrator must run."""
    if env.database_url is None:
        return
    owner_url, app_url = connection_url(env, "owner"), connection_url(env, "app")
    try:
        if env.owner_database_url is None:
            wanted = str(conninfo_to_dict(owner_url)["dbname"])
            prepare(_of_a_database_that_exists(env.database_url), database=wanted, owner_url=owner_url, app_url=app_url)
        check(owner_url=owner_url, app_url=app_url)
        if env.owner_database_url is not None:
            arrange(owner_url, app=str(conninfo_to_dict(app_url)["user"]))
    except psycopg.OperationalError as error:
        raise DatabaseNotFit(f"The database of DATABASE_URL does not answer: {error}") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseNotFit(f"The role owner lacks a right: {error.diag.message_primary}.") from error


def check(*, owner_url: str, app_url: str) -> None:
    """Refuse roles with which the wall between malls would not stand, or with which migrations would fail."""
    with _connect(owner_url) as connection:
        if connection.info.server_version < OLDEST:
            raise DatabaseNotFit(f"PostgreSQL {connection.info.server_version // 10000} is too old: 15 or newer.")
        owner = _rights(connection)
    with _connect(app_url) as connection:
        app = _rights(connection)
        database = connection.info.dbname
    missing = []
    if not (owner.passes_row_security or owner.is_superuser):
        missing.append(f'ALTER ROLE "{owner.name}" BYPASSRLS;')
    if not (owner.owns_database or owner.is_superuser):
        missing.append(f'ALTER DATABASE "{database}" OWNER TO "{owner.name}";')
    if app.name == owner.name:
        missing.append("CREATE ROLE pendopo_app LOGIN PASSWORD '…';  -- and give it in DATABASE_URL")
    elif app.is_superuser or app.passes_row_security:
        missing.append(f'ALTER ROLE "{app.name}" NOSUPERUSER NOBYPASSRLS;')
    elif app.owns_database:
        missing.append(f'ALTER DATABASE "{database}" OWNER TO "{owner.name}";')
    if missing:
        raise DatabaseNotFit(
            "Row security must bind the role app (DATABASE_URL) and must not bind the role owner"
            " (PENDOPO_OWNER_DATABASE_URL). Let an administrator run:\n" + "\n".join(f"    {line}" for line in missing)
        )


def create(owner_url: str, name: str, template: str = "template0") -> None:
    """Make a database as a copy of a template nobody is connected to."""
    with _connect(owner_url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def drop(url: str, name: str) -> None:
    """Drop a database with whoever is connected to it; none of that name: nothing happens."""
    with _connect(url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def _role(connection: psycopg.Connection[tuple[object, ...]], url: str, rights: str) -> None:
    """Make a role with its password; one that exists keeps its own, unless the kept one no longer opens."""
    parts = conninfo_to_dict(url)
    name = sql.Identifier(str(parts["user"]))
    word = sql.Literal(str(parts["password"]))
    found = connection.execute(
        "SELECT rolcreatedb, rolbypassrls, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = %s", [parts["user"]]
    ).fetchone()
    wanted = (" CREATEDB" in rights, " BYPASSRLS" in rights, False, False)
    if found is None:
        connection.execute(sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(name, sql.SQL(rights), word))
        return
    if found != wanted:
        connection.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(rights)))
    try:
        _connect(make_conninfo(url, dbname=connection.info.dbname)).close()
    except psycopg.OperationalError:
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, word))


def _rights(connection: psycopg.Connection[tuple[object, ...]]) -> _Rights:
    row = connection.execute(
        """
        SELECT r.rolname, r.rolsuper, r.rolbypassrls, d.datdba = r.oid
        FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()
        """
    ).fetchone()
    name, is_superuser, passes, owns = row or ("", False, False, False)
    return _Rights(str(name), bool(is_superuser), bool(passes), bool(owns))


def _of_a_database_that_exists(url: str) -> str:
    """Reach the administrator's own database where the one to be made is not there yet."""
    try:
        _connect(url).close()
    except psycopg.OperationalError as error:
        if "does not exist" not in str(error):
            raise
        return make_conninfo(url, dbname="postgres")
    return url


def _how_to(owner: str, app: str, database: str) -> str:
    return (
        f"    CREATE ROLE {owner} LOGIN CREATEDB BYPASSRLS PASSWORD '…';\n"
        f"    CREATE ROLE {app} LOGIN PASSWORD '…';\n"
        f"    CREATE DATABASE {database} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8';\n"
        "and give DATABASE_URL (app) and PENDOPO_OWNER_DATABASE_URL (owner)."
    )
