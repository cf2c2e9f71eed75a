"""The demonstration: there at once, with somebody of every role, and whole."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from time import sleep

import pytest
from tests.web.servers import Server

pytestmark = pytest.mark.slow
TOLD = """
from donbay.web.installation.verify import verify
from donbay.web.programmes.models import Programme
from donbay.web.results.models import Evaluation
from donbay.web.submissions.models import Submission
print(verify().troubles)
print(*sorted(Programme.objects.values_list("id", flat=True)))
print(*sorted(set(Submission.objects.values_list("state", flat=True))))
print(*sorted(set(Evaluation.objects.values_list("state", flat=True))))
"""


def post(server: Server, path: str, cookies: str, body: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    set_cookies = answer.headers.get_all("Set-Cookie") or []
    return answer.status, "; ".join(c.split(";")[0] for c in set_cookies)


def issued(server: Server) -> bool:
    """Whether the portal comes to list the report that a job makes and issues."""
    for _ in range(120):
        if "01/BC-VPĐP" in server.get_page("/public/vi/synthetic/reports/").text:
            return True
        sleep(0.5)
    return False


def test_it_is_made_once_and_everybody_comes_in(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    more = {"DONBAY_DEMO": "1"}
    server = Server(
        tmp_path / "run", f"sqlite:///{home / 'donbay.sqlite3'}", "demo", more
    )
    server.options = ("--home", str(home))
    try:
        server.start()
        first = server.get_page("/")
        people = re.findall(r'name="username" value="(\w+)"', first.text)
        assert people == ["an", "hoa", "binh", "em", "chi", "dung", "giang", "quan"]
        assert "donbay-demo" in first.text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', first.text)
        assert token
        for person in people:
            body = f"username={person}&csrfmiddlewaretoken={token[1]}"
            status, cookies = post(server, "/demo/sign-in/", first.cookies, body)
            assert status == 302, person
            for path in ("/work/", "/programmes/", "/programmes/synthetic/"):
                assert server.get_page(path, cookies).status == 200, (person, path)
        body = f"username=vn-p19&csrfmiddlewaretoken={token[1]}"
        assert post(server, "/demo/sign-in/", first.cookies, body)[0] == 404
        assert issued(server)
        whole, programmes, states, _ = server.run_python_at(home, TOLD).splitlines()
        assert whole == "()"
        assert programmes.split() == [
            *("ha_tinh_2024", "ninh_binh_25", "quang_ninh_06", "synthetic"),
            "thai_nguyen_13",
        ]
        assert states.split() == [
            *("approved", "draft", "returned", "sent", "withdrawn"),
        ]
        server.stop()
        server.start()
        assert server.get("/")[0] == 200
        assert server.log.count("Preparing the database") == 1
    finally:
        server.kill()
