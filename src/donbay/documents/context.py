"""What the words around a number say of it: bound, kind, what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from donbay.documents.folding import Folded, folded
from donbay.documents.lexicon import Lexicon, alternatives, lexicon
from donbay.documents.model import NEARLY, QUALITIES, RANGE, Kind
from donbay.documents.scanning import Mention

BOUNDS = ("at_most", "at_least", "more_than", "under", NEARLY, "about")
NEAR, FAR = 48, 160
MOST_WORDS = 5
_MORE = re.compile(r"\s?(?:more|less|higher|lower|fewer|de plus|de moins)\b")
TIMES = {"years", "months", "weeks", "days", "hours"}


@dataclass(frozen=True, slots=True)
class Around:
    """The folded text before and after a number, cut at its clause and sentence."""

    clause: str
    sentence: str
    after: str
    counted_after: str


def around(
    mention: Mention, text: Folded, clause: tuple[int, int], sentence: tuple[int, int]
) -> Around:
    bare, after = text.bare, text.find(clause[1])
    return Around(
        bare[text.find(clause[0]) : mention.start],
        bare[text.find(sentence[0]) : mention.start],
        bare[mention.end : after],
        bare[mention.end : min(after, mention.end + 90)],
    )


def bound_of(mention: Mention, near: Around, words: Lexicon) -> str:
    if mention.form == "range":
        return RANGE
    head = near.clause[-NEAR:]
    for name in BOUNDS:
        if words.bound(name).search(head):
            return name
    tail = near.after[:40]
    for name, pattern in _after(words.language).items():
        if pattern.match(tail):
            return name
    return "at_least" if mention.form == "vague" else "exact"


@cache
def _after(language: str) -> dict[str, re.Pattern[str]]:
    some = lexicon(language).words["bounds_after"]
    return {
        name: re.compile(rf"\s?(?:\w+ )?(?:{alternatives(phrases)})(?!\w)")
        for name, phrases in some.items()
    }


def kind_of(mention: Mention, near: Around, words: Lexicon) -> Kind:
    if mention.form in {"day", "period"}:
        return Kind.DATE
    if is_name(mention, near, words):
        return Kind.NAME
    if is_rank(mention, near, words):
        return Kind.RANK
    if mention.form == "ordinal":
        return Kind.NAME
    return _measure(mention, near, words)


def is_name(mention: Mention, near: Around, words: Lexicon) -> bool:
    """Stars, ages, slogans and counters describe; they measure nothing."""
    if mention.form in {"name", "unread"} or mention.unit in QUALITIES:
        return True
    return is_quoted(near) or is_aged(mention, near, words) or is_counter(near)


def _measure(mention: Mention, near: Around, words: Lexicon) -> Kind:
    if is_change(mention, near, words):
        return Kind.CHANGE
    if mention.unit in TIMES:
        return Kind.DURATION
    if is_target(near, words):
        return Kind.TARGET
    return _whole_or_part(mention, near, words)


def _whole_or_part(mention: Mention, near: Around, words: Lexicon) -> Kind:
    if mention.form == "ratio":
        return Kind.PART
    inside = _inside_part(near, words)
    if mention.unit == "%":
        share = last(words.phrases("share"), near.clause[-NEAR:])
        return Kind.SHARE if inside or share is not None else Kind.LEVEL
    if inside:
        return Kind.PART
    if words.phrases("part").search(near.after[:NEAR]) and mention.unit == "":
        return Kind.TOTAL if ":" in near.after[:NEAR] else Kind.LEVEL
    return Kind.LEVEL


def _inside_part(near: Around, words: Lexicon) -> bool:
    """Behind `of which` in the clause, or in the list that it opens."""
    part = words.phrases("part")
    at = last(part, near.clause)
    if at is not None:
        return len(near.clause) - at < FAR
    at = last(part, near.sentence)
    if at is None or len(near.sentence) - at > FAR * 2:
        return False
    head = near.sentence[:at]
    bracketed = head.rfind("(") > head.rfind(")") and ")" not in near.sentence[at:]
    return bracketed or near.sentence[at : at + 2].lstrip().startswith(":")


def last(pattern: re.Pattern[str], text: str) -> int | None:
    """Where the last match ends."""
    found = None
    for match in pattern.finditer(text):
        found = match.end()
    return found


def is_rank(mention: Mention, near: Around, words: Lexicon) -> bool:
    if mention.form not in {"ratio", "ordinal", "numeral"} or mention.unit not in {
        "",
        "ratio",
        "ordinal",
    }:
        return False
    ranked = words.phrases("rank")
    if mention.form == "ordinal" and ranked.match(near.after[1:20]):
        return True
    at = last(ranked, near.clause[-30:])
    if words.phrases("cadences").search(near.clause[-30:]):
        return False  # Vietnamese `hằng quý` without its marks looks like a rank
    return at is not None and not re.search("[0-9]", near.clause[-30:][at:])


def is_change(mention: Mention, near: Around, words: Lexicon) -> bool:
    if mention.form == "ordinal":
        return False
    if mention.unit in {"%", "pp"} and _MORE.match(near.after):
        return True
    if mention.unit in TIMES and words.phrases("change_after").search(near.after[:30]):
        return True
    head = near.clause[-NEAR:]
    at = last(words.phrases("change"), head)
    if at is None:
        return False
    rest = head[at:]
    if re.search("[0-9,]", rest):
        return False
    return not _reaching(words.language).search(rest)


@cache
def _reaching(language: str) -> re.Pattern[str]:
    some = lexicon(language).list_of("reaching")
    return re.compile(rf"(?<!\w)(?:{alternatives(some)})(?!\w)")


def is_aged(mention: Mention, near: Around, words: Lexicon) -> bool:
    """The age of people tells who they are, and is no figure about them."""
    if mention.unit != "years" and not mention.unit:
        return False
    return bool(re.search(words.phrases("aged").pattern + r"\s?$", near.clause[-NEAR:]))


def is_counter(near: Around) -> bool:
    """`Comments (12)`: what web pages count of themselves."""
    alone = re.fullmatch(r"\s?\w+(?: \w+)? ?\(", near.sentence)
    return bool(alone) and near.after.strip() == ")"


def is_quoted(near: Around) -> bool:
    """Inside short quotation marks stands a slogan or title, no figure."""
    opened = re.search(r"[\"“«][^\"“”«»]{0,25}$", near.clause)
    closed = re.match(r"[^\"“”«»]{0,25}[\"”»]", near.after)
    odd = near.sentence.count('"') % 2 == 1
    quote = opened[0][0] if opened else ""
    return bool(opened and closed and (quote != '"' or odd))


def is_falling(near: Around, words: Lexicon) -> bool:
    return bool(words.phrases("falling").search(near.clause[-NEAR:]))


def is_target(near: Around, words: Lexicon) -> bool:
    """Announced in the clause; a list behind a colon is all of one kind."""
    if last(words.phrases("target"), near.clause) is not None:
        return True
    return any(
        ":" in near.sentence[m.end() : m.end() + 30]
        for m in words.phrases("target").finditer(near.sentence)
    )


def counted_of(mention: Mention, near: Around, text: Folded, words: Lexicon) -> str:
    """The words after a number that say what it counts, as printed."""
    behind = near.counted_after
    if mention.form in {"day", "period", "name", "unread"}:
        return ""
    kept = list(re.finditer(r"\S+", behind[: noun_end(behind, words)]))[:MOST_WORDS]
    while kept and len(kept[-1][0]) == 1:
        kept.pop()
    if not kept or not is_noun(behind, words):
        return ""
    start = mention.end + max(kept[0].start(), _skip(behind, words))
    end = mention.end + kept[-1].end()
    place = text.place(start, end)
    return " ".join(text.text[place[0] : place[1]].split())


def noun_end(behind: str, words: Lexicon) -> int:
    """Where the words behind a number that say what it counts end."""
    stop = re.search(r"[^\w\s'-]|\n|[0-9]", behind)
    phrase = behind[: stop.start() if stop else None]
    found = words.phrases("not_counted").finditer(phrase)
    least = _skip(phrase, words) + 2
    ends = (m.start() for m in found if m.start() > least and _closes(m[0]))
    return next(ends, len(phrase))


def is_noun(behind: str, words: Lexicon) -> bool:
    """Whether what stands behind a number can be what it counts."""
    first = words.phrases("not_counted").match(behind, _skip(behind, words))
    return not (first and _closes(first[0]))


def _skip(behind: str, words: Lexicon) -> int:
    leading = re.match(_lead(words.language), behind)
    return leading.end() if leading else 0


@cache
def _lead(language: str) -> re.Pattern[str]:
    lead = {
        "fr": "de |d'(?!ici)|des |du |les ",
        "en": "of |the ",
        "ar": "من ",
        "vi": "so ",
    }
    return re.compile(rf"\s(?:{lead[language]})*")


def _closes(word: str) -> bool:
    """`de` joins a French noun to what it is of; other small words end it."""
    return word not in {"de", "des", "du", "d'", "of", folded("من")}
