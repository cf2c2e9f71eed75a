"""Decisions about places, and each thing that was moved because of one."""

from django.db import models

from donbay.web.files.models import StoredFile


class Reorganisation(models.Model):
    """A decision, the rows by which it changes the places, and how far it has come.

    `rehearsed` is what it would do, told on the places of `rehearsed_on` (revision of
    the territory). `before` are the versions of its units without it.
    """

    class State(models.TextChoices):
        RECORDED = "recorded"
        APPLIED = "applied"
        UNDONE = "undone"

    day = models.DateField()
    number = models.CharField(max_length=80)
    authority = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+"
    )
    document_name = models.CharField(max_length=200, blank=True)
    versions = models.JSONField()
    successions = models.JSONField()
    before = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.RECORDED
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)
    rehearsed = models.JSONField(null=True)
    rehearsed_at = models.DateTimeField(null=True)
    rehearsed_on = models.PositiveBigIntegerField(null=True)
    rehearsing = models.BooleanField(default=False)
    problem = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["recorded", "applied", "undone"]),
                name="reorganisation_state",
            )
        ]


class Move(models.Model):
    """One thing moved: what it was and what it became, so that it can go back."""

    reorganisation = models.ForeignKey(
        Reorganisation, models.PROTECT, related_name="moves"
    )
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    unit = models.CharField(max_length=64)
    to = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)
