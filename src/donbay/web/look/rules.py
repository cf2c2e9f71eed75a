"""What a figure was promised by: citations with the legal documents that they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from donbay.domain.sources import Document, Source
from donbay.domain.targets import Target
from donbay.web.look.titles import Titles


@dataclass(frozen=True, slots=True)
class Rule:
    """A citation with the legal document that it names."""

    source: Source
    document: Document | None
    title: str


def rules(titles: Titles, sources: Iterable[Source | None]) -> list[Rule]:
    """Each citation once."""
    documents = {d.id: d for d in titles.pack.programme.documents}
    found = []
    for source in dict.fromkeys(s for s in sources if s is not None):
        document = documents.get(source.document or "")
        named = titles.document(document) if document else source.document
        found.append(Rule(source, document, source.title or named or ""))
    return found


def rules_of(titles: Titles, target: Target) -> list[Rule]:
    """Those of a promise and of its milestones."""
    steps = (milestone.source for milestone in target.milestones)
    return rules(titles, [target.source, *steps])
