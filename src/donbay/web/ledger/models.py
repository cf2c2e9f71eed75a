"""Observations and answers in words; batches are links of a chain of hashes."""

from django.db import models
from django.db.models import F, Q

from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit


class Batch(models.Model):
    """Rows that were appended together: one approval, one import.

    `link` hashes the rows of the batch with the link before it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="batches")
    number = models.PositiveBigIntegerField()
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    origin = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, blank=True)
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    rows_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="batch_number"
            ),
            models.CheckConstraint(
                condition=Q(first__lte=F("last")), name="batch_has_rows"
            ),
        ]


class Observation(models.Model):
    """One reported number. `value` null withdraws; zero is a value.

    `seq` counts the rows of a programme; of two rows of a key the later one holds.
    `recorded_at` is the moment of approval, `reported_on` a day that an import brought.

    What a row belongs to is looked up once for its batch, by `append`, instead of once
    for each row by the database: decision 0032.
    """

    id = models.BigAutoField(primary_key=True)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    seq = models.PositiveBigIntegerField()
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        related_name="observations",
        db_index=False,
        db_constraint=False,
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    indicator = models.CharField(max_length=80)
    period = models.CharField(max_length=12)
    category = models.CharField(max_length=80, blank=True)
    value = models.FloatField(null=True)
    bound = models.CharField(max_length=10, default="exact")
    recorded_at = models.DateTimeField()
    reported_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "seq"], name="observation_seq")
        ]
        indexes = [
            models.Index(
                fields=["programme", "unit", "period"], name="observation_report"
            )
        ]


class Statement(models.Model):
    """One answer in words, a choice or a day; append-only like the figures.

    `field` is the form's; `value` empty withdraws.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="statements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    form = models.CharField(max_length=60)
    field = models.CharField(max_length=80)
    period = models.CharField(max_length=12)
    value = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "seq"], name="statement_seq")
        ]
        indexes = [
            models.Index(
                fields=["programme", "unit", "form", "period"], name="statement_key"
            )
        ]
