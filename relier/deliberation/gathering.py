"""What is counted on a proposal, and how the rule is met by it, as it stands.

This is the one place where figures enter a decision. Voices are read in the last release and
nowhere else; another way of counting is added here.
"""

from collections.abc import Iterable
from typing import Any, cast

from relier.deliberation.models import Objection, Proposal, Question, Release
from relier.deliberation.models.decisions import ObjectionQuerySet
from relier.deliberation.rules import deciding, telling
from relier.deliberation.rules.deciding import Counted, Met


def chain_of(proposal: Proposal) -> list[Proposal]:
    """The proposal and those that it amends, the latest first. One query, however long."""
    beside = Proposal.objects.filter(question=proposal.question_id, round=proposal.round)
    known = {one.pk: one for one in beside}
    chain, before = [proposal], proposal.replaces_id
    while before is not None:
        chain.append(known[before])
        before = known[before].replaces_id
    return chain


def objections_to(proposal: Proposal) -> ObjectionQuerySet:
    """Those raised on it, and on what it amends: an amendment carries them along."""
    return Objection.objects.filter(proposal__in=[one.pk for one in chain_of(proposal)])


def totals_on(proposal: Proposal) -> dict[str, int] | None:
    """Of the statement that says the proposal, in the last release of its round; None without."""
    if proposal.statement is None:
        return None
    releases = Release.objects.filter(question=proposal.question_id, round=proposal.round)
    last = releases.order_by("number").last()
    found: dict[str, int] | None = last.counts.get(str(proposal.statement.number)) if last else None
    return found


def counted_on(proposal: Proposal) -> Counted | None:
    totals = totals_on(proposal)
    if totals is None:
        return None
    return Counted(totals["agree"], totals["disagree"], totals["pass"] + totals["unclear"])


def met_by(proposal: Proposal, question: Question) -> Met:
    rule = cast(deciding.Rule, question.rule)  # one of the three, by the column
    return deciding.decide(
        rule,
        standing=objections_to(proposal).standing().count(),
        counted=counted_on(proposal),
        quorum=question.quorum,
        share=question.share,
    )


def as_it_stands(proposal: Proposal | None, question: Question) -> dict[str, Any]:
    """What a decision keeps of it: `why` (of `rules.deciding`), `objections` (how many of each
    state), `voices` (what may be told of them: see `told_of`), `quorum` and `share` of a majority.
    Without a proposal, nothing but that none was made."""
    if proposal is None:
        return {"why": "no_proposal"}
    how: dict[str, Any] = {
        "why": met_by(proposal, question).why,
        "objections": tally(objections_to(proposal)),
    }
    totals = totals_on(proposal)
    if totals is not None and question.rule != Question.Rule.CONSENT:
        how["voices"] = told_of(totals)
    if question.rule == Question.Rule.MAJORITY:
        how |= {"quorum": question.quorum, "share": question.share}
    return how


def tally(objections: Iterable[Objection]) -> dict[str, int]:
    found = dict.fromkeys(Objection.State.values, 0)
    for one in objections:
        found[one.state] += 1
    return found


def told_of(totals: dict[str, int]) -> dict[str, Any]:
    """As on the page of results: figures, or the one answer that all gave, or nothing."""
    how = telling.how(totals)
    if how == "exact":
        unsure = totals["pass"] + totals["unclear"]
        return {
            "told": how, "agree": totals["agree"], "disagree": totals["disagree"], "unsure": unsure,
        }  # fmt: skip
    return {"told": how, "word": telling.word(totals) if how == "words" else ""}
