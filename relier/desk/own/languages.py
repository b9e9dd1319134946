"""The languages of the person's own page, and which of them a native speaker has signed for.

French and English are those of the whole of Relier. The other five are of this page alone: its
texts carry the context "own page", and their catalogues stand in `desk/own/locale`. What workers
wrote stays as they wrote it, and says which language it is.
"""

import hashlib
import tomllib
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

HERE = Path(__file__).parent
REVIEWS = HERE / "reviews.toml"
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
# Written by us and read by no native speaker until someone signs for them, in reviews.toml.
TO_REVIEW = ("nl", "de", "ar", "tr", "uk")
COOKIE = "relier_own_language"


def chosen(request: HttpRequest, otherwise: str = "") -> str:
    """The language that was chosen on this telephone, else the one of the card, else the first one
    that the browser asks for and that we speak."""
    said = request.COOKIES.get(COOKIE, "")
    if said in NAMES:
        return said
    return otherwise if otherwise in NAMES else asked_by_browser(request)


def asked_by_browser(request: HttpRequest) -> str:
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.split("-")[0] in NAMES:
            return tag.split("-")[0]
    return settings.LANGUAGE_CODE


def written_in() -> str:
    """The language of what stands in the other rooms' words: that of the page where the whole of
    Relier speaks it, else French."""
    here = (translation.get_language() or "")[:2]
    return here if here in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


# --- reviews -------------------------------------------------------------------------------------


def compiled(language: str) -> Path:
    return HERE / "locale" / language / "LC_MESSAGES" / "django.mo"


@cache
def fingerprint(language: str) -> str:
    """What a reviewer signs: each text with its translation, and nothing else of the catalogue.
    Sixteen hexadecimal digits; none where the catalogue was not compiled."""
    try:
        with compiled(language).open("rb") as file:
            said = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    except OSError:
        return ""
    lines = sorted(f"{text}\0{translated}" for text, translated in said.items() if text)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@cache
def is_reviewed(language: str) -> bool:
    """Whether a native speaker has signed for these very texts. One text changes, and the mark is
    back until someone reads again."""
    if language not in TO_REVIEW:
        return True
    signed = tomllib.loads(REVIEWS.read_text(encoding="utf-8")).get("review", [])
    return any(
        one["language"] == language and one["texts"] == fingerprint(language) for one in signed
    )
