"""Documents read with what a folder knows: its places, indicators and figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from donbay.documents import Known, Reading, open_document, read
from donbay.documents.indicators import Candidate, matcher
from donbay.documents.ledger_check import Checked, Figure, against
from donbay.documents.places import Place, gazetteer
from donbay.domain.indicators import Indicator
from donbay.domain.problems import Problem, Refused
from donbay.folder.study import Study

PLAIN_UNITS = {"dong": "VND", "đồng": "VND", "percent": "%"}


def known_from(study: Study | None, year: int | None = None) -> Known:
    """Without a folder: the provinces that everybody knows, and no indicators."""
    if study is None:
        return Known(year=year)
    versions = (v for some in study.territory.versions.values() for v in some)
    places = (Place(v.unit, v.name, v.level) for v in versions)
    indicators = study.programme.indicators.values()
    return Known(gazetteer(places), matcher(map(_candidate, indicators)), year)


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
    return against(reading.claims, figures)
