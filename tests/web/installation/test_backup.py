"""A backup holds everything at one moment, and restores on either database."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.web.databases import environment, run_python

PEOPLE = """
import hashlib
from donbay.web.journal.actions import Stamp, acting
from donbay.web.offices.models import User
from donbay.web.files.actions import keep
with acting(Stamp("1", "An")) as act:
    an = User.objects.create(username="an", name="Nguyễn Thị An")
    act.note("add", "user", an.pk, name="Nguyễn Thị An", share=0.1 + 0.2)
keep([b"the minutes of the commune"], "text/plain")
"""
TOLD = """
from donbay.web.journal.models import Chain, Entry
from donbay.web.journal.queries import broken_chains
from donbay.web.offices.models import User
from donbay.web.files.models import StoredFile
print(*Chain.objects.values_list(), *Entry.objects.values_list(), broken_chains())
print(*User.objects.order_by("pk").values_list(), *StoredFile.objects.values_list())
"""


def donbay(database: str, home: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "donbay", *words],
        env=environment(database, home),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_from_either_database_to_the_other(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "kept.tar.gz"
    run_python(database, old, PEOPLE)
    before = run_python(database, old, TOLD)
    assert donbay(database, old, "backup", str(file))[0] == 0
    assert file.stat().st_mode & 0o077 == 0, "others must not read it"
    if database.startswith("sqlite"):
        other = request.getfixturevalue("postgres").create(f"other_{tmp_path.name[-1]}")
    else:
        other = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    code, said = donbay(other, new, "restore", str(file))
    assert code == 0, said
    assert run_python(other, new, TOLD) == before
    assert donbay(other, new, "verify")[0] == 0
    run_python(
        other, new, PEOPLE.replace('"an"', '"binh"')
    )  # keys go on after the last
    code, said = donbay(other, new, "restore", str(file))
    assert code == 2
    assert "holds data already" in said


@pytest.mark.slow
def test_a_damaged_backup_is_refused_and_nothing_is_done(tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    new = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    file, bad = tmp_path / "kept.tar.gz", tmp_path / "bad.tar.gz"
    donbay(old, tmp_path / "a", "verify")
    run_python(old, tmp_path / "a", PEOPLE)
    donbay(old, tmp_path / "a", "backup", str(file))
    with tarfile.open(file) as whole, tarfile.open(bad, "w:gz") as changed:
        for info in whole:
            text = whole.extractfile(info).read()  # type: ignore[union-attr]  # plain files
            text = text.replace("Nguyễn".encode(), "Nguyên".encode())
            info.size = len(text)
            changed.addfile(info, io.BytesIO(text))
    short = tmp_path / "short.tar.gz"
    short.write_bytes(file.read_bytes()[:-400])
    for broken in (bad, short, Path(__file__)):
        code, said = donbay(new, tmp_path / "b", "restore", str(broken))
        assert code == 2, said
        assert "Traceback" not in said
    assert run_python(new, tmp_path / "b", TOLD).split() == ["[]"]
    assert donbay(new, tmp_path / "b", "restore", str(file))[0] == 0


@pytest.mark.slow
def test_verify_says_where_it_breaks(tmp_path: Path) -> None:
    database, home = f"sqlite:///{tmp_path / 'd.sqlite3'}", tmp_path / "home"
    donbay(database, home, "verify")
    run_python(database, home, PEOPLE)
    run_python(
        database,
        home,
        "from django.db import connection as c\n"
        "with c.cursor() as k:\n"
        "    k.execute('DROP TRIGGER journal_entry_no_update')\n"
        "    k.execute(\"UPDATE journal_entry SET by_name = 'Bình'\")\n",
    )
    (stored,) = (p for p in (home / "files").rglob("*") if p.is_file())
    stored.write_bytes(b"other minutes")
    code, said = donbay(database, home, "verify")
    assert code == 1
    assert "The journal site breaks at entry 1." in said
    assert f"The file {stored.name} was changed." in said
    stored.unlink()
    assert f"The file {stored.name} is missing." in donbay(database, home, "verify")[1]
