"""The power is cut at every step of what moves voices: one that is given, a sentence, a release,
the close, a count of paper that becomes ballots. Nothing is kept by halves, whoever looks next
finishes the work, nothing is lost or doubled, and figures are those of a recount.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests import fresh

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here"),
    pytest.mark.django_db(transaction=True),
]
NAMES = {1: "agree", -1: "disagree", 0: "pass", 2: "unclear"}


@pytest.fixture
def cut(tmp_path):
    """Start the program on a database of its own, or on the PostgreSQL of the tests."""

    def started(deed):
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {
            "RELIER_DATA": str(tmp_path / "data"),
            "RELIER_KEYS": str(tmp_path / "keys.json"),
            "RELIER_BACKUPS": str(tmp_path / "backups"),
            "RELIER_ANCHOR": str(tmp_path / "anchor"),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(ROOT),
        }
        if connection.vendor == "postgresql":
            (tmp_path / "data").mkdir()
            environment["DATABASE_URL"] = address_of(connection.settings_dict)
        else:
            fresh.tables_in(tmp_path / "data", tmp_path / "keys.json")
        program = [sys.executable, "-m", "tests.hostile.cut_voices", deed]
        done = subprocess.run(
            program, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return started


def address_of(database) -> str:
    user, host, port = (quote(str(database[name]), safe="") for name in ("USER", "HOST", "PORT"))
    password = quote(database["PASSWORD"], safe="")
    whom = f"{user}:{password}" if password else user
    return f"postgres://{whom}@{host}{f':{port}' if port else ''}/{database['NAME']}"


def recounted(state) -> None:
    """The last release against its rows, added up here."""
    *_rest, voices, counts, receipts = state["releases"][-1]
    rows = {receipt: counted for receipt, _answers, counted in state["ballots"] if counted}
    assert receipts == sorted(rows)
    assert voices == len(rows)
    for number, told in counts.items():
        said = [row[number] for row in rows.values() if number in row]
        assert told == {name: said.count(answer) for answer, name in NAMES.items()}, number


def without(state, *names):
    return {name: value for name, value in state.items() if name not in names}


def answers(state):
    return {receipt: answers for receipt, answers, _counted in state["ballots"]}


def test_a_voice_that_is_given_is_kept_whole_or_not_at_all_and_once(cut):
    done = cut("voice")
    before, after = answers(done["begun"]), answers(done["ended"])

    assert done["cuts"] > 8
    assert done["seen"] == [done["ended"]]  # cut just before the answer was said: it is there
    assert done["again"] == done["ended"]
    assert before.keys() == after.keys()
    (changed,) = [one for one in before if before[one] != after[one]]
    assert after[changed] == {**before[changed], "1": 0, "2": 0}
    # What is published does not move with it.
    assert without(done["ended"], "ballots") == without(done["begun"], "ballots")
    recounted(done["ended"])


def test_a_sentence_is_kept_once_and_takes_none_with_it(cut):
    done = cut("sentence")

    assert done["cuts"] > 5
    assert done["seen"] == [done["ended"]]
    assert done["again"] == done["ended"]
    assert done["ended"]["sentences"] == [[f"Sentence {number}", False] for number in range(5)]
    assert done["ended"]["places"] == 5


def test_a_release_is_made_whole_or_not_at_all_and_the_next_look_makes_it(cut):
    done = cut("release")
    begun, ended = done["begun"], done["ended"]
    sentences_out, *_rest = done["seen"]

    assert done["cuts"] > 15
    # Two things, one after the other, each whole: the sentences, then the figures.
    assert done["seen"] == [sentences_out, ended]
    assert without(sentences_out, "sentences") == without(begun, "sentences")
    assert ended["sentences"] == [[f"Sentence {number}", True] for number in range(5)]
    assert answers(ended) == answers(begun)
    assert [one[0] for one in ended["releases"]] == [1]
    assert done["again"] == ended
    recounted(ended)


def test_a_question_that_closes_is_closed_once_and_counted_to_the_end(cut):
    done = cut("close")
    begun, ended = done["begun"], done["ended"]
    closed, *_rest = done["seen"]

    assert done["cuts"] > 15
    assert done["seen"] == [closed, ended]
    assert closed == {**begun, "is_closed": True, "deeds": begun["deeds"] + 1}
    assert answers(ended) == answers(begun)
    assert [one[:3] for one in ended["releases"]] == [begun["releases"][0][:3], [2, True, 16]]
    assert all(answers == counted for _receipt, answers, counted in ended["ballots"])
    assert done["again"] == ended
    recounted(ended)


def test_a_count_of_paper_becomes_ballots_at_once_or_stays_a_count(cut):
    done = cut("paper")
    begun, ended = done["begun"], done["ended"]
    (counted,) = done["seen"]

    assert done["cuts"] > 25
    assert begun["piles"] == ["out"]
    assert begun["apart"][0] == 10
    assert counted["to_clean"], "cut before the disk is written anew, it is still to be"
    assert {**ended, "to_clean": True} == counted
    # On a server, those who write in other databases may hold it back: it stays noted.
    assert not ended["to_clean"] or connection.vendor == "postgresql"
    assert ended["piles"] == ["counted"]
    assert ended["apart"] == [0, 0, 0, 0]
    # Seven voices, and six of the eight sheets: two were blank.
    assert len(ended["ballots"]) == 13
    assert answers(begun).items() <= answers(ended).items()
    new = answers(ended).keys() - answers(begun).keys()
    on_paper = sorted(json.dumps(answers(ended)[one], sort_keys=True) for one in new)
    assert len(on_paper) == 6
    assert on_paper[::2] == on_paper[1::2]
    assert ended["deeds"] == begun["deeds"] + 1
    assert {**done["again"], "to_clean": ended["to_clean"]} == ended
