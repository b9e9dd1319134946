"""A sheet is declared once: it appears on screen, prints, is said aloud, and comes back from each
as the same checked answers.

- `declared`: what a sheet asks; `registry`: the sheets of the rooms, and who receives them;
- `wording`: a sheet in the words of one language, for `printing` and for voice;
- `answers`: one check for the three ways; `voice`: what is said, and read back.
"""

from .answers import RATHER_NOT, SIGNED, Answer, RatherNot, answer_of, as_given, cleaned, kept
from .declared import (
    NO,
    YES,
    Choice,
    Date,
    Hours,
    Line,
    NotASheet,
    Number,
    OneChoice,
    Question,
    Row,
    Several,
    Sheet,
    Signature,
    Table,
    YesNo,
)
from .registry import (
    Answered,
    Apart,
    Channel,
    Occasion,
    OneBallot,
    Pile,
    build,
    entry,
    leads_to,
    names,
    receive,
    register,
)
from .voice import question_to_say, read_back, text_to_say, told
from .wording import LANGUAGES, list_words, worded

__all__ = [
    "LANGUAGES",
    "NO",
    "RATHER_NOT",
    "SIGNED",
    "YES",
    "Answer",
    "Answered",
    "Apart",
    "Channel",
    "Choice",
    "Date",
    "Hours",
    "Line",
    "NotASheet",
    "Number",
    "Occasion",
    "OneBallot",
    "OneChoice",
    "Pile",
    "Question",
    "RatherNot",
    "Row",
    "Several",
    "Sheet",
    "Signature",
    "Table",
    "YesNo",
    "answer_of",
    "as_given",
    "build",
    "cleaned",
    "entry",
    "kept",
    "leads_to",
    "list_words",
    "names",
    "question_to_say",
    "read_back",
    "receive",
    "register",
    "text_to_say",
    "told",
    "worded",
]
