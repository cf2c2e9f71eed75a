"""Who runs a programme, as far as programmes need to know the people above them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from donbay.domain.workflow import NotAllowed
from donbay.web.journal.actions import NOBODY, Stamp


class Actor(Protocol):
    """Somebody who acts; people and their roles are known only further up."""

    @property
    def stamp(self) -> Stamp: ...

    def runs(self, programme: str, units: Collection[str]) -> bool:
        """Whether they are the programme's office for one of these places."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The site itself, doing what the calendar says."""

    stamp: Stamp = NOBODY

    def runs(self, programme: str, units: Collection[str]) -> bool:  # noqa: ARG002 -- as Actor says
        return True


JOB = Machine()


def need_office(by: Actor, programme: str, units: Collection[str]) -> None:
    """Raises NotAllowed for whoever is not the programme's office there."""
    if not by.runs(programme, units):
        raise NotAllowed("only_the_office")
