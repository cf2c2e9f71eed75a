"""The wording of a report: the office's, else the pack's, else the usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from donbay.domain.passages import filled
from donbay.reports.directions import apart
from donbay.reports.matter import Matter, Order, Wording
from donbay.reports.names import Names


@dataclass(frozen=True)
class Teller:
    """Fills the passages of one report in one language.

    `wording` holds what the office wrote in this language, by passage.
    """

    matter: Matter
    order: Order
    words: Wording
    wording: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> Names:
        return Names(self.matter, self.words)

    def tell(self, passage: str, **fields: object) -> str:
        given = {**self._where, **{name: str(v) for name, v in fields.items()}}
        return filled(self._wording(passage), self._apart(given)).strip()

    def say(self, code: str, **parameters: object) -> str:
        given = {name: str(value) for name, value in parameters.items()}
        return self.words.say(code, **self._apart(given))

    def _apart(self, given: Mapping[str, str]) -> dict[str, str]:
        if not self.words.right_to_left:
            return dict(given)
        return {name: apart(value) for name, value in given.items()}

    def _wording(self, passage: str) -> str:
        own = self.wording.get(passage)
        if own is not None:
            return own
        language = self.words.language
        of_pack = self.matter.texts.get(language, {}).get(f"report.{passage}")
        return of_pack or self.words.say(f"passage.{passage}")

    @cached_property
    def _where(self) -> dict[str, str]:
        return {
            "programme": self.names.programme,
            "place": self.names.place(self.order.unit),
            "period": self.words.period(self.order.period),
            "on": self.words.day(self.matter.days.on),
        }
