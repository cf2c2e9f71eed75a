"""The database keeps these rows from being changed."""

from django.db import migrations

from donbay.web.journal.migrations._append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]
    operations = [append_only("quality_dismissal")]
