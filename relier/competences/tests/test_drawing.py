"""The picture of what comes before what: nothing overlaps, arrows go to the right, few cross."""

import itertools
import random
import re

import pytest

from relier.competences import banks, drawing, layering, pictured, relations
from relier.competences.drawing import WIDTH, draw

WORDS = "envoyer une photo avec un message ouvrir un site dont on connaît le nom".split()


def some_relation(seed, items=30):
    drawn = random.Random(seed)
    labels = {
        str(one): " ".join(drawn.choices(WORDS, k=drawn.randint(2, 12))) for one in range(items)
    }
    pairs = {
        (str(high), str(drawn.randrange(max(0, high - 12), high)))
        for high in range(4, items) for _ in range(drawn.choice([0, 1, 1, 2, 3]))
    }  # fmt: skip
    return labels, pairs


def real_pictures():
    for bank in banks.shipped():
        relation = relations.shipped(bank)
        for language in ("en", "fr"):
            yield pictured.whole_picture(relation, language)
            yield from (shown.picture for shown in pictured.parts_of(relation, language))


def overlaps(one, other):
    apart = one.x + WIDTH <= other.x or other.x + WIDTH <= one.x
    return not apart and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize("seed", range(10))
def test_no_two_boxes_overlap(seed):
    boxes = draw(*some_relation(seed)).boxes

    assert len(boxes) == 30
    assert not [pair for pair in itertools.combinations(boxes, 2) if overlaps(*pair)]


def test_no_two_boxes_overlap_in_what_comes_with_relier():
    for picture in real_pictures():
        assert not [pair for pair in itertools.combinations(picture.boxes, 2) if overlaps(*pair)]


@pytest.mark.parametrize("seed", range(10))
def test_what_comes_first_stands_on_the_left(seed):
    labels, pairs = some_relation(seed)
    left = {box.id: box.x for box in draw(labels, pairs).boxes}

    assert all(left[needed] + WIDTH < left[item] for item, needed in pairs)


def test_everything_stands_inside_the_picture():
    for picture in real_pictures():
        assert min(box.x for box in picture.boxes) >= 0
        assert min(box.y for box in picture.boxes) >= 0
        assert max(box.x for box in picture.boxes) + WIDTH <= picture.width
        assert max(box.y + box.height for box in picture.boxes) <= picture.height


def test_an_arrow_passes_through_no_box():
    # Where an arrow crosses a column, it goes straight: "h" in its path.
    for picture in real_pictures():
        for arrow in picture.arrows:
            for x, y in re.findall(rf"([\d.]+) ([\d.]+)h{WIDTH}", arrow):
                here = [box for box in picture.boxes if box.x == float(x)]
                assert not [box for box in here if box.y <= float(y) <= box.y + box.height]


def test_there_is_one_arrow_for_each_need_that_does_not_follow_from_others():
    labels = {one: one for one in "abc"}
    picture = draw(labels, [("b", "a"), ("c", "b"), ("c", "a")])

    assert len(picture.arrows) == 2
    assert picture.tips.count("z") == 2


def test_arrows_that_need_not_cross_do_not():
    pairs = [("a2", "b1"), ("b2", "a1"), ("c2", "c1"), ("d2", "a1"), ("a3", "d2"), ("b3", "b1")]
    labels = {one: one for one in sorted({one for pair in pairs for one in pair})}

    assert draw(labels, pairs).crossings == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_crossings_told_are_those_of_the_picture(seed):
    labels, pairs = some_relation(seed, items=14)
    columns, crossings = layering.arranged(dict.fromkeys(labels, 40.0), sorted(pairs))

    steps = [(here, there) for column in columns for here in column for there in here.after]
    by_hand = sum(
        (one.y - other.y) * (end.y - other_end.y) < 0
        for (one, end), (other, other_end) in itertools.combinations(steps, 2)
        if {one, other} <= set(next(column for column in columns if one in column))
    )
    assert crossings == by_hand


def test_guests_stand_alone_on_the_left():
    picture = draw({"a": "a", "b": "b", "c": "c"}, [("b", "a"), ("c", "b")], guests={"a"})
    guest, *own = sorted(picture.boxes, key=lambda box: box.x)

    assert guest.guest
    assert guest.x + WIDTH == picture.guests_end < min(box.x for box in own)


def test_what_is_joined_to_nothing_stands_below():
    picture = draw({"alone": "alone", "a": "a", "b": "b"}, [("b", "a")])
    lowest = max(picture.boxes, key=lambda box: box.y)

    assert lowest.id == "alone"


def test_the_same_relation_gives_the_same_picture():
    assert draw(*some_relation(1)) == draw(*some_relation(1))


def test_an_empty_relation_is_drawn_empty():
    assert draw({}, []).boxes == ()


def test_words_are_cut_between_words_and_none_is_lost():
    words = "vérifier ailleurs une réponse anticonstitutionnellement longue"
    lines = drawing.wrapped(words)

    assert " ".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(drawing.width_of(line) <= WIDTH for line in lines)
    assert drawing.wrapped("x" * 200)
