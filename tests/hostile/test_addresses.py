"""Addresses, methods, headers and bodies that no page of ours sends: no door opens."""

import logging
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.messages import get_messages
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests import walls
from tests.cards import telephone_of
from tests.test_walls import Visitor, address, browser_of
from tests.walls import PAGES

from .hostile import RAW, SCRIPT
from .test_forms import visitor_of

ANSWERED = {200, 204, 301, 302, 400, 403, 404, 405, 413}
LONG = "x" * 100_000
QUERIES = [
    *[{"page": page} for page in ("-1", "0", str(10**9), str(10**30), "abc", "", "\x00", "٣")],
    *[{"people": page} for page in ("-1", str(10**30), "abc")],
    *[{"before": day} for day in ("0001-01-01", "9999-12-31", "2026-02-31", "abc", "\x00", "")],
    *[{"day": day} for day in ("0001-01-01", "9999-12-31", "2026-02-31", "\x00")],
    *[{"q": words} for words in (LONG, "\x00", SCRIPT, "' OR 1=1 --", "%", "_", "\\", "\u202e")],
    *[{"lang": language} for language in ("xx", "\x00", "fr-BE", "../../etc/passwd", LONG[:9999])],
    *[{"person": one} for one in ("not-a-uuid", "\x00", str(10**30), SCRIPT)],
    {"next": "https://ailleurs.invalid/"},
]
# Nothing hostile: with these a page reads all that it may read of its address.
ORDINARY = {"page": "1", "people": "1", "before": "2026-11-20", "day": "2026-11-23", "q": "awa",
            "lang": "fr", "next": "/"}  # fmt: skip
CLOSED = {walls.NO_GET}
SHOWN = [page for page in PAGES if page.read not in CLOSED]


@pytest.fixture(autouse=True)
def quiet_terminal():
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def colette(world):
    """She coordinates, is bound by secrecy and is in the team: no page is closed to her."""
    return browser_of(Visitor("same team", "coordinator", bound=True), world[1])


@pytest.fixture
def asks(world, colette):
    """Whoever finds something at this address: the holder of a card on their own page, else her."""
    telephone = telephone_of(world[0]["person"], world[0]["note"].author)
    return lambda page: telephone if walls.CARD in {page.read, page.write} else colette


class Noted(QueryDict):
    """Notes each name that is asked of it; whoever takes it whole may read them all."""

    read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().getlist(key, default)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Any:
        self.read |= {*ORDINARY, "person"}
        return super().__iter__()

    def lists(self) -> Any:
        self.read |= {*ORDINARY, "person"}
        return super().lists()


def names_read(client: Client, url: str, queries: list[dict[str, str]]) -> set[str]:
    """What the page at this address reads of its query: the rest of it cannot harm it."""
    noted = property(lambda request: Noted(request.META.get("QUERY_STRING", "")))
    Noted.read = set()
    with patch.object(WSGIRequest, "GET", noted):
        for query in queries:
            assert client.get(url, query).status_code in ANSWERED
    return Noted.read


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)
def test_a_page_answers_whatever_is_asked_of_it(page, world):
    client = visitor_of(page, world)
    url = address(page, world[0]).partition("?")[0]
    stranger = make.PersonFactory(centre=world[1]["other centre"][0], call_name="Xanthippe")
    queries = [*QUERIES, {"person": str(stranger.pk)}, {"q": "Xanthippe Xanthippe"}]
    ordinary = {**ORDINARY, "person": str(world[0]["person"].pk)}
    read = names_read(client, url, [{}, ordinary])
    together = {name: value for query in queries for name, value in query.items()}

    for query in [*(query for query in queries if query.keys() & read), together]:
        answer = client.get(url, query)
        text = b"" if answer.streaming else answer.content
        assert answer.status_code in ANSWERED, query
        assert not any(raw.encode() in text for raw in RAW), query
        assert query.get("q") or b"Xanthippe" not in text, query
        assert "ailleurs" not in answer.headers.get("Location", ""), query


@pytest.mark.once
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"])
def test_an_odd_method_changes_nothing(method, world, colette):
    things = world[0]

    for page in PAGES:
        answer = colette.generic(method, address(page, things).partition("?")[0])
        assert answer.status_code in ANSWERED, page.name
        if page.name == "account_logout":
            assert method == "HEAD" or "_auth_user_id" in colette.session
    assert type(things["person"]).objects.filter(pk=things["person"].pk).exists()


BODIES = [
    ("application/json", b'{"words": "x", "form_key": null}'),
    ("application/json", b"{" * 10_000),
    ("text/xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=words"),
    ("multipart/form-data; boundary=x", b"--y--"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("application/x-www-form-urlencoded", b"words=%ff%fe%00&words=%"),
    ("application/x-www-form-urlencoded; charset=utf-99", b"words=x"),
    ("application/x-www-form-urlencoded; charset=utf-16", "words=x".encode("utf-16")),
    ("application/x-www-form-urlencoded", b"&".join(b"x%d=1" % n for n in range(600))),
    ("application/x-www-form-urlencoded", b"words=" + b"x" * 2_000_000),
    ("", b"\x00\xff"),
]


@pytest.mark.once
@pytest.mark.parametrize("kind_and_body", BODIES, ids=lambda one: f"{one[0]} {one[1][:12]}")
def test_a_body_that_no_form_makes_is_answered(kind_and_body, world, asks):
    kind, body = kind_and_body

    for page in PAGES:
        answer = asks(page).generic("POST", address(page, world[0]), body, kind)
        assert answer.status_code in ANSWERED, page.name


@pytest.mark.once
def test_an_upload_that_nobody_asked_for_is_answered(world, asks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    for page in PAGES:
        files = {"words": SimpleUploadedFile("../../etc/passwd\x00.txt", b"x" * 1000)}
        assert asks(page).post(address(page, world[0]), files).status_code in ANSWERED, page.name


NUMBERS = [0, 10**18, 2**63 - 1, 2**63, 10**30]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "name",
    [
        "people:merge_undo",
        "people:consent",
        "people:consent_withdraw",
        "centres:team_edit",
        "deliberation:item_edit",
    ],
)
def test_a_number_that_names_nothing_is_not_found(name, number, colette):
    assert colette.get(reverse(name, args=[number])).status_code == 404
    assert colette.post(reverse(name, args=[number])).status_code == 404


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_names_no_archive_nor_agreement_is_not_found(number, world, colette):
    telephone = telephone_of(world[0]["person"], world[0]["note"].author)

    assert colette.get(reverse("rights:opened", args=[number])).status_code == 404
    assert colette.post(reverse("rights:agree", args=[number])).status_code == 404
    assert telephone.post(reverse("own:withdraw", args=[number])).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/people/x/", "/people/%00/", "/frameworks/..%2f..%2fetc/", "/frameworks/%00/", "/%ff/%fe/",
     "/support/calendar/%00.ics", "/support/calendar/" + "x" * 5000 + ".ics", "/" + "a/" * 2000,
     "/people//", "/static/../settings.py", "/static/%00"],
)  # fmt: skip
def test_a_path_that_is_nowhere_is_not_found(path, colette):
    answer = colette.get(path)

    assert answer.status_code in {301, 302, 404}
    assert not answer.headers.get("Location", "").startswith(("//", "http"))


# --- who asks, and from where -------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["ailleurs.invalid", "127.0.0.1@ailleurs.invalid", "", "a b", "\u00e9", "x" * 999]
)
def test_another_host_is_refused(host, db):
    answer = Client().get("/sign-in/", headers={"host": host})

    assert answer.status_code == 400
    assert "ailleurs" not in answer.content.decode()


COOKIES = ["", "x", "\x7f", "../../x", "x" * 3000, '"', "é", SCRIPT]


@pytest.mark.parametrize("value", COOKIES, ids=lambda value: repr(value[:12]))
@pytest.mark.parametrize("name", ["relier_session", "relier_csrf", "relier_language", "messages"])
def test_a_broken_cookie_is_answered_as_none(name, value, db):
    answer = Client(headers={"cookie": f"{name}={value}"}).get("/sign-in/")

    assert answer.status_code == 200
    assert SCRIPT not in answer.content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "\x00", 5, None, ["x"], {"a": 1}, "0" * 9999])
def test_a_broken_session_falls_back_on_the_first_membership(chosen, house, enter):
    client = enter(house.nour)
    session = client.session
    session["member"] = chosen
    session.save()

    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "languages", ["xx", "*", "fr;q=NaN", "fr;q=1e999", "x" * 5000, "fr," * 2000, "\u00e9"]
)
def test_a_browser_that_speaks_nonsense_is_answered_in_french(languages, db):
    answer = Client(headers={"accept-language": languages}).get("/sign-in/")

    assert answer.status_code == 200
    assert answer.headers["Content-Language"] in {"fr", "en"}


ELSEWHERE = [
    "https://ailleurs.invalid/", "//ailleurs.invalid", "///ailleurs.invalid",
    "\\\\ailleurs.invalid", "/\\ailleurs.invalid", "javascript:alert(1)",
    "http:///ailleurs.invalid", "data:text/html,x", "https:ailleurs.invalid",
    " //ailleurs.invalid", "/\t/ailleurs.invalid", "\x00//ailleurs.invalid",
    "http://testserver@ailleurs.invalid/", "//ailleurs.invalid\r\nSet-Cookie: x=1",
]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_language_leads_nowhere_else(elsewhere, db):
    answer = Client().post("/language/", {"language": "en", "next": elsewhere})

    assert answer.status_code == 302
    assert answer.url == "/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(elsewhere, db):
    user = make.UserFactory(password="correct horse battery")
    sent = {"login": user.email, "password": "correct horse battery", "next": elsewhere}

    answer = Client().post("/sign-in/", sent)

    assert answer.status_code == 302
    assert answer.url == "/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_out_leads_nowhere_else(elsewhere, house, enter):
    answer = enter(house.nour).post("/sign-out/", {"next": elsewhere})

    assert answer.status_code == 302
    assert answer.url == "/sign-in/"


@pytest.mark.parametrize("language", ["", "xx", "\x00", "fr\r\nSet-Cookie: x=1", "x" * 9999])
def test_a_language_that_nobody_speaks_is_not_kept(language, house, enter):
    client = enter(house.nour)

    client.post("/language/", {"language": language})

    assert "relier_language" not in client.cookies
    house.nour.user.refresh_from_db()
    assert house.nour.user.language == "en"


@pytest.mark.once
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_form_sent_from_another_site_changes_nothing(page, world):
    colette = browser_of(Visitor("same team", "coordinator", bound=True), world[1])
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = colette.cookies

    answer = guarded.post(address(page, world[0]), {"words": "canari", "call_name": "canari"})

    assert answer.status_code == 403
    text = answer.content.decode()
    assert 'href="/"' in text
    assert "canari" not in text
    assert "CSRF" not in text
    assert not list(get_messages(answer.wsgi_request))
