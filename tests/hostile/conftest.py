"""Fixtures of the hostile tests: the world of the walls, with an item that can be corrected."""

import pytest

from tests.test_walls import world as world_of_walls  # noqa: F401  (a fixture)


@pytest.fixture
def world(world_of_walls):  # noqa: F811
    """The walls only ask who enters; here what is typed is kept, so its framework is whole."""
    things, homes = world_of_walls
    annotation = things["annotation"]
    annotation.framework, annotation.version = "digcomp", "3.0"
    annotation.save()
    return things, homes
