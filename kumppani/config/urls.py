"""All addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from kumppani.api import urls as api
from kumppani.web import sitemap
from kumppani.web.portal import urls as portal
from kumppani.web.signin import oidc
from kumppani.web.workbench import urls as workbench


def to_first_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to Finnish: which language comes first is no guess."""
    return HttpResponseRedirect("/fi/")


urlpatterns = [
    path("", to_first_language),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.of_default, name="sitemap"),
    path("sitemap-<slug:programme>.xml", sitemap.of_programme, name="sitemap-of"),
    path("sign-in/back/<slug:provider>/", oidc.landing, name="sign-in-landing"),
    path("api/v1/", include(api.urlpatterns)),
    path("embed/<slug:lang>/", include(portal.embed_patterns)),
    path("embed/<slug:lang>/p/<slug:programme>/", include(portal.embed_patterns)),
    path("<slug:lang>/", include(workbench.urlpatterns)),
    path("<slug:lang>/p/<slug:programme>/", include(workbench.urlpatterns)),
    path("<slug:lang>/", include(portal.urlpatterns)),
    path("<slug:lang>/p/<slug:programme>/", include(portal.urlpatterns)),
]

handler400 = "kumppani.web.errors.bad_request"
handler403 = "kumppani.web.errors.permission_denied"
handler404 = "kumppani.web.errors.not_found"
handler500 = "kumppani.web.errors.server_error"
