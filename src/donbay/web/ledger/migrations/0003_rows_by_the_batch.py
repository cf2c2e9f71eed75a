"""What a row belongs to is looked up once for its batch, not by the database."""

import django.db.models.deletion
from django.db import migrations, models

from donbay.web.journal.migrations._append_only import append_only, changeable


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_append_only"),
        ("programmes", "0001_initial"),
        ("territory", "0001_initial"),
    ]
    operations = [
        changeable("ledger_observation"),
        migrations.AlterField(
            model_name="observation",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="observations",
                to="ledger.batch",
            ),
        ),
        migrations.AlterField(
            model_name="observation",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AlterField(
            model_name="observation",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.unit",
            ),
        ),
        migrations.RemoveIndex("observation", "observation_key"),
        migrations.AddIndex(
            "observation",
            models.Index(
                fields=["programme", "unit", "period"], name="observation_report"
            ),
        ),
        append_only("ledger_observation"),
    ]
