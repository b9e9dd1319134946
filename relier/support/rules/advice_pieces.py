"""A piece of advice, and the rule it comes from.

A rule is a function that names the facts that speak for its proposal, or none: the reasons shown
are then those facts, by construction. It is given only the facts that it says it looks at.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from .advice_known import Known, Reason, Words, reason


class Kind(StrEnum):
    FIRST = "first"
    LEARN = "learn"
    VOICE = "voice"
    LOAN = "loan"
    FORMAT = "format"
    MEETING = "meeting"
    ASK = "ask"
    LEAVE = "leave"


KINDS: dict[Kind, Words] = {
    Kind.FIRST: _("What comes first"),
    Kind.LEARN: _("To learn, if the person wants to"),
    Kind.VOICE: _("By voice, on paper, in their language"),
    Kind.LOAN: _("To borrow"),
    Kind.FORMAT: _("Here, from a distance, or both"),
    Kind.MEETING: _("When you meet"),
    Kind.ASK: _("To talk about"),
    Kind.LEAVE: _("To leave in peace"),
}

# Said in a plan that the whole team reads, where the reasons are under secrecy: it tells nothing
# of them.
NEUTRAL = pgettext_lazy("person", "Take a moment together")


@dataclass(frozen=True)
class Otherwise:
    """What would change a piece, and the facts it speaks of."""

    words: Words
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """What is proposed to one person, in the language of the page.

    key       names it among the pieces of this person: the rule, and what it is about
    proposal  what could be done; `about`: the procedure, or what to learn
    step      what the plan says once it is accepted
    """

    rule: str
    key: str
    kind: Kind
    pictogram: str
    proposal: str
    about: str
    step: str
    who: str
    reasons: tuple[Reason, ...]
    otherwise: tuple[str, ...]
    urgent: bool = False
    secret: bool = False

    @property
    def words(self) -> str:
        """The proposal in full, in one line."""
        return in_full(self.proposal, self.about)


def in_full(proposal: str, about: str) -> str:
    if not about:
        return proposal
    return pgettext("person", "%(proposal)s: %(about)s") % {"proposal": proposal, "about": about}


@dataclass(frozen=True)
class Rule:
    """One rule. `proposal` reads alone and as a step of the plan; `why` and `source` are for
    those who work here. `each`: "papers" or "offers" when it is asked of each in turn."""

    id: str
    find: Callable[[Known], Iterable[str]]
    kind: Kind
    pictogram: str
    proposal: Words
    why: Words
    source: Words
    looks_at: tuple[str, ...]
    otherwise: tuple[Otherwise, ...]
    who: str = "together"
    each: str = ""
    urgent: bool = False
    numbers: tuple[str, ...] = ()

    # A rule can be called, and a template must not.
    do_not_call_in_templates: ClassVar[bool] = True

    def __call__(self, known: Known, *, proposal: str = "") -> Piece | None:
        """The piece for this person, or None. `proposal`: a centre's own words for it."""
        seen = known.only(self.looks_at)
        found = tuple(self.find(seen))
        if not found:
            return None
        reasons = tuple(reason(seen, name) for name in found)
        words, about = proposal or str(self.proposal), self._about(known)
        secret = any(one.secret for one in reasons)
        return Piece(
            rule=self.id,
            key=f"{self.id}:{known.one.id}" if known.one else self.id,
            kind=self.kind,
            pictogram=self.pictogram,
            proposal=words,
            about=about,
            step=str(NEUTRAL) if secret else in_full(words, about),
            who=self.who,
            reasons=reasons,
            otherwise=tuple(str(one.words) for one in self.otherwise),
            urgent=self.urgent,
            secret=secret,
        )

    def _about(self, known: Known) -> str:
        if not self.each:
            return ""
        return known.paper.about if self.each == "papers" else known.offer.deed

    def asked(self, known: Known, *, proposal: str = "") -> list[Piece]:
        """Its pieces for this person: one at most, or one for each paper or offer."""
        cases = [known]
        if self.each:
            cases = [replace(known, one=one) for one in getattr(known, self.each)]
        pieces = (self(case, proposal=proposal) for case in cases)
        return [piece for piece in pieces if piece]


class Book(dict[str, Rule]):
    """The rules in their order, by id. A function wears `@book.rule(…)` to be one of them."""

    def rule(
        self,
        kind: Kind,
        pictogram: str,
        *,
        proposal: Words,
        why: Words,
        source: Words,
        looks_at: tuple[str, ...] = (),
        otherwise: Iterable[tuple[Words, tuple[str, ...]]],
        who: str = "together",
        each: str = "",
        urgent: bool = False,
        numbers: tuple[str, ...] = (),
    ) -> Callable[[Callable[[Known], Iterable[str]]], Rule]:
        def written(find: Callable[[Known], Iterable[str]]) -> Rule:
            rule = Rule(
                id=find.__name__,
                find=find,
                kind=kind,
                pictogram=pictogram,
                proposal=proposal,
                why=why,
                source=source,
                looks_at=looks_at,
                otherwise=tuple(Otherwise(words, facts) for words, facts in otherwise),
                who=who,
                each=each,
                urgent=urgent,
                numbers=numbers,
            )
            self[rule.id] = rule
            return rule

        return written
