"""A printed report as a reader sees it in a list."""

from __future__ import annotations

from dataclasses import dataclass

from donbay.domain.periods import parse_period
from donbay.web.look.titles import Titles
from donbay.web.publications.models import Publication


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """What it is about, in the reader's words. Who made it is not told."""

    titles: Titles
    row: Publication

    @property
    def kind(self) -> str:
        return self.titles.words.say(f"report_kind.{self.row.kind}")

    @property
    def place(self) -> str:
        return self.titles.place(self.row.unit_id)

    @property
    def period(self) -> str:
        return self.titles.words.period(parse_period(self.row.period))
