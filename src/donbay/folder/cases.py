"""Runs a pack's own cases on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.domain.verdicts import Evaluation
from donbay.folder.engines import ENGINES
from donbay.packs import Case, Expected, Pack, load_pack, read_cases


@dataclass(frozen=True, slots=True)
class Failure:
    """An expected row that an engine did not give. `got` None: no such row."""

    case: Case
    engine: str
    expected: Expected
    got: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound pack, with what its cases said."""

    pack: Pack
    cases: int
    failures: tuple[Failure, ...]


def check_pack(path: Path) -> Checked:
    """Raises Refused where the pack or its cases cannot be read."""
    pack = load_pack(path)
    cases = read_cases(path, pack.programme)
    failures = [
        failure
        for case in cases
        for engine in ENGINES
        for failure in run_case(pack.programme, case, engine)
    ]
    return Checked(pack, len(cases), tuple(failures))


def run_case(programme: Programme, case: Case, engine: str) -> Iterator[Failure]:
    found = _evaluated(programme, case, engine)
    for expected in case.expected:
        row = next(
            (r for r in getattr(found, expected.table) if expected.is_about(r)), None
        )
        if row is None:
            if not expected.absent:
                yield Failure(case, engine, expected, None)
        elif expected.absent:
            yield Failure(case, engine, expected, {"absent": "no"})
        elif wrong := expected.differences(row):
            got = {name: found for name, (_, found) in wrong.items()}
            yield Failure(case, engine, expected, got)


def _evaluated(programme: Programme, case: Case, engine: str) -> Evaluation:
    territory = Territory(case.versions, case.successions)
    if engine == "fast":
        from donbay.engine import fast  # noqa: PLC0415 -- only if asked

        return fast.evaluate_rows(
            programme, territory, case.observations, case.acts, case.days
        )
    from donbay.engine import plain  # noqa: PLC0415 -- as above

    return plain.evaluate(programme, territory, case.observations, case.acts, case.days)
