"""Documents read with what a folder knows: its places, indicators and figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from donbay.documents import Known, Reading, open_document, read
from donbay.documents.indicators import Candidate, Matcher, rivals
from donbay.documents.ledger_check import Checked, Figure, against
from donbay.documents.places import Place, gazetteer
from donbay.domain.indicators import Indicator
from donbay.domain.problems import Problem, Refused
from donbay.domain.programmes import Programme
from donbay.domain.territory import Territory
from donbay.folder.study import Study

PLAIN_UNITS = {"dong": "VND", "đồng": "VND", "percent": "%"}


def known_from(study: Study | None, year: int | None = None) -> Known:
    """Without a folder: the provinces that everybody knows, and no indicators."""
    if study is None:
        return Known(year=year)
    return known_of(study.programme, study.territory, year)


def known_of(
    programme: Programme, territory: Territory, year: int | None = None
) -> Known:
    versions = (v for some in territory.versions.values() for v in some)
    places = (Place(v.unit, v.name, v.level) for v in versions)
    return Known(gazetteer(places), matcher_of(programme), year)


def matcher_of(programme: Programme) -> Matcher:
    return Matcher(map(_candidate, programme.indicators.values()))


def _candidate(indicator: Indicator) -> Candidate:
    titles = indicator.title.by_language.values()
    aliases = (a for some in indicator.aliases.values() for a in some)
    return Candidate(
        indicator.id,
        tuple(dict.fromkeys([*titles, *aliases])),
        PLAIN_UNITS.get(indicator.unit, indicator.unit),
        _decimal(indicator.low),
        _decimal(indicator.high),
    )


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def read_files(
    paths: list[Path], known: Known, language: str | None = None
) -> list[Reading]:
    """Every file, or Refused with the problems of all that could not be read."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            data = path.read_bytes()
            readings.append(read(open_document(data, path.name, language), known))
        except OSError:
            problems.append(Problem("documents.no_file", str(path)))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return readings


def check_against(reading: Reading, study: Study) -> list[Checked | None]:
    """Each claim beside the figure of the ledger that it speaks of."""
    figures = [
        Figure(
            row.unit,
            row.indicator,
            str(row.period),
            Decimal(str(row.value)),
            row.bound.value,
            row.source,
        )
        for row in study.observations
        if row.value is not None
    ]
    alike = rivals(matcher_of(study.programme))
    return against(reading.claims, figures, alike)
