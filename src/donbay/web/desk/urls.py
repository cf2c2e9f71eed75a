"""The addresses of the desk."""

from django.urls import path

from donbay.web.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
    path("work/", views.work, name="work"),
]
