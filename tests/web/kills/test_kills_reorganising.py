"""The server is killed while places are reorganised: wholly done, or not at all.

Twelve times while a merger is applied and eight times while it is undone, on each
database. Two pictures of all that a reorganisation may touch are right, and no third:
places, successions, offices, roles, reports and every kept verdict.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.web.databases import SOURCE
from tests.web.kills.test_kills import FULL_RUN, chosen, verified
from tests.web.servers import Server
from tests.web.visitor import Answer, Browser

pytestmark = pytest.mark.kills
IN_APPLYING, IN_UNDOING, LEAST_INSIDE = 12, 8, 10
BEGIN = """
import json, tempfile
from pathlib import Path
from tests.web.people import People, by, office, quarter, signed_in
from tests.web.reorganisations.merger import recorded, reported
from donbay.web.submissions.actions import Entry, begin, save, send
programme = reported()
people = People(programme)
office("UBND xã Tràng Xá", "tx", people.an)
assert all((people.hoa, people.khoi, people.binh, people.linh))
sent = begin(by(people.an), quarter(programme, "2026-Q2"), "tx")
for field in ("homes", "served"):
    save(by(people.an), sent, field, Entry("910"))
send(by(people.an), type(sent).objects.get(pk=sent.pk))
begin(by(people.khoi), quarter(programme, "2026-Q3"), "hn")
with tempfile.TemporaryDirectory() as made:
    recorded(programme, Path(made) / "decision")
print(json.dumps(signed_in(people.chi).cookies["sessionid"].value))
"""


@dataclass
class Story:
    """The server, and Chi, who applies and undoes the merger."""

    server: Server
    session: str

    def does(self, verb: str, kill_at: int = 0) -> Answer:
        more = {"X-Kill-At": str(kill_at)} if kill_at else {}
        chi = Browser(self.server.port, self.session, more)
        return chi.post(f"/reorganisations/1/{verb}/")

    def looks(self) -> tuple[str, str]:
        """How far the decision has come, and a picture of all that it may touch."""
        told = json.loads(self.server.get("/picture/")[1])
        state = "applied" if told["state"] == "applied" else "not applied"
        return state, told["picture"]

    def rehearse(self) -> None:
        assert self.server.get("/rehearsed/")[0] == http.client.OK

    def words(self) -> list[dict[str, object]]:
        file = self.server.home / "killed"
        if not file.is_file():
            return []
        lines = file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def restart(self) -> None:
        self.server.kill()
        self.server.start()


@pytest.fixture
def story(database: str, tmp_path: Path) -> Iterator[Story]:
    more = {
        "DJANGO_SETTINGS_MODULE": "tests.web.kills.settings",
        "PYTHONPATH": f"{SOURCE}:{SOURCE.parent}",
    }
    server = Server(tmp_path / "home", database, more=more)
    session = json.loads(server.run_python(BEGIN).splitlines()[-1])
    try:
        yield Story(server.start(), session)
    finally:
        server.kill()


def killed(story: Story, verb: str, at: int, right: dict[str, str]) -> None:
    """Ask, die, look, ask again until it is done."""
    before, dead = story.looks()[0], len(story.words())
    with pytest.raises((http.client.HTTPException, OSError)):
        story.does(verb, at)
    story.restart()
    words = story.words()
    assert len(words) == dead + 1
    state, picture = story.looks()
    assert picture == right[state], f"{verb} at {at}: {words[-1]}"
    if words[-1]["in_transaction"]:
        assert state == before
    if state == before:
        assert story.does(verb).status == http.client.FOUND
    after, picture = story.looks()
    assert after != before
    assert picture == right[after]


def test_killed_twenty_times_it_is_whole_or_was_never_begun(story: Story) -> None:
    right = dict([story.looks()])
    story.rehearse()
    points = story.does("apply").headers["x-points"]
    right |= dict([story.looks()])
    assert sorted(right) == ["applied", "not applied"]
    more = story.does("undo").headers["x-points"]
    assert story.looks() == ("not applied", right["not applied"])

    undoing = chosen(more, IN_UNDOING)
    for n, at in enumerate(chosen(points, IN_APPLYING)):
        story.rehearse()
        killed(story, "apply", at, right)
        if n < IN_UNDOING:
            killed(story, "undo", undoing[n], right)
        else:
            assert story.does("undo").status == http.client.FOUND

    words = story.words()
    assert len(words) == IN_APPLYING + IN_UNDOING
    assert sum(bool(word["in_transaction"]) for word in words) >= LEAST_INSIDE
    assert story.server.run_python(FULL_RUN).strip() == "True []"
    story.server.stop()
    assert verified(story.server) == 0
    assert "Traceback" not in story.server.log
