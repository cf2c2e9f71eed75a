"""The forms of a programme: those of its pack, else one per level and frequency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from donbay.domain.criteria import Threshold, sub_criteria
from donbay.domain.forms import Field, FieldKind, Form, Section, figure_id
from donbay.domain.formulas import operands
from donbay.domain.indicators import Indicator
from donbay.domain.periods import Frequency
from donbay.domain.programmes import Programme

OTHER = "other"  # the section of what no objective asks for; its title is a house text


def forms_of(programme: Programme) -> tuple[Form, ...]:
    """The declared forms, else default ones that ask for every collected indicator.

    Default forms require nothing: what is left empty is not reported, and shows in the
    coverage. Their sections are objectives, then criteria, then OTHER; their own titles
    and that of OTHER are empty, and said by the house.
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
    homes = _homes(programme)
    for level, frequency in sorted(
        asked, key=lambda key: (-depth.get(key[0], 0), order.index(key[1]))
    ):
        sections = tuple(_sections(asked[level, frequency], homes))
        yield Form(f"{level}_{frequency.value}", level, frequency, sections)


def _sections(some: list[Indicator], homes: Mapping[str, Section]) -> Iterator[Section]:
    """In the order of the programme; last what serves none."""
    for home in {home.id: home for home in homes.values()}.values():
        own = [one for one in some if homes.get(one.id) is home]
        if own:
            yield replace(home, fields=tuple(_fields(own)))
    rest = [one for one in some if one.id not in homes]
    if rest:
        yield Section(OTHER, tuple(_fields(rest)))


def _fields(some: list[Indicator]) -> Iterator[Field]:
    for one in some:
        yield Field(one.id, FieldKind.FIGURE, one.id, title=one.title)
        for category in one.categories:
            name = figure_id(one.id, category)
            title = one.category_titles.get(category, one.title)
            yield Field(name, FieldKind.FIGURE, one.id, category, title=title)


def _homes(programme: Programme) -> dict[str, Section]:
    """Each indicator's section: the objective of the first target that rests on it.

    Failing that, the first criterion that does.
    """
    found: dict[str, Section] = {}
    for home, names in (*_of_objectives(programme), *_of_criteria(programme)):
        for name in names:
            for behind in _behind(programme, name):
                found.setdefault(behind, home)
    return found


def _of_objectives(programme: Programme) -> Iterator[tuple[Section, list[str]]]:
    for objective in programme.objectives:
        own = [t.indicator for t in programme.targets if t.objective == objective.id]
        yield Section(f"objective_{objective.id}", (), objective.title), own


def _of_criteria(programme: Programme) -> Iterator[tuple[Section, list[str]]]:
    for some in programme.criteria:
        for level in some.levels:
            for criterion in level.criteria:
                rules = [leaf.rule for leaf in sub_criteria(criterion.node)]
                own = [r.indicator for r in rules if isinstance(r, Threshold)]
                name = f"criterion_{some.id}_{criterion.id}"
                yield Section(name, (), criterion.title), own


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
