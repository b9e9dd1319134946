"""The house's own addresses, and three more that fail on purpose, for the pages that say so."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from relier.config.urls import urlpatterns as house


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
    path("test/400/", cannot_be_read),
]
