"""The second factor: what is kept of it, what opens, and how often."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relier.accounts import sealing, second_factor
from relier.journal import keys
from relier.journal.models import Line
from relier.lib import keyring
from relier.lib.sealing import DoesNotOpen

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def nour(house):
    """Nour, with an application and recovery codes."""
    totp.TOTP.activate(house.nour.user, SECRET)
    RecoveryCodes.activate(house.nour.user)
    return house.nour


def code(steps: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30 + steps))


def at_the_second_door(member) -> Client:
    client = Client()
    said = {"login": member.user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), said).url == reverse("mfa_authenticate")
    return client


def opens(client: Client, given: str) -> bool:
    answer = client.post(reverse("mfa_authenticate"), {"code": given})
    return answer.status_code == 302 and answer.url == "/"


def recovery_codes(member) -> list[str]:
    kind = Authenticator.Type.RECOVERY_CODES
    return Authenticator.objects.get(user=member.user, type=kind).wrap().get_unused_codes()


def test_a_password_alone_does_not_open(nour):
    client = at_the_second_door(nour)

    assert client.get("/").status_code == 302
    assert not opens(client, "000000")


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_opens_within_one_step_of_a_slow_clock(nour, steps):
    assert opens(at_the_second_door(nour), code(steps))


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_does_not(nour, steps):
    assert not opens(at_the_second_door(nour), code(steps))


def test_a_code_opens_once(nour):
    given = code()

    assert opens(at_the_second_door(nour), given)
    assert not opens(at_the_second_door(nour), f"{given[:3]} {given[3:]}")


def test_recovery_codes_open_one_by_one(nour):
    first, second, *_others = recovery_codes(nour)

    assert opens(at_the_second_door(nour), first)
    assert not opens(at_the_second_door(nour), first)
    assert opens(at_the_second_door(nour), f"{second[:5]} {second[5:]}")
    assert len(recovery_codes(nour)) == 8
    assert Line.objects.filter(kind="accounts.recovery_code_used").count() == 2


def test_codes_are_guessed_ten_times_and_no_more(nour, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/300s/key"}
    client = at_the_second_door(nour)
    for _guess in range(10):
        opens(client, "000000")

    answer = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert "quart d’heure" in answer.content.decode()


def test_nothing_that_opens_is_kept_in_clear(nour):
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert kept.count('"s1.') == 2


def test_a_sealed_secret_does_not_open_elsewhere(nour):
    sealed = Authenticator.objects.get(type="totp").data["secret"]

    with pytest.raises(DoesNotOpen):
        sealing.unseal(sealed, place="people.Note.words:1")


def test_turning_the_key_seals_every_secret_anew(nour, settings, tmp_path):
    before = recovery_codes(nour)
    ring = keys.ring().with_new(keyring.SEALING, at=timezone.now())
    settings.KEYS_FILE = tmp_path / "keys.json"
    keyring.write(ring, settings.KEYS_FILE)

    assert sealing.reseal_secrets() == 2
    assert sealing.reseal_secrets() == 0

    keyring.write(ring.without(ring.of(keyring.SEALING)[:-1]), settings.KEYS_FILE)
    assert recovery_codes(nour) == before
    assert opens(at_the_second_door(nour), code())


def test_setting_up_an_application_shows_its_secret_in_letters_and_leads_to_the_codes(house):
    client = Client()
    client.post(reverse("account_login"), {"login": house.bram.user.email, "password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = client.session[totp.SECRET_SESSION_KEY]
    given = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))

    answer = client.post(reverse("mfa_activate_totp"), {"code": given})

    assert f"{secret[:4]} {secret[4:8]}" in page
    assert "data:image/svg+xml;base64," in page
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert second_factor.has_one(house.bram.user)


def test_whoever_signed_in_long_ago_says_who_they_are_before_changing_it(nour):
    client = Client()
    client.force_login(nour.user)

    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "recovery_paper"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert answer.url.startswith(reverse("account_reauthenticate")), name


def test_recovery_codes_are_printed_for_their_owner(nour):
    from io import BytesIO

    from pypdf import PdfReader

    client = at_the_second_door(nour)
    opens(client, code())
    answer = client.get(reverse("recovery_paper"))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)

    assert answer["Content-Type"] == "application/pdf"
    for one in recovery_codes(nour):
        assert f"{one[:5]} {one[5:]}" in text


def test_a_key_of_someone_else_is_not_found(house, nour):
    from tests.factories import PasskeyFactory

    key = PasskeyFactory(user=house.bram.user)
    client = at_the_second_door(nour)
    opens(client, code())

    assert client.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        '{"id": 1}',
        '{"response": []}',
        '{"response": {"userHandle": "AA"}}',
    ],
)
def test_what_is_not_a_key_does_not_open(db, sent):
    answer = Client().post(reverse("mfa_login_webauthn"), {"credential": sent})

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
