"""A pile of ballots printed from a question: what its own pages are about."""

from typing import Any

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.deliberation.models import Question
from relier.deliberation.sheets import NAME
from relier.paper import actions

from . import factories as make


def plant(question: Question, member: Member) -> dict[str, Any]:
    """Printed by `member`, who reads it with a colleague."""
    other = make.MemberFactory(centre=member.centre, teams=[])
    count = actions.open_pile(
        NAME, question.pk, kind="accompanied", copies=5, readers=(member, other),
        by=actor_of(member),
    )  # fmt: skip
    return {"paper_pile": count}
