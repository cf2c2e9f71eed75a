"""Tables made at once are those that the steps would have made one after the other."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from tests.web.databases import Postgres, manage, run_python

AT_ONCE = (
    "from donbay.web.installation.tables import bring_up_to_date as up\n"
    "print(up(), up())"
)


def of_sqlite(path: Path) -> dict[str, object]:
    """Columns, indexes and constraints of each table, and the triggers, in no order."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(path)) as db:
        for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master"):
            if kind == "table" and not name.startswith("sqlite_"):
                body = sql[sql.index("(") + 1 : sql.rindex(")")]
                found[name] = sorted(body.replace('"', "").split(", "))
            elif sql:
                found[name] = sql
        found["steps"] = sorted(db.execute("SELECT app, name FROM django_migrations"))
        found["rights"] = sorted(db.execute("SELECT codename FROM auth_permission"))
    return found


@pytest.mark.slow
def test_on_sqlite(tmp_path: Path, migrated: Path) -> None:
    new = tmp_path / "new.sqlite3"
    done = run_python(f"sqlite:///{new}", tmp_path / "home", AT_ONCE)
    assert done.split()[1] == "0", "a second start has nothing to do"
    assert of_sqlite(new) == of_sqlite(migrated)


@pytest.mark.slow
def test_on_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    new = postgres.create("at_once")
    run_python(new, tmp_path / "home", AT_ONCE)
    made, stepped = (Counter(postgres.schema(x)) for x in ("at_once", "migrated"))
    # Django's first step of `auth` gives the ids of a joining table more room.
    joining = (Counter(["id integer NOT NULL"]), Counter(["id bigint NOT NULL"]))
    assert (made - stepped, stepped - made) == joining


@pytest.mark.slow
def test_an_older_database_takes_the_steps_it_lacks(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    manage(database, tmp_path / "home", "migrate", "offices")
    done = run_python(database, tmp_path / "home", AT_ONCE)
    assert int(done.split()[0]) > 0
