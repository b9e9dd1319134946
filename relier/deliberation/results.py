"""What is told of voices, as members and whoever holds a card read it: text first, then bars, each
with its table. It is made from the last release, and from nothing else."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from relier.lib import codes as groups
from relier.lib import tables

from . import languages
from .actions import releases
from .models import Heading, KindOfVoice, Question, Release, Sentence, Statement
from .opinions import page
from .rules import batches, codes, telling


@dataclass(frozen=True)
class Results:
    """`document`: what may be read of the last release; None before there is one."""

    question: Question
    release: Release | None
    document: dict[str, Any] | None
    statements: list[Statement]
    language: str

    @property
    def texts(self) -> dict[str, str]:
        """Number of a statement -> its words, in the language that is read where it can be."""
        return {str(one.number): one.in_language(self.language)[0] for one in self.statements}

    @property
    def is_final(self) -> bool:
        return bool(self.release and self.release.is_final)

    @property
    def page_language(self) -> str:
        return languages.of_page(self.language)

    def sections(self, *, advises: bool = True) -> list[SafeString]:
        """Escaped by the engine's page, word by word. `advises`: what to collect next is said too,
        to those who run the question."""
        if self.document is None:
            return []
        document = self.document if advises else without_advice(self.document)
        said = page.sections(document, self.texts, self.page_language)
        return [mark_safe(one) for one in said]  # noqa: S308 — escaped where it is made

    def articles(self, numbers: list[str]) -> list[SafeString]:
        if self.document is None:
            return []
        some = [one for one in self.document["statements"] if one["id"] in set(numbers)]
        said = page.statements(some, self.texts, self.page_language)
        return [mark_safe(one) for one in said]  # noqa: S308 — escaped where it is made

    @property
    def numbers(self) -> list[str]:
        return [one["id"] for one in self.document["statements"]] if self.document else []

    @property
    def receipts(self) -> list[str]:
        # Of a question brought from elsewhere, nobody holds a number.
        is_ours = self.release is not None and not self.question.brought_from
        found = self.release.receipts if self.release and is_ours else []
        return [groups.in_groups(one, codes.GROUP) for one in found]


# What the engine tells whoever collects, and nobody who answers.
TO_COLLECT = {"more_people", "more_statements", "more_answers"}


def without_advice(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "advice": [one for one in document["advice"] if one not in TO_COLLECT]}


def results_of(question: Question, language: str) -> Results:
    """What may be told today: a release that was due is made first."""
    releases.release_if_due(question)
    release = Release.objects.of(question).last()
    document = telling.published(release.document) if release else None
    statements = list(question.statements.shown().prefetch_related("wordings"))
    return Results(question, release, document, statements, language)


# --- each kind apart, at the end ------------------------------------------------------------------


@dataclass(frozen=True)
class Apart:
    """What each kind says of a statement: `cells` are (kind in words, what is told)."""

    words: str
    told: str
    cells: list[tuple[str, dict[str, Any]]]


def by_kind(results: Results) -> list[Apart]:
    """Empty before the end, and where a kind has fewer than five voices."""
    found = results.release.by_kind if results.release else None
    if not found:
        return []
    named, texts = dict(KindOfVoice.choices), results.texts
    return [
        Apart(
            f"{number}. {texts.get(number, '')}",
            told["told"],
            [(str(named[kind]), told[kind]) for kind in found["voices"] if kind in told],
        )
        for number, told in found["statements"].items()
    ]


def small_kinds(results: Results) -> list[str]:
    """Kinds under five voices, once the round is over: their sentences are published whole. How
    many they are is told to nobody."""
    if not results.is_final:
        return []
    ballots = results.question.ballots.filter(round=results.question.round)
    return [
        kind
        for kind in KindOfVoice.values
        if 0 < ballots.filter(kind=kind).count() < batches.FEWEST
    ]


# --- sentences ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """Sentences under one heading, or of a kind that is too small to be counted."""

    heading: str
    sentences: list[Sentence]


def sentences(results: Results) -> list[Said]:
    """Those that came out, that were read, and whose author agreed; what comes back most first."""
    shown = Sentence.objects.of(results.question).filter(
        is_out=True, may_be_published=True, state=Sentence.State.SHOWN
    )
    rows = list(shown.select_related("heading", "statement"))
    small = small_kinds(results)
    apart = [one for one in rows if one.kind in small]
    rest = [one for one in rows if one.kind not in small]
    found: dict[Heading | None, list[Sentence]] = {}
    for one in rest:
        found.setdefault(one.heading, []).append(one)
    ordered = sorted(found.items(), key=lambda item: (item[0] is None, -len(item[1])))
    named = dict(KindOfVoice.choices)
    of_kinds = [
        Said(str(named[kind]), [one for one in apart if one.kind == kind]) for kind in small
    ]
    return [Said(heading.words if heading else "", some) for heading, some in ordered] + [
        one for one in of_kinds if one.sentences
    ]


# --- files ----------------------------------------------------------------------------------------


def as_json(results: Results) -> str:
    """Counts as they may be told, and the receipts. Never a ballot, never an hour."""
    release, document = results.release, results.document
    said = {
        "question": results.question.words,
        "round": results.question.round,
        "release": release.number if release else 0,
        "is_final": results.is_final,
        "voices": release.voices if release else 0,
        "found": document,
        "statements": [
            {"number": number, "words": words} for number, words in results.texts.items()
        ],
        "by_kind": release.by_kind if release else None,
        "receipts": results.receipts,
    }
    return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


NAMES = ("agree", "disagree", "pass", "unclear")


def as_csv(results: Results) -> bytes:
    """The same counts, a line for each statement, then the receipts."""
    rows: list[tuple[tables.Cell, ...]] = []
    for one in results.document["statements"] if results.document else ():
        told = one["word"] if one.get("word") else one["told"]
        words = results.texts.get(one["id"], "")
        rows.append(("statement", one["id"], words, *(one[name] for name in NAMES), told))
    rows += [
        ("receipt", receipt, "", *(None for _name in NAMES), "") for receipt in results.receipts
    ]
    return tables.csv(tables.Table("results", ("what", "number", "words", *NAMES, "told"), rows))
