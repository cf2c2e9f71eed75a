"""What an act must say to be taken: of a unit on the map, in words of the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from donbay.domain.acts import Act
from donbay.domain.criteria import Attestation, CriteriaSet, Result, sub_criteria
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory

ATTESTATION, AWARD = "attestation", "award"
ATTESTED = (Result.MET, Result.BASICALLY_MET, Result.NOT_MET)


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why an act is not taken; `code` is put in words by the catalogues."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def recognising(programme: Programme) -> dict[str, list[CriteriaSet]]:
    """By the kind of act: the sets whose levels it recognises."""
    found: dict[str, list[CriteriaSet]] = {}
    for some in programme.criteria:
        if some.recognised_by:
            found.setdefault(some.recognised_by, []).append(some)
    return found


def attested(programme: Programme) -> dict[str, list[tuple[str, CriteriaSet]]]:
    """By sub-criterion: the authorities that may attest it, each with its set."""
    found: dict[str, list[tuple[str, CriteriaSet]]] = {}
    for some, sub, authority in _attestations(programme):
        found.setdefault(sub, []).append((authority, some))
    return found


def _attestations(programme: Programme) -> Iterator[tuple[CriteriaSet, str, str]]:
    for some in programme.criteria:
        for level in some.levels:
            for criterion in level.criteria:
                for leaf in sub_criteria(criterion.node):
                    if isinstance(leaf.rule, Attestation):
                        yield some, leaf.id, leaf.rule.authority


def check(act: Act, programme: Programme, units: Territory) -> Unfit | None:
    """The first thing that is wrong with an act; None where it can be taken."""
    version = units.version(act.unit, act.date)
    if version is None:
        return Unfit("act_day", {"unit": act.unit, "day": str(act.date)})
    if act.start and act.end and act.start > act.end:
        days = {"starts": str(act.start), "ends": str(act.end)}
        return Unfit("days_out_of_order", days)
    if act.kind == ATTESTATION:
        return _check_attestation(act, programme)
    if act.kind == AWARD:
        return None if act.subject else Unfit("act_subject_missing")
    return _check_recognition(act, programme, version.level)


def _check_recognition(act: Act, programme: Programme, unit_level: str) -> Unfit | None:
    sets = [
        some
        for some in recognising(programme).get(act.kind, ())
        if some.unit_level == unit_level
    ]
    if not sets:
        return Unfit("act_kind", {"kind": act.kind, "level": unit_level})
    known = {level.id for some in sets for level in some.levels}
    if act.level and act.level not in known:
        return Unfit("act_level", {"level": act.level})
    return None


def _check_attestation(act: Act, programme: Programme) -> Unfit | None:
    some = attested(programme).get(act.subject or "", ())
    if not some:
        return Unfit("act_subject_unknown", {"subject": act.subject or ""})
    authorities = sorted({authority for authority, _ in some})
    if act.authority not in authorities:
        return Unfit("act_authority", {"expected": ", ".join(authorities)})
    if act.result not in ATTESTED:
        return Unfit("act_result")
    return None
