"""The door of the portal: a published programme with its verdicts of today.

What is published is decided in the house by two acts of people, neither of them here:
the office publishes a programme, and a figure counts once its last reviewer approves
it. Decision 0036.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from donbay.domain.verdicts import Days
from donbay.web.look.doors import public
from donbay.web.look.titles import Titles, titles
from donbay.web.offices.permissions import Closed
from donbay.web.portal.caching import kept, mark_of, page
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation


@dataclass(frozen=True, slots=True)
class Seen:
    """What a public page of a programme stands on."""

    programme: Programme
    evaluation: Evaluation
    days: Days
    titles: Titles

    @property
    def context(self) -> dict[str, object]:
        """What the frame needs of it."""
        today = programmes.today(self.programme)
        return {
            "programme": self.programme,
            "days": self.days,
            "of_another_day": self.evaluation.on != today,
            "has_money": bool(self.titles.pack.programme.mobilisation),
            "has_levels": bool(self.titles.sets),
        }


Page = Callable[..., HttpResponseBase]


def programme_for_all(wanted: str) -> Programme:
    """Raises Closed where nobody has published it."""
    found = programmes.published_one(wanted)
    if found is None:
        raise Closed
    return found


def seen_of(programme: Programme, evaluation: Evaluation) -> Seen:
    evaluation.programme = programme
    days = results.days_of(evaluation)
    return Seen(programme, evaluation, days, titles(programme, days))


def of_programme_and(
    also: Callable[[Programme, Evaluation | None], object],
) -> Callable[[Callable[..., HttpResponse]], Page]:
    """For a page that shows more than verdicts rest on: `also` says what."""

    def decorated(view: Callable[..., HttpResponse]) -> Page:
        @public
        @require_safe
        @wraps(view)
        def opened(
            request: HttpRequest, language: str, programme: str, **more: str
        ) -> HttpResponseBase:
            found = programme_for_all(programme)
            evaluation = results.live(found)

            def answer() -> HttpResponse:
                if evaluation is None or evaluation.state != Evaluation.State.READY:
                    given = {"programme": found, "evaluation": evaluation}
                    made = render(request, "portal/nothing_yet.html", given)
                else:
                    made = view(request, seen_of(found, evaluation), **more)
                return page(made, language)

            return kept(
                request, mark_of(found, evaluation, also(found, evaluation)), answer
            )

        return opened

    return decorated


def of_programme(view: Callable[..., HttpResponse]) -> Page:
    """Hand a page the programme of its address; the public gets no other day."""
    return of_programme_and(lambda *_: "")(view)
