"""The two engines behind one question. Each is imported only when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from donbay.domain.verdicts import Days, Evaluation

if TYPE_CHECKING:
    from donbay.engine.fast import Result
    from donbay.folder.study import Study

ENGINES = ("fast", "plain")


def fast_result(study: Study, days: Days) -> Result:
    """All four tables, as columns or as rows."""
    from donbay.engine import fast  # noqa: PLC0415 -- see above

    log, acts = study.tables.log(), study.tables.acts
    return fast.evaluate(study.programme, study.territory, log, acts, days)


def plain_rows(
    study: Study,
    days: Days,
    tables: tuple[str, ...],
    units: frozenset[str] | None = None,
) -> Evaluation:
    """Rows of the tables asked for, with the rows of the ledger behind each."""
    from donbay.engine import plain  # noqa: PLC0415 -- see above

    reports, acts = study.observations, study.tables.acts
    return plain.evaluate(
        study.programme,
        study.territory,
        reports,
        acts,
        days,
        tables=tables,
        units=units,
    )
