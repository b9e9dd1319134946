"""A gentle look at a statement: what it finds, and what it lets be."""

import pytest

from relier.deliberation.rules import wording

ONE_IDEA = [
    ("La salle est trop froide.", "fr"),
    ("Le bus et le train sont trop chers.", "fr"),
    ("Il faut un ordinateur pour chacun.", "fr"),
    ("On apprend mieux à deux.", "fr"),
    ("The bus and the train cost too much.", "en"),
    ("We need one more computer.", "en"),
    ("De klas is te koud.", "nl"),
]
TWO_IDEAS = [
    ("La salle est froide et le bus est cher.", "fr"),
    ("Il faut un ordinateur, mais pas un téléphone.", "fr"),
    ("La salle est froide. Il faut la chauffer.", "fr"),
    ("La salle est froide ; on part plus tôt.", "fr"),
    ("The room is cold and the bus is late.", "en"),
    ("We need a computer because the phone is too small.", "en"),
    ("De klas is koud. De bus is duur.", "nl"),
]


@pytest.mark.parametrize(("words", "language"), ONE_IDEA)
def test_one_idea_is_let_be(words, language):
    assert not wording.look_at(words, language)


@pytest.mark.parametrize(("words", "language"), TWO_IDEAS)
def test_two_ideas_are_seen(words, language):
    assert wording.look_at(words, language).two_ideas


def test_hard_words_negations_length_and_questions_are_said():
    assert wording.look_at("L’inclusion des bénéficiaires.", "fr").hard == (
        "inclusion", "bénéficiaires",
    )  # fmt: skip
    assert wording.look_at("Personne ne veut ne pas venir.", "fr").negations
    assert wording.look_at("Nobody should not come.", "en").negations
    assert wording.look_at(" ".join(["mot"] * 21), "fr").long
    assert wording.look_at("Faut-il un ordinateur ?", "fr").question
