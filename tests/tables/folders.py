"""A small province for stories: its programme, and folders made of texts."""

from datetime import date
from pathlib import Path

import pytest

from donbay.domain.criteria import (
    Attestation,
    CriteriaSet,
    Criterion,
    Level,
    SubCriterion,
)
from donbay.domain.indicators import Indicator, RollUp
from donbay.domain.periods import Frequency, parse_period
from donbay.domain.problems import Problem, Refused
from donbay.domain.programmes import Programme, UnitLevel
from donbay.tables import Tables, read_folder


def indicator(name: str, roll_up: RollUp = RollUp.SUM, **more: object) -> Indicator:
    given = {"level": "commune", "frequency": Frequency.QUARTER, **more}
    return Indicator(name, roll_up=roll_up, **given)  # type: ignore[arg-type]


PROGRAMME = Programme(
    "example",
    (
        UnitLevel("province"),
        UnitLevel("district", end=date(2025, 6, 30)),
        UnitLevel("commune"),
    ),
    {
        i.id: i
        for i in (
            indicator("poor_households", categories=("female", "male")),
            indicator("households", high=50_000, low=1),
            indicator(
                "poor_share",
                RollUp.RATIO,
                numerator="poor_households",
                denominator="households",
            ),
            indicator("income", RollUp.MEAN, frequency=Frequency.YEAR),
            indicator(
                "growth", RollUp.MEAN, frequency=Frequency.YEAR, non_negative=False
            ),
            indicator(
                "roads",
                level="province",
                frequency=Frequency.SPAN,
                spans=(parse_period("2021/2025"),),
            ),
        )
    },
    criteria=(
        CriteriaSet(
            "rural",
            "commune",
            (
                Level(
                    "standard",
                    (Criterion("1", SubCriterion("1.1", Attestation("health"))),),
                ),
                Level("advanced", ()),
            ),
            recognised_by="recognition",
        ),
    ),
)

UNITS = """\
id,code,name,level,parent,valid_from,valid_to,region,tags
p,01,Tỉnh Mẫu,province,,,,NM,
d,011,Huyện Mẫu,district,p,,2025-06-30,NM,
a,05716,Xã An,commune,d,,2025-06-30,NM,mountain;border
b,05719,Xã Bình,commune,d,,2025-06-30,NM,
c,05722,Xã Chi,commune,p,,,NM,
n,05716,Xã Mới,commune,p,2025-07-01,,NM,mountain
"""
SUCCESSIONS = """\
date,from,to,share,basis,decision
2025-07-01,a,n,1,population,1683/NQ
2025-07-01,b,n,0.4,population,1683/NQ
2025-07-01,b,c,0.6,population,1683/NQ
"""
HEADER = "unit,indicator,period,category,value,bound,recorded_at,source\n"
OBSERVATIONS = (
    HEADER
    + """\
a,poor_households,2025-Q1,,112,exact,2025-04-08,report 1
a,poor_households,2025-Q1,female,60,,2025-04-08T09:30:00,report 1
b,households,2025-Q2,,1500,about,2025-07-08T09:30:00+07:00,"report 2, page 3"
n,households,2025-Q3,,,,2025-10-08T02:30:00Z,report 3
c,income,2024,,48.5,at_least,2025-01-20,report 4
p,roads,2021/2025,,12,more_than,2025-12-31,report 5
"""
)
ACTS = """\
unit,kind,subject,level,result,from,to,number,authority,date
c,recognition,,standard,,2024-02-01,,88/QĐ-UBND,province,2024-01-30
n,attestation,1.1,,met,,,,health,2025-11-28
c,recognition,,,,,,91/QĐ-UBND,province,2025-06-30
"""
FILES = {
    "units.csv": UNITS,
    "successions.csv": SUCCESSIONS,
    "observations.csv": OBSERVATIONS,
    "acts.csv": ACTS,
}


def make(folder: Path, **files: str | bytes | None) -> Path:
    """The sample folder with some of its files replaced; None leaves one out."""
    changed = {f"{name}.csv": content for name, content in files.items()}
    for name, content in {**FILES, **changed}.items():
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
    return folder


def read(folder: Path, **files: str | bytes | None) -> Tables:
    return read_folder(make(folder, **files), PROGRAMME)


def refused(folder: Path, **files: str | bytes | None) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as caught:
        read(folder, **files)
    return caught.value.problems


def said(problem: Problem) -> tuple[str, int | None, str | None]:
    return problem.code.removeprefix("tables."), problem.line, problem.column
