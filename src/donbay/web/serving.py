"""The site in one process, or in several that share a port.

Pages are answered by waitress; jobs and the clock run in two threads of each process,
which agree by locks on who does what. Decision 0028.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import FrameType
from typing import Any, NoReturn

from waitress.server import create_server

from donbay.web.installation import jobs

log = logging.getLogger("donbay.serving")
THREADS = 8
LARGEST_BODY = 64 << 20
PATIENCE = 10.0  # seconds that a job gets to end
ASKED_TO_END = {signal.SIGTERM, signal.SIGINT}
REST = 1.0  # seconds before a process that ended is begun anew
Say = Callable[[str], None]


def serve(host: str, port: int, ready: Say, processes: int = 1) -> None:
    """Answer until the process is asked to end. Raises OSError if the port is taken."""
    listening = _listening(host, port)
    told = f"http://{host}:{listening.getsockname()[1]}/"
    signal.signal(signal.SIGTERM, _end)
    if processes == 1:
        _answer(listening, lambda: ready(told))
    else:
        _attend(listening, processes, lambda: ready(told))


def _listening(host: str, port: int) -> socket.socket:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=kind, backlog=1024)


def _answer(listening: socket.socket, ready: Callable[[], None]) -> None:
    from donbay.web.wsgi import application  # noqa: PLC0415 -- sets Django up

    settings: dict[str, Any] = {"threads": THREADS, "ident": None, **_proxy()}
    server = create_server(
        application,
        sockets=[listening],
        max_request_body_size=LARGEST_BODY,
        **settings,
    )
    stop = Event()
    threads = jobs.start(stop)
    ready()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        for thread in threads:
            thread.join(PATIENCE)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 -- a signal's call
    raise SystemExit(0)


# --- several processes ---------------------------------------------------------------


def _attend(
    listening: socket.socket, processes: int, ready: Callable[[], None]
) -> None:
    """Keep so many processes answering; this one only looks after them.

    It has no thread and no connection, so that it may fork. None outlives it, even if
    it is killed: each reads a pipe of which only it holds the other end.
    """
    from django.db import connections  # noqa: PLC0415 -- when Django is set up

    connections.close_all()
    alive, held = os.pipe()
    running: set[int] = set()
    try:
        while True:
            while len(running) < processes:
                running.add(_begun(listening, alive, held))
            ready()
            ready = _nothing
            running.discard(os.wait()[0])
            time.sleep(REST)
    finally:
        for one in running:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGTERM)
        for one in running:
            os.waitpid(one, 0)


def _begun(listening: socket.socket, alive: int, held: int) -> int:
    # Or it would end between two lives.
    signal.pthread_sigmask(signal.SIG_BLOCK, ASKED_TO_END)
    number = os.fork()
    if number == 0:
        _answer_while(listening, alive, held)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED_TO_END)
    return number


def _answer_while(listening: socket.socket, alive: int, held: int) -> NoReturn:
    """The life of one of several: never back into the code of who began it."""
    os.close(held)
    Thread(target=_end_with, args=[alive], daemon=True).start()
    code = 1
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED_TO_END)
        _answer(listening, _nothing)
    except (SystemExit, KeyboardInterrupt):
        code = 0
    except Exception:
        log.exception("a process that answers ended")
    finally:
        os._exit(code)


def _end_with(alive: int) -> None:
    os.read(alive, 1)  # returns when nobody holds the other end
    os.kill(os.getpid(), signal.SIGTERM)


def _nothing() -> None:
    """Said once already."""


def _proxy() -> dict[str, object]:
    """Whose word is taken for who asks: that of the proxy in DONBAY_PROXY, if any."""
    address = os.environ.get("DONBAY_PROXY")
    if not address:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {"trusted_proxy": address, "trusted_proxy_headers": headers}
