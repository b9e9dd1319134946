"""The key ring: kept whole, written on paper, read back."""

from datetime import UTC, datetime

import pytest

from relier.lib import keyring, sealing

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def a_ring():
    return keyring.new_ring(at=NOW)


def test_a_ring_written_in_a_file_is_read_back_the_same(tmp_path):
    ring = a_ring()

    keyring.write(ring, tmp_path / "out" / "keys.json")

    assert keyring.read(tmp_path / "out" / "keys.json") == ring


def test_the_file_of_keys_is_closed_to_others(tmp_path):
    keyring.write(a_ring(), tmp_path / "keys.json")

    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"format": 1, "keys": [{}]}'])
def test_a_damaged_file_is_said_in_a_sentence(tmp_path, text):
    (tmp_path / "keys.json").write_text(text)

    with pytest.raises(keyring.NoKeys, match="damaged"):
        keyring.read(tmp_path / "keys.json")


def test_a_missing_file_is_said_with_its_place(tmp_path):
    with pytest.raises(keyring.NoKeys, match=r"keys\.json"):
        keyring.read(tmp_path / "keys.json")


def test_the_newest_key_makes_and_the_older_ones_are_still_found():
    ring = a_ring()
    old = ring.newest(keyring.SEALING)

    turned = ring.with_new(keyring.SEALING, at=NOW)

    assert turned.newest(keyring.SEALING) != old
    assert turned.find(keyring.SEALING, old.id) == old
    assert turned.fingerprint != ring.fingerprint


def test_a_use_never_borrows_the_key_of_another():
    ring = a_ring()
    of_the_journal = ring.newest(keyring.JOURNAL)

    with pytest.raises(keyring.NoKeys):
        ring.find(keyring.SEALING, of_the_journal.id)


def test_a_key_copied_from_paper_by_hand_is_the_same():
    key = a_ring().newest(keyring.BACKUPS)
    by_hand = keyring.to_words(key).lower().replace("0", "o").replace("1", "l")

    assert keyring.from_words(key.use, key.id, key.made_at, by_hand) == key


@pytest.mark.parametrize("group", [0, 6, 13])
@pytest.mark.parametrize("place", range(5))
def test_one_letter_copied_wrong_is_found_in_its_group(group, place):
    key = a_ring().newest(keyring.BACKUPS)
    groups = keyring.to_words(key).split()
    for letter in set(keyring.ALPHABET) - {groups[group][place]}:
        wrong = groups[group][:place] + letter + groups[group][place + 1 :]
        copied = " ".join([*groups[:group], wrong, *groups[group + 1 :]])

        with pytest.raises(keyring.NoKeys, match=rf"Group {group + 1} "):
            keyring.from_words(key.use, key.id, key.made_at, copied)


@pytest.mark.parametrize(
    ("copied", "said"),
    [
        (lambda groups: groups[:9], "Group 10"),
        (lambda groups: [*groups[:3], groups[4], groups[3], *groups[5:]], "Group 4"),
        (lambda groups: [*groups, "00000"], "more"),
        (lambda groups: [*groups[:2], "é2345", *groups[3:]], "É"),
        (lambda groups: [], "Group 1"),
    ],
)
def test_groups_left_out_swapped_or_added_are_said(copied, said):
    key = a_ring().newest(keyring.BACKUPS)
    words = " ".join(copied(keyring.to_words(key).split()))

    with pytest.raises(keyring.NoKeys, match=said):
        keyring.from_words(key.use, key.id, key.made_at, words)


def test_the_groups_of_a_key_are_not_those_of_another():
    ring = a_ring()
    key, other = ring.newest(keyring.BACKUPS), ring.newest(keyring.JOURNAL)

    with pytest.raises(keyring.NoKeys, match=other.id):
        keyring.from_words(other.use, other.id, other.made_at, keyring.to_words(key))


def test_a_line_says_the_whole_key():
    for key in a_ring().keys:
        assert keyring.from_line(keyring.to_line(key), at=NOW) == key


@pytest.mark.parametrize("line", ["", "sealing", "sealing 12", "other 12345678 AAAAA"])
def test_a_line_that_is_no_key_is_said(line):
    with pytest.raises(keyring.NoKeys):
        keyring.from_line(line, at=NOW)


def test_a_key_never_tells_its_secret_when_it_is_printed():
    key = a_ring().newest(keyring.SEALING)

    assert repr(key.secret) not in repr(key)


# --- sealing -----------------------------------------------------------------------------------


def test_sealed_words_open_again_at_their_place_only():
    ring = a_ring()
    sealed = sealing.seal("Awa a peur", key=ring.newest(keyring.SEALING), place="note:1")

    assert "Awa" not in sealed
    assert sealing.unseal(sealed, ring=ring, use=keyring.SEALING, place="note:1") == "Awa a peur"
    with pytest.raises(sealing.DoesNotOpen):
        sealing.unseal(sealed, ring=ring, use=keyring.SEALING, place="note:2")


def test_the_same_words_are_sealed_otherwise_each_time():
    key = a_ring().newest(keyring.SEALING)

    assert sealing.seal("a", key=key, place="p") != sealing.seal("a", key=key, place="p")


def test_sealed_words_open_with_an_older_key_and_not_without_it():
    ring = a_ring()
    old = ring.newest(keyring.SEALING)
    sealed = sealing.seal("mots", key=old, place="p")
    turned = ring.with_new(keyring.SEALING, at=NOW)

    assert sealing.unseal(sealed, ring=turned, use=keyring.SEALING, place="p") == "mots"
    with pytest.raises(sealing.DoesNotOpen, match=old.id):
        sealing.unseal(sealed, ring=turned.without([old]), use=keyring.SEALING, place="p")


@pytest.mark.parametrize("text", ["s1.", "s1.x", "plain", "s1.00000000.!!!"])
def test_what_is_not_sealed_does_not_open(text):
    with pytest.raises(sealing.DoesNotOpen):
        sealing.unseal(text, ring=a_ring(), use=keyring.SEALING, place="p")


def test_nothing_stays_nothing():
    ring = a_ring()

    assert sealing.seal("", key=ring.newest(keyring.SEALING), place="p") == ""
    assert sealing.unseal("", ring=ring, use=keyring.SEALING, place="p") == ""
