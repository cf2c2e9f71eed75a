"""A database for the tests of the site, and a running site for those that need one."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.web import settings as test_settings
from tests.web.databases import Postgres, migrated_sqlite
from tests.web.servers import Server


@pytest.fixture(scope="session")
def migrated(pytestconfig: pytest.Config) -> Path:
    """A SQLite file with all tables and no rows; copy it."""
    kept = pytestconfig.cache.mkdir("donbay")
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of one run make it once
        return migrated_sqlite(kept)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL with a database `migrated`, to make others like it."""
    cluster = Postgres(test_settings.HERE / "postgresql")
    cluster.start()
    cluster.migrated(test_settings.HERE / "for-postgresql")
    yield cluster
    cluster.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Path
) -> Iterator[str]:
    """The address of a database of this test's own, once of each kind."""
    if request.param == "sqlite":
        shutil.copyfile(migrated, tmp_path / "donbay.sqlite3")
        yield f"sqlite:///{tmp_path / 'donbay.sqlite3'}"
        return
    cluster: Postgres = request.getfixturevalue("postgres")
    name = f"own_{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:12]}"
    yield cluster.create(name, like="migrated")
    cluster.drop(name)


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[Server]:
    """`donbay serve` on each kind of database; it runs, and may be killed."""
    made = Server(tmp_path / "home", database)
    try:
        yield made.start()
    finally:
        made.kill()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Instead of Django's own way, which would migrate for each worker."""
    from django.db import connections  # noqa: PLC0415 -- when Django is set up

    if test_settings.ON_POSTGRESQL:
        request.getfixturevalue("postgres").create("donbay", like="migrated")
    else:
        template = request.getfixturevalue("migrated")
        shutil.copyfile(template, test_settings.HERE / "donbay.sqlite3")
    yield
    with django_db_blocker.unblock():
        connections.close_all()
