"""Entries of the journal, and the chains that they are links of."""

import hashlib
import json
from datetime import UTC

from django.db import models

HASHED = (
    *("chain", "number", "by", "by_name", "address", "channel"),
    *("verb", "kind", "object", "details", "previous"),
)


class Chain(models.Model):
    """One chain of entries: of a programme, or of the site. Its row is the lock.

    Whoever holds the row (SELECT FOR UPDATE; on SQLite the one writer) may add to the
    chain and, where it is a programme's, to that programme's ledger.
    """

    name = models.CharField(max_length=80, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    link = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """One thing that somebody did. No foreign keys: it outlives what it speaks of."""

    chain = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    address = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=20)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    object = models.CharField(max_length=100)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="entry_number")
        ]
        indexes = [
            models.Index(fields=["kind", "object", "-id"], name="entry_object"),
            models.Index(fields=["by", "-id"], name="entry_by"),
        ]

    def computed_link(self) -> str:
        """The hash of what the entry says, with the link before it."""
        said = {name: getattr(self, name) for name in HASHED}
        said["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        text = json.dumps(
            said, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()
