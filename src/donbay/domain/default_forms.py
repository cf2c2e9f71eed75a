"""The forms of a programme: those of its pack, else one per level and frequency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from donbay.domain.forms import Field, FieldKind, Form, Section, figure_id
from donbay.domain.formulas import operands
from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency
from donbay.domain.programmes import Programme

OTHER = "other"  # the section of what no objective asks for; its title is a house text


def forms_of(programme: Programme) -> tuple[Form, ...]:
    """The declared forms, else default ones that ask for every collected indicator.

    Default forms require nothing: what is left empty is not reported, and shows in the
    coverage. Their own titles are empty; indicators, categories and objectives have
    theirs.
    """
    return programme.forms or tuple(_defaults(programme))


def form_of(programme: Programme, wanted: str) -> Form:
    """Raises KeyError where the programme has no such form."""
    for form in forms_of(programme):
        if form.id == wanted:
            return form
    raise KeyError(wanted)


def _defaults(programme: Programme) -> Iterator[Form]:
    asked: dict[tuple[str, Frequency], list[Indicator]] = {}
    for one in programme.indicators.values():
        if one.roll_up.collected:
            asked.setdefault((one.level, one.frequency), []).append(one)
    depth = {level: place for place, level in enumerate(programme.level_ids)}
    order = list(Frequency)
    sections = _objectives(programme)
    for level, frequency in sorted(
        asked, key=lambda key: (-depth.get(key[0], 0), order.index(key[1]))
    ):
        some = asked[level, frequency]
        yield Form(
            f"{level}_{frequency.value}",
            level,
            frequency,
            tuple(_sections(programme, some, sections)),
        )


def _sections(
    programme: Programme, some: list[Indicator], objective_of: Mapping[str, str]
) -> Iterator[Section]:
    """By objective, in the programme's order; last what serves none."""
    for objective in programme.objectives:
        own = [one for one in some if objective_of.get(one.id) == objective.id]
        if own:
            yield Section(objective.id, tuple(_fields(own)), objective.title)
    rest = [one for one in some if one.id not in objective_of]
    if rest:
        taken = {objective.id for objective in programme.objectives}
        name = OTHER if OTHER not in taken else f"{OTHER}_"
        yield Section(name, tuple(_fields(rest)))


def _fields(some: list[Indicator]) -> Iterator[Field]:
    for one in some:
        yield Field(one.id, FieldKind.FIGURE, one.id, title=one.title)
        for category in one.categories:
            name = figure_id(one.id, category)
            title = one.category_titles.get(category, one.title)
            yield Field(name, FieldKind.FIGURE, one.id, category, title=title)


def _objectives(programme: Programme) -> dict[str, str]:
    """Each indicator's objective: that of the first target that rests on it."""
    known = {objective.id for objective in programme.objectives}
    found: dict[str, str] = {}
    for target in programme.targets:
        if target.objective in known:
            for name in _behind(programme, target.indicator):
                found.setdefault(name, target.objective)
    return found


def _behind(programme: Programme, wanted: str) -> list[str]:
    """The indicator and all that it is computed from, nearest first."""
    found = [wanted]
    for name in found:
        one = programme.indicators.get(name)
        for other in _inputs(one) if one else ():
            if other not in found:
                found.append(other)
    return found


def _inputs(one: Indicator) -> Iterator[str]:
    yield from (name for name in (one.numerator, one.denominator, one.weight) if name)
    if one.condition:
        yield one.condition.indicator
    if one.formula:
        yield from (operand.indicator for operand in operands(one.formula))


def form_for(programme: Programme, form: Form, tags: frozenset[str]) -> Form | None:
    """What of a form a unit with these tags is asked; None where it is nothing."""
    for scope in (programme.scope, form.scope):
        if scope and not scope & tags:
            return None
    kept = [
        replace(section, fields=tuple(some))
        for section in form.sections
        if (some := [f for f in section.fields if _asked(programme, f, tags)])
    ]
    return replace(form, sections=tuple(kept)) if kept else None


def _asked(programme: Programme, field: Field, tags: frozenset[str]) -> bool:
    one = programme.indicators.get(field.indicator or "")
    return one is None or not one.scope or bool(one.scope & tags)


def review_path(programme: Programme, form: Form, on: date) -> tuple[str, ...]:
    """The levels whose reviewers approve, in order; never empty.

    Declared levels that exist on the day; where none is left, or none was declared, the
    nearest level above the form's that exists; at the top of the tree its own level. A
    place with nobody above it at a level passes that step over.
    """
    exist = [x.id for x in programme.levels if x.end is None or on <= x.end]
    declared = tuple(level for level in form.review if level in exist)
    if declared:
        return declared
    ids = programme.level_ids
    above = ids[: ids.index(form.level)] if form.level in ids else ()
    nearest = [level for level in above if level in exist][-1:]
    return tuple(nearest) or (form.level,)
