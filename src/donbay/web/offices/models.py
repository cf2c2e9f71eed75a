"""Offices at each level, the people in them, and what they may do where and when."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit


class Office(models.Model):
    """A body of government at a place, with the leader who answers for it."""

    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=40)
    leader = models.ForeignKey(
        "offices.User", models.PROTECT, null=True, related_name="leads"
    )


class User(AbstractUser):
    """A person who signs in."""

    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="vi")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="people")

    def __str__(self) -> str:
        return self.name or self.username


class Role(models.Model):
    """What a person may do, over which places, in which programme, between which days.

    `programme` null is every programme. `criteria` names, for an owner, the criteria
    (`set/criterion`) that their department answers for.
    """

    class Kind(models.TextChoices):
        REPORTER = "reporter"
        REVIEWER = "reviewer"
        OWNER = "owner"
        PROGRAMME_OFFICE = "programme_office"
        LEADER = "leader"
        INSPECTOR = "inspector"

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, related_name="roles"
    )
    criteria = models.JSONField(default=list)
    starts = models.DateField()
    ends = models.DateField(null=True)
    given_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__lte=F("ends")),
                name="role_days_in_order",
            )
        ]
        indexes = [models.Index(fields=["user", "kind"], name="role_of_user")]
