"""A count of ballots that its readers have begun, with a strip that waits for both of them."""

from typing import Any

import cv2
import numpy as np

from relier.accounts.actors import Actor
from relier.centres.models import Member
from relier.paper import actions
from relier.paper.ballot_sheet import NAME, QUESTION, occasion_of
from relier.paper.models import BallotDoubt

from . import factories as make

# What is asked of everyone: nobody's words.
OCCASION = occasion_of("When do we meet?", ["In the morning", "In the evening"])


def plant(reader: Member) -> dict[str, Any]:
    """`reader` reads it first, with a colleague of the centre."""
    steering = make.MemberFactory(centre=reader.centre, role=Member.Role.COORDINATOR, teams=[])
    other = make.MemberFactory(centre=reader.centre, teams=[])
    count = actions.open_count(
        NAME, readers=(reader, other), by=actor_of(steering), occasion=OCCASION
    )
    actions.print_ballots(count, 5, by=actor_of(steering))
    for one in (reader, other):
        actions.swear(count, by=actor_of(one))
    count = actions.say_by_hand(count, 1, by=actor_of(reader))
    strip = BallotDoubt(count=count, question=QUESTION)
    done, jpeg = cv2.imencode(".jpg", np.full((110, 1000), 240, np.uint8))
    assert done
    strip.keep_crop(jpeg.tobytes())
    strip.save()
    return {"count": count, "strip": strip}


def actor_of(member: Member) -> Actor:
    return make.actor(member)
