"""Every address of the site. All are closed unless a view is declared public."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("donbay.web.desk.urls")),
]
