"""The addresses of the desk."""

from django.urls import include, path

from donbay.web.desk import (
    acts,
    attention,
    boards,
    demo,
    documents,
    evaluations,
    imports,
    journals,
    passages,
    people,
    places,
    publications,
    publishing,
    quality,
    reorganisations,
    reporting,
    review,
    rounds,
    views,
    whys,
    work,
    workbooks,
)

app_name = "desk"
BOARDS = [
    path("", boards.board, name="board"),
    path("targets/<str:target>/", boards.target, name="target"),
    path("places/", places.places, name="places"),
    path("places/<str:unit>/", places.place, name="place"),
    path("places/<str:unit>/criteria/<str:set>/", places.criteria, name="criteria"),
    path("why/<str:unit>/<str:target>/", whys.why, name="why"),
    path("evaluations/", evaluations.ask, name="ask"),
    path("evaluations/<int:number>/", evaluations.evaluation, name="evaluation"),
    path("full-runs/", evaluations.full_runs, name="full_runs"),
    path("full-runs/<int:number>/", evaluations.full_run, name="full_run"),
    path("journal/", journals.programme, name="journal"),
    path("journal/people/<int:person>/", journals.person, name="journal_of_person"),
    path("journal/<str:kind>/<str:object>/", journals.thing, name="journal_of_object"),
]
urlpatterns = [
    path("", views.start, name="start"),
    *work.urls,
    *review.urls,
    *reporting.urls,
    *documents.urls,
    *reorganisations.urls,
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("settings/", people.own_settings, name="settings"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/password/", people.password, name="new_password"),
    path("people/<int:number>/roles/", people.give, name="give_role"),
    path("roles/<int:number>/end/", people.end, name="end_role"),
    path("offices/", people.offices, name="offices"),
    path("offices/<int:number>/leader/", people.leader, name="name_leader"),
    path("attention/", attention.overview, name="attention"),
    path("programmes/", boards.programmes, name="programmes"),
    path(
        "programmes/<str:programme>/",
        include(
            [
                *BOARDS,
                *rounds.urls,
                *workbooks.urls,
                *acts.urls,
                *attention.urls,
                *quality.urls,
                *imports.urls,
                *publishing.urls,
                *publications.urls,
                *passages.urls,
            ]
        ),
    ),
]
