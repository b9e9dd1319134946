import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from relier.deliberation.opinions.analysis import analyse
from relier.deliberation.opinions.document import VERSION, as_json, document
from relier.deliberation.opinions.page import page
from relier.deliberation.opinions.page_words import WORDS
from relier.deliberation.opinions.votes import Votes

from .rooms import camps, mixed_votes


class Outline(HTMLParser):
    """Checks that what is opened is closed, and remembers the headings."""

    def __init__(self):
        super().__init__()
        self.open, self.headings = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in {"meta", "rect"}:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open.pop() == tag


def test_the_document_is_canonical_versioned_and_counts_right():
    votes = mixed_votes(0)
    told = as_json(analyse(votes))
    read = json.loads(told)
    table = votes.dense()

    assert read["version"] == VERSION
    assert read["digest"] == votes.digest()
    assert told == (json.dumps(read, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()
    for place, statement in enumerate(read["statements"]):
        names = {"agree": 1, "disagree": -1, "pass": 0, "unclear": 2, "unseen": 3}
        for name, answer in names.items():
            assert statement[name] == (table[:, place] == answer).sum()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("people", [0, 3, 16, 40])
def test_the_page_is_whole_in_one_file_and_in_order(language, people):
    texts = {"0": "Le café <b>est</b> bon & chaud"}
    told = page(document(analyse(mixed_votes(1, people))), texts, language)
    outline = Outline()
    outline.feed(told)

    assert not outline.open
    assert outline.headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(outline.headings))
    assert f'<html lang="{language}">' in told
    assert "<script" not in told
    assert "http" not in told
    assert "<b>" not in told
    assert not re.search(r"\{\w+\}", told.split("</style>")[1])


def test_every_figure_of_agreement_is_computed_again_from_counts():
    told = page(document(analyse(mixed_votes(1, 40))), {}, "en")

    found = re.findall(r"(\d+) / (\d+) = (\d+) %", told)

    assert len(found) >= 20
    assert all(round(100 * int(one) / int(whole)) == int(share) for one, whole, share in found)
    for sums in re.findall(r"(\d+) \+ (\d+) \+ (\d+) \+ (\d+) \+ (\d+) = (\d+) people", told):
        assert sum(map(int, sums[:5])) == int(sums[5]) == 40
    beaten, chains, p = re.search(r"\((\d+) \+ 1\) / \((\d+) \+ 1\) = (\d+\.\d+)", told).groups()
    assert (int(beaten) + 1) / (int(chains) + 1) == pytest.approx(float(p), rel=1e-3)


def test_a_statement_that_four_people_answered_is_not_printed():
    table, _camp = camps(0, 16)
    table[4:, 5] = np.nan
    told = page(document(analyse(Votes.of_dense(table, [f"s{k}" for k in range(20)]))), {}, "en")

    article = next(part for part in told.split("<article>") if "<h3>s5<" in part)

    assert "Fewer than five people" in article
    assert not re.search(r"\d+ agree", article)


def test_every_word_is_in_both_languages_with_the_same_gaps():
    for english, french in WORDS.values():
        assert english.strip()
        assert french.strip()
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", french))


def test_no_other_language_is_pretended():
    with pytest.raises(ValueError, match="no page in nl"):
        page(document(analyse(mixed_votes(1, 3))), {}, "nl")
