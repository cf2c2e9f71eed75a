"""The synthetic case as a pack folder, so that the site can install it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.case import Case
from benchmarks.increments import VALUES
from benchmarks.our_pack import pack_of
from benchmarks.spec import REGIONS
from donbay.domain.criteria import Criterion, Threshold, sub_criteria
from donbay.domain.indicators import Indicator
from donbay.domain.programmes import Programme
from donbay.domain.targets import Target

LANGUAGES = ("vi", "en", "fr", "ar")
FORM = "commune_quarter"
PROGRAMME = "nation"


def write(case: Case, folder: Path) -> Path:
    """Write the pack anew; gives its folder."""
    promise = pack_of(case)
    _put(folder / "programme.yaml", _programme(promise))
    for one in promise.indicators.values():
        _put(folder / "indicators" / f"{one.id}.yaml", _indicator(one))
    _put(folder / "targets.yaml", [_target(one) for one in promise.targets])
    _put(folder / "criteria" / "ladder.yaml", _criteria(promise))
    _put(folder / "forms" / f"{FORM}.yaml", _form(case))
    for language in LANGUAGES:
        _put(folder / "texts" / f"{language}.yaml", _texts(promise))
    return folder


def _put(path: Path, what: object) -> None:
    """JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(what, indent=1), encoding="utf-8")


def _present(**some: object) -> dict[str, object]:
    return {name: value for name, value in some.items() if value is not None}


def _programme(promise: Programme) -> dict[str, object]:
    return {
        "id": PROGRAMME,
        "synthetic": "yes",
        "levels": [{"id": level.id} for level in promise.levels],
        "regions": [f"R{n + 1}" for n in range(REGIONS)],
        "documents": [
            {
                "id": "synthetic",
                "number": "synthetic",
                "issuer": "benchmarks",
                "verification": "data",
            }
        ],
    }


def _indicator(one: Indicator) -> dict[str, object]:
    condition = one.condition and {
        "indicator": one.condition.indicator,
        "comparator": str(one.condition.comparator),
        "value": one.condition.value,
    }
    return _present(
        level=one.level,
        frequency=str(one.frequency),
        roll_up=str(one.roll_up),
        unit="synthetic",
        numerator=one.numerator,
        denominator=one.denominator,
        scale=one.scale if one.numerator or condition else None,
        weight=one.weight,
        condition=condition,
        min_coverage=one.min_coverage if one.weight or one.numerator else None,
    )


def _id(one: Target) -> str:
    return one.id.replace("-", "_")


def _target(one: Target) -> dict[str, object]:
    baseline = one.baseline and {"period": str(one.baseline.period)}
    return _present(
        id=_id(one),
        indicator=one.indicator,
        comparator=str(one.comparator),
        value=one.value,
        deadline=str(one.deadline),
        baseline=baseline,
        by=list(one.levels),
        source="synthetic",
    )


def _criteria(promise: Programme) -> dict[str, object]:
    (ladder,) = promise.criteria
    return {
        "id": ladder.id,
        "unit_level": ladder.unit_level,
        "levels": [
            {"id": level.id, "criteria": [_criterion(one) for one in level.criteria]}
            for level in ladder.levels
        ],
    }


def _criterion(one: Criterion) -> dict[str, object]:
    return {"id": one.id, "node": {"all": list(_leaves(one))}}


def _leaves(one: Criterion) -> Iterator[dict[str, object]]:
    for leaf in sub_criteria(one.node):
        assert isinstance(leaf.rule, Threshold)
        yield {
            "sub": leaf.id,
            "indicator": leaf.rule.indicator,
            "comparator": str(leaf.rule.comparator),
            "limits": [
                {"region": limit.region, "value": limit.value}
                for limit in leaf.rule.limits
            ],
            "source": "synthetic",
        }


def _form(case: Case) -> dict[str, object]:
    fields = [{"indicator": name} for name in case.series_ids[:VALUES]]
    return {
        "level": "commune",
        "frequency": "quarter",
        "review": ["province"],
        "sections": [{"id": "figures", "fields": fields}],
    }


def _texts(promise: Programme) -> dict[str, Any]:
    (ladder,) = promise.criteria
    said: dict[str, Any] = {level.id: level.id for level in ladder.levels}
    every = [one for level in ladder.levels for one in level.criteria]
    return {
        "programme": {"title": "Synthetic nation"},
        "levels": {level.id: level.id for level in promise.levels},
        "regions": {f"R{n + 1}": f"R{n + 1}" for n in range(REGIONS)},
        "documents": {"synthetic": "Synthetic"},
        "forms": {FORM: {"title": "Quarter", "sections": {"figures": "Figures"}}},
        "indicators": {
            name: {"title": f"Series {name}", "unit": "synthetic"}
            for name in promise.indicators
        },
        "targets": {_id(one): f"Target {one.id}" for one in promise.targets},
        "criteria": {
            ladder.id: {
                "title": "Ladder",
                "levels": said,
                **{one.id: one.id for one in every},
                "sub": {
                    leaf.id: leaf.id for one in every for leaf in sub_criteria(one.node)
                },
            }
        },
    }
