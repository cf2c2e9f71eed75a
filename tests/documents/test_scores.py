"""How well labelled documents are read; and that readings follow when texts change."""

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from benchmarks.documents.labels import Label, Labelled, labelled
from benchmarks.documents.scoring import Tally, score, tally

from donbay.documents import Known, read, text_document
from donbay.documents.reading import plain

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
SEEDS = Path(os.environ.get("DONBAY_SHARED", ROOT.parent / "shared")) / "seeds"
ARTICLES = ROOT / "benchmarks" / "documents" / "articles"


def folders() -> dict[str, list[Labelled]]:
    """Our own cases, and the source articles where they are at hand."""
    return {
        "open": list(labelled(CASES / "open")),
        "sealed": list(labelled(CASES / "sealed")),
        "articles": list(labelled(ARTICLES, SEEDS)) if SEEDS.is_dir() else [],
    }


FOLDERS = folders()
DOCUMENTS = [one for some in FOLDERS.values() for one in some]


def whole(some: list[Labelled]) -> Tally:
    found = Tally()
    for one in score(some, Known()).values():
        found.add(one)
    return found


@pytest.mark.parametrize("name", [name for name, some in FOLDERS.items() if some])
def test_nearly_all_numbers_have_their_value_and_unit(name: str) -> None:
    found = whole(FOLDERS[name])
    assert found.right >= 0.95 * found.labels, found.misses
    assert found.wrong <= 0.03 * found.labels, found.misses
    for told, least in (("place", 0.85), ("time", 0.85), ("indicator", 0.85)):
        labels, right = found.fields[told]
        assert right >= least * labels, found.misses
    assert found.context_right >= 0.85 * found.context, found.misses
    assert found.sure_right >= 0.95 * found.sure, found.misses


def other_digits(printed: str) -> str:
    """Every digit but 0 becomes the next one, 9 becomes 1."""
    return re.sub("[1-9]", lambda m: str(int(m[0]) % 9 + 1), printed)


def changed(one: Labelled) -> Labelled:
    """The document with other digits in its figures, and labels that follow."""
    text, parts, at, labels = one.document.text, [], 0, []
    shift = 0
    for label in sorted(one.labels, key=lambda x: int(x["start"])):
        start, end = label["start"], label["end"]
        printed = text[start:end]
        wanted = follow(label, printed)
        new = printed if wanted is None else other_digits(printed)
        parts += [text[at:start], new]
        at = end
        placed = {"start": start + shift, "end": start + shift + len(new), "text": new}
        shift += len(new) - len(printed)
        labels.append((wanted or label) | placed)
    parts.append(text[at:])
    document = text_document("".join(parts), one.document.name, one.document.language)
    return Labelled(document, labels)


def follow(label: Label, printed: str) -> Label | None:
    """What the label must be once its digits have changed; None to leave it alone."""
    numbers = re.findall(r"[0-9][0-9 .,]*[0-9]|[0-9]", printed)
    plain = re.fullmatch(r"[^٠-٩۰-۹]*", printed)
    if label.get("kind") in {"name", "date"} or not plain or "100" in printed:
        return None
    olds = [re.sub("[^0-9]", "", n) for n in numbers]
    news = [other_digits(n) for n in olds]
    expected = 2 if "of" in label and "/" in printed else 1
    if len(olds) != expected or any(re.fullmatch("(19|20)..", n) for n in news):
        return None
    value = Decimal(label["value"]) * int(news[0]) / int(olds[0])
    made = label | {"value": str(value)}
    if expected > 1:
        made["of"] = news[1]
        return made if int(news[0]) <= int(news[1]) else None
    return None if label.get("unit") == "rank" else made


@pytest.mark.parametrize("one", DOCUMENTS, ids=lambda x: x.document.name)
def test_readings_follow_when_digits_change(one: Labelled) -> None:
    other = changed(one)
    found = tally(other, read(other.document).claims)
    assert found.right >= 0.9 * found.labels, found.misses


PLACES = {"Lào Cai": "Hà Giang", "Lam Dong": "Yen Bai", "Kon Tum": "Nam Định"}
READ_AS = {"Lào Cai": "Hà Giang", "Lâm Đồng": "Yên Bái", "Kon Tum": "Nam Định"}


@pytest.mark.parametrize(
    "one", [x for x in FOLDERS["open"] if x.document.language != "ar"],
    ids=lambda x: x.document.name,
)  # fmt: skip
def test_readings_follow_when_places_change(one: Labelled) -> None:
    text = one.document.text
    for was, new in PLACES.items():
        text = text.replace(was, new)
    places = {
        c.place
        for c in read(text_document(text, language=one.document.language)).claims
    }
    wanted = {READ_AS.get(x["place"], x["place"]) for x in one.labels if "place" in x}
    assert wanted <= places


def swapped(text: str) -> str:
    """Commas for points inside numbers, and points for commas."""
    return re.sub(r"(?<=\d)[.,](?=\d)", lambda m: "," if m[0] == "." else ".", text)


def test_readings_hold_when_a_document_writes_numbers_in_another_style() -> None:
    (roads,) = [x for x in FOLDERS["open"] if x.document.name == "roads.en.txt"]
    before = [c.value for c in read(roads.document).claims]
    after = read(text_document(swapped(roads.document.text), language="en")).claims
    assert [c.value for c in after] == before


def test_readings_follow_when_units_change() -> None:
    (roads,) = [x for x in FOLDERS["open"] if x.document.name == "roads.en.txt"]
    text = roads.document.text.replace(" km", " ha").replace(
        "billion VND", "million USD"
    )
    claims = read(text_document(text)).claims
    found = {(plain(c.value), c.unit) for c in claims if c.value is not None}
    assert {("1274", "ha"), ("386", "ha"), ("2318500000", "USD")} <= found
