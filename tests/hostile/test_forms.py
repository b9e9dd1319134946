"""Every form of every page, sent what nobody should send: it is answered, never a traceback."""

import html
import logging
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from tests import factories as make
from tests import walls
from tests.cards import telephone_of
from tests.crawl import is_file
from tests.entering import just_entered
from tests.test_walls import Visitor, address, browser_of
from tests.walls import PAGES, Page

from .filling import CHOSEN, WRITTEN, Control, Form, encoded, forms_of
from .hostile import IMAGE, OF_ANY_DATABASE, RAW, SCRIPT, Way, concerns, instead, ways

URLENCODED = "application/x-www-form-urlencoded"
ANSWERED = {200, 302, 400, 404, 413}
# Addresses that show no form of theirs to whoever walks here: those of an owner, of a slip that a
# browser made, of someone half signed in; and the lock, which a walk does not find closed.
WITHOUT_FORMS = {
    "own:held_print",
    "own:held_file",
    "kept_words", "locked", "mfa_authenticate", "mfa_deactivate_totp", "mfa_edit_webauthn",
    "mfa_login_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes", "recovery_paper",
    "rights:opened", "slip_paper",
}  # fmt: skip
WITHOUT_FORMS |= {"ui:patterns", "no_icon", "support:calendar_feed", "people:consent_paper"} | {
    "support:take_home_pdf",
    "inquiry:given",
    "deliberation:meeting_paper",
    "training:paper_file",
    "people:consent_kept_paper",
    "support:mandate_text_paper",
    "support:mandate_paper",
    "support:consultation_paper",
    "positioning:result_pdf",
    "rights:hand_over_pdf",
    "rights:hand_over_json",
    "own:print",
    "deliberation:wall",
    "deliberation:table",  # of two who were named: deliberation/tests/test_counting.py
    "resources:sheet_pdf",
    "threads:thread_pdf",
    "deliberation:notice",
    "training:visit_pdf",
    "training:day_lists_pdf",
    "paper:batch_pdf",
    "paper:batch_list",
    "paper:picture",
    "paper:strip",
    "paper:ballot_strip",
    "paper:ballot_pile",  # its page has no form
    "paper:ballot_pile_pdf",
}
WITH_FORMS = [page for page in PAGES if page.read != walls.NO_GET]
WITH_FORMS = [page for page in WITH_FORMS if page.name not in WITHOUT_FORMS]
WAYS = {
    name: way
    for name, way in ways().items()
    if connection.vendor == "sqlite" or name not in OF_ANY_DATABASE
}
# A form with several buttons meets every way by the first one, and these by the others.
FEW = {"nothing", "empty", "text: script", "text: NUL", "hidden: '\\x00'", "choice: 'not offered'"}
# Pages whose ordinary deed would take away what the other pages are about.
ENDINGS = {
    "account_logout",
    "account_change_password",
    "centres:member_left",
    "competences:annotation_withdraw",
    "inquiry:draft_give",
    "inquiry:draft_throw",
    "people:beyond",
    "people:consent_withdraw",
    "people:following",
    "people:merge",
    "people:merge_undo",
    "people:replacements",
    "positioning:erase",
    "shared_read",
    "support:mandate_revoke",
}
# What only its author may go on with.
OF_AN_AUTHOR = {"annotation", "draft", "positioning", "spoken", "noted"}


@pytest.fixture(autouse=True)
def quiet_terminal():
    """Refusals are many here: they are asserted, and need not be written as well."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def visitor_of(page: Page, world) -> Client:
    """Whoever may do what this page is for."""
    things, homes = world
    client = Client()
    if page.name == "account_login":
        return client
    if walls.CARD in {page.read, page.write}:
        return telephone_of(things["person"], things["note"].author)
    if page.name == "shared_read":
        client.force_login(things["sharing"].recipient.user)
        return client
    if page.name == "officer_journal":
        officer = make.MemberFactory(centre=homes["same team"][0], is_officer=True)
        just_entered(client, officer.user)
        return client
    if page.about.startswith("count") and page.read == walls.NOBODY:
        just_entered(client, things["count"].reader_one.user)
        return client
    for thing in OF_AN_AUTHOR & set(page.about.split(",")):
        just_entered(client, things[thing].author.user)
        return client
    return browser_of(Visitor("same team", "coordinator", bound=True), homes)


def forms_on(page: Page, world, client: Client) -> list[Form]:
    url = address(page, world[0])
    shown = client.get(url, follow=True)
    assert shown.status_code == (404 if page.name == "centres:first_house" else 200)
    return forms_of(arrived_at(url, shown), shown.content.decode())


def arrived_at(url: str, shown: Any) -> str:
    """Where a page stands that another address led to: its forms are sent there."""
    return shown.redirect_chain[-1][0] if shown.redirect_chain else url


def send(client: Client, form: Form, values: Any, *, follow: bool) -> list[Any]:
    """The answer, and the page to which it leads; what it changed is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answers = [client.post(form.action, encoded(values), content_type=URLENCODED)]
        if follow and answers[0].status_code == 302:
            answers.append(client.get(answers[0].url, follow=True))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answers


def wrong_with(form: Form, name: str, way: Way, client: Client, pressed: dict[str, str]) -> str:
    """What is wrong with the answers to this way of filling the form, or nothing."""
    values = {} if name == "nothing" else {**form.filled(way), **pressed}
    try:
        answers = send(client, form, values, follow=name.startswith("text"))
    except Exception as fault:  # each traceback is told, not only the first
        return f"{type(fault).__name__}: {str(fault)[:200]}"
    for answer in answers:
        if answer.status_code not in ANSWERED:
            return f"answers {answer.status_code}"
        if any(raw in answer.content.decode("utf-8", "replace") for raw in RAW):
            return "shown unescaped"
    # A file, or a page again: only a form that is shown again holds what was typed.
    is_page = answers[0].headers.get("Content-Type", "").startswith("text/html")
    refused = answers[0].status_code == 200 and is_page
    return lost(form, values, answers[0].content.decode()) if refused else ""


def lost(form: Form, values: dict[str, str], page: str) -> str:
    """The field of writing of which the page did not give back what was typed."""
    for name, control in form.controls.items():
        typed = values.get(name, "").strip()
        if control.kind == "textarea" and html.escape(typed) not in page:
            return f"what was typed in {name} is lost"
    return ""


def twice_and_never_asked(form: Form, client: Client) -> None:
    """A field sent twice, and fields that nobody asked for, are answered."""
    values = form.filled()
    twice = [*values.items(), *((name, f"{value} x") for name, value in values.items())]
    never_asked = [
        ("is_staff", "1"),
        ("centre", "1"),
        ("__proto__", "x"),
        ("\x00", "\x00"),
        ("", ""),
    ]
    for sent in (twice, [*values.items(), *never_asked], [*values.items(), ("form_key", "x")]):
        answer = send(client, form, sent, follow=True)[0]
        assert answer.status_code in ANSWERED


@pytest.mark.parametrize("page", WITH_FORMS, ids=lambda page: page.name)
def test_a_form_answers_whatever_it_is_sent(page, world):
    client = visitor_of(page, world)
    wrong = []

    for form in forms_on(page, world, client):
        for turn, pressed in enumerate(form.pressed()):
            for name, way in WAYS.items():
                if concerns(name, list(form.controls.values())) and (not turn or name in FEW):
                    fault = wrong_with(form, name, way, client, pressed)
                    wrong += [f"{form.action} {pressed or ''} [{name}] {fault}"] if fault else []
        twice_and_never_asked(form, client)

    assert not wrong, "\n".join(wrong)


def test_every_way_that_any_database_answers_alike_is_one_of_the_ways():
    assert set(ways()) >= OF_ANY_DATABASE


@pytest.mark.parametrize("page", WITH_FORMS, ids=lambda page: page.name)
def test_a_form_keeps_no_row_of_another_centre(page, world):
    client = visitor_of(page, world)
    strangers = [make.MemberFactory(centre=world[1]["other centre"][0], teams=[])]
    strangers += [
        make.PersonFactory(centre=world[1]["other centre"][0]),
        *world[1]["other centre"][1],
    ]
    forms = forms_on(page, world, client)
    before = pointing_at(strangers)

    for form in forms:
        for stranger in strangers:
            values = form.filled(instead(CHOSEN | {"hidden"}, str(stranger.pk)))
            more = dict.fromkeys(
                ["person", "team", "worker", "author", "by", "id", "choose"], stranger.pk
            )
            answer = client.post(form.action, encoded({**more, **values}), content_type=URLENCODED)
            assert answer.status_code in ANSWERED

    assert pointing_at(strangers) == before


def pointing_at(rows: list[Any]) -> dict[str, int]:
    """How many rows of each table point at these."""
    found = {}
    for row in rows:
        for relation in row._meta.related_objects:
            name = (
                f"{relation.related_model._meta.label}.{relation.field.name} of {row._meta.label}"
            )
            pointing = relation.related_model._default_manager
            found[name] = (
                pointing.filter(**{relation.field.name: row.pk}).exclude(pk=row.pk).count()
            )
    return found


@pytest.mark.once
def test_what_was_kept_is_never_shown_unescaped(world):
    kept = 0
    for text in (SCRIPT, IMAGE + "\x01\u202e"):
        for page in WITH_FORMS:
            if page.name not in ENDINGS:
                kept += keep(page, world, text)

    pages = walk(visitor_of(Page("day", "", ""), world))

    assert kept > 40
    assert sum(html.escape(SCRIPT) in page for page in pages.values()) > 10
    assert [name for name, page in pages.items() if any(raw in page for raw in RAW)] == []


def walk(client: Client) -> dict[str, str]:
    """Every page reached by links, as it came (the crawl of the other tests unescapes them); of
    the frameworks, only the item of which something was said."""
    waiting, pages = ["/", "/people/?q=script", "/frameworks/digcomp-3.0/1.1/"], {}
    while waiting:
        path = waiting.pop()
        if path in pages or is_file(path) or re.match(r"/frameworks/(?!.*/1\.1/$)", path):
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code in {200, 404, 405}, path
        pages[path] = answer.content.decode("utf-8", "replace") if is_drawn(answer) else ""
        found = re.findall(r'href="([^"#?]+)', pages[path])
        waiting += [link for link in (urljoin(path, one) for one in found) if link.startswith("/")]
    return pages


def is_drawn(answer: Any) -> bool:
    """A file (all that is held, a paper) holds words as they were said: no browser draws it as a
    page."""
    if answer.headers["Content-Type"].startswith("text/html"):
        return True
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return False


def keep(page: Page, world, text: str) -> int:
    """Fill every form of the page with this text, and keep it; how many were kept."""
    client = visitor_of(page, world)
    url = address(page, world[0])
    shown = client.get(url, follow=True)
    kept = 0
    for form in forms_of(arrived_at(url, shown), shown.content.decode()):
        values = {**form.filled(lambda control: typed(control, text)), **next(form.pressed())}
        answer = client.post(form.action, encoded(values), content_type=URLENCODED)
        assert answer.status_code in ANSWERED, form.action
        kept += answer.status_code == 302
    return kept


def typed(control: Control, text: str) -> str:
    if control.kind in WRITTEN - {"email", "password"}:
        return text
    return control.ordinary()


def test_no_model_points_at_what_the_strangers_test_forgets():
    """The test above follows foreign keys: a table that names people otherwise would escape it."""
    uuids = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("relier.")
        for field in model._meta.get_fields()
        if field.get_internal_type() == "UUIDField" and not field.primary_key
    ]

    assert {name for name in uuids if not name.endswith("form_key")} <= {
        # An objection is named by it in addresses, and nobody is.
        "deliberation.Objection.key",
        # Where a pile is read, in paper: a count, and nobody.
        "deliberation.PaperPile.count",
        "journal.Line.actor",
        "journal.Line.centre",
        "journal.Line.subject",
        "people.Sharing.thing",
        "privacy.Archive.subject",
        # The two ends of a tie: things of rooms, and never anyone.
        "threads.Tie.from_id",
        "threads.Tie.to_id",
        # The ledger names nobody, and no form writes it: a key of its own, and opaque ids.
        "training.Enrolment.ledger_key",
        "training.LedgerEntry.source",
        "training.LedgerEntry.trainee",
        "training.Posting.author",
    }
