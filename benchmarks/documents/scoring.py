"""Claims found against claims labelled: what was found, what was right, how sure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from benchmarks.documents.labels import Label, Labelled
from donbay.documents import Claim, Kind, Known, read
from donbay.documents.indicators import Matcher
from donbay.folder.documents import matcher_of
from donbay.packs import load_pack

APART = {"name", "date"}
FIELDS = ("value", "of", "unit", "bound", "kind", "place", "time", "indicator")
SURE = 0.9


@dataclass
class Tally:
    """Counts of one language: labels, found, right by field, and by confidence."""

    labels: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    unlabelled: int = 0
    sure: int = 0
    sure_right: int = 0
    apart: int = 0
    apart_found: int = 0
    context: int = 0
    context_right: int = 0
    fields: dict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    bins: dict[int, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in Tally.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, dict):
                for key, (all_, good) in theirs.items():
                    mine[key][0] += all_
                    mine[key][1] += good
            else:
                setattr(self, name, mine + theirs)


def score(some: Iterable[Labelled], known: Known) -> dict[str, Tally]:
    """By language."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in some:
        claims = read(one.document, _with(known, one.pack)).claims
        tallies[one.document.language].add(tally(one, claims))
    return dict(tallies)


def _with(known: Known, pack: Path | None) -> Known:
    """The indicators of the document's own programme."""
    return replace(known, indicators=_indicators(pack)) if pack else known


@cache
def _indicators(pack: Path) -> Matcher:
    return matcher_of(load_pack(pack).programme)


def tally(one: Labelled, claims: Sequence[Claim]) -> Tally:
    found = Tally()
    used: set[int] = set()
    for label in one.labels:
        number = _match(label, claims, used)
        claim = None if number is None else claims[number]
        if number is not None:
            used.add(number)
        if label.get("kind") in APART:
            found.apart += 1
            found.apart_found += claim is not None and claim.kind.value == label["kind"]
        else:
            _count(found, label, claim, one.document.name)
    quiet = {Kind.NAME, Kind.DATE}
    found.unlabelled = sum(
        i not in used and c.kind not in quiet and not c.repeated
        for i, c in enumerate(claims)
    )
    return found


def _count(found: Tally, label: Label, claim: Claim | None, name: str) -> None:
    found.labels += 1
    good = claim is not None and all(
        _same(claim, label, f) for f in ("value", "of", "unit") if f in label
    )
    found.right += good
    if claim is None:
        found.misses.append(f"{name}: “{label['text']}” not found")
        return
    found.found += 1
    found.wrong += not good
    for one in FIELDS:
        if one in label:
            right = _same(claim, label, one)
            found.fields[one][0] += 1
            found.fields[one][1] += right
            if not right:
                was, want = getattr(claim, one), label[one]
                found.misses.append(
                    f"{name}: “{label['text']}” {one} {was}, should be {want}"
                )
    told = [f for f in ("place", "time", "indicator") if f in label]
    if told:
        found.context += 1
        found.context_right += all(_same(claim, label, f) for f in told)
    tenth = min(9, int(claim.confidence * 10))
    found.bins[tenth][0] += 1
    found.bins[tenth][1] += good
    if claim.confidence >= SURE:
        found.sure += 1
        found.sure_right += good


def _match(label: Label, claims: Sequence[Claim], used: set[int]) -> int | None:
    """The claim that overlaps the label, its first digits rather than any."""
    over = [
        i
        for i, c in enumerate(claims)
        if i not in used and c.start < label["end"] and label["start"] < c.end
    ]
    apart = {Kind.NAME, Kind.DATE}
    wanted = label.get("kind") in APART
    over.sort(key=lambda i: ((claims[i].kind in apart) != wanted, claims[i].start))
    return over[0] if over else None


def _same(claim: Claim, label: Label, name: str) -> bool:
    was, want = getattr(claim, name), label[name]
    if isinstance(want, list):
        return was in want
    if want in {None, ""}:
        return was in {None, ""}
    if name in {"value", "of"}:
        try:
            return was is not None and was == Decimal(str(want))
        except InvalidOperation:
            return False
    return bool(was == want)
