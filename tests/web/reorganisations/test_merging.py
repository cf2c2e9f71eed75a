"""Two communes become one: rehearsed, applied whole, undone, and applied again."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.people import People, by, give, office, quarter
from tests.web.reorganisations.merger import (
    DAY,
    HEIRS,
    PAPER,
    UNITS,
    enters,
    everything,
    folder,
    recorded,
    reported,
)

from donbay.domain.problems import Refused
from donbay.domain.roles import RoleKind
from donbay.domain.workflow import NotAllowed
from donbay.web.acts.queries import broken_acts
from donbay.web.installation.verify import verify
from donbay.web.journal.models import Entry
from donbay.web.offices.models import Role
from donbay.web.programmes.models import Programme
from donbay.web.programmes.queries import asked
from donbay.web.reorganisations.actions import (
    apply,
    in_the_way,
    record,
    rehearse,
    undo,
    undoing_stops,
)
from donbay.web.results import queries as results
from donbay.web.results.actions import Decision, carry_out, decide, full_run
from donbay.web.submissions.actions import Entry as Typed
from donbay.web.submissions.actions import approve, begin, save, send
from donbay.web.submissions.models import Submission
from donbay.web.submissions.permissions import may_report, steps
from donbay.web.territory.queries import territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return reported()


def homes(programme: Programme, unit: str) -> float | None:
    live = results.live(programme)
    assert live is not None
    rows = results.values(live, unit, "2026-Q2")
    return next((row.value for row in rows if row.indicator == "homes"), None)


def same_as_in_full(programme: Programme) -> bool:
    run = full_run(by(People(programme).chi), programme)
    carry_out(run)
    run.refresh_from_db()
    return bool(run.compared) and run.differences == []


def test_a_rehearsal_tells_all_and_touches_nothing(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    office("UBND xã Tràng Xá", "tx", people.an)
    assert all((people.hoa, people.khoi, people.binh))
    before = everything(programme)
    row = rehearse(recorded(programme, tmp_path))
    told = row.rehearsed
    assert told is not None
    assert told["places"] == {"end": 5, "begin": 2, "before": 6, "after": 3}
    (of_water,) = told["programmes"]
    totals = of_water["totals"]
    assert (totals["other"], totals["lost"]) == (0, 0)
    assert totals["same"] > 0
    moves = {(m["kind"], m["name"].split(" ")[0]): m for m in told["moves"]}
    assert moves["role", "An"]["to"] == "xvn"
    assert (moves["role", "Bình"]["to"], moves["role", "Bình"]["why"]) == (
        "",
        "unassigned",
    )
    assert moves["office", "UBND"]["to"] == "xvn"
    assert everything(programme) == before


def test_applied_every_total_above_is_what_it_was(
    programme: Programme, tmp_path: Path
) -> None:
    assert homes(programme, "tn") == 2300
    chi = by(People(programme).chi)
    row = apply(chi, rehearse(recorded(programme, tmp_path)))
    assert row.state == "applied"
    assert sorted(territory().on(DAY)) == ["tn", "xhn", "xvn"]
    assert homes(programme, "tn") == 2300
    assert (homes(programme, "xvn"), homes(programme, "xhn")) == (1500, 800)
    assert homes(programme, "tx") is None
    assert same_as_in_full(programme)


def test_undone_all_is_exactly_as_before_and_applied_again_as_after(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    chi = by(people.chi)
    office("UBND xã Tràng Xá", "tx", people.an)
    _sent(people, "2026-Q2")
    assert all((people.hoa, people.binh))
    before = everything(programme)
    row = apply(chi, rehearse(recorded(programme, tmp_path)))
    after = everything(programme)
    assert after != before
    undo(chi, row)
    assert everything(programme) == before
    row.refresh_from_db()
    apply(chi, rehearse(row))
    again = everything(programme)
    for name in ("versions", "successions", "offices", "values", "targets", "levels"):
        assert again[name] == after[name], name
    assert same_as_in_full(programme)
    assert verify().troubles == ()
    assert broken_acts() == []


def _sent(people: People, period: str) -> Submission:
    made = begin(by(people.an), quarter(people.programme, period), "tx")
    for field in ("homes", "served"):
        save(by(people.an), made, field, Typed("910"))
    return send(by(people.an), Submission.objects.get(pk=made.pk))


def test_who_reported_for_a_part_reports_for_the_whole_and_the_past(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    old, new = quarter(programme, "2026-Q2"), quarter(programme, "2026-Q3")
    assert people.an.roles.get().unit_id == "tx"
    apply(by(people.chi), rehearse(recorded(programme, tmp_path)))
    an = type(people.an).objects.get(pk=people.an.pk)
    assert sorted(asked(new).units) == ["xhn", "xvn"]
    assert may_report(an, new, "xvn")
    assert may_report(an, old, "tx")
    ended, begun = Role.objects.filter(user=an).order_by("starts")
    assert (ended.unit_id, ended.ends) == ("tx", date(2026, 6, 30))
    assert (begun.unit_id, begun.starts) == ("xvn", DAY)


def test_a_report_that_waited_for_the_district_waits_for_the_province(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    sent = _sent(people, "2026-Q2")
    assert steps(sent.round, "tx") == ("vn", "tn")
    apply(by(people.chi), rehearse(recorded(programme, tmp_path)))
    assert steps(sent.round, "tx") == ("tn",)
    approve(by(people.linh), Submission.objects.get(pk=sent.pk))
    assert Submission.objects.get(pk=sent.pk).state == "approved"
    assert homes(programme, "xvn") == 1410


def test_one_approval_given_stays_given(programme: Programme, tmp_path: Path) -> None:
    people = People(programme)
    sent = _sent(people, "2026-Q2")
    approve(by(people.binh), sent)
    apply(by(people.chi), rehearse(recorded(programme, tmp_path)))
    held = Submission.objects.get(pk=sent.pk)
    assert (held.state, held.step, steps(held.round, "tx")) == ("sent", 0, ("tn",))
    approve(by(people.linh), held)
    assert Submission.objects.get(pk=sent.pk).state == "approved"


def test_a_part_s_figures_are_never_passed_off_as_the_whole_s(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    part = _sent(people, "2026-Q3")
    whole = begin(by(people.khoi), quarter(programme, "2026-Q3"), "hn")
    apply(by(people.chi), rehearse(recorded(programme, tmp_path)))
    closed = Submission.objects.get(pk=part.pk)
    assert (closed.unit_id, closed.state) == ("tx", "withdrawn")
    assert Submission.objects.get(pk=whole.pk).unit_id == "xhn"
    said = Entry.objects.filter(kind="submission", object=str(whole.pk), verb="moved")
    (entry,) = said
    assert (entry.details["before"]["unit"], entry.details["after"]["unit"]) == (
        "hn",
        "xhn",
    )


def test_a_closed_report_of_a_part_is_still_read_and_only_read(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    part = _sent(people, "2026-Q3")
    apply(by(people.chi), rehearse(recorded(programme, tmp_path)))
    an = Client()
    an.force_login(type(people.an).objects.get(pk=people.an.pk))

    page = an.get(f"/reports/{part.pk}/")
    assert page.status_code == HTTPStatus.OK
    assert {"Tràng Xá", "910"} <= set(re.findall("Tràng Xá|910", page.text))
    assert f"/reports/{part.pk}/fill/" not in page.text
    for path in ("fill", "send"):
        answer = an.get(f"/reports/{part.pk}/{path}/")
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert an.post(f"/reports/{part.pk}/take-back/").status_code == HTTPStatus.FOUND
    assert Submission.objects.get(pk=part.pk).state == "withdrawn"


def test_levels_recognised_pass_as_the_lowest(
    programme: Programme, tmp_path: Path
) -> None:
    chi = by(People(programme).chi)
    for unit in ("tx", "hn"):
        decide(
            chi,
            programme,
            Decision(
                unit=unit,
                kind="recognition",
                level="standard",
                number="9/QĐ-UBND",
                authority="UBND tỉnh",
                date=date(2026, 3, 2),
            ),
        )
    row = rehearse(recorded(programme, tmp_path))
    told = {x["unit"]: x for x in row.rehearsed["programmes"][0]["levels"]}  # type: ignore[index]  # just made
    assert told["xhn"]["recognised"] == "standard"
    assert told["xvn"]["recognised"] == "none"
    apply(chi, row)
    live = results.live(programme)
    assert live is not None
    (level,) = results.levels(live, "xhn")
    assert level.recognised == "standard"


SPLIT_UNITS = """id,code,name,level,parent,valid_from,valid_to,region,tags
tx1,1,Xã Tràng Xá Một,commune,vn,2026-07-01,,,
tx2,2,Xã Tràng Xá Hai,commune,vn,2026-07-01,,,
"""
SPLIT = """date,from,to,share,basis,decision
2026-07-01,tx,tx1,{0},,NQ
2026-07-01,tx,tx2,{1},,NQ
"""


def test_of_a_split_without_shares_the_parts_stay_unknown_and_somebody_has_to_say(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    assert people.an.pk
    made = folder(tmp_path, SPLIT_UNITS, SPLIT.format("", ""))
    row = rehearse(record(by(people.chi), PAPER, made))
    told = row.rehearsed
    assert told is not None
    (of_water,) = told["programmes"]
    assert of_water["totals"]["lost"] == 0
    assert of_water["totals"]["new"]["unknown"]["share_not_published"] > 0
    assert {m["why"] for m in told["moves"]} == {"unassigned"}


def test_of_a_split_with_shares_the_largest_part_goes_on(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    assert people.an.pk
    made = folder(tmp_path, SPLIT_UNITS, SPLIT.format("0.4", "0.6"))
    row = rehearse(record(by(people.chi), PAPER, made))
    assert row.rehearsed is not None
    assert [m["to"] for m in row.rehearsed["moves"]] == ["tx2"]


# --- what is refused ------------------------------------------------------------------


def test_what_was_not_rehearsed_on_these_places_is_not_applied(
    programme: Programme, tmp_path: Path
) -> None:
    chi = by(People(programme).chi)
    row = recorded(programme, tmp_path)
    with pytest.raises(NotAllowed, match="reorganisation_rehearse_first"):
        apply(chi, row)
    rehearse(row)
    made = folder(tmp_path / "other", SPLIT_UNITS, SPLIT.format("", ""))
    apply(chi, rehearse(record(chi, PAPER, made)))
    with pytest.raises(NotAllowed, match="reorganisation_rehearse_first"):
        apply(chi, row)


def test_a_decision_is_applied_on_its_day_at_the_earliest(
    programme: Programme, tmp_path: Path
) -> None:
    year = str(timezone.localdate().year + 1)
    ahead = UNITS.replace("2026-07", f"{year}-07").replace("2026-06", f"{year}-06")
    made = folder(tmp_path, ahead, HEIRS.replace("2026-07", f"{year}-07"))
    chi = by(People(programme).chi)
    row = rehearse(record(chi, PAPER, made))
    assert [code for code, _ in in_the_way(row, timezone.localdate())] == ["ahead"]
    with pytest.raises(NotAllowed, match="reorganisation_ahead"):
        apply(chi, row)


def test_figures_reported_since_by_what_ends_stand_in_the_way(
    programme: Programme, tmp_path: Path
) -> None:
    enters(programme, "2026-Q3", [("tx", 1000, 950)])
    with pytest.raises(NotAllowed, match="reorganisation_reported_since"):
        apply(by(People(programme).chi), rehearse(recorded(programme, tmp_path)))
    assert territory().version("tx", DAY) is not None


def test_it_is_undone_only_while_nothing_was_done_at_the_new_places(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    chi = by(people.chi)
    row = apply(chi, rehearse(recorded(programme, tmp_path)))
    assert undoing_stops(row) == []
    give(people.phuc, RoleKind.REPORTER, "xvn", programme)
    office("UBND xã Võ Nhai", "xvn")
    enters(programme, "2026-Q3", [("xvn", 1500, 1250)])
    assert undoing_stops(row) == [("reported", 2), ("offices", 1), ("roles", 1)]
    with pytest.raises(NotAllowed, match="undo_reported"):
        undo(chi, row)


def test_only_the_office_of_all_these_places_decides(
    programme: Programme, tmp_path: Path
) -> None:
    people = People(programme)
    made = folder(tmp_path)
    give(people.phuc, RoleKind.PROGRAMME_OFFICE, "vn", programme)
    for person in (people.an, people.binh, people.dung, people.giang, people.phuc):
        with pytest.raises(NotAllowed, match="only_the_office"):
            record(by(person), PAPER, made)
    row = rehearse(record(by(people.quan), PAPER, made))
    with pytest.raises(NotAllowed, match="only_the_office"):
        apply(by(people.phuc), row)


@pytest.mark.parametrize(
    ("units", "heirs", "code", "line"),
    [
        (UNITS, HEIRS.replace("lh,xvn", "lx,xvn"), "tables.unit_unknown", 3),
        (
            UNITS.replace(",commune,tn,", ",hamlet,tn,"),
            HEIRS,
            "tables.level_unknown",
            3,
        ),
        (
            UNITS,
            HEIRS.replace("2026-07-01,hn", "2026-08-01,hn"),
            "tables.several_days",
            4,
        ),
        (UNITS, HEIRS.splitlines()[0] + "\n", "tables.no_rows", None),
    ],
)
def test_rows_that_cannot_be_are_refused_with_their_line(  # noqa: PLR0917 -- a line of the table above
    programme: Programme,
    tmp_path: Path,
    units: str,
    heirs: str,
    code: str,
    line: int | None,
) -> None:
    with pytest.raises(Refused) as stop:
        record(by(People(programme).chi), PAPER, folder(tmp_path, units, heirs))
    problem = stop.value.problems[0]
    assert (problem.code, problem.line) == (code, line)
