"""A wrong package is refused, and the place of the mistake is named."""

import copy

import pytest

from relier.competences.frameworks import find
from relier.competences.package_files import as_data, from_data, parse
from relier.competences.strict import MAX_TEXT, FrameworkError


@pytest.fixture
def data():
    """A package that can be changed at will."""
    return copy.deepcopy(as_data(find("rectec", "2019")))


def refusal(data) -> str:
    with pytest.raises(FrameworkError) as caught:
        from_data(data, name="x.json")
    return str(caught.value)


def test_a_key_that_nobody_knows_is_refused(data):
    data["items"][3]["titel"] = "typing mistake"

    assert refusal(data) == (
        "x.json.items[3]: The key “titel” is not known here: remove it or correct it."
    )


def test_a_missing_licence_statement_is_refused(data):
    del data["licence"]

    assert refusal(data) == "x.json: The key “licence” is missing: add it."


def test_a_missing_word_about_the_licence_is_refused(data):
    del data["licence_note"]

    assert "“licence_note” is missing" in refusal(data)


def test_an_unknown_licence_cannot_be_called_verified(data):
    data["licence_verified"] = True

    assert refusal(data).startswith("x.json.licence: An unknown licence")


@pytest.mark.parametrize("kind", ["groups", "items", "scales"])
def test_an_identifier_given_twice_is_refused(data, kind):
    data[kind].append(data[kind][0])

    assert refusal(data).startswith(f"x.json.{kind}: The identifier")


def test_a_step_given_twice_is_refused(data):
    data["scales"][0]["steps"].append(data["scales"][0]["steps"][0])

    assert refusal(data).startswith("x.json.scales[0].steps: The identifier “1”")


def test_an_item_in_a_group_that_does_not_exist_is_refused(data):
    data["items"][2]["group"] = "nowhere"

    assert refusal(data).startswith("x.json.items[2].group: “nowhere” is not declared")


def test_scales_that_map_in_a_ring_are_refused(data):
    data["maps"].append({"from": "eqf", "to": "paliers", "pairs": {"1": ["1"]}})

    assert refusal(data).startswith("x.json.maps[1]: The scales map to each other in a ring")


def test_a_scale_that_maps_to_itself_is_refused(data):
    data["maps"].append({"from": "eqf", "to": "eqf", "pairs": {"1": ["2"]}})

    assert "in a ring" in refusal(data)


def test_a_map_to_a_step_that_does_not_exist_is_refused(data):
    data["maps"][0]["pairs"]["1"] = ["9"]

    assert refusal(data).startswith("x.json.maps[0].pairs.1: “9” is not declared")


def test_a_statement_at_an_unknown_level_is_refused(data):
    data["statements"] = [{"id": "CS1", "item": "org-1", "level": "expert", "ai": "none"}]

    assert refusal(data).startswith("x.json.statements[0].level: “expert” is not declared")


def test_texts_without_their_language_are_refused(data):
    data["items"][0]["description"] = "Words of someone else."

    assert refusal(data).startswith("x.json.texts_in")


def test_an_audience_outside_the_three_is_refused(data):
    data["audience"] = "everyone"

    assert "is not one of: citizens, workers, both" in refusal(data)


def test_a_graded_framework_needs_a_scale(data):
    data["scales"], data["maps"] = [], []

    assert refusal(data).startswith("x.json.scales: A graded framework needs a scale")


def test_html_in_a_title_is_refused(data):
    data["items"][0]["title"]["fr"] = "Organiser <b>son</b> activité"

    assert refusal(data).startswith("x.json.items[0].title.fr: A text holds HTML")


def test_a_text_without_end_is_refused(data):
    data["purpose"]["en"] = "word " * MAX_TEXT

    assert "shorten it" in refusal(data)


def test_a_missing_french_title_is_refused(data):
    data["groups"][1]["title"]["fr"] = "  "

    assert refusal(data).startswith("x.json.groups[1].title.fr: Words belong here")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not whole JSON"),
        (b'{"format": 1', "not whole JSON"),
        (b'{"id": "a", "id": "b"}', "given twice"),
        (b'{"items_announced": NaN}', "“NaN” is not a number"),
        (b"[" * 100_000, "nested too deep"),
        (b"[" * 14 + b"]" * 14, "nested too deep"),
        (b'{"id": "\xff"}', "not in UTF-8"),
        (b"[]", "An object { … } belongs here, not [ … ]"),
        (b'{"n": ' + b"9" * 5000 + b"}", "not whole JSON"),
    ],
)
def test_what_is_not_json_is_refused_in_a_sentence(raw, said):
    with pytest.raises(FrameworkError) as caught:
        parse(raw, name="x.json")

    assert said in str(caught.value)


def test_a_value_of_any_other_kind_raises_no_other_error():
    good = as_data(find("rectec", "2019"))
    refused = 0

    for key in good:
        for wrong in ([], {}, 7, None, True, "", [None], {"a": 1}):
            try:
                from_data(good | {key: wrong})
            except FrameworkError:
                refused += 1

    assert refused > 6 * len(good)
