"""Every address of the site. All are closed unless a view is declared public."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("donbay.web.look.urls")),
    path("public/", include("donbay.web.portal.urls")),
    path("", include("donbay.web.desk.urls")),
]
handler400 = "donbay.web.look.views.bad_request"
handler403 = "donbay.web.look.views.forbidden"
handler404 = "donbay.web.look.views.not_found"
handler500 = "donbay.web.look.views.broken"
