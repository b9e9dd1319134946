from relier.journal.engines.postgresql import base
from tests.engines import Empties, TellsStories


class Operations(Empties, base.DatabaseWrapper.ops_class):
    pass


class DatabaseWrapper(TellsStories, base.DatabaseWrapper):
    ops_class = Operations
