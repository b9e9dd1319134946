"""The sentences of the plain modules, said again here for the translators.

Those modules import no Django, and the tool that gathers what Relier says follows Django's
`gettext` only. A test keeps this list equal to what they say.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .frameworks import FrameworkError
from .importing import Remark

SENTENCES = (
    gettext_noop("Values are nested too deep for a framework: this is another kind of file."),
    gettext_noop("“%(token)s” is not a number in JSON: give a number or remove it."),
    gettext_noop("A text has %(length)s characters, more than %(most)s: shorten it."),
    gettext_noop("A text holds signs that cannot be seen: take the original file again."),
    gettext_noop("A text holds HTML, where plain words belong: remove the HTML."),
    gettext_noop("A text starts like a formula: give the words, not the formula."),
    gettext_noop("The text is not in UTF-8: take the original file again."),
    gettext_noop("This is not whole JSON: the file may be cut. Take it again."),
    gettext_noop("An object { … } belongs here, not %(found)s."),
    gettext_noop("The key “%(key)s” is not known here: remove it or correct it."),
    gettext_noop("The key “%(key)s” is missing: add it."),
    gettext_noop("Words belong here, not %(found)s."),
    gettext_noop("“%(found)s” is not one of: %(allowed)s."),
    gettext_noop("true or false belongs here, not %(found)s."),
    gettext_noop("A whole number or null belongs here, not %(found)s."),
    gettext_noop("A list [ … ] belongs here, not %(found)s."),
    gettext_noop("The key “%(key)s” is given twice: keep one."),
    gettext_noop("An identifier is made of letters, digits, dots and hyphens, 40 at most."),
    gettext_noop("An unknown licence cannot be verified: say which licence was read."),
    gettext_noop("A graded framework needs a scale: add one, or say that it has no levels."),
    gettext_noop("“texts_in” names the language of the official texts, and only then."),
    gettext_noop("“%(found)s” is not declared in this package: declare it or correct it."),
    gettext_noop("The format is not %(format)s: this version of Relier reads no other."),
    gettext_noop("A day is written 2026-11-24."),
    gettext_noop("“pairs” gives, for each step, the list of steps that it covers."),
    gettext_noop("The identifier “%(id)s” is given twice: each one stands once."),
    gettext_noop("The scales map to each other in a ring: remove this map."),
    gettext_noop("“ours” lists the languages that we translated: en, fr or both."),
    gettext_noop("The name says %(name)s, the content is %(kind)s: the content counts."),
    gettext_noop(
        "This is not one of the two files of 24 November 2025: check that it comes from "
        "the European Commission."
    ),
    gettext_noop("It differs from the facts that come with Relier: %(what)s."),
    gettext_noop("“%(kind)s” is not a part of DigComp 3.0: take the official file."),
    gettext_noop("“%(found)s” does not start with %(start)s: take the official file."),
    gettext_noop("The file holds far more than DigComp 3.0: take the official file."),
    gettext_noop("There is no file there: check the path."),
    gettext_noop("The file is an empty archive: take the official file again."),
    gettext_noop(
        "The file is an old or a locked workbook: take the official .xlsx again, without "
        "a password."
    ),
    gettext_noop("The file is a PDF: take the data supplement (.xlsx or .jsonld)."),
    gettext_noop("The file is a web page or XML: take the file itself, not its page."),
    gettext_noop("The file is compressed: unpack it first."),
    gettext_noop(
        "The file is larger than %(most)s MB, and the official one is not: take that one."
    ),
    gettext_noop(
        "The file is neither a workbook nor JSON-LD: take the DigComp 3.0 data supplement."
    ),
    gettext_noop("This is a folder: give the file that is in it."),
    gettext_noop("This is a shortcut to a file: give the file itself."),
    gettext_noop("This is a device or a pipe: save what it gives in a file first."),
    gettext_noop("The file is empty: take the official file again."),
    gettext_noop("The file may not be read by you: copy it where you may read it."),
    gettext_noop("The file cannot be opened: check the path, or copy it somewhere else."),
    gettext_noop("The file cannot be read to its end: copy it to this computer first."),
    gettext_noop(
        "The file holds %(found)s areas where DigComp 3.0 has %(expected)s: it was cut or"
        " is another version. Take the official file again."
    ),
    gettext_noop(
        "The file holds %(found)s competences where DigComp 3.0 has %(expected)s: it was "
        "cut or is another version. Take the official file again."
    ),
    gettext_noop(
        "The file holds %(found)s statements where DigComp 3.0 has %(expected)s: it was "
        "cut or is another version. Take the official file again."
    ),
    gettext_noop(
        "The file holds %(found)s outcomes where DigComp 3.0 has %(expected)s: it was cut"
        " or is another version. Take the official file again."
    ),
    gettext_noop(
        "“%(id)s” is filed under “%(parent)s”, where it does not belong: take the "
        "official file again."
    ),
    gettext_noop("The package of DigComp 3.0 is missing: install Relier again."),
    gettext_noop("A text is empty: take the official file again."),
    gettext_noop("The competence %(id)s is missing: take the official file again."),
    gettext_noop("The file does not hold the eight levels: take the official file again."),
    gettext_noop("“%(id)s” is not an identifier of DigComp 3.0: take the official file."),
    gettext_noop("The identifier “%(id)s” is given twice: take the official file again."),
    gettext_noop(
        "“%(found)s” is not a level, kind or label of DigComp 3.0: take the official file."
    ),
    gettext_noop("The levels correspond otherwise than in DigComp 3.0: take the official file."),
    gettext_noop("The workbook is damaged or cut: take the official file again."),
    gettext_noop("The workbook unpacks to far more than the official one: take the official file."),
    gettext_noop(
        "The workbook claims rows or columns that DigComp 3.0 does not have: take the "
        "official file."
    ),
    gettext_noop("The file is an archive, not an Excel workbook: take the official .xlsx."),
    gettext_noop(
        "The workbook carries macros or links to other files, and the official one does "
        "not: take that one."
    ),
    gettext_noop("The workbook is locked by a password: take the official file again."),
    gettext_noop("The workbook holds another archive inside: take the official file."),
    gettext_noop("The workbook has no sheet with a column “%(column)s”: take the official file."),
    gettext_noop(
        "A cell is empty or holds something else than words: take the official file again."
    ),
    gettext_noop("The workbook holds formulas, and the official one does not: take that one."),
    gettext_noop("The workbook declares XML entities, a known trap: take the official file."),
    gettext_noop("An area has two names or two descriptions: take the official file again."),
)


def tell(found: FrameworkError | Remark) -> str:
    """The sentence in the language in use, with its place in the file if it has one."""
    sentence = _(found.template)
    if found.gaps:
        sentence %= found.gaps
    place = found.place if isinstance(found, FrameworkError) else ""
    return f"{place}: {sentence}" if place else sentence
