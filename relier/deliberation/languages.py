"""The languages in which a statement may be worded, and those in which the pages speak.

The pages themselves speak French and English; a statement is read in more, where someone wrote it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

# Each by its own name, in the order in which a page offers them.
NAMES = {
    "fr": "Français",
    "nl": "Nederlands",
    "de": "Deutsch",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "uk": "Українська",
}
RIGHT_TO_LEFT = {"ar"}
CHOICES = tuple(NAMES.items())
COOKIE = "relier_voice_language"


def spoken() -> tuple[str, ...]:
    """Those of the pages."""
    return tuple(code for code, _name in settings.LANGUAGES)


def chosen(request: HttpRequest, otherwise: str = "") -> str:
    """The one chosen on this telephone, else that of the card, else the first one that the browser
    asks for and that we know."""
    said = request.COOKIES.get(COOKIE, "")
    if said in NAMES:
        return said
    if otherwise in NAMES:
        return otherwise
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.split("-")[0] in NAMES:
            return str(tag.split("-")[0])
    return settings.LANGUAGE_CODE


def of_page(language: str) -> str:
    """The language of a page for whoever reads statements in this one."""
    return language if language in spoken() else settings.LANGUAGE_CODE


def named(codes: Iterable[str]) -> list[str]:
    return [NAMES[code] for code in NAMES if code in set(codes)]
