"""Submissions: what a unit sends for a round, answer by answer, and its review."""

from django.db import models
from django.db.models import Q

from donbay.web.files.models import StoredFile
from donbay.web.offices.models import User
from donbay.web.programmes.models import Round
from donbay.web.territory.models import Unit


class Submission(models.Model):
    """One unit's answers to one round; its life is `domain.workflow`.

    `corrects` is the approved submission that this one mends.

    `step` counts the approvals given; at the end of the form's review path the state
    is approved and the rows are in the ledger as `batch`.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"
        APPROVED = "approved"

    round = models.ForeignKey(Round, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    step = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections"
    )
    reason = models.TextField(blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    batch = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"],
                condition=~Q(state="approved"),
                name="one_open_submission",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False),
                name="approved_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "sent", "returned", "withdrawn", "approved"]
                ),
                name="submission_state",
            ),
        ]


class Answer(models.Model):
    """What stands in one field: as typed, and as read. `value` null is not a zero.

    `taken_from` is the passage of a document that it was taken from, as `evidence`
    names it; nobody typed it then, and who types over it takes that away.

    `revision` is the submission's at the last save; who saves names the revision that
    they saw, and two who differ see both (see `Conflict`).
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers")
    field = models.CharField(max_length=120)
    typed = models.TextField(blank=True)
    value = models.FloatField(null=True)
    bound = models.CharField(max_length=10, default="exact")
    withdrawn = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    taken_from = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "field"], name="answer_once")
        ]


class Conflict(models.Model):
    """What a second person typed into a field that had changed meanwhile."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=120)
    typed = models.TextField(blank=True)
    seen = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept = models.TextField(blank=True)


class Return(models.Model):
    """One figure sent back, with the reason. It is kept after it is mended."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="returns")
    field = models.CharField(max_length=120)
    typed = models.TextField(blank=True)
    reason = models.TextField()
    step = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="return_has_a_reason")
        ]


class Attachment(models.Model):
    """A file that stands behind one answer."""

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="attachments"
    )
    field = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Reminder(models.Model):
    """Something a person was told: in their list, and by mail where they have one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=30)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "round", "unit", "day"], name="told_once"
            )
        ]
