"""The faces we ship: which characters they draw, their licence, and that they are whole."""

import hashlib
import re
import string

import pytest

from relier.paper import faces

FILES = sorted(faces.FOLDER.glob("*.ttf"))


def test_french_and_its_neighbours_are_drawn_by_the_hyperlegible_face():
    french = string.printable.strip() + "àâäæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’“”…–—€°²"
    neighbours = "ąćęłńóśźż ăâîșț ğışç čšžđ őű ñ ãõ ëïöü ß åø"

    missing = {c for c in french + neighbours if ord(c) not in faces.drawn_by(faces.LATIN)}

    assert not missing


@pytest.mark.parametrize(
    ("family", "letters"),
    [
        (faces.CYRILLIC, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъёђљњћџ ễạị ɛɔŋ →✓"),
        (faces.ARABIC, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأؤإئى پچژگ ټډړ ٹڈںے ،؛؟ ٠١٢٣"),
        (faces.EMOJI, "😀👍🏽🏠📞📄✔◻"),
    ],
)
def test_each_other_face_draws_its_letters(family, letters):
    assert {c for c in letters.replace(" ", "") if ord(c) not in faces.drawn_by(family)} == set()


def test_what_no_face_draws_is_known():
    assert not {ord(c) for c in "漢አა\ue000"} & faces.drawn()


def test_coverage_agrees_with_an_independent_reader_on_every_face():
    # Counted with fontTools 4.60 (getBestCmap) when the files were chosen.
    counted = {faces.LATIN: 362, faces.CYRILLIC: 2448, faces.ARABIC: 1551, faces.EMOJI: 1512}

    assert {family: len(faces.drawn_by(family)) for family in faces.ORDER} == counted


def test_regular_and_bold_draw_the_same_characters():
    for regular in ("Andika-Regular", "AtkinsonHyperlegibleNext-Regular"):
        bold = regular.replace("Regular", "Bold")

        assert faces.coverage((faces.FOLDER / f"{regular}.ttf").read_bytes()) == faces.coverage(
            (faces.FOLDER / f"{bold}.ttf").read_bytes()
        )


def test_a_file_that_is_no_font_is_refused():
    with pytest.raises(ValueError, match="no cmap table"):
        faces.coverage(b"\0" * 64)


def test_every_face_is_the_file_the_list_says():
    readme = (faces.FOLDER / "README.md").read_text(encoding="utf-8")
    listed = dict(
        reversed(line.split()) for line in re.findall(r"^    ([0-9a-f]{64}  \S+)$", readme, re.M)
    )

    assert listed == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES}


def test_every_face_comes_with_the_open_font_licence():
    for file in FILES:
        licence = (faces.FOLDER / f"{file.stem.split('-')[0]}-LICENCE.txt").read_text("utf-8")

        assert licence.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert "PERMISSION & CONDITIONS" in licence


def test_the_faces_weigh_less_than_two_and_a_half_megabytes():
    assert sum(file.stat().st_size for file in FILES) < 2_500_000
