"""The database keeps claims from being changed: they are what was read."""

from django.db import migrations

from donbay.web.journal.migrations._append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [append_only("evidence_claim")]
