"""Units, their dated versions, and successions. Meaning: DESIGN section 4."""

from django.db import models
from django.db.models import F, Q

from donbay.web.files.models import StoredFile


class Unit(models.Model):
    """A place with an opaque lasting id."""

    id = models.CharField(max_length=64, primary_key=True)
    order = models.PositiveIntegerField(db_index=True)


class UnitVersion(models.Model):
    """What a unit was called and belonged to between two days; open ends are null.

    `folded` is the name without marks, for searching.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    level = models.CharField(max_length=40)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="children_versions"
    )
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    region = models.CharField(max_length=60, blank=True)
    tags = models.JSONField(default=list)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="version_days_in_order",
            )
        ]
        indexes = [models.Index(fields=["level", "valid_to"], name="version_level")]


class Succession(models.Model):
    """From `date`, part `share` of `origin` belongs to `heir`; null: not published."""

    date = models.DateField()
    origin = models.ForeignKey(Unit, models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    share = models.FloatField(null=True)
    basis = models.CharField(max_length=100, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["date", "origin", "heir"], name="succession_once"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share",
            ),
        ]


class Revision(models.Model):
    """Which territory it is: what was read of it is kept by this number."""

    number = models.PositiveBigIntegerField(default=0)


class BoundarySet(models.Model):
    """A file of areas that an operator brought: whose they are, and of which day."""

    day = models.DateField()
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200)
    address = models.URLField(max_length=300, blank=True)
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    tolerance = models.FloatField()
    at = models.DateTimeField()


class UnitBoundary(models.Model):
    """The area of a unit as drawn on the set's day: coordinates of a MultiPolygon."""

    set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="areas")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="areas")
    polygons = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "unit"], name="area_once")
        ]
