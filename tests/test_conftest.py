"""The rules that hold for every test are themselves held."""

import socket
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py")


def test_a_test_that_reaches_for_the_network_is_refused() -> None:
    with pytest.raises(ConnectionRefusedError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_test_that_asks_for_an_address_is_refused() -> None:
    with pytest.raises(ConnectionRefusedError, match="no network"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.parametrize(
    "body",
    [
        "import pytest\ndef test_one(): pytest.skip('no reason')",
        "import pytest\npytest.skip('no reason', allow_module_level=True)",
        "import pytest\n@pytest.mark.xfail(reason='no reason')\ndef test_one(): 1 / 0",
    ],
    ids=["a test", "a module", "an expected failure"],
)
def test_a_skip_fails_where_skips_are_refused(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.setenv("DONBAY_NO_SKIPS", "1")
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(body)
    result = pytester.runpytest_subprocess(
        *("-p", "no:cacheprovider", "-p", "no:django")
    )
    result.stdout.fnmatch_lines(["*no test may be skipped here*no reason*"])
    assert result.ret != 0
