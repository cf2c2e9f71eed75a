"""Tables brought up to date: a new database gets them at once, an old one by steps."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder

from donbay.web.installation.locks import in_turn


def bring_up_to_date(tell: Callable[[int], None] = lambda _: None) -> int:
    """Returns how many steps were taken, which `tell` hears before the first.

    Several processes may ask at once: they go one after the other.
    """
    if not _steps():
        return 0
    with in_turn("migrate"):
        steps = _steps()
        if not steps:
            return 0
        tell(len(steps))
        if connection.introspection.table_names():
            call_command("migrate", verbosity=0, interactive=False)
        else:
            _make_all(steps)
        return len(steps)


def _steps() -> list[Migration]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _ in plan]


def _make_all(steps: list[Migration]) -> None:
    """What the steps would make, in one transaction; it takes a tenth of the time.

    `tests/web/installation/test_tables.py` holds the one against the other.
    """
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        recorder.ensure_schema()
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:  # noqa: SLF001 -- Django's documented name
                editor.create_model(model)
        for step in steps:
            if apps.get_app_config(step.app_label).name.startswith("donbay."):
                _run_python(step, editor)
            recorder.record_applied(step.app_label, step.name)
    call_command("migrate", verbosity=0, interactive=False)  # what follows migrating


def _run_python(step: Migration, editor: BaseDatabaseSchemaEditor) -> None:
    for operation in step.operations:
        if isinstance(operation, RunPython):
            operation.code(apps, editor)  # type: ignore[arg-type]  # the tables of now are those of the last step
