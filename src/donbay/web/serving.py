"""The site in one process: pages by waitress, jobs and the clock in two threads."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

from waitress.server import create_server

from donbay.web.installation import jobs

THREADS = 8
LARGEST_BODY = 64 << 20
PATIENCE = 10.0  # seconds that a job gets to end


def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """Answer until the process is asked to end. Raises OSError if the port is taken."""
    from donbay.web.wsgi import application  # noqa: PLC0415 -- sets Django up

    server = create_server(
        application,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_BODY,
        **_proxy(),
    )
    stop = Event()
    threads = jobs.start(stop)
    signal.signal(signal.SIGTERM, _end)
    ready(f"http://{host}:{server.effective_port}/")
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        for thread in threads:
            thread.join(PATIENCE)


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 -- a signal's call
    raise SystemExit(0)


def _proxy() -> dict[str, object]:
    """Whose word is taken for who asks: that of the proxy in DONBAY_PROXY, if any."""
    address = os.environ.get("DONBAY_PROXY")
    if not address:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {"trusted_proxy": address, "trusted_proxy_headers": headers}
