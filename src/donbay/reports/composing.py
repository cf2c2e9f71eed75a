"""Verdicts in, a report in words out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from donbay.domain.passages import ReportKind
from donbay.reports.annexes import Annex
from donbay.reports.charting import Draw
from donbay.reports.criteria import reached
from donbay.reports.directions import directed
from donbay.reports.matter import Matter, Order, Wording
from donbay.reports.model import (
    Head,
    Listing,
    Paragraph,
    Report,
    Section,
    Signature,
    Words,
)
from donbay.reports.money import resources
from donbay.reports.places import places
from donbay.reports.standing import behind, changes, overall, promises
from donbay.reports.tasks import tasks
from donbay.reports.telling import Teller


def compose(
    matter: Matter,
    order: Order,
    words: Wording,
    wording: Mapping[str, str] | None = None,
    draw: Draw | None = None,
) -> Report:
    """One report in the language of `words`; without `draw` it has no charts."""
    teller = Teller(matter, order, words, wording or {})
    annex = Annex(teller)
    made = Report(
        words.language,
        words.right_to_left,
        _head(teller),
        tuple(section for section in _sections(teller, draw) if section.blocks),
        _signature(teller),
        _words(teller),
        annex.sections(),
        tuple(_marks(teller)),
        annex.rows(),
    )
    return directed(made) if words.right_to_left else made


def _head(teller: Teller) -> Head:
    order, say = teller.order, teller.tell
    return Head(
        say("above"),
        order.issuer,
        say("number", number=order.number) if order.number else "",
        tuple(line for line in say("state").splitlines() if line.strip()),
        say("seat_and_day", seat=order.seat, day=teller.words.day(order.day)).lstrip(
            " ,،\u200f"
        ),
        say(f"title_{order.kind}"),
        teller.names.programme,
    )


def _marks(teller: Teller) -> Iterator[str]:
    """What a reader must know before anything else."""
    matter, words = teller.matter, teller.words
    if matter.synthetic:
        yield teller.say("site.synthetic")
    known = matter.days.known
    yield teller.say(
        "site.days",
        on=words.day(matter.days.on),
        known=words.day(known.date()) if known else teller.say("site.all_known"),
        map=words.day(matter.days.map),
    )


def _sections(teller: Teller, draw: Draw | None) -> Iterator[Section]:
    yield _introduction(teller)
    yield overall(teller, draw)
    if teller.order.kind is not ReportKind.FINAL:
        yield changes(teller)
    yield promises(teller, draw)
    yield behind(teller)
    yield tasks(teller)
    yield resources(teller, draw)
    yield reached(teller)
    yield places(teller, draw)
    yield _remarks(teller)
    closing = teller.tell("closing")
    if closing:
        yield Section(teller.say("printed.closing"), (Paragraph(closing),))


def _introduction(teller: Teller) -> Section:
    documents = teller.matter.programme.documents
    blocks: list[Paragraph | Listing] = [Paragraph(teller.tell("introduction"))]
    if documents:
        titles = tuple(teller.names.document(one) for one in documents)
        blocks += [Paragraph(teller.tell("basis")), Listing(titles)]
    return Section(teller.say("printed.introduction"), tuple(blocks))


def _remarks(teller: Teller) -> Section:
    """What the places wrote, under the questions that they were asked."""
    matter, names = teller.matter, teller.names
    title = teller.say("printed.remarks")
    if not matter.remarks:
        return Section(title, (Paragraph(teller.tell("no_remarks")),))
    count = teller.words.number(len(matter.remarks))
    reporters = teller.words.number(matter.reporters)
    blocks: list[Paragraph | Listing] = [
        Paragraph(teller.tell("remarks", count=count, reporters=reporters))
    ]
    for question in dict.fromkeys(remark.question for remark in matter.remarks):
        said = [one for one in matter.remarks if one.question == question]
        blocks.append(Paragraph(teller.say("printed.question", question=question)))
        blocks.append(
            Listing(tuple(f"{names.place(one.unit)}: {one.text}" for one in said))
        )
    return Section(title, tuple(blocks))


def _signature(teller: Teller) -> Signature:
    lines = tuple(x.strip() for x in teller.tell("recipients").splitlines() if x)
    return Signature(teller.order.signer_title, teller.order.signer, lines)


def _words(teller: Teller) -> Words:
    say = teller.say
    return Words(say("printed.annex"), say("printed.page"), say("printed.recipients"))
