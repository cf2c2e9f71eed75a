"""Moments of recording as microseconds since 1970 UTC, and the programme's zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from donbay.tables.findings import Fault, fault

Ints = npt.NDArray[np.int64]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_LOCAL = rf"{_DATE}(?:[T ]{_TIME})?"
_MOMENT = re.compile(rf"({_LOCAL})(Z|[+-][0-9]{{2}}:?[0-9]{{2}})?")


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


EARLIEST, LATEST = microseconds(FIRST), microseconds(LAST)


def moment_of(microsecond: int, zone: ZoneInfo) -> datetime:
    return (EPOCH + timedelta(microseconds=microsecond)).astimezone(zone)


def read_moments(words: Sequence[str], zone: ZoneInfo) -> tuple[Ints, dict[int, Fault]]:
    """Every word as microseconds, with what is wrong with some of them."""
    together = _all_at_once(words, zone)
    if together is not None:
        return together, {}
    moments = np.zeros(len(words), np.int64)
    faults: dict[int, Fault] = {}
    for index, word in enumerate(words):
        read = parse_moment(word, zone) if word else 0
        if isinstance(read, Fault):
            faults[index] = read
        else:
            moments[index] = read
    return moments, faults


def _all_at_once(words: Sequence[str], zone: ZoneInfo) -> Ints | None:
    """None when one of them has a fault."""
    matches = [_MOMENT.fullmatch(word) for word in words]
    parts = [match.groups() for match in matches if match]
    if not words or len(parts) < len(words):
        return None
    try:
        local = np.array([part[0] for part in parts], "datetime64[us]").view(np.int64)
        offsets = {part[1]: _offset_of(part[1]) for part in parts if part[1]}
    except ValueError:
        return None
    if offsets:
        shift = np.array([offsets.get(part[1], 0) for part in parts], np.int64)
        zoned = np.array([part[1] is not None for part in parts], np.bool_)
        moments = np.where(zoned, local - shift, to_utc(local, zone))
    else:
        moments = to_utc(local, zone)
    return None if len(implausible(moments)) else moments


def _offset_of(zone: str) -> int:
    day = datetime.fromisoformat(f"2000-01-01T00:00{zone}")
    return (day.utcoffset() or timedelta()) // timedelta(microseconds=1)


def parse_moment(text: str, zone: ZoneInfo) -> int | Fault:
    if not _MOMENT.fullmatch(text):
        return fault("moment", found=text[:60])
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        found = microseconds(moment)
    except (ValueError, OverflowError):
        return fault("moment_impossible", found=text)
    if not EARLIEST <= found < LATEST:
        return fault("moment_range", found=text)
    return found


def _plausible(moments: Ints) -> npt.NDArray[np.bool_]:
    return np.asarray((moments >= EARLIEST) & (moments < LATEST))


def implausible(moments: Ints) -> Ints:
    """Positions of the moments before 1900 or after 2199."""
    if len(moments) and moments.min() >= EARLIEST and moments.max() < LATEST:
        return np.zeros(0, np.int64)
    return np.flatnonzero(~_plausible(moments))


def to_utc(local: Ints, zone: ZoneInfo) -> Ints:
    """Wall-clock microseconds of a zone as UTC; of two readings the earlier one."""
    if not len(local):
        return local
    years = [_year(int(end)) for end in (local.min(), local.max())]
    steps, offsets = _offsets(zone, years[0], years[1])
    if len(offsets) == 1:
        return np.asarray(local - offsets[0])
    return np.asarray(local - offsets[np.searchsorted(steps, local, side="right")])


def _year(microsecond: int) -> int:
    """Of one that is too early or too late, the first or last that there is."""
    inside = min(max(microsecond, EARLIEST), LATEST - 1)
    return (EPOCH + timedelta(microseconds=inside)).year


def _offsets(zone: ZoneInfo, first: int, last: int) -> tuple[Ints, Ints]:
    """Offsets in force, and the wall-clock moments at which the next one begins."""
    offsets = [_offset(datetime(first, 1, 1), zone)]  # noqa: DTZ001 -- the zone's own
    turns = [turn for year in range(first, last + 1) for turn in _turns(zone, year)]
    offsets += [offset for _, offset in turns]
    steps = [step for step, _ in turns]
    return np.array(steps, np.int64), np.array(offsets, np.int64)


@lru_cache(maxsize=512)
def _turns(zone: ZoneInfo, year: int) -> list[tuple[int, int]]:
    """The wall-clock moments of a year at which another offset begins, and that."""
    start, end = datetime(year, 1, 1), datetime(year + 1, 1, 1)  # noqa: DTZ001 -- as above
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    offsets = [_offset(day, zone) for day in days]
    return [
        (_wall(_step(day, after, zone)), new)
        for (day, old), (after, new) in pairwise(zip(days, offsets, strict=True))
        if new != old
    ]


def _offset(local: datetime, zone: ZoneInfo) -> int:
    shift = local.replace(tzinfo=zone).utcoffset() or timedelta()
    return shift // timedelta(microseconds=1)


def _wall(local: datetime) -> int:
    return microseconds(local.replace(tzinfo=UTC))


def _step(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second between two days that has the later one's offset."""
    before = _offset(low, zone)
    seconds = int((high - low).total_seconds())
    least, most = 0, seconds
    while most - least > 1:
        middle = (least + most) // 2
        if _offset(low + timedelta(seconds=middle), zone) == before:
            least = middle
        else:
            most = middle
    return low + timedelta(seconds=most)
