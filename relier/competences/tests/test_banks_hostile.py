"""A bank that is wrong is refused with one sentence that names the place."""

import copy
import json

import pytest

from relier.competences import banks
from relier.competences.banks import BankError, Need
from relier.competences.frameworks import Words
from relier.competences.strict import MAX_TEXT, FrameworkError

SEEN = {"en": "It is seen.", "fr": "Cela se voit."}


def words(text):
    return {"en": text, "fr": text}


def item(item_id):
    return {
        "id": item_id,
        "part": "all",
        "pictogram": "phone",
        "kind": "strategic",
        "framework": {"framework": "digcomp", "version": "3.0", "item": "1.1"},
        "deed": words(f"do {item_id}"),
        "example": words(f"You do {item_id}."),
    }


def need(one, other):
    return {"item": one, "needs": other, "because": SEEN}


GOOD = {
    "format": "relier-items/1",
    "id": "small",
    "version": "1",
    "frozen": "2026-11-24",
    "title": words("Small"),
    "about": words("For these tests."),
    "audience": "workers",
    "parts": [{"id": "all", "title": words("All"), "pictogram": "team"}],
    "items": [item(name) for name in "abcd"],
    "needs": [need("b", "a"), need("c", "b")],
}


def change(path, value):
    """The good bank with one value changed; `path` reads like the place in an error."""
    bank = copy.deepcopy(GOOD)
    here = bank
    *way, last = path
    for step in way:
        here = here[step]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return bank


def refused(data) -> str:
    with pytest.raises(FrameworkError) as caught:
        banks.parse(json.dumps(data).encode(), name="small.json")
    return str(caught.value)


def test_the_bank_these_tests_start_from_is_read_whole():
    bank = banks.parse(json.dumps(GOOD).encode())

    assert [i.id for i in bank.items] == ["a", "b", "c", "d"]
    assert bank.pairs == (("b", "a"), ("c", "b"))
    assert bank.item("b").deed.told_in("fr-be") == "do b"
    assert bank.items_of("all") == bank.items


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["format"], "relier-items/2", "small.json.format: The format is not relier-items/1"),
        (["colour"], "blue", "small.json: The key “colour” is not known here"),
        (["frozen"], "tomorrow", "small.json.frozen: A day is written 2026-11-24."),
        (["frozen"], 20261124, "small.json.frozen: Words belong here"),
        (["audience"], "everyone", "small.json.audience: “everyone” is not one of"),
        (["title"], "Small", "small.json.title: An object { … } belongs here"),
        (["title"], {"en": "Small"}, "small.json.title: The key “fr” is missing"),
        (["items"], {}, "small.json.items: A list [ … ] belongs here"),
        (["parts"], [], "small.json.items[0].part: “all” is not a part of this bank"),
        (["needs"], None, "small.json: The key “needs” is missing"),
        (["items", 1, "id"], "a", "small.json.items[1]: The identifier “a” is given twice"),
        (["items", 1, "id"], "B b", "small.json.items[1].id: An identifier is made of small"),
        (["items", 1, "id"], 7, "small.json.items[1].id: Words belong here"),
        (["items", 2, "score"], 3, "small.json.items[2]: The key “score” is not known"),
        (["items", 2, "part"], "none", "small.json.items[2].part: “none” is not a part"),
        (["items", 2, "kind"], "other", "small.json.items[2].kind: “other” is not one of"),
        (["items", 2, "kind"], ["x"], "small.json.items[2].kind: "),
        (["items", 3, "example"], None, "small.json.items[3]: The key “example” is missing"),
        (["items", 3, "deed"], words("x" * 81), "small.json.items[3].deed.en: A text has 81"),
        (["items", 3, "deed"], words("<b>go</b>"), "small.json.items[3].deed.en: A text holds"),
        (["items", 3, "deed", "fr"], " ", "small.json.items[3].deed.fr: Words belong here"),
        (["items", 3, "deed", "de"], "x", "small.json.items[3].deed: The key “de” is not known"),
        (["items", 3, "example"], words("x" * 181), "small.json.items[3].example.en: A text"),
        (["items", 0, "framework", "item"], "9.9", "small.json.items[0].framework: “9.9” of"),
        (["items", 0, "framework", "version"], "9", "“1.1” of “digcomp-9” does not come with"),
        (["needs", 0, "because"], words("x" * 181), "small.json.needs[0].because.en: A text"),
        (["needs", 0, "because"], "since", "small.json.needs[0].because: An object"),
        (["needs", 1, "needs"], "gone", "small.json.needs[1]: “gone” is not an item"),
        (["needs", 1], need("gone", "a"), "small.json.needs[1]: “gone” is not an item"),
        (["needs", 1], need("c", "c"), "small.json.needs[1]: “c” needs itself"),
        (["needs", 1], need("b", "a"), "small.json.needs[1]: The need b → a is given twice"),
        (["needs", 1, "weight"], 2, "small.json.needs[1]: The key “weight” is not known"),
    ],
)
def test_a_bank_that_is_wrong_is_refused_with_its_place(path, value, said):
    assert said in refused(change(path, value))


def test_a_loop_is_named_all_the_way_round():
    told = refused(change(["needs"], [need("a", "b"), need("b", "c"), need("c", "a")]))

    assert told.startswith(
        "small.json.needs: These items need each other in a loop: a → b → c → a."
    )


def test_a_loop_is_found_behind_items_that_only_lead_to_it():
    told = refused(change(["needs"], [need("a", "b"), need("b", "c"), need("c", "b")]))

    assert "in a loop: b → c → b." in told


def test_a_need_that_others_imply_is_refused():
    told = refused(change(["needs"], [need("b", "a"), need("c", "b"), need("c", "a")]))

    assert told.startswith("small.json.needs[2]: Others say this need already: c → b → a.")


def test_too_many_items_are_refused():
    many = [item(f"i{number}") for number in range(banks.MOST_ITEMS + 1)]
    data = {**GOOD, "items": many, "needs": []}

    assert "small.json.items: A bank has 201 items, more than 200" in refused(data)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not whole JSON"),
        (b"[]", "An object { … } belongs here"),
        (b"\xff\xfe", "not in UTF-8"),
        (b'{"id": "a", "id": "b"}', "The key “id” is given twice"),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_is_something_else_is_refused(raw, said):
    with pytest.raises(FrameworkError, match=said):
        banks.parse(raw)


def test_a_text_as_long_as_a_book_is_refused_before_it_is_counted():
    assert f"more than {MAX_TEXT}" in refused(change(["about"], words("x" * (MAX_TEXT + 1))))


def test_a_relation_of_a_centre_is_checked_with_the_same_sentences():
    items = banks.from_data(GOOD).items
    why = Words(en="It is seen.", fr="Cela se voit.")
    loop = [Need("a", "d", why), Need("d", "a", why)]

    banks.check_needs(items, loop[:1])
    with pytest.raises(BankError, match=r"in a loop: a → d → a\.") as caught:
        banks.check_needs(items, loop)

    assert caught.value.items == ("a", "d", "a")
