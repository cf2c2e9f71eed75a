"""How the results of parts make the result of a whole (MEANING 28)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from donbay.domain.criteria import (
    All,
    Any_,
    AtLeast,
    BothSexes,
    If,
    LevelOf,
    Node,
    Result,
    ShareOfLower,
    SubCriterion,
)

MET, BASICALLY, NOT_MET = Result.MET, Result.BASICALLY_MET, Result.NOT_MET
UNKNOWN, NOT_APPLICABLE = Result.UNKNOWN, Result.NOT_APPLICABLE
WORST_FIRST = (NOT_MET, UNKNOWN, BASICALLY, MET)

Leaf = SubCriterion | BothSexes | LevelOf | ShareOfLower


def all_of(results: Sequence[Result]) -> Result:
    return _first_of(results, WORST_FIRST)


def any_of(results: Sequence[Result]) -> Result:
    return _first_of(results, (MET, BASICALLY, UNKNOWN, NOT_MET))


def _first_of(results: Sequence[Result], order: Sequence[Result]) -> Result:
    return next((result for result in order if result in results), NOT_APPLICABLE)


def at_least(count: int, results: Sequence[Result]) -> Result:
    met, basically = results.count(MET), results.count(BASICALLY)
    if all(result is NOT_APPLICABLE for result in results):
        return NOT_APPLICABLE
    if met >= count:
        return MET
    if met + basically >= count:
        return BASICALLY
    if met + basically + results.count(UNKNOWN) >= count:
        return UNKNOWN
    return NOT_MET


def leaves(node: Node) -> Iterator[Leaf]:
    """What is judged by itself under a node, in order."""
    match node:
        case All(parts=parts) | Any_(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from leaves(part)
        case If(condition=condition, then=then, otherwise=otherwise):
            yield from leaves(condition)
            yield from leaves(then)
            yield from leaves(otherwise) if otherwise else ()
        case SubCriterion() | BothSexes() | LevelOf() | ShareOfLower():
            yield node
