"""Entering, and changing a password: what a member meets there."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from relier.accounts import forms

OLD, NEW = "correct horse battery", "un vélo rouge et lent"


@pytest.fixture
def browser(house, enter):
    return enter(house.nour)


def test_nobody_is_without_a_password(db):
    users = get_user_model().objects

    with pytest.raises(ValueError, match="needs a password"):
        users.create_user("nour@example.invalid", "", name="Nour")
    with pytest.raises(TypeError):
        users.create_user("nour@example.invalid", name="Nour")


@pytest.mark.parametrize("page", ["account_change_password", "account_reauthenticate"])
def test_a_label_stands_above_its_field_and_nowhere_else(browser, page):
    fields = re.findall(r"<input[^>]+type=\"password\"[^>]*>", page_of(browser, page))

    assert fields
    assert not any("placeholder" in field for field in fields)


def test_the_door_says_no_label_twice(client, db):
    door = page_of(client, "account_login")

    assert 'for="id_login"' in door
    assert "placeholder" not in door


def page_of(browser, name) -> str:
    return browser.get(reverse(name)).content.decode()


def test_a_new_password_opens_from_then_on_and_leads_back_to_the_day(house, browser):
    answers = {"oldpassword": OLD, "password1": NEW, "password2": NEW}

    response = browser.post(reverse("account_change_password"), answers, follow=True)

    house.nour.user.refresh_from_db()
    assert house.nour.user.check_password(NEW)
    assert response.redirect_chain == [("/", 302)]
    assert "The new password is kept." in response.content.decode()


def test_whoever_leaves_the_password_as_it_is_goes_back_to_their_settings(browser):
    page = page_of(browser, "account_change_password")

    assert page.count(f'href="{reverse("centres:my_settings")}"') == 3  # menu, way back, leaving


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"oldpassword": "x", "password1": NEW, "password2": NEW}, "pas celui que vous utilisez"),
        ({"oldpassword": OLD, "password1": NEW, "password2": "x"}, "deux fois le même"),
        ({"oldpassword": OLD, "password1": "court", "password2": "court"}, "trop court"),
    ],
)
def test_what_is_to_be_corrected_is_said_in_our_words(house, browser, answers, said):
    house.nour.user.language = "fr"
    house.nour.user.save()

    page = browser.post(reverse("account_change_password"), answers).content.decode()

    assert said in page.replace("&#x27;", "’")
    assert not re.search(r"saisi|valide|renseign", page, re.IGNORECASE)


def test_every_field_of_the_three_forms_has_a_label_of_ours():
    with translation.override("fr"):
        for form in (forms.SignInForm(), forms.PasswordForm(), forms.ConfirmForm(user=None)):
            for name, field in form.fields.items():
                assert field.label == forms.LABELS[name]


def test_whoever_tries_too_often_reads_when_to_come_back(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    nobody = {"login": "nobody@example.invalid", "password": "x"}

    client.post(reverse("account_login"), nobody)
    response = client.post(reverse("account_login"), nobody, headers={"accept-language": "fr"})
    cache.clear()

    assert response.status_code == 429
    assert "Attendez cinq minutes" in response.content.decode()
