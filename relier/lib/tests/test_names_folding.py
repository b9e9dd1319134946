"""A name brought to small Latin letters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relier.lib.names import LONGEST_NAME, fold
from relier.lib.names.folding import READ_AT_MOST
from relier.lib.tests.strategies import any_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Awa   DIALLO ", "awa diallo"),
        ("Aïcha Œuvrard-Ægidius", "aicha oeuvrard aegidius"),
        ("Özgür IŞIK", "ozgur isik"),
        ("İbrahim Yıldız", "ibrahim yildiz"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Nguyễn Thị Phượng", "nguyen thi phuong"),
        ("Straße Ørsted", "strasse orsted"),
        ("N'Diaye", "ndiaye"),
        ("N\u2019Diaye", "ndiaye"),
        ("J.-P. d'Harcour", "j p dharcour"),
        ("Ɓoye Ŋom", "boye ngom"),
    ],
)
def test_latin_letters_lose_their_marks(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Олена", "olena"),
        ("Юлія Їжак", "yuliia yizhak"),
        ("Мар'яна Згурська", "mariana zghurska"),
        ("Сергей Объедков", "sergei obedkov"),
        ("محمد", "mohamed"),
        ("مُحَمَّد", "mohamed"),
        ("خـــالد", "khaled"),
        ("كريم العمراني", "karim el amrani"),
        ("عبدالرحمن", "abderrahman"),
        ("عبدالكريم بنعلي", "abdelkarim benali"),
        ("سلمى", "salma"),
        ("وفاء", "wafa"),
        ("Γιώργος Παπαδόπουλος", "giorgos papadopoulos"),
    ],
)
def test_other_alphabets_are_read_in_latin_letters(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("kept", ["გიორგი", "王小明", "हिन्दी", "がぎ", "สมชาย"])
def test_an_alphabet_we_cannot_read_is_kept_whole(kept):
    assert fold(kept) == kept


@pytest.mark.parametrize(
    "disguised",
    ["Наwа", "𝓗𝓪𝔀𝓪", "Ｈａｗａ", "H\u200baw\u202ea", "Ha\x00wa\u00ad", "ha\ufe0fwa\u0301"],
)
def test_a_disguise_does_not_hide_a_name(disguised):
    assert fold(disguised) == "hawa"


@settings(deadline=None)
@given(any_text)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_folding_any_single_character_twice_changes_nothing():
    every_letter = map(chr, (*range(0x3100), *range(0xA640, 0xABC0), *range(0xF900, 0x10000)))

    unstable = [letter for letter in every_letter if fold(fold(letter)) != fold(letter)]

    assert unstable == []


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text):
    assert fold(text) == fold(text + "\u200d")


@settings(deadline=None)
@given(any_text)
def test_what_comes_out_can_be_stored(text):
    folded = fold(text)

    assert folded.encode().decode() == folded
    assert folded == " ".join(folded.split())
    assert folded.isprintable()
    assert len(folded) <= LONGEST_NAME


@pytest.mark.parametrize("letter", ["a", "é", "\u0301", "ﷺ", "\x00", "ж", "ع"])
def test_a_pasted_page_is_read_no_further_than_a_long_name(letter):
    assert fold(letter * 100_000) == fold(letter * READ_AT_MOST)
