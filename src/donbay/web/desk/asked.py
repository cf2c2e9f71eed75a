"""Which evaluation a page shows: today's, or that of `?on=` `?known=` `?map=`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donbay.domain.verdicts import Days
from donbay.web.look.titles import Titles, titles
from donbay.web.offices.permissions import by, programme_for
from donbay.web.programmes import queries as programmes
from donbay.web.programmes.models import Programme
from donbay.web.results import queries as results
from donbay.web.results.models import Evaluation

NAMES = ("on", "known", "map")


class NotADay(ValueError):  # noqa: N818 -- it is an answer, not an error of ours
    """What stands in the address is no day."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The three days as asked in the address; None where nothing was asked."""

    on: date | None = None
    known: date | None = None
    map: date | None = None

    @property
    def any(self) -> bool:
        return any((self.on, self.known, self.map))

    @property
    def query(self) -> str:
        """What links add so that the next page shows the same days."""
        given = {
            name: day.isoformat() for name in NAMES if (day := getattr(self, name))
        }
        return f"?{urlencode(given)}" if given else ""


def asked_days(request: HttpRequest) -> AskedDays:
    """Raises NotADay."""
    return AskedDays(*(_day(request.GET.get(name, "").strip()) for name in NAMES))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(text[:40]) from None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of a programme stands on."""

    programme: Programme
    evaluation: Evaluation
    days: Days
    titles: Titles
    asked: AskedDays

    @property
    def context(self) -> dict[str, object]:
        """What the frame needs of it."""
        return {
            "programme": self.programme,
            "days": self.days,
            "asked": self.asked,
            "of_another_day": not self.asked.any
            and self.evaluation.on != programmes.today(self.programme),
            "keep": self.asked.query,
        }


Page = Callable[..., HttpResponse]


def on_asked_days(page: Callable[..., HttpResponse]) -> Page:
    """Open the programme's door and hand the page what it is to show.

    Where the days asked for are not evaluated yet, or no figure has come in, the
    reader is told so instead.
    """

    @wraps(page)
    def view(request: HttpRequest, programme: str, **more: str) -> HttpResponse:
        found = programme_for(by(request).user, programme)
        try:
            asked = asked_days(request)
        except NotADay as wrong:
            given: dict[str, object] = {"programme": found, "text": wrong.text}
            return render(request, "desk/not_a_day.html", given, status=400)
        evaluation = _evaluation(found, asked)
        if evaluation is None or evaluation.state != Evaluation.State.READY:
            return _not_yet(request, found, asked, evaluation)
        return page(request, _shown(found, evaluation, asked), **more)

    return view


def _evaluation(programme: Programme, asked: AskedDays) -> Evaluation | None:
    if not asked.any:
        return results.live(programme)
    found = results.find(programme, asked.on, asked.known, asked.map)
    return None if found is None or results.out_of_date(found) else found


def _shown(programme: Programme, evaluation: Evaluation, asked: AskedDays) -> Shown:
    evaluation.programme = programme
    days = results.days_of(evaluation)
    return Shown(programme, evaluation, days, titles(programme, days), asked)


def _not_yet(
    request: HttpRequest,
    programme: Programme,
    asked: AskedDays,
    evaluation: Evaluation | None,
) -> HttpResponse:
    given = {
        "programme": programme,
        "asked": asked,
        "evaluation": evaluation,
        "on": asked.on or programmes.today(programme),
        "back": request.get_full_path(),
    }
    if not asked.any:
        return render(request, "desk/no_verdicts.html", given)
    return render(request, "desk/waiting.html", given)
