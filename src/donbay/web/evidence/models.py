"""Documents that were read for a place, their claims, and what was decided of each."""

from django.db import models
from django.db.models import Q

from donbay.web.files.models import StoredFile
from donbay.web.offices.models import User
from donbay.web.programmes.models import Round
from donbay.web.submissions.models import Submission
from donbay.web.territory.models import Unit


class Document(models.Model):
    """A file of prose that speaks of a place and the period of a round.

    `text` is what people see of it; blocks, claims and relations name places in it.
    `problems` say why it could not be read, as codes with their parameters.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        REFUSED = "refused"

    round = models.ForeignKey(Round, models.PROTECT, related_name="documents")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    written_in = models.CharField(max_length=2, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    problems = models.JSONField(default=list)
    language = models.CharField(max_length=2, blank=True)
    text = models.TextField(blank=True)
    blocks = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    relations = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "file"], name="document_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "read", "refused"]),
                name="document_state",
            ),
        ]


class Claim(models.Model):
    """One number of a document as it was read; it is never changed.

    Numbers are decimal strings in base units, as `donbay read` writes them.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=10)
    value = models.TextField(blank=True)
    of = models.TextField(blank=True)
    low = models.TextField(blank=True)
    high = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    counted = models.TextField(blank=True)
    bound = models.CharField(max_length=10)
    indicator = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=64, blank=True)
    time = models.CharField(max_length=20, blank=True)
    confidence = models.FloatField()
    alternatives = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    repeated = models.BooleanField(default=False)
    falling = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="claim_of_document"
            )
        ]


class Decision(models.Model):
    """What an official made of a claim; the last word counts, the journal has all.

    Accepted and mended claims stand in a field of a report; `typed` is the figure.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted"
        MENDED = "mended"
        REJECTED = "rejected"

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    submission = models.ForeignKey(
        Submission, models.CASCADE, null=True, related_name="decisions"
    )
    field = models.CharField(max_length=120, blank=True)
    typed = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="rejected", submission__isnull=True)
                | Q(verdict__in=["accepted", "mended"], submission__isnull=False),
                name="decision_goes_somewhere",
            )
        ]
