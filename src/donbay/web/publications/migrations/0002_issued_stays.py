"""The database keeps what was issued from being changed."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ISSUED = "OLD.state = 'issued'"
OF_ISSUED = (
    "EXISTS (SELECT 1 FROM publications_publication AS p"
    " WHERE p.id = OLD.publication_id AND p.state = 'issued')"
)
TABLES = {
    "publications_publication": ISSUED,
    "publications_publishedfile": OF_ISSUED,
}
_POSTGRES = """
CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger AS $$
BEGIN
  IF {when} THEN RAISE EXCEPTION 'what was issued is never changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_stays();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} WHEN {when} "
    "BEGIN SELECT RAISE(ABORT, 'what was issued is never changed'); END"
)


def forbid(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    for table, when in TABLES.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRES.format(table=table, when=when), params=None)
        else:
            for verb in ("update", "delete"):
                text = _SQLITE.format(table=table, verb=verb, when=when)
                editor.execute(text, params=None)


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]
    operations = [migrations.RunPython(forbid, migrations.RunPython.noop)]
