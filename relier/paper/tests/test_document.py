"""A text to read, print and sign."""

import hashlib

from .reading import opened, page_texts, pieces, printed, read_aloud, said, squeezed
from .samples import document


def test_the_text_is_printed_exactly_and_in_order():
    paragraphs = [
        "Nous gardons : votre nom (celui que vous donnez) & un numéro.",
        {"heading": "Vos droits"},
        {"points": ["Dire *non*.", "Changer d’avis — quand vous voulez."]},
        "Ligne une\nLigne deux",
    ]

    words = said(document(paragraphs=paragraphs))

    start = words.index(paragraphs[0])
    assert [word for word in words[start : start + 7] if word != "•"] == [
        paragraphs[0],
        "Vos droits",
        *paragraphs[2]["points"],
        "Ligne uneLigne deux",
    ]


def test_headings_points_and_choices_are_tagged_for_what_they_are():
    tags = read_aloud(document(paragraphs=[{"heading": "Vos droits"}, {"points": ["Dire non."]}]))

    roles = {tag.text.strip(): tag.role for tag in tags}
    assert roles["Votre accord"] == "H1"
    assert roles["Vos droits"] == "H2"
    assert roles["Dire non."] == "LBody"
    assert roles["Je ne suis pas d’accord."] == "LBody"


def test_the_fingerprint_of_the_text_stands_on_every_page_and_in_the_file():
    text = ["Un paragraphe. " * 60] * 4
    value = hashlib.sha256("\n".join(text).encode()).hexdigest()

    pdf = document(paragraphs=text, fingerprint={"label": "Empreinte", "value": value})

    assert len(page_texts(pdf)) > 1
    assert all(value in squeezed(page) for page in page_texts(pdf))
    assert opened(pdf).metadata["/Keywords"] == value


def test_nobody_signs_a_page_without_a_word_of_the_text():
    for length in range(20, 60, 2):
        last = page_texts(document(paragraphs=["Un mot. " * 8] * length + ["La fin."]))[-1]

        assert "La fin." in last
        assert "Date et signature" in last


def test_a_person_is_given_large_print_and_a_worker_fourteen_points():
    def size(reader):
        return {
            round(piece.size)
            for piece in pieces(document(reader=reader))
            if piece.text.strip() == "Vous pouvez dire non."
        }

    assert size("person") == {17}
    assert size("worker") == {14}


def test_several_people_sign_side_by_side():
    words = said(document(signatures=[{"who": "Awa"}, {"who": "Nour"}, {"who": "Bram"}]))

    assert words[-3:] == ["Awa", "Nour", "Bram"]


def test_a_bare_document_is_its_title():
    bare = document(paragraphs=[], choices=[], signatures=[], intro=[], centre=None, date=None)

    assert said(bare) == ["Votre accord"]
    assert printed(bare) == "VotreaccordPage1sur1"
