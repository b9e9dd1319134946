"""What these tests say again and again, in fewer words."""

from relier.people.actions import add_person
from relier.people.models import Person
from relier.people.search import rebuild_name_keys
from tests import factories as make


def named(call_name: str, family_name: str = "", **more) -> Person:
    """Someone who can be found by name; factories alone leave the keys out."""
    person = make.PersonFactory(call_name=call_name, family_name=family_name, **more)
    rebuild_name_keys([person])
    return person


def added(call_name: str, family_name: str = "", *, by, **more) -> Person:
    return add_person(call_name, family_name, by=make.actor(by), **more)
