"""The server is killed while a report is sent and approved; nothing is lost or doubled.

Twenty times on each database, most of them with a transaction open: the server's own
last words say so (`killer`). What the reporter had typed is there, and asking again
does what was asked for, once.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.web.databases import SOURCE, environment
from tests.web.servers import Server
from tests.web.visitor import Answer, Browser

pytestmark = pytest.mark.kills
TYPED = {"homes": "1200", "served": "900", "causes": "Hạn hán"}
FIGURES = 2
IN_SENDING, IN_APPROVING, LEAST_INSIDE = 7, 13, 10
STORY = """
from tests.web.people import People, quarter, signed_in, water
people = People(water())
periods = [f"{2015 + n // 4}-Q{n % 4 + 1}" for n in range(24)]
rounds = [quarter(people.programme, period).pk for period in periods]
sessions = {
    user.username: signed_in(user).cookies["sessionid"].value
    for user in (people.an, people.binh, people.linh)
}
import json
print(json.dumps([rounds, sessions]))
"""
FULL_RUN = """
from donbay.web.journal.actions import NOBODY
from donbay.web.programmes.models import Programme
from donbay.web.results.actions import carry_out, full_run
run = full_run(NOBODY, Programme.objects.get())
carry_out(run)
run.refresh_from_db()
print(run.compared > 0, run.differences)
"""


@dataclass
class Story:
    """The server, and the people of Tràng Xá, Võ Nhai and the province."""

    server: Server
    rounds: list[int]
    sessions: dict[str, str]

    def browser(self, who: str, kill_at: int = 0) -> Browser:
        more = {"X-Kill-At": str(kill_at)} if kill_at else {}
        return Browser(self.server.port, self.sessions[who], more)

    def stored(self, report: int) -> dict[str, object]:
        answer = self.browser("an").get(f"/stored/{report}/")
        assert answer.status == http.client.OK, answer.body
        found: dict[str, object] = json.loads(answer.body)
        assert found["troubles"] == []
        assert found["gapless"]
        assert found["answers"] == TYPED
        approved = found["state"] == "approved"
        assert len(found["batches"]) == approved  # type: ignore[arg-type]  # a list
        assert found["rows"] == (FIGURES if approved else 0)
        assert found["batches"] == [found["batch"]] * approved
        return found

    def draft(self) -> int:
        an = self.browser("an")
        report = an.begin(self.rounds.pop(), "tx")
        for name, typed in TYPED.items():
            assert an.type(report, name, typed).status == http.client.OK
        return report

    def waits_for_the_province(self) -> int:
        report = self.draft()
        assert self.browser("an").send(report).status == http.client.FOUND
        assert self.browser("binh").approve(report).status == http.client.FOUND
        return report

    def last_words(self) -> list[dict[str, object]]:
        text = (self.server.home / "killed").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

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
    rounds, sessions = json.loads(server.run_python(STORY).splitlines()[-1])
    try:
        yield Story(server.start(), rounds, sessions)
    finally:
        server.kill()


def chosen(points: str, count: int) -> list[int]:
    """The point after the last commit, and others spread over all that is inside."""
    inside = [n for n, where in enumerate(points, start=1) if where == "i"]
    spread = [inside[n * (len(inside) - 1) // (count - 2)] for n in range(count - 1)]
    return [*spread, inside[-1] + 1]


def killed(story: Story, report: int, who: str, at: int, verb: str) -> None:
    """Ask, die, look, ask again: it is there whole, or not at all, and then once."""
    before, dead = story.stored(report)["state"], len(_words(story))
    assert before == ("draft" if verb == "send" else "sent")
    browser = story.browser(who, at)
    with pytest.raises((http.client.HTTPException, OSError)):
        _act(browser, report, verb)
    story.restart()
    words = _words(story)
    assert len(words) == dead + 1
    after = story.stored(report)["state"]
    whole = {"send": "sent", "approve": "approved"}[verb]
    assert after == before if words[-1]["in_transaction"] else after in {before, whole}
    again = _act(story.browser(who), report, verb)
    expected = http.client.NOT_FOUND if after == whole else http.client.FOUND
    assert again.status == expected, again.body
    assert story.stored(report)["state"] == whole


def _words(story: Story) -> list[dict[str, object]]:
    return story.last_words() if (story.server.home / "killed").is_file() else []


def _act(browser: Browser, report: int, verb: str) -> Answer:
    if verb == "send":
        return browser.send(report)
    quiet = replace(browser, more={})
    seen = quiet.seen(report)
    if seen is None:
        return quiet.get(f"/reports/{report}/review/")
    return browser.post(f"/reports/{report}/review/", seen=seen, approve="1")


def verified(server: Server) -> int:
    """What `donbay verify` ends with."""
    words = [sys.executable, "-m", "donbay", "verify"]
    env = environment(server.database, server.home)
    return subprocess.run(words, env=env, check=False, capture_output=True).returncode


def test_killed_twenty_times_nothing_is_lost_or_doubled(story: Story) -> None:
    report = story.draft()
    points = _act(story.browser("an"), report, "send").headers["x-points"]
    for who in ("binh", "linh"):  # the programme's first, which keeps all verdicts
        assert story.browser(who).approve(report).status == http.client.FOUND
    story.restart()  # as it will be after every kill
    report = story.waits_for_the_province()
    more = _act(story.browser("linh"), report, "approve").headers["x-points"]

    for at in chosen(points, IN_SENDING):
        killed(story, story.draft(), "an", at, "send")
    for at in chosen(more, IN_APPROVING):
        killed(story, story.waits_for_the_province(), "linh", at, "approve")

    words = story.last_words()
    assert len(words) == IN_SENDING + IN_APPROVING
    assert sum(bool(word["in_transaction"]) for word in words) >= LEAST_INSIDE
    assert story.server.run_python(FULL_RUN).strip() == "True []"
    story.server.stop()
    assert verified(story.server) == 0
    assert "Traceback" not in story.server.log
