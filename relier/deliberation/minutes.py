"""What is told of a decision, as plain words: the pages of members, those of whoever holds a card
and the notice for the wall say the same. A2: one idea a sentence.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext, npgettext, pgettext

from relier.ui import dates

from .actions.releases import is_over
from .models import Decision, Objection, Outcome, Proposal, Question

Json = dict[str, Any]


def rule_in_words(question: Question, how: Json) -> str:
    """The rule that was announced, for whoever was not there."""
    if question.rule == Question.Rule.CONSENSUS:
        return pgettext("person", "We decide if nobody is against.")
    if question.rule == Question.Rule.CONSENT:
        return pgettext("person", "We decide if every objection has an answer.")
    quorum, share = how.get("quorum", question.quorum), how.get("share", question.share)
    return pgettext(
        "person",
        "We count voices. At least %(quorum)s people must speak. "
        "More than %(share)s in 100 must agree.",
    ) % {"quorum": quorum, "share": share}


def why_in_words(why: str) -> str:
    """Whether the rule is met. `why`: of `rules.deciding`, or "no_proposal"."""
    return {
        "met": pgettext("person", "The rule is met."),
        "someone_is_against": pgettext("person", "Someone is against."),
        "objections_stand": pgettext("person", "An objection still has no answer."),
        "too_few_voices": pgettext("person", "Too few people spoke about it."),
        "not_enough_agree": pgettext("person", "Not enough people agree."),
        "no_opinion": pgettext("person", "Nobody has an opinion on it."),
        "not_counted": pgettext("person", "The voices on this proposal were not counted."),
        "no_proposal": pgettext("person", "Nobody made a proposal."),
    }[why]


def how_in_words(how: Json) -> list[str]:
    """How the rule was met, or not, as it stood that day: sentences."""
    told = [why_in_words(how["why"])]
    if "voices" in how:
        told.append(voices_in_words(how["voices"]))
    if "objections" in how:
        told += objections_in_words(how["objections"])
    return [one for one in told if one]


def voices_in_words(voices: Json) -> str:
    if voices["told"] == "exact":
        return pgettext(
            "person",
            "%(agree)s agree. %(disagree)s disagree. %(unsure)s do not know.",
        ) % {name: voices[name] for name in ("agree", "disagree", "unsure")}
    if voices["told"] == "words":
        return {
            "agree": pgettext("person", "All those who answered agree."),
            "disagree": pgettext("person", "All those who answered disagree."),
        }.get(voices["word"], pgettext("person", "Those who answered do not know."))
    return pgettext("person", "Too few people answered to give a number.")


def objections_in_words(tally: Json) -> list[str]:
    if not sum(tally.values()):
        return [pgettext("person", "Nobody made an objection.")]
    sentences = (
        (tally["treated"], npgettext("person", "%(n)s objection has an answer.",
                                     "%(n)s objections have an answer.", tally["treated"])),
        (tally["withdrawn"], npgettext("person", "%(n)s objection was taken back.",
                                       "%(n)s objections were taken back.", tally["withdrawn"])),
        (tally["raised"], npgettext("person", "%(n)s objection has no answer.",
                                    "%(n)s objections have no answer.", tally["raised"])),
    )  # fmt: skip
    # The number stays with its word at the end of a line.
    return [
        (words % {"n": many}).replace(f"{many} ", f"{many}\u00a0", 1)
        for many, words in sentences
        if many
    ]


def outcome_in_words(decision: Decision) -> str:
    if decision.outcome == Outcome.NOTHING:
        return pgettext("person", "Nothing is decided.")
    if decision.outcome == Outcome.DECISION:
        return pgettext("person", "It is decided.")
    if decision.until is None:
        raise ValueError("A trial has an end.")  # the database says so too
    return pgettext("person", "We try it until %(day)s.") % {"day": dates.day(decision.until)}


def again_in_words(decision: Decision) -> str:
    """When it is looked at again; empty where no day was said."""
    if decision.outcome != Outcome.TRIAL or decision.until is None:
        return ""
    if decision.reopened_on is not None:
        return pgettext("person", "We asked the question again on %(day)s.") % {
            "day": dates.day(decision.reopened_on)
        }
    return pgettext("person", "On %(day)s, we ask the question again.") % {
        "day": dates.day(decision.until)
    }


# --- how proposals follow one another -------------------------------------------------------------


@dataclass(frozen=True)
class Put:
    """A proposal that is before everybody, or was: those that it amends, the latest first, and the
    objections to any of them."""

    proposal: Proposal
    earlier: list[Proposal]
    objections: list[Objection]
    decision: Decision | None

    @property
    def is_standing(self) -> bool:
        return self.decision is None and self.proposal.withdrawn_on is None

    @property
    def raised(self) -> int:
        return sum(one.state == Objection.State.RAISED for one in self.objections)

    @property
    def how_many(self) -> str:
        """Objections that stand, in words; empty where none does."""
        words = ngettext("%(n)s objection stands", "%(n)s objections stand", self.raised)
        return words % {"n": self.raised} if self.raised else ""


def proposals_of(question: Question, turn: int) -> list[Put]:
    """Of a round, those that nothing amends, the latest first. Three queries, however many."""
    rows = list(Proposal.objects.filter(question=question, round=turn).select_related("statement"))
    objections: dict[Any, list[Objection]] = {}
    found = Objection.objects.filter(proposal__question=question, proposal__round=turn)
    for one in found.order_by("words", "key"):
        objections.setdefault(one.proposal_id, []).append(one)
    decided = {
        one.proposal_id: one
        for one in Decision.objects.filter(question=question, round=turn, proposal__isnull=False)
    }
    known, amended = {one.pk: one for one in rows}, {one.replaces_id for one in rows}
    told = []
    for proposal in reversed(rows):
        if proposal.pk in amended:
            continue
        earlier: list[Proposal] = []
        before = proposal.replaces_id
        while before is not None:
            earlier.append(known[before])
            before = known[before].replaces_id
        every = [one for each in (proposal, *earlier) for one in objections.get(each.pk, ())]
        told.append(Put(proposal, earlier, every, decided.get(proposal.pk)))
    return told


def put_of(proposal: Proposal) -> Put:
    """The one that this proposal is part of."""
    every = proposals_of(proposal.question, proposal.round)
    return next(one for one in every if proposal in (one.proposal, *one.earlier))


# --- on the page of a question --------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """`trials`: those whose day came, and for which this round was opened; `decisions`: those of
    every round, the latest first."""

    trials: list[Decision]
    decisions: list[Decision]
    has_cards: bool
    is_over: bool


def standing(question: Question) -> Standing:
    decisions = list(question.decisions.order_by("-round", "-decided_on", "pk"))
    here = {"round": question.round}
    has_cards = question.batches.filter(**here).exists() or question.tablets.filter(**here).exists()
    return Standing(
        [one for one in decisions if one.reopened_as == question.round],
        decisions,
        has_cards,
        is_over(question),
    )
