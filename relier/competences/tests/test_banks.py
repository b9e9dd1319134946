"""The banks that come with Relier: whole, in both languages, and with a relation that holds."""

import hashlib
import importlib.resources
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from relier.competences import banks, frameworks
from relier.ui import pictograms
from tools import french
from tools.plain import measures

README = importlib.resources.files("relier.competences") / "items" / "README.md"
# A deed stands after "I can", "You can" and a worker's "she can": it belongs to nobody.
OWNERS = {
    "en": "i my me mine you your yours myself yourself one’s oneself",
    "fr": "je mon ma mes me moi tu ton ta tes vous votre vos nous notre nos se soi",
}
CARRIED = re.compile(r"\b[sm]’", re.IGNORECASE)


@pytest.fixture(params=banks.shipped(), ids=lambda bank: bank.id)
def bank(request):
    return request.param


def both(words):
    return {"en": words.en, "fr": words.fr}


def depth(item: str, needed: dict[str, list[str]]) -> int:
    return 1 + max((depth(other, needed) for other in needed[item]), default=0)


def needed_by_item(bank):
    needed = {item.id: [] for item in bank.items}
    for item, other in bank.pairs:
        needed[item].append(other)
    return needed


def test_two_banks_come_with_relier_and_are_found_by_name():
    assert [bank.id for bank in banks.shipped()] == ["craft", "everyday"]
    assert banks.find("everyday").audience == "citizens"
    assert banks.find("craft").audience == "workers"
    assert banks.find("nothing") is None


def test_the_first_gestures_and_every_competence_of_digcomp_are_asked_about():
    everyday = banks.find("everyday")
    of_digcomp = [item for item in everyday.items if item.part != "access"]
    asked = Counter(item.framework.item for item in of_digcomp)

    assert len(everyday.items_of("access")) >= 12
    assert {item.framework.key for item in of_digcomp} == {"digcomp-3.0"}
    assert set(asked) == {item.id for item in frameworks.find("digcomp", "3.0").items}
    assert min(asked.values()) >= 2


def test_the_parts_are_access_and_the_areas_of_digcomp_in_their_order():
    everyday = banks.find("everyday")
    digcomp = frameworks.find("digcomp", "3.0")

    assert [part.id for part in everyday.parts] == ["access", *(g.id for g in digcomp.groups)]
    for item in everyday.items:
        if item.part != "access":
            assert digcomp.item(item.framework.item).group == item.part


def test_the_access_items_ask_about_every_foundation_and_nothing_else():
    asked = {item.framework for item in banks.find("everyday").items_of("access")}
    foundations = frameworks.find("access-foundations", "1")

    assert {reference.key for reference in asked} == {foundations.key}
    assert {reference.item for reference in asked} == {item.id for item in foundations.items}


def test_workers_are_asked_about_their_craft_with_their_own_framework():
    craft = banks.find("craft")

    assert len(craft.items) >= 20
    assert {item.framework.framework for item in craft.items} == {"cisp-accompaniment", "digcomp"}


def test_every_part_has_items_and_a_pictogram_that_exists(bank):
    for part in bank.parts:
        assert bank.items_of(part.id)
        assert part.pictogram in pictograms.WORDS
    assert bank.items_of("nothing") == ()


def test_every_item_leads_to_a_framework_a_kind_and_a_pictogram_that_exist(bank):
    kinds = {item.id for item in frameworks.find("three-kinds", "2009").items}

    assert set(banks.KINDS) == kinds
    for item in bank.items:
        found = frameworks.find(item.framework.framework, item.framework.version)
        assert found.item(item.framework.item)
        assert item.kind in kinds
        assert item.pictogram in pictograms.WORDS
        assert bank.item(item.id) is item


def test_the_three_kinds_are_all_asked_about(bank):
    assert {item.kind for item in bank.items} == set(banks.KINDS)


def test_no_two_items_of_a_part_share_a_pictogram(bank):
    for part in bank.parts:
        shown = [item.pictogram for item in bank.items_of(part.id)]
        assert len(set(shown)) == len(shown)


def test_a_deed_is_short_starts_small_and_has_no_final_stop(bank):
    for item in bank.items:
        for text in both(item.deed).values():
            assert len(text.split()) <= 12, text
            assert text[0].islower(), text
            assert text[-1].isalpha(), text


def test_a_deed_belongs_to_nobody_so_that_anyone_can_say_it(bank):
    for item in bank.items:
        for language, text in both(item.deed).items():
            said = set(re.findall(r"[\w-]+(?:’s)?", text.lower()))
            assert not said & set(OWNERS[language].split()), text
        assert not CARRIED.search(item.deed.fr), item.deed.fr


def test_an_example_is_one_or_two_whole_sentences_that_say_something_else(bank):
    for item in bank.items:
        for language, text in both(item.example).items():
            assert len(measures.sentences(text)) in {1, 2}, text
            assert text[-1] in ".?"
            assert both(item.deed)[language] not in text


def test_everyday_words_name_a_telephone_and_never_a_smartphone():
    said = [text for item in banks.find("everyday").items for text in both(item.deed).values()]
    said += [text for i in banks.find("everyday").items for text in both(i.example).values()]

    assert any("téléphone" in text for text in said)
    assert not [text for text in said if re.search("smartphone|souris|mouse", text, re.I)]


def test_reading_goes_with_listening_and_writing_with_speaking():
    everyday = banks.find("everyday")

    assert "listen" in everyday.item("read-or-listen").deed.en
    assert "dans une langue connue" in everyday.item("read-or-listen").deed.fr
    assert "à la voix" in everyday.item("write-words").deed.fr
    assert "parlé" in everyday.item("send-message").deed.fr
    for item in everyday.items:
        assert "français" not in item.deed.fr + item.example.fr


def test_the_french_keeps_to_the_words_and_the_typography_of_the_house(bank):
    words = [bank.title, bank.about, *(part.title for part in bank.parts)]
    words += [item.deed for item in bank.items] + [item.example for item in bank.items]
    words += [need.because for need in bank.needs]

    assert not [(w.fr, french.faults(w.fr)) for w in words if french.faults(w.fr)]
    assert not [w.en for w in words if "'" in w.en or '"' in w.en]


def test_no_two_items_say_the_same(bank):
    for language in ("en", "fr"):
        for key in ("deed", "example"):
            said = Counter(both(getattr(item, key))[language] for item in bank.items)
            assert max(said.values()) == 1


def test_each_need_has_a_reason_of_its_own_in_both_languages():
    reasons = [need.because for bank in banks.shipped() for need in bank.needs]

    for language in ("en", "fr"):
        said = [both(reason)[language] for reason in reasons]
        assert len(set(said)) == len(said)
        assert all(text[0].isupper() and text[-1] == "." for text in said)


def test_the_relation_holds_together_and_joins_most_items(bank):
    banks.check_needs(bank.items, bank.needs)
    joined = {item for pair in bank.pairs for item in pair}

    assert len(bank.needs) >= 1.3 * len(bank.items)
    assert len(joined) >= 0.9 * len(bank.items)


def test_the_relation_has_chains_and_says_nothing_twice(bank):
    needed = needed_by_item(bank)

    assert 4 <= max(depth(item.id, needed) for item in bank.items) <= 8
    for item, direct in needed.items():
        far = {other for one in direct for other in reach(one, needed)}
        assert not far & set(direct), item


def reach(item, needed):
    return {other for one in needed[item] for other in (one, *reach(one, needed))}


def test_few_items_are_needed_by_many(bank):
    leaned_on = Counter(other for _item, other in bank.pairs)

    assert sum(count >= 5 for count in leaned_on.values()) <= 5


FROZEN = {"craft": "66b5d5a343b4b93d", "everyday": "fa1f1a5f0aa1a040"}


def test_the_relation_was_frozen_before_any_simulation(bank):
    assert bank.frozen == date(2026, 11, 24)
    assert bank.version == "1"
    # Words may be mended; a need added or taken away asks for a new version, and a new benchmark.
    pairs = repr(sorted(bank.pairs)).encode()
    assert hashlib.sha256(pairs).hexdigest().startswith(FROZEN[bank.id])


def test_the_page_about_banks_gives_their_counts(bank):
    row = f"| {len(bank.items)} | {len(bank.needs)} |"

    assert re.search(rf"`{bank.id}\.json` .*{re.escape(row)}", README.read_text("utf-8"))


def test_a_file_is_named_after_its_bank_and_goes_into_the_wheel(bank):
    root = Path(__file__).resolve().parents[3]
    packed = {file.distribution_path for file in WheelBuilder(str(root)).recurse_included_files()}

    assert f"relier/competences/items/{bank.id}.json" in packed
    assert "relier/competences/tests/test_banks.py" not in packed
