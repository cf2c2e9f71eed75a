"""A folder cut down to some rows of its ledger: a verdict needs no more."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from donbay.domain.ledger import Observation

if TYPE_CHECKING:
    from donbay.folder.study import Study

HEADER = (
    "unit",
    "indicator",
    "period",
    "category",
    "value",
    "bound",
    "recorded_at",
    "source",
)
WHOLE = ("units.csv", "successions.csv", "acts.csv", "sources.csv", "SYNTHETIC.md")


def cut_folder(study: Study, rows: Iterable[int], folder: Path) -> None:
    """Write `folder` with the places and acts whole and only these rows reported.

    Raises FileExistsError where the folder is there already.
    """
    folder.mkdir(parents=True)
    for name in WHOLE:
        if (study.path / name).is_file():
            shutil.copyfile(study.path / name, folder / name)
    pack = os.path.relpath(study.pack.path, folder)
    (folder / "pack").write_text(f"{pack}\n", encoding="utf-8")
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(cells(study.observations[row]) for row in sorted(rows))


def cells(observation: Observation) -> tuple[str, ...]:
    """An observation as the cells of its row."""
    value = observation.value
    return (
        observation.unit,
        observation.indicator,
        str(observation.period),
        observation.category or "",
        "" if value is None else repr(value),
        str(observation.bound),
        observation.recorded_at.isoformat(),
        observation.source,
    )
