"""Claims of documents in the words of their reader: value, doubts, field, ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from donbay.documents import Claim as Read
from donbay.documents.ledger_check import Checked, Figure
from donbay.domain.forms import Field, Form
from donbay.domain.periods import parse_period
from donbay.domain.programmes import Programme as Promise
from donbay.domain.quantities import Bound
from donbay.domain.verdicts import Days
from donbay.domain.workflow import NotAllowed
from donbay.folder.claims_said import Said
from donbay.texts.reporting import field_title
from donbay.web.evidence import planning, queries
from donbay.web.evidence.models import Claim, Decision, Document
from donbay.web.look.titles import Titles, titles
from donbay.web.look.words import current
from donbay.web.programmes import queries as programmes
from donbay.web.submissions.queries import form_of

AROUND = 70  # letters of the sentence on either side of the number
REPORTED = "submission:"
LOOKS = {
    "undecided": "waiting",
    "accepted": "good",
    "mended": "draft",
    "rejected": "not_met",
    "agrees": "good",
    "differs": "warning",
    "other_standard": "warning",
    "other_period": "calendar",
    "no_data": "no_data",
}


@dataclass(frozen=True)
class Around:
    """What claims of one document are shown with."""

    document: Document
    titles: Titles
    form: Form | None
    promise: Promise
    held: queries.Held
    said: Said = field(default_factory=lambda: Said(current()))

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """What a figure may be of: fields of the report by their titles."""
        some = planning.figures_of(self.form) if self.form else []
        return [(one.id, self.title(one)) for one in some]

    @property
    def bounds(self) -> list[tuple[str, str]]:
        words = current()
        return [(b.value, words.say(f"bound_name.{b.value}")) for b in Bound]

    def title(self, one: Field) -> str:
        indicator = self.promise.indicators.get(one.indicator or "")
        return field_title(current(), one, indicator)


def around(document: Document, claims: Sequence[Claim]) -> Around:
    round = document.round
    on = programmes.today(round.programme)
    try:
        form = form_of(round, document.unit_id)
    except NotAllowed:  # another place reports instead, since places were reorganised
        form = None
    return Around(
        document,
        titles(round.programme, Days(on, on)),
        form,
        programmes.promise_of(round),
        queries.checks(document, claims),
    )


@dataclass(frozen=True)
class Card:
    """A claim with all that an official needs to say what it is."""

    row: Claim
    near: Around

    @cached_property
    def read(self) -> Read:
        return queries.claim_of(self.row)

    @property
    def decision(self) -> Decision | None:
        return getattr(self.row, "decision", None)

    @property
    def state(self) -> str:
        return self.decision.verdict if self.decision else "undecided"

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    @property
    def printed(self) -> str:
        return " ".join(self.row.text.split())

    @property
    def before(self) -> str:
        text = self.near.document.text[self.row.sentence_start : self.row.start]
        return f"…{text[-AROUND:]}" if len(text) > AROUND else text

    @property
    def after(self) -> str:
        text = self.near.document.text[self.row.end : self.row.sentence_end]
        return f"{text[:AROUND]}…" if len(text) > AROUND else text

    @property
    def value(self) -> str:
        return self.near.said.value(self.read)

    @property
    def kind(self) -> str:
        return current().say(f"documents.kind.{self.row.kind}")

    @property
    def indicator(self) -> str:
        known = self.row.indicator in self.near.promise.indicators
        return self.near.titles.indicator(self.row.indicator) if known else ""

    @property
    def place(self) -> str:
        return self.near.titles.place(self.row.place) if self.row.place else ""

    @property
    def time(self) -> str:
        return spoken_period(self.row.time)

    @property
    def sure(self) -> str:
        return current().percent(self.row.confidence * 100, 0)

    @property
    def doubts(self) -> str:
        return self.near.said.doubts(self.read)

    # --- the field that it would fill ---

    @cached_property
    def proposal(self) -> planning.Proposal | None:
        document, form = self.near.document, self.near.form
        if form is None:
            return None
        period = programmes.period_of(document.round)
        unit, promise = document.unit_id, self.near.promise
        return planning.proposal(self.read, unit, period, form, promise)

    @property
    def goes_into(self) -> str:
        return self.near.title(self.proposal.field) if self.proposal else ""

    @property
    def chosen(self) -> str:
        """The field that mending begins with."""
        if self.decision and self.decision.field:
            return self.decision.field
        return self.proposal.field.id if self.proposal else ""

    @property
    def bound(self) -> str:
        return planning.BOUNDS.get(self.row.bound, Bound.EXACT).value

    @property
    def typed(self) -> str:
        """The value as its reader writes it, to its last digit."""
        value = self.read.value
        return self.near.said.number(value) if value is not None else ""

    @property
    def alternatives(self) -> list[str]:
        """What else the digits may be, each with the key that takes it."""
        return [self.near.said.number(Decimal(v)) for v in self.row.alternatives[:9]]

    @property
    def filled(self) -> str:
        """Of a decided claim: the field in which it stands, and with what."""
        decided = self.decision
        if decided is None or not decided.field:
            return ""
        return f"{dict(self.near.fields).get(decided.field, decided.field)}: "

    # --- the ledger ---

    @cached_property
    def checked(self) -> Checked | None:
        return self.near.held.check(self.read)

    @property
    def ledger(self) -> LedgerLine | None:
        return LedgerLine(self, self.checked) if self.checked else None


@dataclass(frozen=True)
class LedgerLine:
    """What the site has of the same, with its source."""

    card: Card
    checked: Checked

    @property
    def verdict(self) -> str:
        return self.checked.verdict

    @property
    def look(self) -> str:
        return LOOKS[self.verdict]

    @property
    def figure(self) -> Figure | None:
        return self.checked.figure

    @property
    def amount(self) -> str:
        found = self.figure
        if found is None:
            return ""
        titles = self.card.near.titles
        shown = titles.amount(float(found.value), found.indicator)
        return current().say(f"bound.{found.bound}", value=shown)

    @property
    def by(self) -> str:
        return self.card.near.said.number(self.checked.by)

    @property
    def indicator(self) -> str:
        return (
            self.card.near.titles.indicator(self.figure.indicator)
            if self.figure
            else ""
        )

    @property
    def place(self) -> str:
        return self.card.near.titles.place(self.figure.unit) if self.figure else ""

    @property
    def period(self) -> str:
        return spoken_period(self.figure.period) if self.figure else ""

    @property
    def source(self) -> str:
        """In words; the report that it came from is linked beside."""
        found = self.figure
        if found is None or self.report:
            return ""
        words = current()
        if found.source == queries.COMPUTED:
            return words.say("evidence.computed")
        return found.source

    @property
    def report(self) -> str:
        """The number of the report that brought the figure."""
        source = self.figure.source if self.figure else ""
        number = source.removeprefix(REPORTED).partition("#")[0]
        return number if source.startswith(REPORTED) else ""


def spoken_period(text: str) -> str:
    """A period in words; dates and what is no period as it is."""
    try:
        return current().period(parse_period(text)) if text else ""
    except ValueError:
        return text


def marked(document: Document, stretch: queries.Stretch) -> SafeString:
    """The text of a block, its claims linked to what is said of them."""
    return format_html_join("", "{}", ((part,) for part in _parts(document, stretch)))


def _parts(document: Document, stretch: queries.Stretch) -> Iterator[SafeString | str]:
    at, text = stretch.start, document.text
    for row in stretch.claims:
        yield text[at : row.start]
        decided = getattr(row, "decision", None)
        state = decided.verdict if decided else "undecided"
        yield format_html_join(
            "",
            '<mark class="said said-{}" id="m{}"><a href="#c{}">{}</a></mark>',
            [(state, row.number, row.number, text[row.start : row.end])],
        )
        at = row.end
    yield text[at : stretch.end]
