"""Sheets for the tests: one with every kind of question, and what may be done to it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from relier.paper.sheets import (
    Choice,
    Date,
    Line,
    Number,
    OneChoice,
    Several,
    Sheet,
    Signature,
    YesNo,
    worded,
)
from relier.paper.worded import Worded

MADE_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HEAD = ("CISP Le Fil", "081 22 33 44")

EVERY_KIND = Sheet(
    name="tests.every_kind",
    version="1",
    title="Votre demande",
    introduction=("Vous pouvez laisser une question sans réponse.",),
    keeps="signed",
    questions=(
        OneChoice(
            "reply",
            "Comment voulez-vous avoir notre réponse ?",
            pictogram="phone",
            choices=(
                Choice("phone", "Par téléphone", pictogram="phone"),
                Choice("letter", "Par lettre", hint="À la maison.", pictogram="letter"),
            ),
        ),
        Several(
            "learn",
            "Qu'est-ce que vous voulez apprendre ?",
            choices=(
                Choice("write", "Écrire un message"),
                Choice("photo", "Envoyer une photo"),
                Choice("ask", "Faire une demande à la commune"),
            ),
        ),
        YesNo("computer", "Avez-vous un ordinateur ?"),
        Number("home", "Combien de personnes vivent avec vous ?", digits=2, least=0, most=30),
        Date("day", "À partir de quel jour ?", first=date(2020, 1, 1), last=date(2030, 12, 31)),
        Line("words", "Dites-nous le reste, avec vos mots", lines=3, longest=200),
        Signature("signed", "Votre signature", who="Vous, ou la personne qui vous aide"),
    ),
)

GIVEN = {
    "reply": "letter",
    "learn": ["ask", "write"],
    "computer": "no",
    "home": "4",
    "day": "2026-11-24",
    "words": "Je voudrais un rendez-vous le matin.",
    "signed": "signed",
}
ANSWERS = {
    "reply": "letter",
    "learn": ("write", "ask"),
    "computer": False,
    "home": 4,
    "day": date(2026, 11, 24),
    "words": "Je voudrais un rendez-vous le matin.",
    "signed": True,
}

ITEM_ANSWERS = (
    Choice("yes", "Oui, seul ou avec quelqu'un", pictogram="can"),
    Choice("could_learn", "Je pourrais l'apprendre", pictogram="within-reach"),
    Choice("no_need", "Je n'en ai pas besoin", pictogram="no-need"),
)


def positioning(items: int = 30) -> Sheet:
    return Sheet(
        name="tests.positioning",
        version="1",
        title="Faire le point",
        questions=tuple(
            OneChoice(
                f"item_{number}",
                f"Je peux envoyer la photo numéro {number} avec un message.",
                pictogram="photo",
                choices=ITEM_ANSWERS,
            )
            for number in range(1, items + 1)
        ),
    )


ARABIC = {
    "reply": "كيف تريد أن نجيبك؟",
    "learn": "ماذا تريد أن تتعلم؟",
    "computer": "هل عندك حاسوب في البيت؟",
    "home": "كم شخصا يعيش معك؟",
    "day": "من أي يوم يمكنك أن تأتي؟",
    "words": "قل لنا الباقي بكلماتك",
    "signed": "توقيعك",
}


def in_arabic() -> Worded:
    """The sheet with every kind of question, as a translator would have made it."""
    plain = worded(EVERY_KIND, "ar")
    return replace(
        plain,
        title="طلبك",
        introduction=("يمكنك أن تترك أي سؤال دون جواب.",),
        questions=tuple(replace(one, wording=ARABIC[one.key]) for one in plain.questions),
    )
