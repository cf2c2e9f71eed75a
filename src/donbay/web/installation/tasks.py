"""Jobs of the installation itself."""

from __future__ import annotations

from django_tasks import task


@task()
def nothing() -> None:
    """Does nothing: whether jobs are run at all can be asked by queueing it."""
