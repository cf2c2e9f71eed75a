"""A folder brought onto the site: its places, its pack, figures and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from django.db import transaction

from donbay.domain.acts import Act as Said
from donbay.domain.ledger import Observation
from donbay.domain.problems import Problem, Refused
from donbay.domain.territory import Territory
from donbay.domain.workflow import NotAllowed
from donbay.folder.sources import SYNTHETIC, Article
from donbay.folder.study import Study, open_folder, pack_of
from donbay.packs import load_pack
from donbay.web.journal.actions import Stamp, acting
from donbay.web.ledger.models import Batch
from donbay.web.programmes.actions import install
from donbay.web.programmes.models import Programme
from donbay.web.programmes.permissions import Machine
from donbay.web.results.actions import Decision, Row, enter, take_over
from donbay.web.territory.actions import add_places

LONGEST = 200
STAMP = Stamp("", "Donbay", channel="command")


@dataclass(frozen=True)
class Loaded:
    """What a folder brought."""

    programme: Programme
    units: int
    rows: int
    study: Study


def load(
    stamp: Stamp,
    folder: Path,
    pack: Path | None = None,
    keep: Callable[[Observation], bool] = lambda _: True,
    decided_by: date = date.max,
) -> Loaded:
    """Places, pack, acts up to a day and the rows that `keep` wants.

    A batch for each source.

    Rows made up are one batch with what they were made from.

    Raises Refused with every problem of the folder. What was reported at once there is
    reported at once here: the day stays as `reported_on`.
    """
    study = open_folder(folder, pack)
    units, programme = _settle(stamp, study)
    rows = [o for o in study.observations if keep(o)]
    by_source = (
        [(SYNTHETIC, iter(rows))] if study.synthetic else groupby(rows, _document)
    )
    for source, some in by_source:
        _enter(stamp, programme, study, source, some)
    said = [_decision(x) for x in study.tables.acts if x.date <= decided_by]
    if said:
        with acting(stamp, programme.chain) as act:
            take_over(act, programme, said)
    return Loaded(programme, units, len(rows), study)


def bring(folder: Path, pack: Path | None, *, figures: bool) -> Loaded:
    """What `donbay load` does: places and pack, and once the figures and acts.

    Places and packs may be brought again: what changed is told anew. Raises Refused
    with every problem of the folder, or where figures are there already; then nothing
    has changed.
    """
    try:
        with transaction.atomic():
            if figures:
                return _bring_figures(folder, pack)
            study = open_folder(folder, pack)
            units, programme = _settle(STAMP, study)
            return Loaded(programme, units, 0, study)
    except NotAllowed as refused:
        code = f"not_allowed.{refused.code}"
        raise Refused([_problem(code, folder, **refused.parameters)]) from None


def _bring_figures(folder: Path, pack: Path | None) -> Loaded:
    """Only where there are none yet: a batch that comes later is an import."""
    known = load_pack(pack_of(folder, pack)).programme.id
    if Batch.objects.filter(programme_id=known).exists():
        raise Refused([_problem("cli.load.figures_there", folder, programme=known)])
    return load(STAMP, folder, pack)


def _problem(code: str, folder: Path, **about: str) -> Problem:
    return Problem(code, str(folder), None, None, about)


def _settle(stamp: Stamp, study: Study) -> tuple[int, Programme]:
    """Its places, and its pack in force over them."""
    units = add_places(stamp, study.territory)
    machine = Machine(stamp)
    return units, install(machine, study.pack.path, roots_of(study.territory))


def roots_of(places: Territory) -> list[str]:
    """The units that were ever at the top."""
    return [
        unit
        for unit, some in places.versions.items()
        if any(v.parent is None for v in some)
    ]


def _document(observation: Observation) -> str:
    return observation.source.partition("#")[0]


def _enter(
    stamp: Stamp,
    programme: Programme,
    study: Study,
    source: str,
    some: Iterable[Observation],
) -> None:
    zone_rows = [_row(o, study.shelf.article(o.source)) for o in some]
    origin = "demonstration" if source == SYNTHETIC else "import"
    with acting(stamp, programme.chain) as act:
        enter(act, programme, zone_rows, origin=origin, reference=source[:100])


def _decision(said: Said) -> Decision:
    return Decision(
        unit=said.unit,
        kind=said.kind,
        subject=said.subject or "",
        level=said.level or "",
        result=said.result or "",
        start=said.start,
        end=said.end,
        number=said.number or "",
        authority=said.authority or "",
        date=said.date,
    )


def _row(o: Observation, article: Article | None) -> Row:
    return Row(
        o.unit,
        o.indicator,
        str(o.period),
        o.value,
        o.category or "",
        o.bound.value,
        _cited(o.source, article),
        _day(o),
    )


def _day(o: Observation) -> date:
    return o.recorded_at.date()


def _cited(source: str, article: Article | None) -> str:
    """The article by its title and address, and the claim in it."""
    if article is None:
        return source[:LONGEST]
    claim = source.partition("#")[2]
    title = ", ".join(x for x in (article.title, article.publisher) if x)
    cited = " · ".join(x for x in (title, article.address, claim) if x)
    return cited if len(cited) <= LONGEST else f"{source} · {article.address}"[:LONGEST]
