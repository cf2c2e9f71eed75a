"""The addresses of the frame itself."""

from django.urls import path

from donbay.web.look import views

urlpatterns = [path("language/", views.choose_language, name="language")]
