"""The frame of every page, signed in or not."""

from types import SimpleNamespace

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils import translation


def test_a_signed_in_page_always_has_a_way_to_close(frame):
    html = frame()

    assert '<form method="post" action="/sign-out/">' in html
    assert "Close</button>" in html


def test_a_page_without_anyone_names_nobody_and_searches_nothing(frame):
    html = frame(actor=None)

    assert "Close" not in html
    assert 'role="search"' not in html
    assert "Les Passerelles" not in html


def test_a_person_with_a_card_has_no_search(frame):
    awa = SimpleNamespace(name="Awa", centre_name="Les Passerelles", centre=1, in_a_centre=False)

    assert 'role="search"' not in frame(actor=awa)


def test_the_skip_link_leads_to_the_page(frame):
    html = frame()

    assert 'href="#content"' in html
    assert '<main id="content" tabindex="-1">' in html


def test_the_page_says_its_language_and_offers_the_others_in_their_own(frame):
    with translation.override("fr"):
        html = frame()

    assert '<html lang="fr">' in html
    assert 'value="en" lang="en">English</button>' in html
    assert 'value="fr" lang="fr" aria-current="true">Français</button>' in html


def test_beyond_what_a_header_holds_rooms_stand_in_a_menu_that_says_where_one_is(frame):
    def room(name, *, here=False):
        return {"label": name, "url": f"/{name}/", "current": here}

    html = frame(rooms={"in_sight": [room("day")], "others": [room("paper", here=True)]})

    assert '<li><a href="/day/">day</a></li>' in html
    assert '<summary>More · <span aria-current="true">paper</span></summary>' in html
    assert '<details class="menu"><summary>More' not in frame(
        rooms={"in_sight": [room("day", here=True)], "others": []}
    )


def test_the_demonstration_says_that_its_people_are_invented(frame):
    assert "invented people" in frame(relier_mode="demo")
    assert "invented people" not in frame(relier_mode="served")


def test_bad_news_interrupts_and_good_news_waits(frame):
    told = [Message(constants.SUCCESS, "Kept."), Message(constants.ERROR, "Not kept.")]

    html = frame(messages=told)

    assert 'notice-done" role="status"' in html
    assert 'notice-error" role="alert"' in html


def test_the_title_says_first_that_something_is_to_be_corrected(frame):
    class OneWord(forms.Form):
        word = forms.CharField()

    assert "<title>To correct: " in frame(form=OneWord({}))
    assert "<title> · Relier" in frame(form=OneWord())


def test_the_page_of_a_broken_house_needs_no_request_and_no_room(settings):
    settings.ROOT_URLCONF = "relier.ui.tests"

    assert "What you were sending may not be kept." in render_to_string("500.html")
    assert "could not read" in render_to_string("400.html")
    # Without one, browsers ask for /favicon.ico: one more thing that could break.
    assert '<link rel="icon" href="data:,">' in render_to_string("500.html")


def test_a_missing_page_hints_at_nothing(frame, request_of):
    html = render_to_string("404.html", {}, request=request_of())

    assert "There is nothing at this address" in html
    for hint in ("right", "allowed", "permission", "access"):
        assert hint not in html.split("<main")[1].split("</main")[0].lower()
