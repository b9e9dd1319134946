"""Fixtures of the hostile tests: the world of the walls, with an item that can be corrected."""

import sqlite3

import pytest
from django.db import connection, connections

from tests.test_walls import planted_once  # noqa: F401  (a fixture)
from tests.test_walls import world as world_of_walls  # noqa: F401  (a fixture)


@pytest.fixture
def world(world_of_walls):  # noqa: F811
    """The walls only ask who enters; here what is typed is kept, so its framework is whole."""
    things, homes = world_of_walls
    annotation = things["annotation"]
    annotation.framework, annotation.version = "digcomp", "3.0"
    annotation.save()
    return things, homes


@pytest.fixture
def shared(transactional_db, tmp_path):
    """A database that threads share. In memory, SQLite keeps one connection: a file takes over."""
    if connection.vendor == "postgresql":
        yield
        return
    file = tmp_path / "relier.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    memory, settings["NAME"] = settings["NAME"], str(file)
    yield
    settings["NAME"] = memory
