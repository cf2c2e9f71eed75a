"""Jobs: documents that take longer to read than a page may take to come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django_tasks import task

from donbay.web.evidence import actions
from donbay.web.evidence.models import Document
from donbay.web.journal.actions import NOBODY, Stamp

SMALL_FILE, SHORT_TEXT = 500_000, 30_000
"""Bytes and characters that are read at once: well under a second."""


@task()
def read(pk: int) -> None:
    document = Document.objects.select_related("round__programme").get(pk=pk)
    if document.state != Document.State.WAITING:
        return
    with _refused_where_it_breaks_off(document):
        text = actions.opened(document)
        if text is not None:
            actions.read_text(NOBODY, document, text)


def read_soon(stamp: Stamp, document: Document) -> None:
    """At once if it is short; else queued, and its page tells when it is there."""
    if document.state != Document.State.WAITING:
        return
    if document.file.size > SMALL_FILE:
        read.enqueue(document.pk)
        return
    with _refused_where_it_breaks_off(document):
        text = actions.opened(document)
        if text is None:
            return
        if len(text.text) > SHORT_TEXT:
            read.enqueue(document.pk)
        else:
            actions.read_text(stamp, document, text)


@contextmanager
def _refused_where_it_breaks_off(document: Document) -> Iterator[None]:
    try:
        yield
    except Exception as why:
        actions.fail(document, type(why).__name__)
        raise
