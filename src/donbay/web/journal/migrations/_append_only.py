"""Tables that the database itself keeps from being changed."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

_POSTGRES = """
CREATE OR REPLACE FUNCTION donbay_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION donbay_append_only();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION donbay_append_only();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
)

_FREED = {
    "postgresql": ("append_only ON {table}", "never_emptied ON {table}"),
    "sqlite": ("no_update", "no_delete"),
}


def changeable(*tables: str) -> RunPython:
    """A step before the columns of such tables change: SQLite writes them anew."""

    def free(_: object, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for trigger in _FREED[editor.connection.vendor]:
                name = f"{{table}}_{trigger}".format(table=table)
                editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)

    return RunPython(free, RunPython.noop)


def append_only(*tables: str) -> RunPython:
    """A migration step: rows of these tables can be added and nothing else."""

    def forbid(_: object, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "postgresql":
                # No parameters: the % of the message is no place for one.
                editor.execute(_POSTGRES.format(table=table), params=None)
            else:
                for verb in ("update", "delete"):
                    editor.execute(_SQLITE.format(table=table, verb=verb), params=None)

    return RunPython(forbid, RunPython.noop)
