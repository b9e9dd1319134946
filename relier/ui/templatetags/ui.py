"""The components, as tags. Load them with `{% load ui %}`; the page of patterns shows each.

A tag takes plain values and draws; it asks nothing of the database and knows no room.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relier.ui import dates, pictograms, styles
from relier.ui.pieces import Entry, Fact

register = template.Library()

# Who reads a note, whatever the room calls it: the pictogram, which also has the word.
READERS = {
    "secrecy": "secrecy",
    "team": "team",
    "person": "with-person",
    "with_person": "with-person",
    "with-person": "with-person",
}
NOTICES = {"info": "info", "warning": "warning", "error": "blocked", "done": "done"}


# --- pictures --------------------------------------------------------------------------------


@register.simple_tag
def pictogram(name: str, label: str = "", size: str = "") -> SafeString:
    """A picture alone beside your word, or with the word given: `{% pictogram "house" label %}`.

    `size="large"` is for a person's page, where the picture stands above its word.
    """
    drawing = pictograms.drawing(name, large=size == "large")
    if not label:
        return drawing
    return format_html('<span class="with-pictogram">{} <span>{}</span></span>', drawing, label)


@register.simple_tag
def pictogram_word(name: str) -> SafeString:
    """A picture with its own word: `{% pictogram_word "waiting" %}`. A state takes its colour."""
    return format_html(
        '<span class="with-pictogram is-{}">{} <span>{}</span></span>',
        name,
        pictograms.drawing(name),
        pictograms.word(name),
    )


@register.simple_tag
def readers(who: str) -> SafeString:
    """Who will read this: `{% readers "secrecy" %}`, `"team"` or `"person"`."""
    name = READERS[str(who)]
    label = _("For the team") if name == "team" else pictograms.word(name)
    return format_html(
        '<span class="readers readers-{} with-pictogram">{} <span>{}</span></span>',
        name,
        pictograms.drawing(name),
        label,
    )


# --- days and hours --------------------------------------------------------------------------


@register.simple_tag
def when(value: date | datetime | time | None, style: str = "day") -> str:
    """A <time>. Styles: `day` (in full), `short`, `hour`, `moment` (day in full and hour)."""
    if value is None:
        return ""
    if style == "hour":
        told = dates.hour(value)  # type: ignore[arg-type]
    elif style == "short":
        told = dates.short_day(value)  # type: ignore[arg-type]
    elif style == "moment":
        told = f"{dates.day(value)}, {dates.hour(value)}"  # type: ignore[arg-type]
    else:
        told = dates.day(value)  # type: ignore[arg-type]
    return format_html('<time datetime="{}">{}</time>', dates.machine(value), told)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in full, as bare words: for titles and messages."""
    return dates.day(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A day without its weekday, as bare words."""
    return dates.short_day(value) if value else ""


@register.filter
def hour(value: datetime | time | None) -> str:
    """An hour, as bare words."""
    return dates.hour(value) if value else ""


# --- forms -----------------------------------------------------------------------------------


@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    """One field, with its label, hint and errors: `{% field form.name %}`."""
    return bound_field.as_field_group()


@register.simple_tag
def form_body(form: BaseForm) -> SafeString:
    """All of a form but its <form> and buttons: summary of errors, hidden fields, fields."""
    return form.render()


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm, quiet: bool = False) -> dict[str, Any]:
    """What is to be corrected, each line leading to its field. Nothing when nothing is wrong.

    `quiet` draws it without taking the focus: only for the page of patterns.
    """
    return {"form": form, "quiet": quiet}


# --- pieces of a page ------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", quiet: bool = False) -> str:
    """A short text set apart, with a word: `{% notice "warning" %}…{% endnotice %}`.

    Kinds: info, warning, error, done. `title` replaces the word. An error is said at once
    to whoever listens, unless `quiet` (an error told for memory, in a list).
    """
    words = {"error": pgettext("notice", "A problem"), "done": pgettext("notice", "Done")}
    context = {
        "kind": kind,
        "alert": kind == "error" and not quiet,
        "pictogram_name": NOTICES[kind],
        "title": title or words.get(kind) or pictograms.word(NOTICES[kind]),
        "content": content,
    }
    return render_to_string("ui/notice.html", context)


@register.inclusion_tag("ui/facts.html")
def facts(items: Iterable[Fact | tuple[Any, ...]]) -> dict[str, Any]:
    """Short facts, each with its date: a list of `pieces.Fact`, or of tuples of the same order."""
    return {"items": [Fact(*item) for item in items]}


@register.inclusion_tag("ui/thread.html")
def thread(entries: Iterable[Entry | tuple[Any, ...]], level: int = 3) -> dict[str, Any]:
    """A story, one entry after another: a list of `pieces.Entry`, or of such tuples."""
    return {"entries": [Entry(*entry) for entry in entries], "tag": f"h{int(level)}"}


@register.inclusion_tag("ui/section_head.html")
def section_head(title: str, url: str = "", label: str = "", id: str = "") -> dict[str, Any]:
    """The heading of a section, with the gesture it offers beside it."""
    return {"title": title, "url": url, "label": label, "id": id}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(text: str, url: str = "", label: str = "") -> dict[str, Any]:
    """What this place will hold, and the first gesture."""
    return {"text": text, "url": url, "label": label}


@register.inclusion_tag("ui/back.html")
def back(url: str, label: str = "") -> dict[str, Any]:
    """The way back, named by where it leads: `{% back url person.name %}`."""
    return {"url": url, "label": label}


@register.simple_tag
def leave(url: str) -> SafeString:
    """Beside "Keep", where something that stands is changed: go away, and nothing changes."""
    return _leaving(url, _("Leave it as it is"))


@register.simple_tag
def leave_new(url: str) -> SafeString:
    """Beside "Keep", where something new is written: go away, and nothing is kept."""
    return _leaving(url, _("Leave without keeping"))


def _leaving(url: str, words: str) -> SafeString:
    return format_html('<a class="button quiet" href="{}">{}</a>', url, words)


@register.inclusion_tag("ui/progress.html")
def progress(done: int, total: int, what: str = "") -> dict[str, Any]:
    """How much is done of how much: `{% progress 3 12 _("pages read") %}`. Never of a person."""
    return {"done": done, "total": total, "what": what}


@register.inclusion_tag("ui/person_row.html")
def person_row(name: str, url: str = "", how: str = "", at: Any = None) -> dict[str, Any]:
    """A person in a list: the name to call them by, and how they like to be reached."""
    return {"name": name, "url": url, "how": how, "at": at}


@register.inclusion_tag("ui/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Plain links to the pages before and after. Keeps what was asked for in the address."""
    asked = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if asked is None:
            return f"?{parameter}={number}"
        asked[parameter] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "page": page,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag
def inline_styles() -> SafeString:
    """The whole stylesheet, small, for the <style> of a person's page (`ui/person.html`)."""
    return styles.inline()


@register.simple_block_tag
def table_region(content: str, label: str) -> str:
    """A wide table that scrolls by itself on a narrow screen, also with the keyboard."""
    return format_html(
        '<div class="table-region" role="region" tabindex="0" aria-label="{}">{}</div>',
        label,
        content,
    )
