"""What is found in the code and the templates of a room."""

import pytest

from tools.extraction import (
    Message,
    UnreadableTextError,
    messages_in_python,
    messages_in_room,
    messages_in_template,
)

IMPORTS = """
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy as _, ngettext, npgettext
from django.utils.translation import pgettext_lazy as said
"""


def in_python(code: str) -> list[Message]:
    return list(messages_in_python(IMPORTS + code))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('gettext("Lend")', Message("Lend")),
        ('_("Lend")', Message("Lend")),
        ('_("A long " "text")', Message("A long text")),
        ('_("%(n)s left") % {"n": 3}', Message("%(n)s left")),
        ('said("person", "Thank you")', Message("Thank you", "person")),
        ('ngettext("One day", "%(n)s days", n)', Message("One day", "", "%(n)s days")),
        ('npgettext("person", "One", "Two", n)', Message("One", "person", "Two")),
        ('translation.pgettext("month", "May")', Message("May", "month")),
    ],
)
def test_every_way_of_saying_something_in_python_is_found(code: str, expected: Message) -> None:
    assert in_python(code) == [expected]


def test_a_name_that_only_looks_like_gettext_is_left_alone() -> None:
    assert list(messages_in_python('_("Lend")\nobject.gettext("Lend")')) == []


def test_a_text_marked_elsewhere_may_be_looked_up_by_name() -> None:
    assert in_python("gettext(label)\nsaid(context, label)") == []


@pytest.mark.parametrize(
    "code",
    [
        '_(f"{n} days")',
        '_("%s days" % n)',
        '_("a" + b)',
        'said(PERSON, "Hello")',
        'ngettext("One day", several, n)',
        'gettext(message="Lend")',
    ],
)
def test_a_text_that_cannot_be_extracted_is_refused(code: str) -> None:
    with pytest.raises(UnreadableTextError, match="line 5"):
        in_python(code)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('{% translate "Lend" %}', Message("Lend")),
        ("{% translate 'Lend' as deed %}", Message("Lend")),
        ('{% translate "Hello" context "person" %}', Message("Hello", "person")),
        ('{{ _("Lend")|upper }}', Message("Lend")),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", Message("Hello %(name)s")),
        (
            "{% blocktranslate trimmed context 'person' %}\n Hello\n you\n{% endblocktranslate %}",
            Message("Hello you", "person"),
        ),
        (
            "{% blocktranslate count n=days %}One{% plural %}{{ n }} days{% endblocktranslate %}",
            Message("One", "", "%(n)s days"),
        ),
        ('{% translate "100 % yours" %}', Message("100 %% yours")),
    ],
)
def test_every_way_of_saying_something_in_a_template_is_found(
    template: str, expected: Message
) -> None:
    indented = f"<div>\n      l'heure\n   <p>{template}</p>\n  </div> (\n"

    assert list(messages_in_template(indented)) == [expected]


def test_tests_migrations_and_texts_read_aloud_are_not_read(write, tmp_path) -> None:
    said = "from django.utils.translation import gettext\ngettext('%s')"
    write("relier/loans/views.py", said % "kept")
    write("relier/loans/tests/test_views.py", said % "a test")
    write("relier/loans/migrations/0001_first.py", said % "a migration")
    write("relier/loans/texts/consent.en.txt", "{% translate 'a text' %}")
    write("relier/loans/templates/loans/mail.txt", "{% translate 'a mail' %}")

    found = messages_in_room(tmp_path / "relier/loans")

    assert [message.text for _, message in found] == ["a mail", "kept"]
