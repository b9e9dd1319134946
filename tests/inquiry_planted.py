"""Testimonies, two problems linked and founded, a draft, a practical sheet: what pages of inquiry
of sheets and of threads are about."""

from typing import Any

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.inquiry.actions import problems, testimonies, ties
from relier.resources import actions as sheets
from relier.threads import actions as threads
from relier.threads.actions import End


def plant(member: Member) -> dict[str, Any]:
    """Written by `member`; the testimony is signed by nobody."""
    by = actor_of(member)
    testimony = testimonies.give_words(
        "The form was online only. She came back three times.", whose="worker", by=by
    )
    problem = problems.write("Forms are online only", "People come back again and again.", by=by)
    other = problems.write("The counter is full", by=by)
    sheet = sheets.write("A form online", "1. Open it.\n2. Fill it in.", by=by)
    return {
        "testimony": testimony,
        "problem": problem,
        "other_problem": other,
        "passage": ties.found(problem, testimony, "She came back three times.", by=by),
        "problem_link": ties.link(problem, other, "worsens", by=by),
        "resource": sheet,
        "tie": threads.tie(problem, End("problem", problem.pk), End("resource", sheet.pk), by=by),
        "draft": testimonies.begin("Not yet.", whose="worker", by=by),
    }
