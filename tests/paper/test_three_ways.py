"""The same twelve voices by web, by paper and by voice give the same bytes of results (issue 8,
acceptance 3). Paper is drawn, filled by hand, degraded, and really read; receipts are drawn, so
they are compared in number and not in letters."""

import csv
import io
import json

import pytest
from django.urls import reverse

from relier.deliberation.actions import questions
from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Release
from relier.deliberation.tests.stories import opened, pile, telephone
from relier.paper import actions
from relier.paper.rules.ballots import VOID
from tests import factories as make
from tests import paper_voices
from tests.filled import DOUBLE

# Six people accompanied, six workers; None: the line is left empty, or is void on paper.
ROWS = {
    "accompanied": [
        {1: 1, 2: 1, 3: -1, 4: 0}, {1: 1, 2: 1, 3: -1}, {1: -1, 2: 1, 3: 1, 4: 2},
        {1: 1, 2: 1, 3: 1, 4: 1}, {2: 1, 3: -1, 4: 1}, {1: 1, 2: 0, 3: -1, 4: -1},
    ],
    "worker": [
        {1: -1, 2: 1, 3: 1, 4: 1}, {1: -1, 2: 1, 3: 1, 4: 0}, {1: -1, 2: 1, 4: -1},
        {1: 1, 2: 2, 3: 1, 4: 1}, {1: -1, 2: 1, 3: 0, 4: 1}, {1: -1, 2: 1, 3: 1, 4: 1},
    ],
}  # fmt: skip
SAID = {1: "agree", -1: "disagree", 0: "pass", 2: "unclear"}
ALOUD = {
    1: {"key": "1"}, -1: {"said": "Pas d’accord."}, 0: {"said": "je ne sais pas"}, 2: {"key": "4"},
}  # fmt: skip


def by_web(question, house):
    for kind, rows in ROWS.items():
        for code, row in zip(pile(question, house.nour, kind=kind), rows, strict=False):
            browser = telephone(code)
            for number, answer in row.items():
                browser.post(f"/voice/s/{number}/", {"answer": SAID[answer]})
            browser.post("/voice/review/")


def by_voice(question, house):
    for kind, rows in ROWS.items():
        for code, row in zip(pile(question, house.nour, kind=kind), rows, strict=False):
            browser = telephone(code)
            # As someone goes through it, one after the other, in an order of their own.
            while (there := browser.get("/voice/aloud/").url) != "/voice/aloud/again/":
                number = int(there.split("/")[-2])
                said = ALOUD[row[number]] if number in row else {"key": "0"}
                assert browser.post(there, said).status_code == 302
            browser.post(there)


def by_paper(question, house):
    """Two piles; in each, some lines are left empty, one is crossed twice, sheets are scanned and
    photographed, upside down too, and one is sent twice."""
    for kind, rows in ROWS.items():
        count = paper_voices.pile(question, house, kind=kind, copies=8)
        count = actions.say_by_hand(count, len(rows), by=make.actor(house.nour))
        truth, jpegs = {}, []
        for seed, (row, one) in enumerate(zip(rows, paper_voices.printed(count), strict=False)):
            receipt, _identifiers, pictures = one
            odd = {}
            told = dict(row)
            if 1 not in row or 3 not in row:  # void: two crosses on a line, which counts for none
                number = 1 if 1 not in row else 3
                told[number], odd = 1, {f"s{number}": DOUBLE}
            paper_voices.fill(count, pictures, told, seed, odd)
            truth[receipt] = {**row, **dict.fromkeys(set(told) - set(row), VOID)}
            jpegs += paper_voices.scanned(pictures, "P1" if seed == 2 else "S1", seed)
        first = actions.read_ballots(
            count, paper_voices.file_of(jpegs[:4]), by=make.actor(house.nour)
        )
        count.refresh_from_db()
        more = actions.read_ballots(
            count, paper_voices.file_of(jpegs[3:]), by=make.actor(house.bram)
        )
        assert (first.ballots, first.unread, more.ballots, more.unread) == (4, [], 2, [])
        assert (more.again, more.copied, more.foreign) == ([1], [], [])
        paper_voices.look(count, house, truth)
        paper_voices.close(count, house)


def results(question, member, enter):
    """What is published of it, without receipts and the key of the question."""
    questions.close(question, by=make.actor(member))
    question.refresh_from_db()
    release_if_due(question)
    release = Release.objects.of(question).get()
    browser = enter(member)
    said = json.loads(browser.get(reverse("deliberation:results_json", args=[question.pk])).content)
    assert len(said.pop("receipts")) == 12
    lines = browser.get(reverse("deliberation:results_csv", args=[question.pk])).content.decode()
    rows = list(csv.reader(io.StringIO(lines)))
    plain = [line for line in lines.splitlines() if "receipt" not in line]
    assert len(rows) - len(plain) == 12
    return {
        "document": json.dumps(release.document, sort_keys=True),
        "counts": json.dumps(release.counts, sort_keys=True),
        "by_kind": json.dumps(release.by_kind, sort_keys=True),
        "json": json.dumps(said, sort_keys=True),
        "csv": "\n".join(plain),
    }


@pytest.mark.parametrize("way", [by_paper, by_voice])
def test_twelve_voices_say_the_same_whichever_way_they_come(house, enter, way):
    one, other = opened(house.nour), opened(house.nour)
    by_web(one, house)
    way(other, house)

    rows = [
        sorted(
            json.dumps([ballot.kind, ballot.answers], sort_keys=True)
            for ballot in Ballot.objects.of(question)
        )
        for question in (one, other)
    ]
    assert rows[0] == rows[1]
    web, here = results(one, house.nour, enter), results(other, house.nour, enter)
    assert web["by_kind"] != "null"
    for part in web:
        assert web[part].encode() == here[part].encode(), part
