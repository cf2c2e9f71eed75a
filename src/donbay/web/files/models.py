"""Files kept once for each content."""

from django.db import models


class StoredFile(models.Model):
    """What was uploaded, by the SHA-256 of its bytes; the bytes lie in the home."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(auto_now_add=True)
