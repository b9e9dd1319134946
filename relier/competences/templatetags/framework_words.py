"""The bilingual words of a framework, in a page: `{% load framework_words %}`."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from relier.competences.frameworks import Words

register = template.Library()


@register.filter
def told(words: Words) -> str:
    """The words in the language of the page: `{{ framework.purpose|told }}`."""
    return words.told_in(get_language() or "en")


@register.simple_tag
def original(words: Words) -> str:
    """The words in their own language, when the page shows our translation; else nothing."""
    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    other = "en" if language == "fr" else "fr"
    if (
        not words.is_ours(language)
        or words.is_ours(other)
        or words.told_in(other) == words.told_in(language)
    ):
        return ""
    return format_html('<span lang="{}">{}</span>', other, words.told_in(other))


@register.filter
def of_key(counts: dict[str, int], key: str) -> int:
    """What a dictionary holds under a key, 0 when nothing."""
    return counts.get(key, 0)
