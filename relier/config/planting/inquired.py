"""What was lived in the demonstration, two problems that stand on it, a sheet, and the thread that
joins them: nothing was decided yet, so that what is missing is seen too."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from relier.centres.middleware import actor_of
from relier.centres.models import Member
from relier.inquiry.actions import problems, testimonies, ties
from relier.inquiry.models import Problem, Testimony, Whose
from relier.resources import actions as sheets
from relier.threads.actions import End, tie, write_sheet

Told = Mapping[str, Any]


def plant_inquiry(told: Told, members: Mapping[str, Member]) -> None:
    """`members`: those of the house, by their key."""
    by = {key: actor_of(member) for key, member in members.items()}
    lived = {
        one["key"]: testimonies.give_words(
            one["words"].strip(),
            whose=one["whose"],
            heard_back=one["whose"] == Whose.ACCOMPANIED,
            sign=one.get("signed", False),
            by=by[one["by"]],
        )
        for one in told["testimony"]
    }
    written = {one["key"]: plant_problem(one, lived, by) for one in told["problem"]}
    for one in told["link"]:
        ties.link(written[one["from"]], written[one["to"]], one["kind"], by=by[one["by"]])
    with override("fr"):
        problems.take_up(told["taken_up"]["opening"], by=by[told["taken_up"]["by"]])
    plant_sheet(told["sheet"], written, lived, by)


def plant_problem(one: Told, lived: Mapping[str, Testimony], by: Mapping[str, Any]) -> Problem:
    problem = problems.write(one["title"], one["words"].strip(), by=by[one["by"]])
    for passage in one["stands_on"]:
        ties.found(problem, lived[passage["testimony"]], passage["piece"], by=by[one["by"]])
    return problem


def plant_sheet(
    one: Told,
    written: Mapping[str, Problem],
    lived: Mapping[str, Testimony],
    by: Mapping[str, Any],
) -> None:
    """Written, then revised; and what it changed."""
    problem, author, text = written[one["from"]], by[one["by"]], one["text"].strip()
    begun = text.rpartition("\n")[0] + f"\n{one['before']}"
    sheet = write_sheet(problem, one["title"], begun, by=author)
    sheets.revise(sheet, one["title"], text, why=one["revised"], by=author)
    changed = End("testimony", lived[one["changed"]].pk)
    tie(problem, End("resource", sheet.pk), changed, by=author)
