"""Every word exists in every language, says the same, and is used."""

import re
import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale

from donbay.domain.criteria import Result
from donbay.domain.quantities import Bound, Comparator
from donbay.domain.sources import Verification
from donbay.domain.verdicts import Status, Want
from donbay.texts import LANGUAGES, Catalogue
from donbay.texts.catalogue import ROOMS, room

SOURCE = Path(__file__).parents[2] / "src" / "donbay"
PLACEHOLDER = re.compile(r"\{(\w*)(?::([^}]*=[^}]*))?\}")
ARABIC = re.compile(r"[؀-ۿ]")
PLAIN = str.maketrans("", "", string.punctuation + string.digits + string.whitespace)

# The same in English and in another language, and rightly so.
ALIKE = {
    "fr": {
        "heading.source": "the same word",
        "heading.date": "the same word",
        "heading.possible": "the same word",
        "heading.flags": "the same word",
        "bound_name.exact": "the same word",
        "report.note": "the same word",
        "quality.score": "the same word",
        "site.name": "a name",
        "documents.kind.total": "the same word",
        "documents.kind.date": "the same word",
        "evidence.documents": "the same word",
        "evidence.document": "the same word",
    },
    "vi": {"site.name": "a name"},
    "ar": {},
}
pairs = pytest.mark.parametrize("language", [x for x in LANGUAGES if x != "en"])
rooms = pytest.mark.parametrize("name", ROOMS)


def words_only(text: str) -> str:
    return PLACEHOLDER.sub("", text).translate(PLAIN)


@rooms
def test_english_has_words(name: str) -> None:
    assert room(name, "en")


@rooms
@pairs
def test_no_language_lacks_a_text(name: str, language: str) -> None:
    assert room(name, language).keys() == room(name, "en").keys()


@rooms
@pairs
def test_a_translation_has_the_same_placeholders(name: str, language: str) -> None:
    english, other = room(name, "en"), room(name, language)
    differ = [
        code
        for code in english.keys() & other.keys()
        if placeholders(english[code]) != placeholders(other[code])
    ]
    assert not differ


def placeholders(text: str) -> set[str]:
    return {name for name, _ in PLACEHOLDER.findall(text)}


@rooms
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_every_form_of_its_language(
    name: str, language: str
) -> None:
    """Of Arabic all six; where some are the same, `other` stands for them."""
    known = set(Locale.parse(language).plural_form.tags) | {"other"}
    wrong = []
    for code, text in room(name, language).items():
        for _, forms in PLACEHOLDER.findall(text):
            if not forms:
                continue
            given = [form.partition("=")[0] for form in forms.split(";")]
            if "other" not in given or not set(given) <= known:
                wrong.append(code)
            if language == "ar" and "few" not in given:
                wrong.append(code)
    assert not wrong


@rooms
@pairs
def test_a_translation_is_not_the_english(name: str, language: str) -> None:
    english, other = room(name, "en"), room(name, language)
    same = {
        code
        for code in english.keys() & other.keys()
        if english[code] == other[code] and words_only(english[code])
    }
    excused = ALIKE[language].keys() & english.keys()
    assert same == excused, "translate it, or list it with a reason"


@rooms
def test_arabic_is_written_in_arabic(name: str) -> None:
    latin = [
        code
        for code, text in room(name, "ar").items()
        if words_only(text) and not ARABIC.search(text)
    ]
    assert not latin


def test_no_two_rooms_share_a_code() -> None:
    seen: dict[str, str] = {}
    for name in ROOMS:
        for code in room(name, "en"):
            assert seen.setdefault(code, name) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_domain_has_words(language: str) -> None:
    texts: Mapping[str, str] = room("verdicts", language)
    wanted = {f"status.{s}" for s in Status} | {f"status_means.{s}" for s in Status}
    wanted |= {f"reason.{want.name.lower()}" for want in Want if want.name}
    wanted |= {f"result.{r}" for r in Result} | {f"comparator.{c}" for c in Comparator}
    wanted |= {f"bound.{b}" for b in Bound} | {
        f"verification.{v}" for v in Verification
    }
    wanted |= {f"reason.{code}" for code in REASONS}
    assert not wanted - texts.keys()


REASONS = (
    *("never", "partial", "before_baseline", "stale", "awaiting_final"),
    *("met_late", "lost_since", "no_threshold", "no_number", "not_attested"),
)


def test_every_code_that_the_command_says_exists() -> None:
    said: set[str] = set()
    for path in (SOURCE / "cli").glob("*.py"):
        said |= set(
            re.findall(r'"((?:cli|word|flag|table)\.[a-z_.]+)"', path.read_text())
        )
    for path in (SOURCE / "folder").glob("*.py"):
        said |= set(re.findall(r'"(cli\.[a-z_.]+)"', path.read_text()))
    known = room("cli", "en").keys() | room("verdicts", "en").keys()
    assert said
    assert not said - known


def test_no_text_of_the_command_is_forgotten() -> None:
    code = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    said = set(re.findall(r"[\w.]+", code))
    built = ("about", "option.", "empty.")
    unused = [
        key
        for key in room("cli", "en")
        if key not in said and not any(part in key for part in built)
    ]
    assert not unused


def test_an_unknown_code_is_never_hidden() -> None:
    assert Catalogue("vi").say("no_such", line="3") == "no_such (line=3)"


def test_a_parameter_that_was_not_given_keeps_its_place() -> None:
    assert Catalogue("en").say("cli.line") == "line {line}"
