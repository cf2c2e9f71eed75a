"""The demonstration: shipped programmes, made-up reports, people of every role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction

from donbay.domain.ledger import Observation
from donbay.domain.periods import Frequency
from donbay.domain.reorganisations import found_in
from donbay.domain.territory import Territory
from donbay.folder.made_up import make_folder
from donbay.folder.shipped import example_pack, shipped
from donbay.web.installation import demo_people, demo_printed, demo_reports
from donbay.web.installation.loading import STAMP, load, roots_of
from donbay.web.journal.actions import acting
from donbay.web.offices.permissions import By
from donbay.web.programmes.actions import open_rounds, publish
from donbay.web.programmes.models import Programme, Round
from donbay.web.programmes.permissions import JOB
from donbay.web.programmes.queries import asked, today
from donbay.web.reorganisations.actions import Paper, adopt
from donbay.web.territory.queries import territory

MARK = "demonstration"  # a file in the home that says `begun`, or `ready`
LONGEST_ROUND = 96
OVER = "thai-nguyen-13"
MERGER = date(2025, 7, 1)
AUTHORITY, BASIS = "Ủy ban Thường vụ Quốc hội", "202/2025/QH15"


def build(language: str, tell: Callable[[str], None]) -> None:
    """All or nothing, in one transaction. `tell` hears the code of each stage."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")  # begun anew if it breaks
    with transaction.atomic():
        tell("cli.demo.shipped")
        shown: list[Territory] = []
        for folder in shipped("examples"):
            found = load(STAMP, folder, example_pack(folder))
            shown.append(found.study.territory)
            publish(JOB, found.programme)
        tell("cli.demo.made_up")
        programme = _made_up()
        publish(JOB, programme)
        rounds = open_rounds(JOB, programme, today(programme))
        tell("cli.demo.people")
        people = _people(programme, rounds, language)
        tell("cli.demo.reports")
        demo_reports.fill(programme, rounds, people)
        demo_printed.order(people["chi"], programme, language, today(programme))
        tell("cli.demo.merger")
        for places in shown:
            _merged(places)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=FULL")
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (Path(settings.HOME) / MARK).write_text("ready", encoding="ascii")


def _merged(places: Territory) -> None:
    """The decision of 2025 that the places of a province show."""
    change, before = found_in(places, MERGER)
    decisions = Counter(s.decision or "" for s in change.successions)
    number = decisions.most_common(1)[0][0].partition(" ")[0]
    adopt(STAMP, Paper(number, AUTHORITY, BASIS), change, before)


def _made_up() -> Programme:
    """Reports over the places of Thái Nguyên, of this year and the last."""
    year = date.today().year  # noqa: DTZ011 -- any day of the year does
    (over,) = (f for f in shipped("examples") if f.name == OVER)
    with TemporaryDirectory() as place:
        folder = Path(place) / "made-up"
        folder.mkdir()
        make_folder(
            folder,
            pack=None,
            territory=over,
            seed=1,
            communes=1,
            years=(year - 1, year),
            parquet=True,
            at=folder,
        )
        _bring_to_today(folder / "pack", year)
        found = load(STAMP, folder, keep=_is_over, decided_by=date.today())  # noqa: DTZ011 -- as above
        demo_reports.remember(found.study)
    return found.programme


def _bring_to_today(pack: Path, year: int) -> None:
    """Targets that end this year, and rounds of which some are open on any day."""
    targets = pack / "targets.yaml"
    told = targets.read_text(encoding="utf-8").split("- id: ")
    for old, new in (("2025", year), ("2024", year - 1), ("2023", year - 1)):
        # That of schools ends with the span of years that it is counted over.
        told = [
            x if x.startswith("schools\n") else x.replace(old, str(new)) for x in told
        ]
    targets.write_text("- id: ".join(told), encoding="utf-8")
    calendar = pack / "programme.yaml"
    text = calendar.read_text(encoding="utf-8")
    text = text.replace("due: 10, closes: 40", "due: 60, closes: 95")
    text = text.replace("due: 5, closes: 20", "due: 10, closes: 32")
    calendar.write_text(text, encoding="utf-8")


def _is_over(o: Observation) -> bool:
    """What was reported in rounds that are closed today; of months only this year's."""
    day = date.today()  # noqa: DTZ011 -- as above
    if o.period.frequency is Frequency.MONTH and o.period.last.year < day.year:
        return False
    return o.period.last < day - timedelta(days=LONGEST_ROUND)


def _people(
    programme: Programme, rounds: list[Round], language: str
) -> Mapping[str, By]:
    """By user name, and each clerk by the id of the commune too."""
    communes = dict(_communes(rounds))
    area = [u for u in communes if demo_people.AREA in _above(u)] or list(communes)
    first, second = area[:2]
    reporting = [(first, communes.pop(first)), (second, communes.pop(second))]
    some = demo_people.listed(reporting, roots_of(territory()))
    some += demo_people.clerks(list(communes.items()))
    made = demo_people.settle_in(some, language)
    with acting(STAMP) as act:
        act.note("add_people", "programme", programme.pk, people=len(made))
    found = {name: By(user, "127.0.0.1") for name, user in made.items()}
    for person in some:
        if person.username in {"an", "hoa"} or person not in some[:8]:
            found[person.unit] = found[person.username]
    return found


def _communes(rounds: list[Round]) -> Iterator[tuple[str, str]]:
    for one in rounds:
        for unit, version in asked(one).units.items():
            yield unit, version.name


def _above(unit: str) -> list[str]:
    return list(territory().ancestors(unit, date.today()))  # noqa: DTZ011 -- as above
