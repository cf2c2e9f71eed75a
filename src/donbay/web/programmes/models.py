"""Programmes, the editions of their packs, and rounds of reporting."""

from django.db import models
from django.db.models import F, Q

from donbay.web.territory.models import Unit


class Programme(models.Model):
    """A programme that the site runs. What it promises stands in its pack.

    `published_at`: since when everybody may read it in the portal; null is nobody.
    """

    id = models.CharField(max_length=80, primary_key=True)
    titles = models.JSONField(default=dict)
    time_zone = models.CharField(max_length=60)
    synthetic = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    roots = models.ManyToManyField(Unit, related_name="+")

    @property
    def chain(self) -> str:
        """The journal's chain of this programme; its row is the programme's lock."""
        return f"programme:{self.id}"


class Edition(models.Model):
    """A pack as installed: the folder in the home that has this checksum."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="installed_editions"
    )
    checksum = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    installed_at = models.DateTimeField()
    installed_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "checksum"], name="edition_once"
            )
        ]


class Round(models.Model):
    """One form asked for one period, with its days."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    call = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=60)
    period = models.CharField(max_length=12)
    opens = models.DateField()
    due = models.DateField()
    closes = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "call", "form", "period"], name="round_once"
            ),
            models.CheckConstraint(
                condition=Q(opens__lte=F("due")) & Q(due__lte=F("closes")),
                name="round_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed"]), name="round_state"
            ),
        ]


class Extension(models.Model):
    """More time for one late unit, with the reason."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="extensions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    until = models.DateField()
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="extension_has_a_reason"
            )
        ]
