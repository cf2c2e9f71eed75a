"""Acts as they were recorded, each a link of its programme's chain of hashes."""

import hashlib
import json
from datetime import UTC

from django.db import models
from django.db.models import F, Q

from donbay.web.files.models import StoredFile
from donbay.web.programmes.models import Programme
from donbay.web.territory.models import Unit

HASHED = (
    *("programme_id", "place", "unit_id", "kind", "subject", "level", "result"),
    *("start", "end", "number", "authority", "date", "document_id"),
    *("document_name", "annuls_id", "reason", "by", "previous"),
)


class Act(models.Model):
    """A decision about a place; `level` empty of a recognition revokes.

    `place` counts the acts of a programme: of two of one day the later holds. One that
    `annuls` another says only that the other was recorded by mistake, and why.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="acts")
    place = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=20, blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    number = models.CharField(max_length=80)
    authority = models.CharField(max_length=200)
    date = models.DateField()
    document = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+"
    )
    document_name = models.CharField(max_length=200, blank=True)
    annuls = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="annulled_by"
    )
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "place"], name="act_place"),
            models.CheckConstraint(
                condition=Q(annuls__isnull=True) | ~Q(reason=""),
                name="annulment_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True)
                | Q(end__isnull=True)
                | Q(start__lte=F("end")),
                name="act_days_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "unit", "kind"], name="act_of_unit"),
            models.Index(fields=["programme", "end"], name="act_end"),
        ]

    def computed_link(self) -> str:
        """The hash of what the act says, with the link before it."""
        said = [getattr(self, name) for name in HASHED]
        said.append(self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"))
        text = json.dumps(said, ensure_ascii=False, default=str, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
