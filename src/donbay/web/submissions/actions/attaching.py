"""Files behind figures: bounded, told by their bytes, kept after they are removed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import chain
from pathlib import PurePosixPath

from donbay.domain.workflow import NotAllowed
from donbay.web.files.actions import TooLarge, keep
from donbay.web.files.models import StoredFile
from donbay.web.files.queries import HEAD, sniffed
from donbay.web.journal.actions import acting
from donbay.web.offices.permissions import By
from donbay.web.submissions.actions.filling import editable, field_of
from donbay.web.submissions.models import Attachment, Submission

MOST_FILES, MOST_IN_ALL, LONGEST_NAME = 10, 100, 200


def attach(
    by: By, submission: Submission, field: str, name: str, chunks: Iterable[bytes]
) -> Attachment:
    """Put a file behind one answer; its type is what its bytes say."""
    field_of(submission, field)
    editable(by, submission)  # before anything is written
    stored = _stored(chunks)
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = editable(by, submission)
        there = held.attachments.filter(removed_at=None)
        if same := there.filter(field=field, file=stored).first():
            return same
        if there.filter(field=field).count() >= MOST_FILES:
            raise NotAllowed("too_many_files", most=str(MOST_FILES))
        if there.count() >= MOST_IN_ALL:
            raise NotAllowed("too_many_files", most=str(MOST_IN_ALL))
        made = Attachment.objects.create(
            submission=held,
            field=field,
            file=stored,
            name=_name(name),
            by=by.user,
            at=act.at,
        )
        act.note(
            "attach", "submission", held.pk, field=field, file=stored.pk, name=made.name
        )
    return made


def detach(by: By, attachment: Attachment) -> None:
    """Take a file away from an answer; who looks at the history still finds it."""
    submission = attachment.submission
    with acting(by.stamp, submission.round.programme.chain) as act:
        held = editable(by, submission)
        there = held.attachments.filter(pk=attachment.pk, removed_at=None)
        if there.update(removed_at=act.at):
            act.note(
                "detach",
                "submission",
                held.pk,
                field=attachment.field,
                file=attachment.file_id,
            )


def _stored(chunks: Iterable[bytes]) -> StoredFile:
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if len(head) >= HEAD:
            break
    if not head:
        raise NotAllowed("file_empty")
    kind = sniffed(head[:HEAD])
    if kind is None:
        raise NotAllowed("file_kind")
    try:
        return keep(chain([head], rest), kind)
    except TooLarge:
        raise NotAllowed("file_too_large") from None


def _name(given: str) -> str:
    """The last part of what the browser called it, in letters that can be shown."""
    last = PurePosixPath(given.replace("\\", "/")).name
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    return shown[-LONGEST_NAME:] or "file"
