"""What holds for every test: no network, no skips in CI, and how many examples."""

import os
import sys
from collections.abc import Generator

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
NO_SKIPS = IN_CI or os.environ.get("DONBAY_NO_SKIPS") == "1"

# `make test` is the same on every run; `make test-all` looks further.
settings.register_profile(
    "short", max_examples=50, deadline=None, derandomize=True, print_blob=True
)
settings.register_profile(
    "long", max_examples=300, deadline=None, derandomize=IN_CI, print_blob=True
)
settings.load_profile("short")


def refuse_network(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        if args[0] == "127.0.0.1":
            return  # written as an address: nobody is asked
        msg = f"a test asked for the address of {args[0]!r}; tests use no network"
        raise ConnectionRefusedError(msg)
    if event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple):
        if args[1][0] == "127.0.0.1":
            return  # a server that a test itself has started
        msg = f"a test reached for {args[1]!r}; tests use no network"
        raise ConnectionRefusedError(msg)


def pytest_configure() -> None:
    sys.addaudithook(refuse_network)


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (NO_SKIPS and report.skipped):
        return
    why = report.longrepr
    reason = why[2] if isinstance(why, tuple) else report.__dict__.pop("wasxfail", why)
    report.outcome = "failed"
    report.longrepr = f"no test may be skipped here, and this one was: {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    report = yield
    refuse_skip(report)
    return report
