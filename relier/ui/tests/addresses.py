"""The addresses that the frame asks for, so that this floor is tested without those above it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


centres = [
    path("me/", nothing, name="my_settings"),
    path("team/", nothing, name="team_settings"),
]
urlpatterns = [
    path("patterns/", include("relier.ui.urls")),
    path("centre/", include((centres, "centres"))),
    path("search/", nothing, name="search"),
    path("sign-out/", nothing, name="account_logout"),
    path("language/", nothing, name="set_language"),
]
