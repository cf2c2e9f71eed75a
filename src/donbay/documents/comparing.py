"""Two documents of one event: which claims agree, which differ, which only one has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from donbay.documents.model import Claim, Kind, Reading

SKIPPED = {Kind.NAME, Kind.DATE}
SKIP = 1.0
"""What it costs to leave a claim without a partner."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions in the two lists of claims; None where only one has it.

    `differs` names the fields that the two tell apart.
    """

    one: int | None
    other: int | None
    differs: tuple[str, ...] = ()

    @property
    def sort(self) -> str:
        if self.one is None or self.other is None:
            return "alone"
        return "conflict" if self.differs else "agreement"


def compare(one: Reading, other: Reading) -> tuple[Pair, ...]:
    """Aligned in order: two tellings of an event follow one another."""
    left = [i for i, c in enumerate(one.claims) if _told(c)]
    right = [i for i, c in enumerate(other.claims) if _told(c)]
    steps = _aligned([one.claims[i] for i in left], [other.claims[i] for i in right])
    return tuple(
        Pair(
            None if a is None else left[a],
            None if b is None else right[b],
            ()
            if a is None or b is None
            else _differences(one.claims[left[a]], other.claims[right[b]]),
        )
        for a, b in steps
    )


def _told(claim: Claim) -> bool:
    return claim.kind not in SKIPPED and not claim.repeated


def _aligned(
    left: Sequence[Claim], right: Sequence[Claim]
) -> list[tuple[int | None, int | None]]:
    """The cheapest way through both, by the table of all beginnings."""
    costs = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in range(len(left) + 1):
        for b in range(len(right) + 1):
            options = [costs[a - 1][b] + SKIP] if a else []
            options += [costs[a][b - 1] + SKIP] if b else []
            if a and b:
                options.append(costs[a - 1][b - 1] + _cost(left[a - 1], right[b - 1]))
            costs[a][b] = min(options, default=0.0)
    return _walked(costs, left, right)


def _walked(
    costs: list[list[float]], left: Sequence[Claim], right: Sequence[Claim]
) -> list[tuple[int | None, int | None]]:
    a, b = len(left), len(right)
    steps: list[tuple[int | None, int | None]] = []
    while a or b:
        if (
            a
            and b
            and costs[a][b] == costs[a - 1][b - 1] + _cost(left[a - 1], right[b - 1])
        ):
            a, b = a - 1, b - 1
            steps.append((a, b))
        elif a and costs[a][b] == costs[a - 1][b] + SKIP:
            a -= 1
            steps.append((a, None))
        else:
            b -= 1
            steps.append((None, b))
    return steps[::-1]


def _cost(one: Claim, other: Claim) -> float:
    """0 for one number in one unit; dearer than two skips for what cannot be one."""
    same = one.value == other.value and one.of == other.of
    if same:
        return 0.0 if one.unit == other.unit else 0.8
    if one.unit != other.unit:
        return SKIP * 2 + 0.5
    return 1.2 if _near(one.value, other.value) else 1.9


def _is_vague(claim: Claim) -> bool:
    return any(doubt.code == "vague" for doubt in claim.doubts)


def _near(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None or not other:
        return False
    return Decimal("0.5") <= abs(one / other) <= Decimal(2)


def _differences(one: Claim, other: Claim) -> tuple[str, ...]:
    pairs = {
        "value": (one.value, other.value),
        "of": (one.of, other.of),
        "unit": (one.unit, other.unit),
        "bound": (one.bound, other.bound),
        "kind": (one.kind, other.kind),
        "time": (one.time, other.time),
        "place": (one.place, other.place),
    }
    if _is_vague(one) and _is_vague(other):
        del pairs["value"]  # dozens are 20 in one language and 24 in another
    found = [name for name, (a, b) in pairs.items() if a != b]
    quiet = {"time", "place"}  # often told by one and left out by the other
    return tuple(
        n for n in found if n not in quiet or all(v is not None for v in pairs[n])
    )
