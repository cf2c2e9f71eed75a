"""What has to move when places change: told before anything is touched.

A rehearsal shows these moves and applying carries out the same ones. Decision 0027.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from donbay.domain.periods import parse_period
from donbay.domain.reorganisations import Heir, goes_on_alone, heir
from donbay.domain.reorganisations import Reorganisation as Change
from donbay.domain.territory import Territory
from donbay.domain.workflow import State
from donbay.web.offices.models import Office, Role
from donbay.web.programmes.models import Programme
from donbay.web.reorganisations.queries import ending
from donbay.web.submissions.models import Submission
from donbay.web.submissions.permissions import path_after, steps
from donbay.web.territory.queries import part_of

Said = dict[str, Any]  # a row of JSON


@dataclass(frozen=True)
class Planned:
    """A move: of what, from which unit to which, why, and what changes."""

    kind: str
    key: str
    unit: str
    to: str
    why: str
    name: str = ""
    about: str = ""
    before: Said = field(default_factory=dict)
    after: Said = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The places before and after, and all that moves."""

    places: Territory
    after: Territory
    change: Change
    programmes: tuple[Programme, ...]

    @property
    def ended(self) -> list[str]:
        return ending(self.places, self.after, self.change)

    def heir(self, unit: str) -> Heir:
        return heir(self.after, unit, self.change.day)

    def moves(self) -> list[Planned]:
        heirs = {unit: self.heir(unit) for unit in self.ended}
        return [
            *self._roots(),
            *_offices(heirs),
            *_roles(heirs, self.change),
            *self._submissions(),
        ]

    # --- programmes ---

    def _roots(self) -> Iterator[Planned]:
        """A programme follows where its whole territory came under another unit."""
        for programme in self.programmes:
            roots = sorted(programme.roots.values_list("pk", flat=True))
            now = roots_after(self.after, roots, self.change.day)
            if now != roots:
                yield Planned(
                    *("roots", programme.pk, roots[0], now[-1], "whole"),
                    before={"roots": roots},
                    after={"roots": now},
                )

    # --- reports that are open ---

    def _submissions(self) -> Iterator[Planned]:
        rows = Submission.objects.filter(round__programme__in=self.programmes)
        open_ones = rows.exclude(state=State.APPROVED).select_related(
            "round__programme", "unit"
        )
        ended = set(self.ended)
        for one in open_ones.order_by("pk"):
            late = parse_period(one.round.period).last >= self.change.day
            if one.unit_id in ended and late:
                yield self._of_ended(one)
            elif one.state == State.SENT:
                yield from self._handed_over(one)

    def _of_ended(self, one: Submission) -> Planned:
        """Whole where the place goes on as another; else closed, for another reports.

        What one of several reported is never passed off as the figure of all.
        """
        before: Said = _stands(one)
        heir_of = goes_on_alone(self.change, one.unit_id)
        if heir_of is None:
            closed = State.WITHDRAWN if one.state == State.SENT else State(one.state)
            after = {**before, "state": closed.value, "revision": one.revision + 1}
            to = self.heir(one.unit_id).unit or ""
            return _of(one, to, "closed", before, after)
        after = {**before, "unit": heir_of, "revision": one.revision + 1}
        return _of(one, heir_of, "whole", before, after)

    def _handed_over(self, one: Submission) -> Iterator[Planned]:
        """A sent report whose next reviewers' level ended waits for those above."""
        path, day = steps(one.round, one.unit_id), self.change.day
        now = path_after(self.after, path, day)
        # Where those stand who go on for the unit at whose step it waits.
        here = max(len(path_after(self.after, path[: one.step + 1], day)) - 1, 0)
        if here != one.step:
            before: Said = _stands(one)
            after = {**before, "step": here, "revision": one.revision + 1}
            yield _of(one, now[here], "above", before, after)


def _stands(one: Submission) -> Said:
    return {
        "unit": one.unit_id,
        "state": str(one.state),
        "step": one.step,
        "revision": one.revision,
    }


def _of(one: Submission, to: str, why: str, before: Said, after: Said) -> Planned:
    return Planned(
        *("submission", str(one.pk), one.unit_id, to, why),
        name=one.round.form,
        about=one.round.period,
        before=before,
        after=after,
    )


def roots_after(after: Territory, roots: list[str], day: date) -> list[str]:
    """The roots, and those under whom one came that lie in none of them."""
    found = list(roots)
    for root in roots:
        now = heir(after, root, day).unit
        if now and now not in part_of(after, found).versions:
            found.append(now)
    return found


# --- offices, people ------------------------------------------------------------------


def _offices(heirs: dict[str, Heir]) -> Iterator[Planned]:
    rows = Office.objects.filter(unit__in=list(heirs)).order_by("pk")
    for office in rows.select_related("leader"):
        now = heirs[office.unit_id]
        yield Planned(
            *("office", str(office.pk), office.unit_id, now.unit or "", now.why),
            name=office.name,
            about=str(office.leader) if office.leader else "",
            before={"unit": office.unit_id},
            after={"unit": now.unit or office.unit_id},
        )


def _roles(heirs: dict[str, Heir], change: Change) -> Iterator[Planned]:
    """A role ends with its place, and begins anew at the one heir.

    Nobody gets a wider reach by it: of a level that ended, the unit above has people
    of its own. Of a divided place somebody has to say.
    """
    rows = Role.objects.filter(unit__in=list(heirs)).select_related("user")
    for role in rows.order_by("pk"):
        if role.ends is not None and role.ends < change.day:
            continue
        now = heirs[role.unit_id]
        goes_on = now.why in {"whole", "largest"}
        last = max(role.starts, change.eve)
        why = now.why if goes_on else "unassigned"
        yield Planned(
            *("role", str(role.pk), role.unit_id, (now.unit or "") * goes_on, why),
            name=str(role.user),
            about=role.kind,
            before={"ends": role.ends and role.ends.isoformat()},
            after={"ends": last.isoformat()},
        )
