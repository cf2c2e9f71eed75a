"""`python -m benchmarks.reports`: a province's annual report, and a very long annex.

All figures are made up. The province has 25 targets and 200 communes that report each
year; its report is made in four languages and three formats, with twelve charts. The
annex is that of as many communes as fill 500 pages. Money comes from three sources,
and 30 tasks have owners and deadlines.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from subprocess import DEVNULL, run
from time import perf_counter

import pypdfium2

from donbay.domain.passages import ReportKind
from donbay.domain.periods import parse_period
from donbay.folder import Study, open_folder
from donbay.folder.printed import matter_of
from donbay.reports.composing import compose
from donbay.reports.matter import Order
from donbay.reports.model import Picture, Report
from donbay.reports.rendering import FORMATS, drawn, rendered
from donbay.texts import LANGUAGES, Wording

TARGETS, COMMUNES, TASKS = 25, 200, 30
LONG = 5_400  # communes whose figures fill more than 500 pages
YEARS = range(2021, 2026)
AT = datetime(2026, 1, 15, tzinfo=UTC)
ORDER = Order(
    ReportKind.ANNUAL,
    parse_period("2025"),
    "p",
    date(2026, 1, 15),
    "Synthetic province",
    "1/BC",
)
TITLES = {
    "vi": "Chỉ tiêu giả định số {n} về điều kiện sống ở nông thôn",
    "en": "Made-up target {n} about living conditions in the country",
    "fr": "Objectif fictif {n} sur les conditions de vie à la campagne",
    "ar": "هدف مصطنع رقم {n} عن ظروف العيش في الريف",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("report", "annex"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="donbay-bench-") as folder:
        if options.only != "annex":
            report(written(Path(folder) / "report", COMMUNES, YEARS))
        if options.only != "report":
            annex(written(Path(folder) / "annex", LONG, YEARS[-1:]))


def report(folder: Path) -> None:
    """By the command as a user types it: from the folder to the last byte."""
    made = folder.parent / "made"
    made.mkdir()
    began = perf_counter()
    words = (
        *("report", str(folder), "--unit", "p", "--period", "2025"),
        *("--on", "2025-12-31", "--output", str(made)),
        *("--languages", *LANGUAGES, "--formats", *FORMATS),
    )
    run([sys.executable, "-m", "donbay", *words], check=True, stdout=DEVNULL)
    taken = perf_counter() - began
    study = open_folder(folder, on="2025-12-31")
    matter = matter_of(study, ORDER, study.days())
    one = compose(matter, ORDER, Wording("vi"), draw=drawn)
    charts = sum(isinstance(b, Picture) for s in one.sections for b in s.blocks)
    print(
        f"a province: {len(matter.targets)} targets, {COMMUNES} communes, "
        f"{len(matter.values_below)} figures of theirs, {charts} charts"
    )
    for file in sorted(made.iterdir()):
        print(f"  {file.name}: {file.stat().st_size // 1024} KB")
    print(f"  4 languages, 3 formats, by `donbay report`: {taken:.2f} s")


def annex(folder: Path) -> None:
    """One language; each format by itself."""
    study: Study = open_folder(folder, on="2025-12-31")
    matter = matter_of(study, ORDER, study.days())
    began = perf_counter()
    made: Report = compose(matter, ORDER, Wording("vi"))
    print(f"an annex of {len(matter.values_below)} figures, composed in {since(began)}")
    for form in ("pdf", "xlsx"):
        began = perf_counter()
        content = rendered(made, form, AT)
        taken = since(began)
        pages = f", {pages_of(content)} pages" if form == "pdf" else ""
        print(f"  {form}: {len(content) // 1024} KB{pages} in {taken}")


def since(began: float) -> str:
    return f"{perf_counter() - began:.2f} s"


def pages_of(content: bytes) -> int:
    with pypdfium2.PdfDocument(BytesIO(content)) as found:
        return len(found)


# --- the folder ---


def written(folder: Path, communes: int, years: Sequence[int]) -> Path:
    pack = folder / "pack"
    (pack / "indicators").mkdir(parents=True)
    (pack / "texts").mkdir()
    _put(pack / "programme.yaml", _programme())
    for n in range(TARGETS):
        _put(pack / "indicators" / f"i{n}.yaml", INDICATOR)
    _put(pack / "indicators" / "money.yaml", MONEY)
    _put(pack / "tasks.yaml", [_duty(n) for n in range(TASKS)])
    _put(pack / "targets.yaml", [_target(n) for n in range(TARGETS)])
    for language, title in TITLES.items():
        _put(pack / "texts" / f"{language}.yaml", _texts(title))
    units = "".join(f"c{n},{n:05},Xã Giả Định {n},commune,p\n" for n in range(communes))
    (folder / "units.csv").write_text(
        f"id,code,name,level,parent\np,P,Tỉnh Giả Định,province,\n{units}", "utf-8"
    )
    (folder / "successions.csv").write_text("date,from,to,share,basis,decision\n")
    rows = "".join(_rows(communes, years))
    (folder / "observations.csv").write_text(
        f"unit,indicator,period,category,value,bound,recorded_at,source\n{rows}"
    )
    return folder


INDICATOR = {
    "level": "commune",
    "frequency": "year",
    "roll_up": "mean",
    "unit": "%",
}
SOURCES = ("budget", "credit", "people")
MONEY = {
    "level": "province",
    "frequency": "year",
    "roll_up": "sum",
    "measure": "flow",
    "over_time": "sum",
    "unit": "dong",
    "categories": list(SOURCES),
}


def _put(path: Path, what: object) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8")


def _programme() -> dict[str, object]:
    return {
        "id": "made-up",
        "synthetic": "yes",
        "levels": [{"id": "province"}, {"id": "commune"}],
        "funding": [{"id": one, "budget": one == "budget"} for one in SOURCES],
        "mobilisation": [
            {"indicator": "money", "sources": {one: one for one in SOURCES}}
        ],
        "documents": [
            {
                "id": "synthetic",
                "number": "synthetic",
                "issuer": "benchmarks",
                "verification": "data",
            }
        ],
    }


def _target(n: int) -> dict[str, object]:
    return {
        "id": f"t{n}",
        "indicator": f"i{n}",
        "comparator": "at_least",
        "value": 75 + n % 5,
        "deadline": "2030-12-31",
        "baseline": {"value": 30 + n % 7, "day": "2020-12-31"},
        "by": ["province", "commune"],
        "owner": "office",
        "source": "synthetic#1",
    }


def _duty(n: int) -> dict[str, object]:
    return {
        "id": f"task{n}",
        "owner": "office",
        "deadline": f"{2024 + n % 4}-12-31",
        "source": "synthetic#1",
    }


def _texts(title: str) -> dict[str, object]:
    named = {f"t{n}": title.format(n=n + 1) for n in range(TARGETS)}
    measured = {
        f"i{n}": {"title": title.format(n=n + 1), "unit": "%"} for n in range(TARGETS)
    }
    sources = {one: title.format(n=n) for n, one in enumerate(SOURCES)}
    money = {"title": title.format(n=0), "unit": "dong", "categories": sources}
    return {
        "programme": title.format(n=0),
        "levels": {"province": "P", "commune": "C"},
        "documents": {"synthetic": title.format(n=0)},
        "indicators": {**measured, "money": money},
        "targets": named,
        "tasks": {f"task{n}": title.format(n=n + 1) for n in range(TASKS)},
        "funding": sources,
        "authorities": {"office": title.format(n=0)},
    }


def _rows(communes: int, years: Sequence[int]) -> Iterator[str]:
    for year in years:
        for n, source in enumerate(SOURCES):
            amount = (year - 2000) * (n + 1) * 1_000_000_000
            yield (
                f"p,money,{year},{source},{amount},,{year + 1}-01-10,"
                f"synthetic:benchmarks\n"
            )
        for unit in range(communes):
            for n in range(TARGETS):
                value = 30 + (unit * 7 + n * 13 + year * 5) % 60 + (year - 2021) * 2
                yield (
                    f"c{unit},i{n},{year},,{value}.25,,{year + 1}-01-10,"
                    f"synthetic:benchmarks\n"
                )


if __name__ == "__main__":
    main()
