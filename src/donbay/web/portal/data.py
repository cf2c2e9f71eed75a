"""Tables of a published programme as files under addresses that stay.

The columns are those that `donbay evaluate` reads and writes, so a file from here is at
home in the command and in a notebook. Ids and codes stand in them, not their titles;
every row of verdicts carries the three days, and says so if it is made up. For a map
program the places are there as GeoJSON, with titles in the language asked for.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from donbay.folder.frames import COLUMNS, NUMBER, TRUTH, Row, records
from donbay.tables.columns import OBSERVATIONS
from donbay.tables.export import act_columns, succession_columns, unit_columns
from donbay.tables.spreadsheets import write_spreadsheet
from donbay.tables.writing import write_rows
from donbay.web.acts import queries as acts
from donbay.web.ledger.queries import listed
from donbay.web.look.doors import public
from donbay.web.look.words import wording
from donbay.web.offices.permissions import Closed
from donbay.web.portal.caching import files, kept, mark_of
from donbay.web.portal.geography import write_places
from donbay.web.portal.published import (
    Seen,
    of_programme,
    programme_for_all,
    seen_of,
)
from donbay.web.results import queries as results
from donbay.web.results.explaining import below
from donbay.web.results.mobilised import mobilised
from donbay.web.results.models import Evaluation
from donbay.web.territory.queries import boundaries_mark

MOST = 1_000  # places whose rows go into one file
FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
PLACES, GEOJSON = "places", "geojson"  # a layer of a map is no table
KINDS = {**FORMATS, GEOJSON: "application/geo+json"}
Columns = dict[str, Sequence[object]]


class TooMany(Exception):  # noqa: N818 -- it is an answer, not an error of ours
    """More places than go into one file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a file: of all places, or of one and those below it."""

    seen: Seen
    units: frozenset[str]


def _targets(wanted: Wanted) -> Columns:
    rows = results.targets(wanted.seen.evaluation, units=wanted.units)
    return _of_verdicts(wanted, "targets", rows)


def _values(wanted: Wanted) -> Columns:
    rows = results.values_of(wanted.seen.evaluation, wanted.units)
    return _of_verdicts(wanted, "values", rows)


def _levels(wanted: Wanted) -> Columns:
    rows = results.levels(wanted.seen.evaluation, units=wanted.units)
    return _of_verdicts(wanted, "levels", rows)


def _criteria(wanted: Wanted) -> Columns:
    rows = results.criteria_of(wanted.seen.evaluation, wanted.units)
    return _of_verdicts(wanted, "criteria", rows)


def _mobilisation(wanted: Wanted) -> Columns:
    """Of the places at the top of what is wanted; the others have their own files."""
    ground, units = wanted.seen.titles.ground, wanted.units
    tops = [u for u in ground if u in units and ground[u].parent not in units]
    found = [mobilised(wanted.seen.evaluation, unit) or () for unit in tops]
    rows = [row for some in found for row in some]
    return _of_verdicts(wanted, "mobilisation", rows)


def _units(wanted: Wanted) -> Columns:
    some = wanted.seen.titles.territory.versions
    rows = (v for unit in some if unit in wanted.units for v in some[unit])
    return _as_lists(unit_columns(rows))


def _successions(wanted: Wanted) -> Columns:
    found = wanted.seen.titles.territory.successions
    units = wanted.units
    return _as_lists(succession_columns(s for s in found if {s.origin, s.heir} & units))


def _observations(wanted: Wanted) -> Columns:
    """All that was ever approved, corrections behind what they correct."""
    rows = listed(wanted.seen.programme, wanted.units)
    names = OBSERVATIONS.names
    columns: Columns = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    columns["recorded_at"] = [_moment(row[names.index("recorded_at")]) for row in rows]
    return columns


def _moment(at: object) -> str:
    return at.isoformat() if isinstance(at, datetime) else ""


def _acts(wanted: Wanted) -> Columns:
    told = acts.told(wanted.seen.programme)
    return _as_lists(act_columns(act for act in told if act.unit in wanted.units))


TABLES: Mapping[str, Callable[[Wanted], Columns]] = {
    "targets": _targets,
    "values": _values,
    "criteria": _criteria,
    "levels": _levels,
    "mobilisation": _mobilisation,
    "units": _units,
    "successions": _successions,
    "observations": _observations,
    "acts": _acts,
}


def _of_verdicts(wanted: Wanted, table: str, rows: Sequence[Row]) -> Columns:
    seen = wanted.seen
    found = records(table, rows, seen.titles.territory, seen.days)
    columns: Columns = {c: [one[c] for one in found] for c in COLUMNS[table]}
    count = len(found)
    columns["on"] = [seen.days.on.isoformat()] * count
    columns["map"] = [seen.days.map.isoformat()] * count
    if seen.programme.synthetic:
        columns["synthetic"] = [True] * count
    return columns


def _as_lists(found: Mapping[str, object]) -> Columns:
    arrays = {name: pa.array(column) for name, column in found.items()}
    return {name: array.to_pylist() for name, array in arrays.items()}


# --- the page that lists them ------------------------------------------------------


@of_programme
def data(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Which tables there are, in which formats, and under which licence."""
    titles = seen.titles
    wanted = request.GET.get("place", "")
    chosen = wanted if wanted in titles.territory.versions else ""
    named = [(unit, version.name) for unit, version in titles.ground.items()]
    given = {
        **seen.context,
        "tables": [
            *((name, list(FORMATS)) for name in TABLES if _has(seen, name)),
            (PLACES, [GEOJSON]),
        ],
        "chosen": chosen,
        "name": titles.place(chosen) if chosen else "",
        "listed": sorted(named, key=lambda one: one[1])[:MOST],
        "too_many": len(titles.territory.versions) > MOST and not chosen,
        "licence": settings.DATA_LICENCE,
        "licence_address": settings.DATA_LICENCE_ADDRESS,
    }
    return render(request, "portal/data.html", given)


def _has(seen: Seen, table: str) -> bool:
    if table == "mobilisation":
        return bool(seen.titles.pack.programme.mobilisation)
    return table not in {"levels", "criteria"} or bool(seen.titles.sets)


# --- a file ------------------------------------------------------------------------


@public
@require_safe
def table(
    request: HttpRequest, programme: str, table: str, form: str
) -> HttpResponseBase:
    """One table in one format; `?place=` narrows it to a place and those below it."""
    found = programme_for_all(programme)
    evaluation = results.live(found)
    ready = evaluation is not None and evaluation.state == Evaluation.State.READY
    if not _offered(table, form) or not ready or evaluation is None:
        raise Closed
    drawn = boundaries_mark() if form == GEOJSON else ""
    etag = mark_of(found, evaluation, drawn)

    words = wording(request.GET.get("language", ""))

    place = request.GET.get("place", "")

    def content() -> bytes:
        with override(words.language):
            seen = seen_of(found, evaluation)
            return _content(Wanted(seen, _places(seen, place)), table, form)

    def answer() -> HttpResponse:
        key = (etag, table, form, place, words.language)
        try:
            return _file(f"{programme}-{table}.{form}", files.get(key, content))
        except TooMany:
            said = words.say("portal.data_too_many", most=words.number(MOST))
            return HttpResponse(said, status=400, content_type="text/plain")

    return kept(request, etag, answer)


def _offered(table: str, form: str) -> bool:
    return (table, form) == (PLACES, GEOJSON) or (table in TABLES and form in FORMATS)


def _places(seen: Seen, wanted: str) -> frozenset[str]:
    """Raises Closed where there is no such place, and TooMany."""
    territory = seen.titles.territory
    if wanted and wanted not in territory.versions:
        raise Closed
    units = below(territory, wanted) if wanted else frozenset(territory.versions)
    if len(units) > MOST:
        raise TooMany
    return units


def _content(wanted: Wanted, table: str, form: str) -> bytes:
    out = io.BytesIO()
    if form == GEOJSON:
        write_places(wanted.seen, wanted.units, out)
    elif form == "xlsx":
        columns = TABLES[table](wanted)
        write_spreadsheet(columns, out, name=table, head=_head(wanted.seen))
    else:
        write_rows(_typed(table, TABLES[table](wanted)), form, out)
    return out.getvalue()


def _file(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    if settings.DATA_LICENCE_ADDRESS:
        answer["Link"] = f'<{settings.DATA_LICENCE_ADDRESS}>; rel="license"'
    return answer


def _typed(table: str, columns: Columns) -> dict[str, pa.Array]:
    """An empty column keeps its kind, so that files of two days fit together."""
    kinds = {NUMBER: pa.float64(), TRUTH: pa.bool_()}
    of = COLUMNS.get(table, {})
    return {
        name: pa.array(cells, kinds.get(of.get(name, ""), _kind(name)))
        for name, cells in columns.items()
    }


def _kind(name: str) -> pa.DataType:
    kinds = {"synthetic": pa.bool_(), "value": pa.float64()}
    return kinds.get(name, pa.string())


def _head(seen: Seen) -> list[tuple[str, str]]:
    """A spreadsheet goes from hand to hand, so it says what it is."""
    words, titles = seen.titles.words, seen.programme.titles
    say = words.say
    named = titles.get(words.language) or next(iter(titles.values()), "")
    head = [
        (say("portal.programme"), named),
        (say("heading.on"), words.day(seen.days.on)),
        (say("portal.licence"), settings.DATA_LICENCE or say("portal.no_licence")),
    ]
    if seen.programme.synthetic:
        head.append((say("site.synthetic_short"), say("site.synthetic")))
    return head
