"""Suspicions that somebody looked at and dismissed. They are kept with the reason."""

from django.db import models
from django.db.models import Q

from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit


class Dismissal(models.Model):
    """Why one suspicion is none: whoever screens again is not told it anew."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=80, blank=True)
    period = models.CharField(max_length=12)
    reason = models.TextField()
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "unit", "indicator", "period"],
                name="dismissed_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_reason"),
        ]
