"""Files of reports that were brought, and what became of them."""

from django.db import models

from donbay.web.files.models import StoredFile
from donbay.web.programmes.models import Programme


class Import(models.Model):
    """One file, from the day it was brought to its batch in the ledger.

    `summary` says what would be entered; `problems` are all of the file: code, line,
    column and parameters, put in words for whoever reads them.
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        WRONG = "wrong"
        CHECKED = "checked"
        APPLYING = "applying"
        DONE = "done"
        FAILED = "failed"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.CHECKING
    )
    progress = models.FloatField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    summary = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    batch = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
