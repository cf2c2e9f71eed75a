"""The site in a made-up language: what is not in its letters is data, or a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.template import engines
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from tests.journeys import world
from tests.journeys.visits import VISITS, Visit
from tests.made_up_language import SPOKEN, Page, foreign, speak, words_of
from tests.web import documents
from tests.web.importing import WRONG

from donbay.web.acts.models import Act
from donbay.web.desk import forms_shown
from donbay.web.imports.models import Import
from donbay.web.journal.models import Entry
from donbay.web.offices.models import Office, User
from donbay.web.programmes.models import Programme
from donbay.web.publications.models import Publication
from donbay.web.reorganisations.models import Reorganisation
from donbay.web.submissions.actions import mail_reminders
from donbay.web.submissions.models import Answer, Attachment, Return, Submission
from donbay.web.territory.models import UnitVersion

pytestmark = pytest.mark.slow
Told = Mapping[str, Any]
PACK = Path(__file__).with_name("water")
# Names that are the same in every language: of languages, files, people and programs.
NAMES = (
    "Tiếng Việt English Français العربية CSV JSON XLSX PARQUET PDF DOCX Donbay "
    "GEOJSON units.csv successions.csv"
)
# What the journal tells as it was typed or named, unlike codes, which have texts.
TYPED = ("field", "typed", "reason", "reasons", "note", "name", "file", "claim")
CHANGED = ("username", "level", "reference", "subject", "form", "set", "indicator")
FIELDS: Mapping[type[Any], tuple[str, ...]] = {
    UnitVersion: ("name", "code", "unit_id"),
    User: ("username", "name", "email"),
    Office: ("name",),
    Act: ("subject", "authority", "number", "document_name", "level"),
    Reorganisation: ("number", "authority", "basis", "document_name"),
    Publication: ("issuer", "number", "seat", "signer", "signer_title"),
    Answer: ("typed", "note"),
    Return: ("reason",),
    Submission: ("reason",),
    Attachment: ("name",),
    Import: ("name",),
}
SUM = re.compile(r"\b[0-9a-f]{16,}\b")  # of a file
IN_BRACES = re.compile(r"\{\w+\}")  # what an office may write into a passage


@pytest.fixture(scope="module")
def told(
    django_db_setup: None,  # noqa: ARG001 -- asked for what it does
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Told]:
    """One of everything, as the journeys find it; every request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with redirect_stdout(StringIO()) as printed:
            world.everything()
        yield json.loads(printed.getvalue())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def data(told: Told) -> frozenset[str]:  # noqa: ARG001 -- it must be there first
    """The words of names, numbers, documents and of what people typed."""
    texts: list[object] = [NAMES, documents.VIETNAMESE, documents.FRENCH, WRONG]
    texts += [path.read_text("utf-8") for path in PACK.rglob("vi.yaml")]
    texts += [(PACK / "programme.yaml").read_text("utf-8")]
    for model, names in FIELDS.items():
        texts += [value for row in model.objects.values_list(*names) for value in row]
    for details in Entry.objects.values_list("details", flat=True):
        texts += [details[name] for name in (*TYPED, *CHANGED) if name in details]
    return words_of(texts)


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    speak(monkeypatch)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    """Texts that templates and cards keep once they have said them."""
    forms_shown._bounds.cache_clear()  # noqa: SLF001 -- kept for each language
    for loader in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]  # of Django's own engine
        loader.reset()


def of(person: str) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies["language"] = SPOKEN
    if person:
        user = User.objects.get(username=person)
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def found_in(html: str, data: frozenset[str]) -> Iterator[str]:
    for where, text in Page(html).texts:
        bare = IN_BRACES.sub("", SUM.sub("", text))
        if bad := foreign(bare, data):
            yield f"<{where}> {bad} in {text[:80]!r}"


def address(visit: Visit, told: Told) -> str:
    return visit.path.format(**told, language=SPOKEN)


def got(visit: Visit, told: Told) -> str:
    """The page; what reading it changed is rolled back."""
    with transaction.atomic():
        answer = of(visit.person).get(address(visit, told), follow=True)
        html = answer.content.decode()
        transaction.set_rollback(True)
    return html


@pytest.mark.parametrize("name", VISITS)
def test_a_page_says_nothing_but_catalogues_and_data(
    name: str, told: Told, data: frozenset[str]
) -> None:
    wrong = [
        f"{visit.path} {fault}"
        for visit in VISITS[name]
        for fault in found_in(got(visit, told), data | words_of([address(visit, told)]))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", VISITS)
def test_so_does_what_answers_a_form_with_errors(
    name: str, told: Told, data: frozenset[str]
) -> None:
    """Every form, sent as it stands without a word, and with nonsense in each field."""
    wrong = []
    for visit in VISITS[name]:
        page = address(visit, told)
        known = data | words_of([page, NONSENSE])
        for form in Page(got(visit, told)).forms:
            if form.action.startswith(ELSEWHERE):
                continue
            for typed in (form.filled(""), form.filled(NONSENSE)):
                with transaction.atomic():
                    answer = of(visit.person).post(
                        form.action or page, typed, follow=True, HTTP_REFERER=page
                    )
                    html = answer.content.decode(errors="replace")
                    transaction.set_rollback(True)
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    wrong += [
                        f"{page} {form.action} {x}" for x in found_in(html, known)
                    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


NONSENSE = "qqq"
# The choice of a language, and what leads to another site.
ELSEWHERE = ("/language/", "http")


def test_so_does_a_letter(told: Told, data: frozenset[str]) -> None:
    with transaction.atomic():
        User.objects.update(email="somebody@example.org", language=SPOKEN)
        assert mail_reminders(Programme.objects.get(pk=told["programme"]))
        transaction.set_rollback(True)
    known = data | words_of(["somebody@example.org"])
    letters = mail.outbox
    assert letters
    for letter in letters:
        assert not foreign(f"{letter.subject}\n{letter.body}", known), letter.body


@pytest.mark.parametrize(
    "html",
    [
        "<p>Late</p>",
        '<button title="Late">×</button>',
        '<img alt="Late">',
        '<nav aria-label="Late"></nav>',
        '<input placeholder="Late">',
        '<meta name="description" content="Late">',
        '<input type="submit" value="Late">',
        '<div data-chart=\'{"series": [{"name": "Late"}]}\'></div>',
        "<svg><text>Late</text></svg>",
    ],
)
def test_a_planted_text_is_found_wherever_a_reader_meets_it(
    html: str, data: frozenset[str]
) -> None:
    (fault,) = found_in(html, data)
    assert "'Late'" in fault


def test_a_text_that_was_left_out_of_the_made_up_language_is_found(
    told: Told, data: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    speak(monkeypatch, without=["portal.tasks", "site.language"])
    _forget()
    faults = "\n".join(found_in(got(VISITS["portal:levels"][0], told), data))
    assert "ngôn" in faults.casefold()
