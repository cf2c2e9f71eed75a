"""Eight people at once: nothing breaks, nothing is lost, and every approval counts.

On PostgreSQL two servers share the database and the people are spread over both.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from tests.web.servers import Server
from tests.web.visitor import Answer, Browser

pytestmark = pytest.mark.kills
WRITERS = 8
STORY = """
import json
from donbay.domain.roles import RoleKind
from donbay.web.territory.models import Unit, UnitVersion
from tests.web.people import People, give, person, quarter, signed_in, water
people = People(water())
rounds = [quarter(people.programme, period).pk for period in ("2026-Q2", "2026-Q3")]
sessions = {}
for n in range(8):
    unit = f"c{n}"
    Unit.objects.create(id=unit, order=10 + n)
    UnitVersion.objects.create(
        unit_id=unit, code=unit, name=unit, folded=unit, level="commune", parent_id="vn"
    )
    user = person(unit, RoleKind.REPORTER, unit, people.programme)
    give(user, RoleKind.REPORTER, "tx", people.programme)
    sessions[unit] = signed_in(user).cookies["sessionid"].value
for user in (people.binh, people.linh):
    sessions[user.username] = signed_in(user).cookies["sessionid"].value
print(json.dumps([rounds, sessions]))
"""
AFTER = """
import json
from donbay.web.installation.verify import verify
from donbay.web.journal.actions import NOBODY
from donbay.web.ledger.models import Batch, Observation, Statement
from donbay.web.programmes.models import Programme
from donbay.web.results import queries
from donbay.web.results.actions import carry_out, full_run
programme = Programme.objects.get()
live = queries.live(programme)
sums = {
    unit: {str(v.period): v.value for v in queries.series(live, unit, "homes")}
    for unit in ("tn", "vn")
}
run = full_run(NOBODY, programme)
carry_out(run)
run.refresh_from_db()
print(json.dumps({
    "sums": sums,
    "differences": run.differences,
    "batches": sorted(Batch.objects.values_list("number", flat=True)),
    "seqs": sorted(Observation.objects.values_list("seq", flat=True)),
    "troubles": [trouble.code for trouble in verify().troubles],
}))
"""
FIELD = """
import json
from donbay.web.submissions.models import Answer, Conflict
print(json.dumps([
    list(Answer.objects.filter(submission={report}).values_list("typed", flat=True)),
    list(Conflict.objects.filter(submission={report}).values_list("typed", flat=True)),
]))
"""


class Crowd:
    """Eight people, their reviewers, and the servers that they are spread over."""

    def __init__(self, servers: list[Server], rounds: list[int], of: dict[str, str]):
        self.servers, self.rounds, self.sessions = servers, rounds, of
        self.together = Barrier(WRITERS)

    def browser(self, who: str, n: int) -> Browser:
        server = self.servers[n % len(self.servers)]
        return Browser(server.port, self.sessions[who])

    def after(self, code: str = AFTER) -> object:
        return json.loads(self.servers[0].run_python(code).splitlines()[-1])

    def all(self, act: object) -> list[object]:
        with ThreadPoolExecutor(WRITERS) as pool:
            return list(pool.map(act, range(WRITERS)))  # type: ignore[arg-type]  # a method of one number

    def quiet(self) -> bool:
        return not any("Traceback" in server.log for server in self.servers)


@pytest.fixture
def crowd(database: str, tmp_path: Path) -> Iterator[Crowd]:
    first = Server(tmp_path / "home", database)
    rounds, sessions = json.loads(first.run_python(STORY).splitlines()[-1])
    servers = [first]
    if database.startswith("postgresql"):
        home = {"DONBAY_HOME": str(first.home)}
        servers.append(Server(tmp_path / "second", database, more=home))
    try:
        for server in servers:
            server.start()
        yield Crowd(servers, rounds, sessions)
    finally:
        for server in servers:
            server.kill()


def test_eight_report_and_approve_at_once(crowd: Crowd) -> None:
    def report(n: int) -> list[Answer]:
        """A commune's whole way, twice; the others are doing the same."""
        told = []
        for k, round in enumerate(crowd.rounds):
            own = crowd.browser(f"c{n}", n)
            number = own.begin(round, f"c{n}")
            crowd.together.wait()
            typed = {"homes": str(1000 + 100 * k + n), "served": "900", "causes": "Mưa"}
            told += [own.type(number, name, said) for name, said in typed.items()]
            told.append(own.send(number))
            told.append(crowd.browser("binh", n + k).approve(number))
            crowd.together.wait()
            told.append(crowd.browser("linh", n + k + 1).approve(number))
        return told

    told = [answer for some in crowd.all(report) for answer in some]  # type: ignore[attr-defined]  # lists of answers

    assert {answer.status for answer in told} == {http.client.OK, http.client.FOUND}
    found = crowd.after()
    assert isinstance(found, dict)
    both = {"2026-Q2": 8028.0, "2026-Q3": 8828.0}
    for place in ("vn", "tn"):
        assert found["sums"][place].items() >= both.items()
    assert found["differences"] == found["troubles"] == []
    assert found["batches"] == list(range(1, 2 * WRITERS + 1))
    assert crowd.quiet()


def test_of_eight_who_type_into_one_field_nobody_is_written_over(crowd: Crowd) -> None:
    report = crowd.browser("c0", 0).begin(crowd.rounds[0], "tx")

    def types(n: int) -> Answer:
        crowd.together.wait()
        return crowd.browser(f"c{n}", n).type(report, "homes", str(1000 + n))

    told = crowd.all(types)

    assert {answer.status for answer in told} == {http.client.OK}  # type: ignore[attr-defined]  # answers
    said: list[list[str]] = crowd.after(FIELD.format(report=report))  # type: ignore[assignment]  # as FIELD prints
    [kept], beside = said
    assert sorted([kept, *beside]) == [str(1000 + n) for n in range(WRITERS)]
    assert crowd.quiet()


def test_two_approvals_in_one_province_both_count(crowd: Crowd) -> None:
    """Reports wait; then all are approved in one moment, from every server."""
    linh = "linh"
    waiting = []
    for n in range(WRITERS):
        own = crowd.browser(f"c{n}", n)
        number = own.begin(crowd.rounds[1], f"c{n}")
        for name, typed in {"homes": "1000", "served": "900"}.items():
            own.type(number, name, typed)
        own.send(number)
        crowd.browser("binh", n).approve(number)
        seen = crowd.browser(linh, n).seen(number)
        assert seen is not None
        waiting.append((number, seen))

    def approve(n: int) -> Answer:
        number, seen = waiting[n]
        crowd.together.wait()
        path = f"/reports/{number}/review/"
        return crowd.browser(linh, n).post(path, seen=seen, approve="1")

    told = crowd.all(approve)

    assert {answer.status for answer in told} == {http.client.FOUND}  # type: ignore[attr-defined]  # answers
    found = crowd.after()
    assert isinstance(found, dict)
    assert found["sums"]["tn"]["2026-Q3"] == 1000.0 * WRITERS
    assert found["differences"] == found["troubles"] == []
    assert crowd.quiet()
