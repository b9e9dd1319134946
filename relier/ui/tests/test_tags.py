"""The small pieces draw what they are given, escaped."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

import relier
from relier.ui.pieces import Entry, Fact


def draw(text: str, **context: object) -> str:
    return Template("{% load i18n ui %}" + text).render(Context(context))


def test_a_notice_says_its_kind_in_a_word():
    html = draw('{% notice "warning" %}<p>It ends on Friday.</p>{% endnotice %}')

    assert "Take care" in html
    assert "<p>It ends on Friday.</p>" in html


def test_what_someone_wrote_inside_a_notice_is_escaped():
    assert "<b>" not in draw("{% notice %}{{ words }}{% endnotice %}", words="<b>")


def test_leaving_has_two_wordings_and_goes_where_it_is_told():
    assert draw("{% leave url %}", url="/a/?b&c") == (
        '<a class="button quiet" href="/a/?b&amp;c">Leave it as it is</a>'
    )
    assert ">Leave without keeping</a>" in draw("{% leave_new url %}", url="/")


def test_no_room_words_its_own_way_of_leaving():
    own = re.compile(r"translate \"(Leave it as it is|Leave it|Leave without[^\"]*)\" %}")
    rooms = Path(relier.__file__).parent.glob("*/templates/**/*.html")

    assert [page.name for page in rooms if own.search(page.read_text("utf-8"))] == []


def test_an_error_is_said_at_once_and_a_quiet_one_is_not():
    assert 'role="alert"' in draw('{% notice "error" %}x{% endnotice %}')
    assert "role" not in draw('{% notice "error" quiet=True %}x{% endnotice %}')


def test_a_fact_carries_its_date_when_it_has_one():
    html = draw(
        "{% facts items %}", items=[("Phone", "none", date(2026, 11, 3)), Fact("Work", "2 days")]
    )

    assert html.count("<time") == 1
    assert html.count("<dt>") == 2


def test_a_story_keeps_the_lines_of_whoever_wrote_it_and_escapes_them():
    html = draw("{% thread story %}", story=[Entry(date(2026, 11, 3), "one <b>\ntwo", "Nour")])

    assert "<p>one &lt;b&gt;<br>two</p>" in html


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("secrecy", "Under secrecy"),
        ("team", "For the team"),
        ("person", "With the person"),
        ("with_person", "With the person"),
    ],
)
def test_who_will_read_is_said_in_words(who, words):
    assert words in draw("{% readers who %}", who=who)


def test_an_unknown_reader_is_refused_rather_than_shown_as_nobody():
    with pytest.raises(KeyError):
        draw('{% readers "everyone" %}')


def test_the_links_to_other_pages_keep_what_was_asked():
    page = Paginator(range(60), 25).page(2)
    request = RequestFactory().get("/?q=Awa&page=2")

    html = draw("{% pages page %}", page=page, request=request)

    assert 'href="?q=Awa&amp;page=1"' in html
    assert 'href="?q=Awa&amp;page=3"' in html


def test_a_single_page_needs_no_links():
    assert "nav" not in draw("{% pages page %}", page=Paginator(range(3), 25).page(1))


def test_a_wide_table_can_be_reached_and_scrolled_with_the_keyboard():
    html = draw('{% table_region "Hours" %}<table></table>{% endtable_region %}')

    assert 'role="region" tabindex="0" aria-label="Hours"><table></table>' in html


def test_an_empty_place_offers_its_first_gesture():
    html = draw('{% empty_state "Loans will stand here." "/lend/" "Lend" %}')

    assert '<a class="button" href="/lend/">Lend</a>' in html


def test_progress_counts_what_is_done():
    assert "<strong>3</strong> of 12 pages" in draw('{% progress 3 12 "pages" %}')
