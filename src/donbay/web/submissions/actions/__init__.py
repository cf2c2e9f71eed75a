"""What people do with reports: fill in, attach, send, review, correct, remind."""

from donbay.web.submissions.actions.attaching import attach, detach
from donbay.web.submissions.actions.filling import (
    Entry,
    Saved,
    begin,
    note,
    save,
    settle,
)
from donbay.web.submissions.actions.moving import (
    Refusal,
    Stopped,
    approve,
    approve_many,
    correct,
    send,
    send_back,
    take_back,
)
from donbay.web.submissions.actions.reminding import mail_reminders, mark_read, remind
from donbay.web.submissions.actions.returning import TakenOver, take_over

__all__ = [
    "Entry",
    "Refusal",
    "Saved",
    "Stopped",
    "TakenOver",
    "approve",
    "approve_many",
    "attach",
    "begin",
    "correct",
    "detach",
    "mail_reminders",
    "mark_read",
    "note",
    "remind",
    "save",
    "send",
    "send_back",
    "settle",
    "take_back",
    "take_over",
]
