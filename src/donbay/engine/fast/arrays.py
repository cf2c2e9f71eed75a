"""Arrays by what they hold; how many axes each has is said where it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Bytes: TypeAlias = NDArray[np.uint8]
Array: TypeAlias = NDArray[Any]
"""Any of these: for changes that are the same whatever an array holds."""

Picks: TypeAlias = slice | Ints
"""Places along an axis."""

NONE: Ints = np.zeros(0, dtype=np.int64)
"""No place."""


def picks(at: Sequence[int] | Ints) -> Picks:
    """A slice where the places lie side by side: then reading them copies nothing."""
    if list(at) == list(range(at[0], at[0] + len(at))):
        return slice(int(at[0]), int(at[0]) + len(at))
    return np.array(at, dtype=np.int64)


def neighbours(at: Ints) -> Picks:
    """Rising places, as a slice where none is left out between them."""
    size = len(at)
    if size and at[-1] - at[0] == size - 1 and bool((at[1:] > at[:-1]).all()):
        return slice(int(at[0]), int(at[-1]) + 1)
    return at


def ones(some: Bools) -> Ints:
    """All bits set for some, none for others.

    To keep numbers by bits costs the same whatever is kept; a mask that jumps about
    costs several times as much.
    """
    return np.negative(some.view(np.int8)).astype(np.int64)


def keep(numbers: Floats, bits: Ints) -> None:
    """Make 0 of all numbers but those of set bits, in place."""
    here = numbers.view(np.int64)
    np.bitwise_and(here, bits, out=here)


def meet(one: Picks, other: Picks) -> bool:
    """Whether any place is among both."""
    if isinstance(one, slice) and isinstance(other, slice):
        return bool(one.start < other.stop and other.start < one.stop)
    return bool(len(np.intersect1d(places(one), places(other))))


def places(at: Picks) -> Ints:
    """Each of them."""
    return np.arange(at.start, at.stop) if isinstance(at, slice) else at
