"""A browser, a server that can be killed, and people who sign in at it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.journeys.people_at_desks import Desks
from tests.web import settings as test_settings
from tests.web.conftest import migrated, postgres
from tests.web.servers import Server

# The browser's loop stays in the worker, also when a test of the site comes after.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
__all__ = ["migrated", "postgres"]  # fixtures that are used here too
ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
MISSING = (
    "Chromium is missing, in which these tests click and type. "
    "Get it with: sudo apt install chromium"
)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    assert Path(CHROMIUM).is_file(), MISSING
    return {"executable_path": CHROMIUM, "args": list(QUIET)}


@contextmanager
def _open(
    request: pytest.FixtureRequest, place: Path, browser: Browser, world: str
) -> Iterator[Desks]:
    """Desks at a server whose database is its own, of the kind the suite runs on."""
    if test_settings.ON_POSTGRESQL:
        name = f"journey_{hashlib.sha256(str(place).encode()).hexdigest()[:12]}"
        database = request.getfixturevalue("postgres").create(name, like="migrated")
    else:
        template = request.getfixturevalue("migrated")
        shutil.copyfile(template, place / "donbay.sqlite3")
        database = f"sqlite:///{place / 'donbay.sqlite3'}"
    server = Server(place / "home", database)
    server.home.mkdir(parents=True)
    told = server.run_python(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        f"from tests.journeys import vo_nhai, world\n{world}()"
    )
    desks = Desks(browser, server.start(), json.loads(told or "{}"))
    try:
        yield desks
    finally:
        desks.close()
        server.kill()


@pytest.fixture
def desks(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser
) -> Iterator[Desks]:
    """Where An's story begins: nothing is reported for the quarter yet."""
    with _open(request, tmp_path, browser, "world.story") as made:
        yield made


@pytest.fixture(scope="module")
def full_desks(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> Iterator[Desks]:
    """Where there is one of everything."""
    with _open(
        request, tmp_path_factory.mktemp("everything"), browser, "world.everything"
    ) as made:
        yield made


@pytest.fixture
def highland(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser
) -> Iterator[Desks]:
    """Where documents tell of the quarter and no report does yet."""
    with _open(request, tmp_path, browser, "world.articles") as made:
        yield made


@pytest.fixture(scope="module")
def two_maps(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    browser: Browser,
) -> Iterator[Desks]:
    """Where a place was divided in July, and June's map is kept beside today's."""
    with _open(
        request, tmp_path_factory.mktemp("divided"), browser, "world.divided"
    ) as made:
        yield made


@pytest.fixture
def vo_nhai(
    request: pytest.FixtureRequest, tmp_path: Path, browser: Browser
) -> Iterator[Desks]:
    """Where Võ Nhai still has its fifteen units."""
    with _open(request, tmp_path, browser, "vo_nhai.story") as made:
        yield made
