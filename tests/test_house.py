"""Tests that guard the house itself: its floors, its doors, what it declares. A convention
worth arguing about twice is a test here."""

import inspect
import os
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import relier
from relier.journal import registry
from relier.privacy import held
from relier.privacy.sealed import SealedField, sealed_fields

PACKAGE = Path(relier.__file__).parent
ROOT = PACKAGE.parent

# From the top of the house to the ground (docs/architecture.md). Rooms stand side by side.
FLOORS = [
    "config", "desk", "threads", "support", "training", "deliberation", "inquiry", "resources",
    "competences", "people", "paper", "privacy", "centres", "accounts", "journal", "ui", "lib",
]  # fmt: skip
ROOMS = {"support", "training", "deliberation", "inquiry", "resources"}

# Pages open to people who are signed out: said here, and by @login_not_required.
OPEN_DOORS = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "slip",
    "slip_link",
    "set_language",
    "no_icon",
    "accessibility",
    "patterns",
    "first_house",
    "calendar_feed",
    "enter_as",
    # A person's own page: a card opens it.
    "home", "exchange", "leave", "closed", "language", "pictures", "steps", "can_do", "procedures",
    "agreed", "withdraw", "revoke", "readers", "beyond", "close_entry",
    "stop_sharing", "ask", "held", "held_print", "held_file", "print",
    # A question, for whoever holds a card of nobody.
    "begin", "next", "statement", "every_one", "review", "given", "anew", "propose",
    "sentence", "thanks", "refused", "contest", "results", "counted", "releases",
    "aloud", "aloud_one", "aloud_back", "proposed", "object", "take_back",
}  # fmt: skip

# Deeds that no member does: they take no `by`.
NOBODYS_DEEDS = {
    "relier.centres.actions.open_house": "there is nobody yet",
    "relier.privacy.actions.cards.find_visit": "a browser that comes back; its visit may be over",
    "relier.privacy.actions.cards.leave": "whoever reads closes; the journal says nothing of it",
    "relier.deliberation.actions.cards.next_code": "whoever holds a tablet, and nobody knows who",
    "relier.deliberation.actions.doors.forget_tries": "whoever comes to the door; the daily round",
    "relier.deliberation.actions.papers.leave_pile": "part of a count given up, or by itself",
    "relier.deliberation.actions.papers.take_pile": "part of a count that its readers close",
    "relier.paper.actions.ballots_apart.forget_apart": "part of the end of a count",
    "relier.paper.actions.ballots_apart.unread": "part of a count begun again",
    "relier.deliberation.actions.places.forget": "part of a round that ends",
    "relier.deliberation.actions.releases.let_sentences_out": "whoever looks",
    "relier.deliberation.actions.releases.release_if_due": "whoever looks comes upon it",
    "relier.deliberation.actions.releases.release_all": "the daily round",
    "relier.deliberation.actions.shuffling.write_anew": "part of a deed; it says nothing of whose",
    "relier.deliberation.actions.shuffling.in_another_order": "part of a deed, as the one above",
    "relier.deliberation.actions.statements.contest": "whoever holds a card: written nowhere",
    "relier.deliberation.actions.statements.propose": "whoever holds a card: written nowhere",
    "relier.deliberation.actions.voices.give_sentence": "whoever holds a card: written nowhere",
    "relier.deliberation.actions.objections.raise_with_card": "whoever holds a card: of nobody",
    "relier.deliberation.actions.objections.take_back_with_card": "whoever raised it: of nobody",
    "relier.deliberation.actions.voices.give_voice": "whoever holds a card: written nowhere",
}


def our_models():
    return [m for m in apps.get_models() if m.__module__.startswith("relier.")]


def our_modules(ending: str):
    for module in pkgutil.walk_packages(relier.__path__, "relier."):
        if ending in module.name.split(".") and ".tests" not in module.name:
            yield import_module(module.name)


def patterns(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern


def test_every_folder_of_the_package_is_a_floor_of_the_design():
    folders = {f.name for f in PACKAGE.iterdir() if f.is_dir() and (f / "__init__.py").exists()}

    assert folders == set(FLOORS)


def test_the_import_contracts_name_the_same_floors_in_the_same_order():
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    layers = re.search(r"layers =\n((?:    [\w |]+\n)+)", text)

    assert layers
    assert re.findall(r"\w+", layers[1]) == FLOORS


def test_the_import_contracts_set_the_rooms_side_by_side():
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")

    assert f"    {' | '.join(room for room in FLOORS if room in ROOMS)}\n" in text


def test_imports_keep_to_the_floors():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True) == 0


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_a_foreign_key_points_down_or_to_its_own_room(model):
    # Written as strings, foreign keys escape the import contracts: they are checked here.
    own = model._meta.app_label

    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            other = field.related_model._meta.app_label
            if other in FLOORS:
                assert other == own or FLOORS.index(other) > FLOORS.index(own), field
                assert not {own, other} <= ROOMS or own == other, field


def about_people():
    """Every model from which a chain of foreign keys leads to someone accompanied."""
    known = {"privacy.Subject"}
    while True:
        more = {
            model._meta.label
            for model in our_models()
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.related_model._meta.label in known
        }
        if more <= known:
            return known
        known |= more


def test_every_table_about_people_is_declared():
    declared = {holding.model for holding in registry.holdings(about="person")}

    assert about_people() <= declared


def test_every_table_about_members_is_declared():
    declared = {holding.model for holding in registry.holdings()}
    about_members = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label in {"accounts.User", "centres.Member"}
        and not model._meta.auto_created
    }

    assert about_members <= declared


def test_a_declaration_says_why_and_leads_to_someone():
    for holding in registry.holdings():
        assert str(holding.why).strip(), holding.model
        assert holding.rows([]).count() == 0, holding.model


# Copies and bare numbers: a person reads the table that they are made from.
READ_ELSEWHERE = {"people.NameKey", "privacy.Subject"}


def test_whatever_is_held_about_a_person_can_be_read_by_them():
    # A new table says what its rows are (`title`); a new column what it is called (its
    # `verbose_name`, or `words`), or that it says nothing to a person (`silent`).
    for holding in registry.holdings(about="person"):
        if holding.model not in READ_ELSEWHERE:
            assert str(holding.title), f"{holding.model} has no title"
            assert not held.unsaid(holding), f"{holding.model}: {held.unsaid(holding)}"


def test_what_stays_counted_is_a_code_and_never_words():
    for holding in registry.holdings(about="person"):
        assert holding.day or not holding.counted_by, holding.model
        for name in holding.counted_by:
            field = holding.of._meta.get_field(name)
            codes = isinstance(field, models.BooleanField | models.JSONField)
            assert field.choices or codes, f"{holding.model}.{name}"


def test_open_doors_are_listed_twice():
    open_by_decorator = {
        pattern.name
        for pattern in patterns()
        if getattr(pattern.callback, "login_required", True) is False
    }

    assert open_by_decorator <= OPEN_DOORS
    assert OPEN_DOORS - open_by_decorator <= {"enter_as"}


# What makes a function a deed rather than a question.
WRITES = re.compile(r"\.(save|create|update|delete|bulk_create|set)\(|journal\.|once\(")


def deeds():
    """Every public function of an `actions` module that writes."""
    for module in our_modules("actions"):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and WRITES.search(inspect.getsource(function)):
                yield f"{module.__name__}.{name}", function


def test_a_deed_names_its_author():
    assert len(list(deeds())) > 20
    for name, function in deeds():
        if name in NOBODYS_DEEDS:
            continue
        by = inspect.signature(function).parameters.get("by")
        assert by is not None, f"{name} does not say by whom"
        assert by.kind is inspect.Parameter.KEYWORD_ONLY, name


def test_a_page_uses_templates_of_its_own_room_or_of_ui_only():
    for template in PACKAGE.glob("*/templates/**/*.html"):
        room = template.relative_to(PACKAGE).parts[0]
        used = re.findall(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"", template.read_text("utf-8"))
        own = {"accounts": "account"}.get(room, room)
        for name in used:
            assert name == "base.html" or name.split("/")[0] in {own, "ui"}, f"{template}: {name}"


def test_every_template_is_used():
    sources = "\n".join(
        f.read_text("utf-8") for f in PACKAGE.rglob("*") if f.suffix in {".py", ".html"}
    )
    by_django = {"base.html", "404.html", "500.html", "400.html", "403.html", "429.html"}
    for template in PACKAGE.glob("*/templates/**/*.html"):
        name = template.relative_to(PACKAGE / template.relative_to(PACKAGE).parts[0] / "templates")
        # django-allauth and Django's form renderer look these up by themselves.
        if name.as_posix() in by_django or name.parts[0] in {"account", "mfa", "django"}:
            continue
        assert name.as_posix() in sources or f"/{name.name}" in sources, template


def test_what_the_code_refers_to_is_in_the_repository():
    for source in [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.html"),
        *(ROOT / "docs").rglob("*.md"),
    ]:
        text = source.read_text("utf-8")
        assert not re.search(r"\b(DESIGN|STYLE|UI)(\.md)? ?(§|\d)|\bUI\.md", text), source
        for page in re.findall(r"\bdocs/[\w/-]+\.md", text):
            assert (ROOT / page).exists(), f"{source}: {page}"


def test_migrations_have_names():
    for migration in PACKAGE.glob("*/migrations/0*.py"):
        assert "_auto_" not in migration.name, migration


def test_every_setting_read_from_the_environment_is_documented():
    text = (PACKAGE / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"environ\.get\(\"(\w+)\"", text))
    documented = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")

    assert read
    assert not {name for name in read if name not in documented}


def test_there_is_no_back_door():
    assert not apps.is_installed("django.contrib.admin")
    assert not hasattr(apps.get_model("accounts.User"), "is_superuser")


def test_nothing_is_kept_by_the_browser_nor_fetched_from_elsewhere():
    policy = settings.CONTENT_SECURITY_POLICY

    assert "unsafe" not in policy
    assert "http" not in policy
    for template in PACKAGE.glob("*/templates/**/*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"(src|href)=\"(https?:)?//", text), template
        assert " style=" not in text, template


# Names that a number identifying someone goes by here (national register, BIS, in three languages).
IDENTITY = re.compile(r"(^|_)(niss|inss|insz|nrn|bis|rrn|ssin|national_?(number|register))(_|$)")


def test_a_number_that_identifies_someone_is_sealed():
    assert IDENTITY.search("niss")
    assert IDENTITY.search("partner_national_number")
    assert not IDENTITY.search("bisque")
    for model in our_models():
        for field in model._meta.concrete_fields:
            if IDENTITY.search(field.name):
                assert isinstance(field, SealedField), field


def test_no_table_is_put_in_the_order_of_sealed_words():
    for model in our_models():
        sealed = {field.name for field in sealed_fields(model)}
        ordered = {str(name).lstrip("-") for name in model._meta.ordering}
        assert not ordered & sealed, model


def test_the_web_starts_without_what_few_pages_need(tmp_path):
    """Each worker of the web would hold OpenCV and NumPy for ever."""
    program = (
        "import sys, django; django.setup(); import relier.config.urls, relier.config.wsgi; "
        "print(sorted({'cv2', 'icalendar', 'numpy', 'pypdfium2', 'zxingcpp'} & set(sys.modules)))"
    )
    environment = {**os.environ, "RELIER_MODE": "office", "RELIER_DATA": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "relier.config.settings"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env=environment, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout.strip() == "[]", done.stderr
