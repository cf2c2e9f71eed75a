"""What a decision would do, computed on a copy of the places; nothing is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date

import numpy as np

from donbay.domain.territory import Territory
from donbay.domain.verdicts import Days
from donbay.engine.fast import Coded, Result
from donbay.engine.fast.columns import Columns
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme, Round
from donbay.web.reorganisations.planning import Plan, roots_after
from donbay.web.reorganisations.queries import opening
from donbay.web.results.following import evaluated
from donbay.web.territory.queries import part_of

Told = dict[str, object]
LISTED = 200  # differences that are named one by one
CLOSE = 1e-9


def rehearsal(plan: Plan) -> Told:
    """Places, what moves, and each programme before and after."""
    moves = plan.moves()
    return {
        "places": {
            "end": len(plan.ended),
            "begin": len(opening(plan.places, plan.change)),
            "before": _size(plan, plan.places, plan.change.eve),
            "after": _size(plan, plan.after, plan.change.day),
        },
        "joined": _joined(plan),
        "moves": [asdict(move) for move in moves],
        "programmes": [_of(plan, programme) for programme in plan.programmes],
    }


def _size(plan: Plan, places: Territory, day: date) -> int:
    """How many places of the programmes concerned there are on a day."""
    roots = [unit.pk for one in plan.programmes for unit in one.roots.all()]
    now = roots_after(plan.after, roots, plan.change.day)
    return len(part_of(places, now).on(day))


def _joined(plan: Plan) -> list[Told]:
    """Each new place by its name, with the names of those that it comes of."""
    of: dict[str, list[str]] = {}
    for one in plan.change.successions:
        of.setdefault(one.heir, []).append(one.origin)
    return [
        {
            "unit": heir,
            "name": _name(plan, heir),
            "of": [_name(plan, origin) for origin in origins],
        }
        for heir, origins in of.items()
    ]


def _name(plan: Plan, unit: str) -> str:
    found = plan.after.version(unit, plan.change.day)
    found = found or plan.places.version(unit, plan.change.eve)
    return found.name if found else unit


def _of(plan: Plan, programme: Programme) -> Told:
    """A programme judged today on the places as they are, and as they would be."""
    on = max(programmes.today(programme), plan.change.day)
    roots = sorted(programme.roots.values_list("pk", flat=True))
    now = roots_after(plan.after, roots, plan.change.day)
    parts = part_of(plan.places, roots), part_of(plan.after, now)
    before, after = (
        evaluated(programme, Days(on, on), places=places) for places in parts
    )
    new = set(opening(plan.places, plan.change))
    return {
        "programme": programme.pk,
        "on": on.isoformat(),
        "totals": _totals(plan, before, after),
        "targets": _targets(plan, before, after),
        "levels": list(_levels(plan, before, after, new)),
        "rounds": list(_rounds(programme, on, parts)),
    }


# --- totals ---------------------------------------------------------------------------


def _totals(plan: Plan, before: Result, after: Result) -> Told:
    """Figures of places that are there before and after: equal, other, or lost."""
    was, now = before.values(), after.values()
    if not was or not now:
        return {"same": 0, "other": 0, "lost": 0, "gained": 0, "new": {}, "list": []}
    names = _Names(was, now, ("unit", "indicator", "period"))
    one, two = names.keys(was), names.keys(now)
    _, at, then = np.intersect1d(one, two, assume_unique=True, return_indices=True)
    old, new = np.asarray(was["value"])[at], np.asarray(now["value"])[then]
    lost, gained = ~np.isnan(old) & np.isnan(new), np.isnan(old) & ~np.isnan(new)
    scale = np.fmax(1.0, np.fmax(np.abs(old), np.abs(new)))
    other = np.abs(old - new) > CLOSE * scale
    differ = np.flatnonzero(lost | gained | other)[:LISTED]
    reasons = now["reason"]
    assert isinstance(reasons, Coded)  # noqa: S101 -- of this table always
    return {
        "same": int(len(at) - (lost | gained | other).sum()),
        "other": int(other.sum()),
        "lost": int(lost.sum()),
        "gained": int(gained.sum()),
        "new": _new(two, one, now),
        "list": [
            {
                **names.told(one[at[i]]),
                "place": _name(plan, str(names.told(one[at[i]])["unit"])),
                "before": _number(old[i]),
                "after": _number(new[i]),
                "reason": _word(reasons, int(then[i])),
            }
            for i in differ.tolist()
        ],
    }


def _new(keys: np.ndarray, known: np.ndarray, now: Columns) -> Told:
    """Of places that begin: how many figures are known, and why others are not."""
    fresh = np.flatnonzero(~np.isin(keys, known, assume_unique=True))
    values = np.asarray(now["value"])[fresh]
    reasons = now["reason"]
    assert isinstance(reasons, Coded)  # noqa: S101 -- of this table always
    missing = fresh[np.isnan(values)]
    why = Counter(_word(reasons, int(i)) for i in missing.tolist())
    return {"known": int((~np.isnan(values)).sum()), "unknown": dict(why)}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _word(column: Coded, at: int) -> str:
    code = int(column.codes[at])
    return column.names[code] if code >= 0 else ""


class _Names:
    """Numbers rows of two tables alike, by what they are of."""

    def __init__(self, one: Columns, two: Columns, by: Iterable[str]) -> None:
        self.names: dict[str, dict[str, int]] = {}
        for name in by:
            texts = (*_coded(one, name).names, *_coded(two, name).names)
            self.names[name] = {t: n for n, t in enumerate(dict.fromkeys(texts))}
        self._texts = {name: list(known) for name, known in self.names.items()}

    def keys(self, table: Columns) -> np.ndarray:
        found = np.zeros(len(_coded(table, next(iter(self.names))).codes), np.int64)
        for name, known in self.names.items():
            column = _coded(table, name)
            number = np.array([known[text] for text in column.names], dtype=np.int64)
            found = found * len(known) + number[column.codes]
        return found

    def told(self, key: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, texts in reversed(self._texts.items()):
            key, at = divmod(int(key), len(texts))
            found[name] = texts[at]
        return found


def _coded(table: Columns, name: str) -> Coded:
    column = table[name]
    assert isinstance(column, Coded)  # noqa: S101 -- of these tables always
    return column


# --- targets, levels, rounds ----------------------------------------------------------


def _targets(plan: Plan, before: Result, after: Result) -> Told:
    """By target how many places stand where; places that stay and stand elsewhere."""
    was, now = before.targets(), after.targets()
    if not was or not now:
        return {"before": {}, "after": {}, "list": []}
    names = _Names(was, now, ("unit", "target"))
    one, two = names.keys(was), names.keys(now)
    _, at, then = np.intersect1d(one, two, assume_unique=True, return_indices=True)
    old, new = _coded(was, "status"), _coded(now, "status")
    reasons = _coded(now, "reason")
    listed = []
    for i, j in zip(at.tolist(), then.tolist(), strict=True):
        if (stood := _word(old, i)) != (stands := _word(new, j)):
            told = names.told(one[i])
            place = _name(plan, told["unit"])
            more = {"before": stood, "after": stands, "reason": _word(reasons, j)}
            listed.append({**told, "place": place, **more})
    return {"before": _tally(was), "after": _tally(now), "list": listed[:LISTED]}


def _tally(table: Columns) -> Told:
    targets, statuses = _coded(table, "target"), _coded(table, "status")
    pairs = np.stack([targets.codes, statuses.codes])
    kinds, counts = np.unique(pairs, axis=1, return_counts=True)
    found: dict[str, dict[str, int]] = {}
    for (target, status), count in zip(kinds.T.tolist(), counts.tolist(), strict=True):
        found.setdefault(targets.names[target], {})[statuses.names[status]] = count
    return dict(found)


def _levels(plan: Plan, before: Result, after: Result, new: set[str]) -> Iterator[Told]:
    """What new places reach and are recognised at, with those that they come of."""
    was = {(row.unit, row.set): row for row in before.level_rows()}
    of: dict[str, list[str]] = {}
    for one in plan.change.successions:
        of.setdefault(one.heir, []).append(one.origin)
    for row in after.level_rows():
        if row.unit in new:
            old = [was[o, row.set] for o in of.get(row.unit, ()) if (o, row.set) in was]
            yield {
                "unit": row.unit,
                "place": _name(plan, row.unit),
                "set": row.set,
                "before": [[_name(plan, o.unit), o.reached, o.recognised] for o in old],
                "reached": row.reached,
                "recognised": row.recognised,
            }


def _rounds(
    programme: Programme, on: date, parts: tuple[Territory, Territory]
) -> Iterator[Told]:
    """Rounds that other places would be asked in."""
    for one in programme.rounds.filter(state=Round.State.OPEN).order_by("due", "pk"):
        one.programme = programme
        counts = [len(programmes.asked_of(one, places).units) for places in parts]
        if counts[0] != counts[1] and one.closes >= on:
            yield {
                "round": one.pk,
                "form": one.form,
                "period": one.period,
                "before": counts[0],
                "after": counts[1],
            }
