"""Evaluations and the rows that pages read."""

from django.db import models

from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit


class Evaluation(models.Model):
    """The verdicts of a programme for three days.

    One of each programme is `live`: it follows every batch in the transaction that
    appends it, up to row `seq`. The others were asked for (`?on= ?known= ?map=`) and
    are forgotten when there are too many; those on earlier maps that everybody may see
    are kept for a day. `key` says which: none is there twice.
    """

    EVERYBODY = "everybody"  # asked for by nobody in particular

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"

    key = models.CharField(max_length=140, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="evaluations")
    live = models.BooleanField(default=False)
    on = models.DateField()
    map = models.DateField()
    known = models.DateField(null=True)
    seq = models.PositiveBigIntegerField(default=0)
    edition = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    progress = models.FloatField(default=0)
    asked_by = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    used_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)


class UnitValues(models.Model):
    """All values of a unit in a period, packed: `results.packing` reads them."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="values", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=12)
    packed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "unit", "period"], name="values_once"
            )
        ]


class TargetVerdict(models.Model):
    """Where a target stands for a unit: the columns of the `targets` table."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="targets", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    target = models.CharField(max_length=80)
    indicator = models.CharField(max_length=80)
    target_value = models.FloatField()
    status = models.CharField(max_length=12)
    reason = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=12, blank=True)
    value = models.FloatField(null=True)
    coverage = models.FloatField(null=True)
    baseline = models.FloatField(null=True)
    pace = models.FloatField(null=True)
    progress = models.FloatField(null=True)
    exceeded = models.FloatField(null=True)
    first_met = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "unit", "target"], name="target_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["evaluation", "target", "status"], name="target_status"
            )
        ]


class CriteriaVerdicts(models.Model):
    """All criteria of a set for a unit, packed: `results.packing` reads them."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="criteria", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    set = models.CharField(max_length=80)
    packed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "unit", "set"], name="criteria_once"
            )
        ]


class LevelVerdict(models.Model):
    """The level reached, possible and recognised."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="levels", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    set = models.CharField(max_length=80)
    reached = models.CharField(max_length=40)
    possible = models.CharField(max_length=40)
    recognised = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "unit", "set"], name="level_once"
            )
        ]


class FullRun(models.Model):
    """A full evaluation held against the one that is kept current, row by row."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="full_runs")
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    progress = models.FloatField(default=0)
    seq = models.PositiveBigIntegerField(null=True)
    compared = models.PositiveBigIntegerField(null=True)
    differences = models.JSONField(null=True)
    problem = models.CharField(max_length=200, blank=True)
