"""Coming in, in a real browser: a slip, an application's code, a key, the lock, and what was being
typed. With scripts and without, in both languages, down to 320 px; axe looks at every page."""

import base64
import hmac
import struct
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from relier.accounts import stays
from relier.centres import actions
from relier.centres.models import Slip
from relier.people.models import Note
from tests.factories import actor

from . import measuring
from .hands import PASSWORD, Hands

pytestmark = pytest.mark.browser

NEW = "un vélo rouge et lent"
SCREENS = [
    pytest.param("fr", 320, True, id="fr-320"),
    pytest.param("en", 1280, True, id="en-1280"),
    pytest.param("fr", 390, False, id="fr-390-no-script"),
]


def code_of(secret: str) -> str:
    """RFC 6238, written again here: the application of a telephone knows nothing of our code."""
    key = base64.b32decode(secret.replace(" ", ""))
    mac = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = mac[-1] & 15
    number = struct.unpack(">I", mac[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def look(hands: Hands, *, scripts: bool) -> None:
    assert measuring.too_wide(hands.page) == []
    if scripts:  # axe is itself a script
        assert measuring.violations(hands.page) == []


@pytest.fixture
def at_the_door(open_window, house):
    def stand(language: str, member, **more) -> Hands:
        member.user.language = language
        member.user.save()
        return Hands(open_window(language, **more), language)

    return stand


@pytest.mark.parametrize(("language", "width", "scripts"), SCREENS)
def test_from_a_slip_to_a_second_factor(at_the_door, house, language, width, scripts):
    newcomer = actions.add_member(
        name="Zen", email="zen@example.invalid", role="trainer", status="bound", teams=[],
        by=actor(house.coordinator),
    )  # fmt: skip
    _slip, code = actions.make_slip(
        newcomer, what=Slip.What.INVITATION, by=actor(house.coordinator)
    )
    zen = at_the_door(language, newcomer, width=width, java_script_enabled=scripts)

    zen.page.goto(reverse("slip"))
    look(zen, scripts=scripts)
    zen.write("The code of your slip", code)
    zen.press("Go on")
    look(zen, scripts=scripts)
    zen.write("The new password", NEW)
    zen.write("The new password, once more", NEW)
    zen.press("Keep and enter")
    zen.sees("Where Relier is open in my name")
    look(zen, scripts=scripts)
    zen.follow("Set up an application")
    look(zen, scripts=scripts)
    secret = zen.page.locator(".code").text_content()
    zen.write("The 6 digits that the application shows", code_of(secret))
    zen.press("Keep")
    zen.sees("My recovery codes")
    look(zen, scripts=scripts)
    recovery = zen.page.locator(".codes .code").first.inner_text()

    zen.leave()
    zen.write("E-mail", "zen@example.invalid")
    zen.write("Password", NEW)
    zen.press("Sign in")
    look(zen, scripts=scripts)
    zen.write("Code", recovery)
    zen.press("Sign in")
    zen.sees("Today")


def with_virtual_key(hands: Hands):
    """A key in the browser, as a telephone or an object would be: always touched, always yes."""
    cable = hands.page.context.new_cdp_session(hands.page)
    cable.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cable.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_key_is_set_up_then_opens_alone(at_the_door, house):
    nour = at_the_door("en", house.nour)
    with_virtual_key(nour)
    nour.enter(house.nour)
    nour.page.goto(reverse("mfa_add_webauthn"))
    look(nour, scripts=True)
    nour.write("A name for this key", "my telephone")
    nour.choose("This key alone opens, without my password")
    nour.press("Choose the key")
    nour.sees("My recovery codes")
    assert Authenticator.objects.filter(user=house.nour.user, type="webauthn").count() == 1
    nour.page.goto(reverse("mfa_index"))
    nour.sees("my telephone")
    look(nour, scripts=True)
    nour.leave()

    nour.press("Sign in with a key")

    nour.sees("Today")
    nour.leave()
    nour.write("E-mail", house.nour.user.email)
    nour.write("Password", PASSWORD)
    nour.press("Sign in")
    look(nour, scripts=True)
    nour.press("Use my key")
    nour.sees("Today")
    key = Authenticator.objects.get(user=house.nour.user, type="webauthn")
    nour.page.goto(reverse("mfa_remove_webauthn", args=[key.pk]))
    look(nour, scripts=True)
    nour.press("Stop using it")
    assert not Authenticator.objects.filter(user=house.nour.user).exists()


@pytest.mark.parametrize(("language", "width", "scripts"), SCREENS)
def test_what_was_being_typed_waits_behind_the_lock(
    at_the_door, house, monkeypatch, language, width, scripts
):
    nour = at_the_door(language, house.nour, width=width, java_script_enabled=scripts)
    nour.enter(house.nour)
    nour.page.goto(reverse("people:note_new", args=[house.awa.pk]))
    nour.page.locator("textarea").first.fill("La lettre de la commune est chez sa voisine.")
    monkeypatch.setattr(stays, "quiet_limit", lambda session: timedelta(0))

    nour.press("Keep")
    monkeypatch.undo()
    nour.sees("Relier is locked")
    look(nour, scripts=scripts)
    nour.write("Password", PASSWORD)
    nour.press("Go on")
    nour.sees("La lettre de la commune est chez sa voisine.")
    look(nour, scripts=scripts)
    nour.press("Send it now")

    assert Note.objects.get().words == "La lettre de la commune est chez sa voisine."
