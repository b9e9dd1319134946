"""The worker's day, a person's whole file, and the search."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def day(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/day.html")


def search(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/search.html")


def person_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "desk/file.html")
