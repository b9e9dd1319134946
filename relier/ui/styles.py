"""The stylesheet inside the page: for a person's page, on a slow telephone.

A page of ten kilobytes arrives in one breath if nothing else must be fetched first, so its CSS
travels in it. The content policy then needs the hash of exactly these bytes: one newline more,
and browsers drop the whole style without a word.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec

from django.conf import settings
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from relier.ui.tokens import STYLESHEET

Rest = ParamSpec("Rest")


def smaller(css: str) -> str:
    """The same rules without comments or idle spaces. Only for CSS written as ours is."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"([\w-]): ", r"\1:", css)
    return css.replace(";}", "}").strip()


@cache
def inline() -> SafeString:
    """The stylesheet, small, for a <style>."""
    return mark_safe(smaller(STYLESHEET.read_text(encoding="utf-8")))  # noqa: S308 — our own file


@cache
def source() -> str:
    """What the content policy says of it: 'sha256-…', quotes included."""
    digest = hashlib.sha256(inline().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def with_inline_styles(view: Callable[Rest, HttpResponse]) -> Callable[Rest, HttpResponse]:
    """For a view whose template extends `ui/person.html`: lets this one style stand in the page."""

    @wraps(view)
    def allowed(*args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        policy = str(settings.CONTENT_SECURITY_POLICY)
        response.headers["Content-Security-Policy"] = policy.replace(
            "style-src 'self'", f"style-src 'self' {source()}"
        )
        return response

    return allowed
