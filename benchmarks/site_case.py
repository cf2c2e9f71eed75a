"""The synthetic case as an installed site: its pack in YAML, its places and its ledger.

Run with DONBAY_HOME, DONBAY_DATABASE and DJANGO_SETTINGS_MODULE set, after `migrate`.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import yaml
from django.conf import settings
from django.utils import timezone

from benchmarks import case as cases
from benchmarks import generate
from benchmarks.case import Case
from benchmarks.our_pack import pack_of, territory_of
from benchmarks.spec import REGIONS
from donbay.domain.criteria import All, Criterion, SubCriterion, Threshold
from donbay.domain.indicators import Indicator
from donbay.domain.programmes import Programme as Promise
from donbay.domain.targets import Target
from donbay.web.journal.actions import NOBODY, acting
from donbay.web.ledger.actions import Origin, Row, append
from donbay.web.programmes.models import Edition, Programme
from donbay.web.results.actions import turn_day
from donbay.web.territory.models import Revision, Succession, Unit, UnitVersion
from donbay.web.territory.queries import folded

AT_ONCE = 50_000  # rows of one batch
MADE_UP = {"document": "made_up", "verification": "unverified", "note": "made up"}
FORM = "commune_quarter"
REGION_NAMES = tuple(f"R{n + 1}" for n in range(REGIONS))


def write_pack(case: Case, folder: Path) -> Promise:
    """The programme of the case as a jurist would write it, without words."""
    promise = pack_of(case)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "indicators").mkdir(parents=True)
    (folder / "criteria").mkdir()
    (folder / "forms").mkdir()
    _write(folder / "programme.yaml", _programme(promise))
    for indicator in promise.indicators.values():
        _write(folder / "indicators" / f"{indicator.id}.yaml", _indicator(indicator))
    _write(folder / "targets.yaml", [_target(target) for target in promise.targets])
    ladder = promise.criteria[0]
    _write(
        folder / "criteria" / "ladder.yaml",
        {
            "id": ladder.id,
            "unit_level": ladder.unit_level,
            "levels": [
                {"id": level.id, "criteria": [_criterion(c) for c in level.criteria]}
                for level in ladder.levels
            ],
        },
    )
    fields = [{"indicator": name} for name in case.series_ids]
    _write(
        folder / "forms" / f"{FORM}.yaml",
        {
            "level": "commune",
            "frequency": "quarter",
            "review": ["district", "province"],
            "sections": [{"id": "figures", "fields": fields}],
        },
    )
    (folder / "texts").mkdir()
    for language in ("vi", "en", "fr", "ar"):
        _write(folder / "texts" / f"{language}.yaml", _texts(promise))
    return promise


def _texts(promise: Promise) -> dict[str, object]:
    """Everything under its own name."""
    ladder = promise.criteria[0]
    criteria = [c for level in ladder.levels for c in level.criteria]
    leaves = [
        leaf for c in criteria if isinstance(c.node, All) for leaf in c.node.parts
    ]
    subs = [leaf.id for leaf in leaves if isinstance(leaf, SubCriterion)]
    return {
        "programme": {"title": promise.id},
        "levels": {level.id: level.id for level in promise.levels},
        "regions": {name: name for name in REGION_NAMES},
        "documents": {"made_up": "Made up"},
        "forms": {FORM: {"title": FORM, "sections": {"figures": "Figures"}}},
        "indicators": {
            name: {"title": name, "unit": "units"} for name in promise.indicators
        },
        "targets": {target.id: target.id for target in promise.targets},
        "criteria": {
            ladder.id: {
                "title": ladder.id,
                "levels": {level.id: level.id for level in ladder.levels},
                **{one.id: one.id for one in criteria},
                "sub": {name: name for name in subs},
            }
        },
    }


def _write(path: Path, what: object) -> None:
    path.write_text(yaml.safe_dump(what, sort_keys=False, allow_unicode=True))


def _programme(promise: Promise) -> dict[str, object]:
    return {
        "id": promise.id,
        "synthetic": "yes",
        "in_force": "2020-01-01",
        "levels": [{"id": level.id} for level in promise.levels],
        "regions": list(REGION_NAMES),
        "documents": [
            {
                "id": "made_up",
                "number": "0/MADE-UP",
                "issuer": "nobody",
                "date": "2020-01-01",
                "verification": "unverified",
            }
        ],
        "calendar": [
            {
                "id": "quarterly",
                "kind": "quarterly",
                "form": FORM,
                "opens": 1,
                "due": 15,
                "closes": 60,
            }
        ],
    }


def _indicator(one: Indicator) -> dict[str, object]:
    said: dict[str, object] = {
        "level": one.level,
        "frequency": str(one.frequency),
        "roll_up": str(one.roll_up),
        "unit": "units",
    }
    for name in ("weight", "numerator", "denominator"):
        if getattr(one, name):
            said[name] = getattr(one, name)
    if one.scale != 1:
        said["scale"] = one.scale
    if one.condition is not None:
        said["condition"] = {
            "indicator": one.condition.indicator,
            "comparator": str(one.condition.comparator),
            "value": one.condition.value,
        }
    return said


def _target(one: Target) -> dict[str, object]:
    said: dict[str, object] = {
        "id": one.id,
        "indicator": one.indicator,
        "comparator": str(one.comparator),
        "value": one.value,
        "deadline": one.deadline.isoformat(),
        "by": list(one.levels),
        "source": dict(MADE_UP),
    }
    if one.baseline is not None:
        said["baseline"] = {"period": str(one.baseline.period)}
    return said


def _criterion(one: Criterion) -> dict[str, object]:
    assert isinstance(one.node, All)
    return {"id": one.id, "node": {"all": [_leaf(leaf) for leaf in one.node.parts]}}


def _leaf(leaf: object) -> dict[str, object]:
    assert isinstance(leaf, SubCriterion)
    rule = leaf.rule
    assert isinstance(rule, Threshold)
    return {
        "sub": leaf.id,
        "indicator": rule.indicator,
        "comparator": str(rule.comparator),
        "limits": [{"region": x.region, "value": x.value} for x in rule.limits],
        "source": dict(MADE_UP),
    }


# --- into the database ---------------------------------------------------------------


def install(scale: str, data: Path, *, rows: int | None = None) -> Programme:
    """Everything of a case on this site; `rows` leaves out later ones of the log."""
    folder = generate.ensure(scale, data)
    case = cases.read(folder)
    _places(case)
    pack = data / f"pack-{scale}"
    write_pack(case, pack)
    programme = _installed(case, pack)
    _ledger(programme, folder / cases.LOG, rows)
    return programme


def _places(case: Case) -> None:
    territory = territory_of(case)
    Unit.objects.bulk_create(
        [Unit(id=unit, order=n) for n, unit in enumerate(territory.versions)],
        batch_size=1000,
    )
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit_id=v.unit,
                code=v.code,
                name=v.name,
                folded=folded(v.name),
                level=v.level,
                parent_id=v.parent,
                valid_from=None if v.valid_from == date.min else v.valid_from,
                valid_to=None if v.valid_to == date.max else v.valid_to,
                region=v.region or "",
            )
            for some in territory.versions.values()
            for v in some
        ],
        batch_size=1000,
    )
    Succession.objects.bulk_create(
        [
            Succession(date=s.date, origin_id=s.origin, heir_id=s.heir, share=s.share)
            for s in territory.successions
        ],
        batch_size=1000,
    )
    Revision.objects.get_or_create(defaults={"number": 1})


def _installed(case: Case, pack: Path) -> Programme:
    hashed = hashlib.sha256()
    for path in sorted(p for p in pack.rglob("*") if p.is_file()):
        hashed.update(path.read_bytes())
    checksum = hashed.hexdigest()
    kept = f"nation-{checksum[:12]}"
    shutil.copytree(pack, Path(settings.PACKS) / kept, dirs_exist_ok=True)
    programme = Programme.objects.create(
        id="nation",
        titles={"en": "A synthetic nation"},
        time_zone="Asia/Ho_Chi_Minh",
        synthetic=True,
    )
    programme.roots.set(Unit.objects.filter(id=case.unit_ids[-1]))
    Edition.objects.create(
        programme=programme,
        checksum=checksum,
        path=kept,
        installed_at=timezone.now(),
    )
    return programme


def _ledger(programme: Programme, log: Path, rows: int | None) -> None:
    """The history, in batches; verdicts follow at its end."""
    done = 0
    for some in _rows(log):
        kept = some if rows is None else some[: rows - done]
        if kept:
            with acting(NOBODY, programme.chain) as act:
                append(act, programme, kept, (), Origin("demonstration"))
        done += len(kept)
    turn_day(programme)


def _rows(log: Path) -> Iterator[list[Row]]:
    for batch in pq.ParquetFile(log).iter_batches(AT_ONCE):
        columns = [batch.column(n) for n in ("unit", "indicator", "period")]
        codes = [np.asarray(c.indices) for c in columns]
        names = [c.dictionary.to_pylist() for c in columns]
        values = batch.column("value").to_pylist()
        sources = batch.column("source").to_pylist()
        yield [
            Row(names[0][u], names[1][i], names[2][p], v, "", "exact", s)
            for u, i, p, v, s in zip(*codes, values, sources, strict=True)
        ]
