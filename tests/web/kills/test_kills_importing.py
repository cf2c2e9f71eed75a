"""The command is killed while it imports a file: all of it is there, or nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.web.databases import SOURCE, environment, run_python
from tests.web.kills.test_kills import FULL_RUN, chosen

pytestmark = pytest.mark.kills
KILLS, LEAST_INSIDE, ROWS = 20, 10, 40
BEGIN = "from tests.web.people import water\nwater()"
IMPORTER = (
    "import django; django.setup(); from tests.web.kills.importer import main; main()"
)
HEAD = "unit,indicator,period,category,value,bound,recorded_at,source"


@dataclass
class Site:
    """An installation on which nobody serves, and one who imports files."""

    database: str
    home: Path
    importer: subprocess.Popen[str]
    many: int

    def bring(self, file: str, at: int = 0) -> dict[str, object] | None:
        return self.order("import", file, at, self.many)

    def order(self, *words: object) -> dict[str, object] | None:
        """None where the one who carried it out was killed."""
        assert self.importer.stdin
        assert self.importer.stdout
        print(json.dumps(words), file=self.importer.stdin, flush=True)
        said: dict[str, object] | None = json.loads(self.importer.stdout.readline())
        return said

    def file(self, number: int) -> str:
        """Forty figures, which no other file has; all of a size, judged alike."""
        figure = 900 + number
        rows = [
            f"{unit},{indicator},{year}-Q{quarter},,{figure},,2026-07-03,bulletin"
            for unit in ("tx", "lh")
            for indicator in ("homes", "served")
            for year in range(2020, 2023)
            for quarter in range(1, 5)
        ][:ROWS]
        path = self.home / f"{number}.csv"
        path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        return str(path)

    def holds(self, files: int) -> bool:
        """So many files, each whole, in ledger, journal and verdicts alike."""
        found = self.order("look")
        assert found is not None
        batches = found["batches"]
        assert isinstance(batches, int)
        rows = ROWS * batches
        assert (found["rows"], found["judged"], found["broken"]) == (rows, rows, 0)
        assert found["entries"] == batches
        return batches == files

    def last_words(self) -> list[dict[str, object]]:
        text = (self.home / "killed").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(params=[ROWS, ROWS - 1], ids=["few rows", "many rows"])
def site(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """For whom the file has few rows, or so many that it is judged beforehand."""
    home = tmp_path / "home"
    home.mkdir()
    run_python(database, home, BEGIN)
    more = {"PYTHONPATH": f"{SOURCE}:{SOURCE.parent}"}
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTER],
        env=environment(database, home) | more,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as importer:
        yield Site(database, home, importer, request.param)


def killed(site: Site, at: int, files: int) -> None:
    """Import, die, look, import again: it is there whole, or not at all, then once."""
    file = site.file(files)
    assert site.bring(file, at) is None, "it was to be killed"
    whole = site.holds(files + 1)
    assert whole or site.holds(files)
    if site.last_words()[-1]["in_transaction"]:
        assert not whole
    again = site.bring(file)
    assert again is not None
    assert again["already"] == whole
    assert site.holds(files + 1)


def test_an_import_killed_twenty_times_is_whole_or_not_there(site: Site) -> None:
    assert site.bring(site.file(0))  # the first has more to do than others
    alive = site.bring(site.file(1))
    assert alive
    for files, at in enumerate(chosen(str(alive["points"]), KILLS), 2):
        killed(site, at, files)
    inside = [word["in_transaction"] for word in site.last_words()]
    assert len(inside) == KILLS
    assert sum(map(bool, inside)) >= LEAST_INSIDE
    assert run_python(site.database, site.home, FULL_RUN).strip() == "True []"
