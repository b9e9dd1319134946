"""A page drawn without a database."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from relier.ui import views

NOUR = SimpleNamespace(name="Nour", centre_name="Les Passerelles", centre=1, in_a_centre=True)


@pytest.fixture(autouse=True)
def only_this_floor(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = "relier.ui.tests.addresses"
    frame = deepcopy(settings.TEMPLATES)
    frame[0]["OPTIONS"]["context_processors"] = ["django.template.context_processors.request"]
    settings.TEMPLATES = frame
    with translation.override("en"):
        yield


@pytest.fixture
def request_of() -> Callable[..., HttpRequest]:
    def build(actor: object = NOUR, path: str = "/patterns/") -> HttpRequest:
        request = RequestFactory().get(path)
        request.actor = actor  # type: ignore[attr-defined]
        return request

    return build


@pytest.fixture
def page(request_of: Callable[..., HttpRequest]) -> Callable[..., str]:
    """The page of patterns, or another template in the same frame."""

    def draw(language: str = "en", path: str = "/patterns/", actor: object = NOUR) -> str:
        with translation.override(language):
            return views.patterns(request_of(actor, path)).content.decode()

    return draw


@pytest.fixture
def frame(request_of: Callable[..., HttpRequest]) -> Callable[..., str]:
    def draw(actor: object = NOUR, **context: object) -> str:
        return render_to_string("base.html", context, request=request_of(actor))

    return draw
