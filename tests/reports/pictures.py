"""Charts of the communes of Thai Nguyen, in any of the four languages."""

from __future__ import annotations

from datetime import date

from donbay.reports.charts import (
    Change,
    Chart,
    Frame,
    Names,
    Point,
    Sides,
    bars_by_place,
    changes,
    levels,
    mobilisation,
    statuses_by_place,
    trend,
)
from donbay.reports.palette import STATUSES
from donbay.texts import Wording

TITLES = {
    "vi": "Tỷ lệ hộ dân nông thôn được sử dụng nước sạch theo quy chuẩn",
    "en": "Rural households with clean water of the national standard",
    "fr": "Ménages ruraux raccordés à l’eau potable selon la norme",
    "ar": "نسبة الأسر الريفية التي تستخدم المياه النظيفة وفق المعايير (13-NQ/TU)",
}
SUMMARY = "Nước sạch 2025: 63,2%"
PLACES = ("Xã Võ Nhai", "Xã Dân Tiến", "Xã Nghinh Tường", "Phường Phan Đình Phùng")


def frame(language: str = "vi") -> Frame:
    words = Wording(language)
    return Frame(
        TITLES[language],
        "%",
        "2021–2025",
        "13-NQ/TU",
        words.percent,
        words.right_to_left,
    )


def clean_water(language: str = "vi") -> Chart:
    words = Wording(language)
    names = Names(
        words.say("heading.value"),
        words.say("heading.pace"),
        words.say("heading.target_value"),
        words.say("chart.partial"),
    )
    values = ((2021, 41.2), (2022, 48.0), (2023, 52.5), (2024, 61.0), (2025, 63.2))
    points = [
        Point(date(year, 12, 31), value, str(year), whole=year < 2025)
        for year, value in values
    ]
    pace = [
        Point(date(2020, 12, 31), 38, "2020"),
        Point(date(2030, 12, 31), 85, "2030"),
    ]
    return trend(frame(language), names, points, pace, target=85, summary=SUMMARY)


def standing(language: str = "vi") -> Chart:
    words = Wording(language)
    said = {status: words.say(f"status.{status}") for status in STATUSES}
    counts = [dict(zip(STATUSES, range(n, n + 7), strict=True)) for n in range(4)]
    places = list(zip(PLACES, counts, strict=True))
    return statuses_by_place(frame(language), places, said, "who stands where")


def beside_each_other(language: str = "vi") -> Chart:
    places = list(zip(PLACES, (81.2, 63.0, None, 12.34), strict=True))
    return bars_by_place(frame(language), places, "2025", "by place")


def money(language: str = "vi") -> Chart:
    sources = [(f"s{n}", [100.0 * n, 200.0 * n, None]) for n in range(1, 7)]
    years = ["2021", "2022", "2023"]
    return mobilisation(frame(language), years, sources, [2100, 4200, None], "money")


def ladder(language: str = "vi") -> Chart:
    words = Wording(language)
    kinds = [words.say("heading.reached"), words.say("heading.recognised")]
    counts: list[list[float | None]] = [[12, 40, 9, 1], [20, 35, 6, 0]]
    rungs = ["0", "I", "II", "III"]
    return levels(
        frame(language), rungs, list(zip(kinds, counts, strict=True)), "rungs"
    )


def moved(language: str = "vi") -> Chart:
    rows = [
        Change(PLACES[0], 5.2, better=True),
        Change(PLACES[1], -3, better=False),
        Change(PLACES[2], 0),
        Change(PLACES[3], None),
    ]
    return changes(frame(language), rows, Sides("+", "-", "0"), "since last year")


ALL = (clean_water, standing, beside_each_other, money, ladder, moved)
