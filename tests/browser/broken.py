"""The house's own addresses, and some more that fail on purpose, for the pages that say so."""

from allauth.core.ratelimit import respond_429
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from relier.config.urls import urlpatterns as house
from relier.config.views import csrf_failure

# Each address that fails, and the status of its answer.
FAILURES = {
    "/test/500/": 500,
    "/test/403/": 403,
    "/test/csrf/": 403,
    "/test/400/": 400,
    "/test/429/": 429,
    "/nothing/": 404,
}


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("A page that breaks, for a test.")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def cannot_be_read(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    *house,
    path("test/500/", breaks),
    path("test/403/", refuses),
    path("test/csrf/", csrf_failure),
    path("test/400/", cannot_be_read),
    path("test/429/", respond_429),
]
