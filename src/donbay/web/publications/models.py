"""Printed reports with their files, and how offices word them."""

from django.db import models
from django.db.models import Q

from donbay.web.files.models import StoredFile
from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit


class Wording(models.Model):
    """A passage of `domain.passages` as the office of a programme words it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    passage = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    changed_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "language", "passage"], name="worded_once"
            )
        ]


class Publication(models.Model):
    """One report in one language, from its order to the day it is issued.

    What is issued is, byte for byte, what was looked at: its files are never made
    again. `checksum` is over their hashes; `figures` is the file of the verdicts and
    values that it rests on, judged `on` a day on a `map`, up to row `seq`.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        MADE = "made"
        ISSUED = "issued"
        FAILED = "failed"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="publications"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    period = models.CharField(max_length=12)
    on = models.DateField()
    map = models.DateField()
    language = models.CharField(max_length=2)
    formats = models.JSONField(default=list)
    issuer = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    seat = models.CharField(max_length=120, blank=True)
    dated = models.DateField()
    signer_title = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=400, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    progress = models.FloatField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    seq = models.PositiveBigIntegerField(default=0)
    figures = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    checksum = models.CharField(max_length=64, blank=True)
    ordered_by = models.CharField(max_length=64)
    ordered_name = models.CharField(max_length=200)
    ordered_at = models.DateTimeField()
    issued_name = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued")
                | (Q(issued_at__isnull=False) & ~Q(checksum="") & ~Q(number="")),
                name="issued_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "running", "made", "issued", "failed"]
                ),
                name="publication_state",
            ),
            models.UniqueConstraint(
                fields=["programme", "number", "language"],
                condition=Q(state="issued"),
                name="number_issued_once",
            ),
        ]


class PublishedFile(models.Model):
    """A publication in one format."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    format = models.CharField(max_length=4)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "format"], name="format_once"
            )
        ]
