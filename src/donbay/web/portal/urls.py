"""The addresses of the portal. Pages say their language; data has none."""

from django.urls import include, path, register_converter

from donbay.texts import LANGUAGES
from donbay.web.portal import (
    boards,
    comparing,
    data,
    figures,
    levels,
    money,
    places,
    reports,
)


class Language:
    """One of those in which the portal is written."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")

app_name = "portal"
PAGES = [
    path("", boards.board, name="board"),
    path("targets/<str:target>/", boards.target, name="target"),
    path("places/", places.places, name="places"),
    path("places/<str:unit>/", places.place, name="place"),
    path("places/<str:unit>/mobilisation/", money.mobilisation, name="money_of"),
    path("places/<str:unit>/criteria/<str:set>/", places.criteria, name="criteria"),
    path("compare/", comparing.compare, name="compare"),
    path("mobilisation/", money.mobilisation, name="money"),
    path("levels/", levels.levels, name="levels"),
    path("reports/", reports.reports, name="reports"),
    path("data/", data.data, name="data"),
    path("why/<str:unit>/<str:target>/", figures.why, name="why"),
    path(
        "figures/<str:unit>/<str:indicator>/<str:period>/",
        figures.figure,
        name="figure",
    ),
]
urlpatterns = [
    path("", boards.entrance, name="entrance"),
    path(
        "data/<str:programme>/reports/<int:number>/<str:form>/",
        reports.file,
        name="report_file",
    ),
    path("data/<str:programme>/<str:table>.<str:form>", data.table, name="table"),
    path("<language:language>/", boards.programmes, name="programmes"),
    path("<language:language>/<str:programme>/", include(PAGES)),
]
