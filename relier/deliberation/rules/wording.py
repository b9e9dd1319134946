"""A gentle look at a statement: does it say two things at once, is it plain? It refuses nothing:
it is shown once, and the words are kept as they are if their author likes them so.

Plain Python, French and English. What is looked for is listed here, so that anyone can say where
it is wrong.
"""

import re
from dataclasses import dataclass
from typing import Final

# A sentence is easier to answer under this many words.
MOST_WORDS: Final = 20

TWO_IDEAS: Final = {
    "fr": re.compile(
        r"\b(?:et|mais|ainsi que|en plus|de plus|sinon|tandis que|alors que|parce que|car|donc)\b"
        r"|;|[.!?]\s+\S",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:and|but|as well as|besides|otherwise|whereas|because|therefore|so that)\b"
        r"|;|[.!?]\s+\S",
        re.IGNORECASE,
    ),
}
# "and" between two names of things is one idea: "the bus and the train". Only where something is
# done on both sides does it hold two.
JOINS: Final = {"fr": {"et"}, "en": {"and"}}
DOING: Final = {
    "fr": re.compile(
        r"\b(?:est|sont|a|ont|faut|faudrait|doit|doivent|devrait|devraient|peut|peuvent|pourrait"
        r"|pourraient|va|vont|veut|veulent|fait|font|être|avoir|faire|aller|\w{3,}(?:er|ir|ait"
        r"|aient|ons|ez))\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|has|have|must|should|can|could|need|needs|will|would|do|does|may"
        r"|might|ought|want|wants)\b",
        re.IGNORECASE,
    ),
}
NOT: Final = {
    "fr": re.compile(r"\bn(?:e\b|['’])", re.IGNORECASE),
    "en": re.compile(r"\b(?:not|never|no|nobody|nothing)\b|n['’]t\b", re.IGNORECASE),
}
HARD: Final = {
    "fr": frozenset(
        "accompagnement autonomisation bénéficiaire bénéficiaires compétence compétences digital "
        "digitalisation dispositif dispositifs effectivité fracture gouvernance inclusion "
        "inclusif littératie modalité modalités numérisation optimiser partenariat "
        "problématique problématiques procédure procédures réinsertion remédiation "
        "sensibilisation transversal usager usagers vulnérabilité".split()
    ),
    "en": frozenset(
        "beneficiary beneficiaries digitalisation empowerment framework governance implement "
        "implementation inclusion inclusive literacy modalities optimise partnership procedure "
        "remediation stakeholder stakeholders sustainability vulnerability".split()
    ),
}
WORD: Final = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True)
class Advice:
    """What could be said otherwise. `hard`: the words that fewer people know."""

    two_ideas: bool = False
    question: bool = False
    long: bool = False
    negations: bool = False
    hard: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.two_ideas, self.question, self.long, self.negations, self.hard))


def look_at(words: str, language: str) -> Advice:
    """What a gentle reader would say of these words. Of another language than French or English
    only what needs no word of it: length, and a question where a statement is asked."""
    said = " ".join(words.split())
    every = WORD.findall(said)
    return Advice(
        two_ideas=_has_two_ideas(said, language),
        question=said.endswith(("?", "؟")),
        long=len(every) > MOST_WORDS,
        negations=language in NOT and len(NOT[language].findall(said)) > 1,
        hard=tuple(dict.fromkeys(word for word in every if word.lower() in HARD.get(language, ()))),
    )


def _has_two_ideas(said: str, language: str) -> bool:
    if language not in TWO_IDEAS:
        return bool(re.search(r";|[.!?؟]\s+\S", said))
    for found in TWO_IDEAS[language].finditer(said.rstrip(" .!?")):
        if found.group().lower() not in JOINS[language]:
            return True
        doing = DOING[language]
        if doing.search(said[: found.start()]) and doing.search(said[found.end() :]):
            return True
    return False
