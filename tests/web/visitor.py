"""Somebody's browser on a running site: signed in, over HTTP, without scripts."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "t" * 32  # what a browser would have been given with the first form


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    where: str
    body: str
    headers: dict[str, str]


@dataclass
class Browser:
    """One person's; every request is a connection of its own."""

    port: int
    session: str
    more: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask(
            "POST", path, urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        )

    def _ask(self, verb: str, path: str, body: str | None) -> Answer:
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, **self.more}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(verb, path, body, headers)
            got = connection.getresponse()
            text = got.read().decode()
            told = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, told.get("location", ""), text, told)
        finally:
            connection.close()

    # --- a report's way --------------------------------------------------------------

    def begin(self, round: int, unit: str) -> int:
        """The number of the report that was begun."""
        begun = self.post(f"/rounds/{round}/places/{unit}/begin/")
        found = re.search(r"/reports/(\d+)/fill/", begun.where)
        assert found, begun
        return int(found[1])

    def type(self, report: int, name: str, typed: str) -> Answer:
        """As each field is kept while one types."""
        said = {"field": name, f"typed:{name}": typed, f"was:{name}": ""}
        return self.post(f"/reports/{report}/field/", **said)

    def send(self, report: int) -> Answer:
        return self.post(f"/reports/{report}/send/")

    def seen(self, report: int) -> str | None:
        """The revision that the page of review shows; None if there is no page."""
        page = self.get(f"/reports/{report}/review/")
        found = re.search(r'name="seen" value="(\d+)"', page.body)
        return found[1] if found else None

    def approve(self, report: int) -> Answer:
        """With the revision that the page shows."""
        return self.post(
            f"/reports/{report}/review/", seen=self.seen(report) or "", approve="1"
        )
