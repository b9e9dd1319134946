"""Invented pages, in the words a room would give."""

from datetime import datetime, timedelta, timezone

from relier.paper.pictures import pictures
from relier.paper.typeset import DOCUMENT, TAKE_HOME, typeset

MORNING = datetime(2026, 11, 24, 10, 30, tzinfo=timezone(timedelta(hours=1)))

LABELS = {
    "for": "Pour",
    "appointments": "Vos rendez-vous",
    "no_appointments": "Pas de rendez-vous pour le moment.",
    "where": "Où",
    "with": "Avec",
    "bring": "À apporter",
    "steps": "Ce que nous avons décidé",
    "no_steps": "Rien n’est décidé pour le moment.",
    "who": "Qui",
    "when": "Quand",
    "done": "C’est fait",
    "tick": "Fait",
    "notes": "Pour écrire",
    "contact": "Une question\u00a0? Appelez-nous.",
    "worker": "Demandez",
    "reach": "Quand",
    "address": "Adresse",
    "opening": "Ouvert",
    "page": "Page %(page)s sur %(pages)s",
}

APPOINTMENT = {
    "when": "Jeudi 26 novembre à 10 h",
    "where": "Les Passerelles, local 2",
    "with": "Nour",
    "bring": "La lettre de la mutuelle",
}

STEPS = [
    {
        "words": "Retrouver le mot de passe",
        "who": "Vous et Bram",
        "when": "jeudi 26 novembre",
        "pictogram": "computer",
        "done": True,
    },
    {"words": "Appeler la mutuelle", "who": "Nour", "when": "avant vendredi", "pictogram": "phone"},
]


def take_home_data(**changes: object) -> dict[str, object]:
    return {
        "title": "Ma feuille",
        "person": "Awa",
        "date": "mardi 24 novembre 2026",
        "centre": {
            "name": "Les Passerelles",
            "phone": "081 22 33 44",
            "address": "Rue du Moulin 12\n5000 Namur",
            "opening": "Du lundi au vendredi",
        },
        "worker": {"name": "Nour", "reach": "Le mardi"},
        "appointments": [APPOINTMENT],
        "steps": STEPS,
        "icons": {"appointments": "appointment", "contact": "phone"},
        "labels": LABELS,
        **changes,
    }


def document_data(**changes: object) -> dict[str, object]:
    return {
        "title": "Votre accord",
        "centre": {"name": "Les Passerelles", "phone": "081 22 33 44"},
        "date": "mardi 24 novembre 2026",
        "intro": [{"term": "Pour", "value": "Awa"}],
        "paragraphs": ["Nous gardons votre adresse.", "Vous pouvez dire non."],
        "choices": ["Je suis d’accord.", "Je ne suis pas d’accord."],
        "signatures": [{"who": "Awa", "note": "Date et signature"}],
        "labels": LABELS,
        **changes,
    }


def take_home(**changes: object) -> bytes:
    return typeset(
        TAKE_HOME,
        take_home_data(**changes),
        language="fr",
        made_at=MORNING,
        pictograms=pictures("appointment", "computer", "phone"),
    )


def document(**changes: object) -> bytes:
    return typeset(DOCUMENT, document_data(**changes), language="fr", made_at=MORNING)
