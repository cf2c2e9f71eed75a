"""Files behind figures: bounded, told by their bytes, kept after they are removed."""

from __future__ import annotations

from collections.abc import Iterable

from donbay.domain.workflow import NotAllowed
from donbay.web.files.actions import file_name, keep_readable
from donbay.web.journal.actions import acting
from donbay.web.offices.permissions import By
from donbay.web.submissions.actions.filling import editable, field_of
from donbay.web.submissions.models import Attachment, Submission

MOST_FILES, MOST_IN_ALL = 10, 100


def attach(
    by: By, submission: Submission, field: str, name: str, chunks: Iterable[bytes]
) -> Attachment:
    """Put a file behind one answer; its type is what its bytes say."""
    field_of(submission, field)
    editable(by, submission)  # before anything is written
    stored = keep_readable(chunks)
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
            name=file_name(name),
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
