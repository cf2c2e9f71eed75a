"""Checks of programme.yaml, tasks and sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from donbay.domain.indicators import RollUp
from donbay.domain.sources import Verification
from donbay.packs.book import by_id
from donbay.packs.checking import Checking, cycles, inside
from donbay.packs.places import Place
from donbay.packs.reader import Found

_LISTS = ("levels", "documents", "objectives", "funding", "claims")
_LINKS = ("implements", "amends", "replaces")


def check_programme(c: Checking) -> None:
    programme = c.book.programme
    _levels(c)
    for key in _LISTS[1:]:
        by_id(c.book.listed(key), c.problems)
    before(c, programme, "in_force", "until")
    c.scope(programme)
    for document in c.book.listed("documents"):
        _document(c, document)
    _objectives(c)
    for some in c.book.listed("mobilisation"):
        _mobilisation(c, some)
    for claim in c.book.listed("claims"):
        value, of = claim.get("value", float), claim.get("of", float)
        if of is not None and (value is None or value > of):
            c.add(claim.at("of"), "claim_of", value=value, of=of)


def before(c: Checking, record: Found, first: str, second: str) -> None:
    """Two dates of a record in order, where both are given."""
    one, other = record.get(first, date), record.get(second, date)
    if one and other and one > other:
        c.add(
            record.at(second),
            "dates_order",
            first=first,
            one=one,
            second=second,
            other=other,
        )


def _levels(c: Checking) -> None:
    own = c.book.programme.all("levels", Found)
    by_id(list(own), c.problems)
    if not c.book.levels and not c.book.programme.has("levels"):
        c.add(
            c.book.programme.place,
            "key_missing",
            key="levels",
            example="[{id: province}, {id: commune}]",
        )
    if c.book.base and own:
        ids = [level.get("id", str) for level in own]
        wanted = c.book.base.level_ids
        if [i for i in ids if i in wanted] != wanted:
            place = c.book.programme.at("levels")
            c.add(place, "levels_of_base", levels=", ".join(wanted))


def _document(c: Checking, document: Found) -> None:
    before(c, document, "date", "in_force")
    for key in _LINKS:
        c.refer_all(document, key, "unknown_document", c.book.ids("documents"))
        if document.get("id", str) in document.all(key, str):
            c.add(document.at(key), "document_itself", key=key)
        for other, place in document.each(key, str):
            _later(c, document, other, place)


def _later(c: Checking, document: Found, other: str, place: Place) -> None:
    """Nothing carries out, changes or ends what was signed after it."""
    known = {d.get("id", str): d.get("date", date) for d in c.book.listed("documents")}
    own, its = document.get("date", date), known.get(other)
    if own and its and its > own:
        c.add(place, "document_earlier", day=own, other=other, its=its)


def _objectives(c: Checking) -> None:
    known = c.book.ids("objectives")
    parents: dict[str, Iterable[str]] = {}
    places = {}
    for objective in c.book.listed("objectives"):
        c.refer(objective, "parent", "unknown_objective", known)
        name, parent = objective.get("id", str), objective.get("parent", str)
        if name and parent:
            parents[name], places[name] = [parent], objective.at("parent")
    for trail in cycles(parents):
        c.add(places[trail[0]], "cycle", trail=" → ".join(trail))


def _mobilisation(c: Checking, some: Found) -> None:
    c.refer(some, "indicator", "unknown_indicator", c.indicator_ids())
    indicator = c.book.indicators.get(some.get("indicator", str) or "")
    if indicator is None:
        return
    categories = indicator.all("categories", str)
    for key in ("sources", "forms"):
        for category, said in some.pairs(key):
            c.must_know(category, said.place, "unknown_category", categories)
    for _, said in some.pairs("sources"):
        c.must_know(
            str(said.value), said.place, "unknown_funding", c.book.ids("funding")
        )
    given = {category for category, _ in some.pairs("sources")}
    missing = [category for category in categories if category not in given]
    if missing:
        place = some.at("sources" if some.has("sources") else "indicator")
        c.add(place, "mobilisation_gap", categories=", ".join(missing))
    _as_published(c, some)


def _as_published(c: Checking, some: Found) -> None:
    """Shares and leverage that were printed are reported, and shares are in %."""
    named = [(str(said.value), said.place, True) for _, said in some.pairs("shares")]
    if leverage := some.get("leverage", str):
        named.append((leverage, some.at("leverage"), False))
    for funding, said in some.pairs("shares"):
        c.must_know(funding, said.place, "unknown_funding", c.book.ids("funding"))
    for name, place, percent in named:
        c.must_know(name, place, "unknown_indicator", c.indicator_ids())
        found = c.book.indicators.get(name)
        rule = found.get("roll_up", RollUp) if found else None
        if found is None or rule is None:
            continue
        if not rule.collected or (percent and found.get("unit", str) != "%"):
            c.add(place, "mobilisation_published", indicator=name)


def check_tasks(c: Checking) -> None:
    for task in c.book.tasks.values():
        c.refer(task, "objective", "unknown_objective", c.book.ids("objectives"))
        steps = list(task.all("milestones", Found))
        by_id(steps, c.problems)
        deadline = task.get("deadline", date)
        days = [(d, step) for step in steps if (d := step.get("due", date))]
        for (one, _), (other, step) in pairwise(days):
            if other < one:
                c.add(step.at("due"), "milestones_order", day=other, before=one)
        for day, step in days:
            if deadline and day > deadline:
                c.add(step.at("due"), "milestone_late", day=day, deadline=deadline)


def check_sources(c: Checking) -> None:
    """Every citation, wherever it stands."""
    book = c.book
    tables = (book.indicators, book.targets, book.tasks, book.criteria)
    records = [*book.programmes, *book.tighten]
    records += [record for table in tables for record in table.values()]
    for record in records:
        for found in inside(record):
            source = found.get("source", Found)
            if source is not None:
                _source(c, source)


def _source(c: Checking, source: Found) -> None:
    c.refer(source, "document", "unknown_document", c.book.ids("documents"))
    how = source.get("verification", Verification)
    if source.has("document"):
        pass
    elif not source.has("verification"):
        c.add(source.place, "verification_missing")
    elif (how is Verification.SOURCED and not source.has("href")) or (
        how is Verification.DATA and not (source.has("href") or source.has("title"))
    ):
        c.add(source.place, "source_nowhere")
    if how is Verification.UNVERIFIED and not source.has("note"):
        c.add(source.place, "note_missing")
