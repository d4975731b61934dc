"""Migration operations that build the wall. The only part of Pendopo that migrations import."""

from pathlib import Path

from django.db import migrations

# A bare cast would fail with 500 on a used connection, where the setting is ''.
MALL = "nullif(current_setting('pendopo.mall', true), '')::int"


class ProtectMallTable(migrations.RunSQL):
    """Show and accept only rows of the mall that the transaction has named, also to the table's owner.

    Adds unique (mall_id, id), to which rows of other mall tables point.
    """

    def __init__(self, table: str, key: str = "id") -> None:
        super().__init__(
            sql=f"""
            ALTER TABLE {table} ADD CONSTRAINT {table}_in_mall UNIQUE (mall_id, {key});
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY mall ON {table} USING (mall_id = {MALL}) WITH CHECK (mall_id = {MALL});
            """,
            reverse_sql=f"""
            DROP POLICY mall ON {table};
            ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} DROP CONSTRAINT {table}_in_mall;
            """,
        )


class PublishMallTable(migrations.RunSQL):
    """Let everybody read, and only the mall that the transaction has named write its own rows."""

    def __init__(self, table: str) -> None:
        super().__init__(
            sql=f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY everybody_reads ON {table} FOR SELECT USING (true);
            CREATE POLICY mall_adds ON {table} FOR INSERT WITH CHECK (mall_id = {MALL});
            CREATE POLICY mall_changes ON {table} FOR UPDATE USING (mall_id = {MALL}) WITH CHECK (mall_id = {MALL});
            CREATE POLICY mall_removes ON {table} FOR DELETE USING (mall_id = {MALL});
            """,
            reverse_sql=f"""
            DROP POLICY everybody_reads ON {table};
            DROP POLICY mall_adds ON {table};
            DROP POLICY mall_changes ON {table};
            DROP POLICY mall_removes ON {table};
            ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
            """,
        )


class CompositeReference(migrations.RunSQL):
    """Refuse a row that points to a row of another mall: foreign keys alone ignore policies."""

    def __init__(self, table: str, column: str, target: str) -> None:
        name = f"{table}_{column}_same_mall"
        super().__init__(
            sql=f"""
            ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (mall_id, {column})
            REFERENCES {target} (mall_id, id) DEFERRABLE INITIALLY IMMEDIATE;
            """,
            reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name};",
        )


class OnlyAdded(migrations.RunSQL):
    """Let the app role add and read rows, never change or remove them; `except_columns` may still be filled in.

    Whoever was granted the table is bound, whatever an installation calls the role; the owner is not.
    """

    def __init__(self, table: str, *, except_columns: tuple[str, ...] = ()) -> None:
        columns = ", ".join(except_columns)
        bind = [f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM %s"]
        bind += [f"GRANT UPDATE ({columns}) ON {table} TO %s"] if columns else []
        free = [f"GRANT UPDATE, DELETE ON {table} TO %s"]
        super().__init__(sql=_for_the_granted(table, bind), reverse_sql=_for_the_granted(table, free))


def _for_the_granted(table: str, statements: list[str]) -> str:
    executed = "\n".join(f"EXECUTE format('{statement}', granted);" for statement in statements)
    return f"""
        DO $$
        DECLARE granted text;
        BEGIN
          FOR granted IN
            SELECT DISTINCT a.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) a
            WHERE c.oid = '{table}'::regclass AND a.grantee NOT IN (0, c.relowner)
          LOOP
            {executed}
          END LOOP;
        END $$;
        """  # noqa: S608 - names and statements of our own migrations


class SqlFunctions(migrations.RunSQL):
    """Create the functions of hot paths from their frozen texts, one file each, in the order given.

    The living texts are in the module's `sql/`; a test compares them with the newest frozen ones.
    """

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        texts = [(folder / f"{name}.sql").read_text() for name in names]
        drops = [f"DROP FUNCTION IF EXISTS {name};" for name in reversed(names)]
        super().__init__(sql="\n".join(texts), reverse_sql="\n".join(drops))


class LoneMallTable(migrations.RunSQL):
    """Drop unique (mall_id, id) of a table that no row points to: one index less to write at every ticket."""

    def __init__(self, table: str, key: str = "id") -> None:
        super().__init__(
            sql=f"ALTER TABLE {table} DROP CONSTRAINT {table}_in_mall;",
            reverse_sql=f"ALTER TABLE {table} ADD CONSTRAINT {table}_in_mall UNIQUE (mall_id, {key});",
        )


class ReplaceFunctions(migrations.RunSQL):
    """Put newer frozen texts in the place of older ones; `before` has the texts to go back to.

    A function whose arguments or columns change cannot be replaced: its old form is dropped first.
    """

    def __init__(self, folder: Path, before: Path, names: tuple[str, ...]) -> None:
        super().__init__(sql=_anew(folder, names), reverse_sql=_anew(before, names))


def _anew(folder: Path, names: tuple[str, ...]) -> str:
    return "\n".join(f"DROP FUNCTION IF EXISTS {name};\n{(folder / f'{name}.sql').read_text()}" for name in names)
