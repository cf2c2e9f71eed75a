"""Kept verdicts are rewritten with every approval: fewer indexes, and room beside them.

An index by evaluation or unit alone says nothing that the unique ones do not. Where a
page of PostgreSQL has room, a row is rewritten on it and no index needs to know.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = {
    "unitvalues": "values",
    "targetverdict": "targets",
    "criteriaverdicts": "criteria",
    "levelverdict": "levels",
}
FULL = 70  # percent of a page


def leave_room(_: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        for table in TABLES:
            editor.execute(f"ALTER TABLE results_{table} SET (fillfactor = {FULL})")


def of_evaluation(table: str, related: str) -> migrations.AlterField:
    return migrations.AlterField(
        model_name=table,
        name="evaluation",
        field=models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.CASCADE,
            related_name=related,
            to="results.evaluation",
        ),
    )


def of_unit(table: str) -> migrations.AlterField:
    return migrations.AlterField(
        model_name=table,
        name="unit",
        field=models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="territory.unit",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0001_initial"),
        ("territory", "0001_initial"),
    ]
    operations = [
        *(of_evaluation(table, related) for table, related in TABLES.items()),
        *(of_unit(table) for table in TABLES),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
