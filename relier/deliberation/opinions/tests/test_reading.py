import argparse
import hashlib
import time

import numpy as np
import pytest

from relier.deliberation.opinions import binary, pack, reading, records
from relier.deliberation.opinions.reading import read_votes
from relier.deliberation.opinions.unreadable import UnreadableVotes
from relier.deliberation.opinions.votes import Votes

from .worlds import world

TABLE = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,4,10\n"
LOG = "timestamp,datetime,comment-id,voter-id,vote\n"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"


@pytest.fixture
def written(tmp_path):
    def write(content, name="votes.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refused(path, statements=None):
    with pytest.raises(UnreadableVotes) as refusal:
        read_votes(path, statements)
    return refusal.value


def test_a_table_and_a_log_of_polis_give_the_same_votes(written):
    table = written(TABLE + "7,0,0,3,1,1,1,-1,0\n8,,0,1,0,1,,-1,\n9,,0,0,0,0,,,\n", "a.csv")
    log = written(LOG + "1,x,1,7,-1\n2,x,4,7,-1\n3,x,10,7,0\n4,x,4,8,-1\n5,x,1,7,1\n", "b.csv")

    one, other = read_votes(table).votes, read_votes(log).votes

    assert one.statements == ("1", "4", "10")
    assert len(one) == 2
    assert one.digest() == other.digest()
    assert one.canonical().dense(9).tolist() == other.canonical().dense(9).tolist()


def test_the_last_vote_counts_even_when_the_log_is_not_in_order(written):
    log = written(LOG + "9,x,1,7,1\n2,x,1,7,-1\n3,x,2,7,0\n3,x,2,7,1\n")

    assert read_votes(log).votes.dense(9).tolist() == [[1, 1]]


def test_a_log_read_with_care_gives_the_same_votes(written):
    lines = [f"{9 - k % 5},x,{k % 7},{k % 11},{k % 3 - 1}" for k in range(200)]
    plain = written(LOG + "\n".join(lines), "a.csv")
    quoted = written(LOG + "\n".join(f'"{line.replace(",", chr(34) * 1 + "," + chr(34))}"'
                                     for line in lines), "b.csv")  # fmt: skip
    windows = written((LOG + "\n".join(lines)).replace("\n", "\r\n"), "c.csv")

    digests = {read_votes(path).votes.digest() for path in (plain, quoted, windows)}

    assert len(digests) == 1


def test_the_sign_of_a_log_is_that_of_what_polis_counted(written):
    comments = written(COMMENTS + "1,x,1,1,2,0,1,Hello\n1,x,2,1,0,1,1,There\n", "comments.csv")
    log = written(LOG + "1,x,1,7,-1\n2,x,1,8,-1\n3,x,2,7,1\n")

    assert read_votes(log, comments).votes.dense(9).tolist() == [[1, -1], [1, 9]]


def test_what_was_moderated_out_is_left_out_with_its_votes(written):
    comments = written(
        COMMENTS
        + '1,x,1,1,1,0,1,"Two\nlines, and a ""word"""\n1,x,4,1,1,0,-1,No\n1,x,10,1,0,0,0,\n',
        "comments.csv",
    )
    table = written(TABLE + "7,0,0,3,1,1,1,-1,\n8,0,0,3,1,1,,1,\n")

    found = read_votes(table, comments)

    assert found.votes.statements == ("1", "10")
    assert len(found.votes) == 1
    assert found.texts["1"] == 'Two\nlines, and a "word"'
    assert found.left_out == ("4",)


def test_our_table_holds_four_answers_with_commas_or_semicolons_and_a_mark_of_bytes(written):
    ours = "voice,statement,vote\nanna,s1,agree\nanna,s2,Unclear\nben,s1,pass\nben,s2,disagree\n"

    for text in (ours, ours.replace(",", ";"), "\ufeff" + ours, ours.replace("\n", "\r\n")):
        assert read_votes(written(text)).votes.dense(9).tolist() == [[1, 2], [0, -1]]


def test_the_same_answer_twice_counts_once_and_two_answers_are_refused(written):
    ours = "voice,statement,vote\nanna,s1,agree\nanna,s1,agree\n"
    assert len(read_votes(written(ours)).votes.values) == 1

    refusal = refused(written(ours + "ben,s1,pass\nanna,s1,pass\n"))

    assert refusal.line == 5
    assert "anna answers statement s1 otherwise than on line" in str(refusal)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("", None, "empty"),
        ("\n\n", None, "empty"),
        ("hello,world\n1,2\n", 1, "participants-votes.csv"),
        (TABLE + "1,,0,0,0,0,1\n", 2, "7 columns instead of 9"),
        (TABLE + "1,,0,0,0,0,1,1,5\n", 2, "“5” for statement 10"),
        (TABLE + "1,,0,0,0,0,1,1,1e999\n", 2, "“1e999”"),
        (TABLE + "1,,0,0,0,0,1,,\n2,,0,0,0,0,1,,\n1,,0,0,0,0,,1,\n", 4, "already on line 2"),
        (TABLE.replace("10", "4"), 1, "statement 4 has two columns"),
        (TABLE.replace("n-votes", "surprise"), 1, "columns of statements come last"),
        (LOG + "1,x,1,7,2\n", 2, "“2” is no vote"),
        (LOG + "1,x,1,7,1\nnever,x,1,7,1\n", 3, "“never” is no moment"),
        (LOG + f"{'9' * 30},x,1,7,1\n", 2, "is no moment"),
        (LOG + "1,x,1,7\n", 2, "4 columns instead of 5"),
        (LOG + "1,x,,7,1\n", 2, "id of the statement"),
        (LOG + f"1,x,1,{'9' * 300},1\n", 2, "id of the person"),
        (LOG + '1,"x,1,7,1\n2,x,1,8,1\n', None, "quotation mark"),
        ("voice,statement,vote\na,b,maybe\n", 2, "“maybe” is no vote"),
        ("voice,statement,vote\na,b,agree\n\0,b,agree\n", 3, "not text"),
        (b"voice,statement,vote\na,b,agree\n\xe9t\xe9,b,agree\n", 3, "UTF-8"),
        ("voice,statement,vote\na,b,agree\n".encode("utf-16"), 1, "UTF-8"),
        (b"voice,statement,vote\n" + b"x" * 10_000_000, 2, "too long"),
        (b'voice,statement,vote\n"' + b"x\n" * 5_000_000, None, "broken"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(written, content, line, words):
    refusal = refused(written(content))

    assert words in str(refusal)
    assert line is None or refusal.line == line
    assert len(str(refusal)) < 300


def test_a_folder_or_nothing_at_all_is_said(tmp_path):
    assert "is a folder" in str(refused(tmp_path))
    assert "does not exist" in str(refused(tmp_path / "none.csv"))


def test_statements_of_another_conversation_are_refused(written):
    comments = written(COMMENTS + "1,x,1,1,1,0,1,Hello\n", "comments.csv")

    refusal = refused(written(TABLE + "7,0,0,3,1,1,1,-1,\n"), comments)

    assert "statement 4 has votes but" in str(refusal)
    assert "“moderated" not in str(refused(written(TABLE), written("a,b\n", "x.csv")))


def test_too_many_votes_are_refused_before_they_fill_the_memory(written, monkeypatch):
    monkeypatch.setattr(records, "MOST_VOTES", 3)
    monkeypatch.setattr(reading, "MOST_VOTES", 3)

    refusal = refused(written(LOG + "".join(f"1,x,{k},7,1\n" for k in range(9))))

    assert "more than 3 votes" in str(refusal)


def test_two_hundred_thousand_votes_are_read_in_a_second_of_processor(written):
    lines = (f"{k},Wed Jul 27 2022,{k % 500},{k // 50},{k % 3 - 1}\n" for k in range(200_000))
    path = written(LOG + "".join(lines))

    start = time.process_time()
    votes = read_votes(path).votes

    assert len(votes.values) == 200_000
    assert time.process_time() - start < 1.5


# --- our binary file -----------------------------------------------------------------------------


@pytest.fixture
def packed(tmp_path):
    path = tmp_path / "votes.bin"
    binary.write(world(1, people=60)[0], path)
    return path


def test_a_packed_file_gives_the_same_votes_and_no_name(packed):
    votes = world(1, people=60)[0]

    found = read_votes(packed).votes

    assert found.digest() == votes.digest()
    assert found.people is None
    assert isinstance(found.columns.base, np.memmap | np.ndarray)


def test_a_packed_file_says_nothing_of_the_order_of_people(packed, tmp_path):
    votes = world(1, people=60)[0]
    order = np.random.default_rng(1).permutation(len(votes))
    moved = Votes.of_dense(np.where(votes.dense(9) == 9, np.nan, votes.dense(9))[order])

    binary.write(moved, tmp_path / "moved.bin")

    assert (tmp_path / "moved.bin").read_bytes() == packed.read_bytes()


@pytest.mark.parametrize("size", [0, 5, 8, 79, 80, 500, -1])
def test_a_packed_file_that_was_cut_is_refused(packed, size):
    packed.write_bytes(packed.read_bytes()[:size])

    with pytest.raises(UnreadableVotes):
        read_votes(packed)


def test_one_byte_changed_anywhere_is_seen(packed):
    whole = packed.read_bytes()
    for place in [9, 13, 17, 30, 35, 42, 60, 90, len(whole) // 2, len(whole) - 1]:
        packed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])

        with pytest.raises(UnreadableVotes):
            read_votes(packed)


@pytest.mark.parametrize(
    ("people", "statements", "votes"),
    [(2**63, 2**63, 2**63), (0, 0, 0), (2**40, 40, 2**40), (10, 2**32, 5)],
)
def test_a_header_that_lies_is_refused_before_anything_is_held(packed, people, statements, votes):
    whole = packed.read_bytes()
    head = list(binary.HEADER.unpack(whole[:80]))
    head[3:6] = people, statements, votes
    packed.write_bytes(binary.HEADER.pack(*head) + whole[80:])

    assert "damaged" in str(refused(packed))


def lying(starts, columns, values, ids=b"1\n2\n"):
    """A file whose sizes and digest are right, and whose rows are not."""
    body = ids + bytes(-len(ids) % 8) + np.array(starts, "<i8").tobytes()
    body += np.array(columns, "<u2").tobytes() + bytes(-2 * len(columns) % 8)
    body += np.array(values, "i1").tobytes()
    head = (binary.MAGIC, 1, 2, len(starts) - 1, ids.count(b"\n"), len(columns), len(ids))
    return binary.HEADER.pack(*head, hashlib.sha256(body).digest()) + body


def test_a_well_made_file_is_read(written):
    found = read_votes(written(lying([0, 2, 3], [0, 1, 1], [1, -1, 2])))

    assert found.votes.dense(9).tolist() == [[1, -1], [9, 2]]


@pytest.mark.parametrize(
    ("starts", "columns", "values", "ids"),
    [
        ([0, 2, 3], [0, 7, 1], [1, -1, 0], b"1\n2\n"),
        ([0, 2, 3], [1, 0, 1], [1, -1, 0], b"1\n2\n"),
        ([0, 2, 3], [1, 1, 1], [1, -1, 0], b"1\n2\n"),
        ([0, 2, 3], [0, 1, 1], [1, -1, 9], b"1\n2\n"),
        ([0, 2, 3], [0, 1, 1], [1, -1, -2], b"1\n2\n"),
        ([0, 3, 3], [0, 1, 1], [1, -1, 0], b"1\n2\n"),
        ([0, 4, 3], [0, 1, 1], [1, -1, 0], b"1\n2\n"),
        ([1, 2, 3], [0, 1, 1], [1, -1, 0], b"1\n2\n"),
        ([0, 2**62, 3], [0, 1, 1], [1, -1, 0], b"1\n2\n"),
        ([0, 2, 3], [0, 1, 1], [1, -1, 0], b"2\n1\n"),
        ([0, 2, 3], [0, 1, 1], [1, -1, 0], b"1\n1\n"),
        ([0, 2, 3], [0, 1, 1], [1, -1, 0], b"\n2\n"),
        ([0, 2, 3], [0, 1, 1], [1, -1, 0], b"\xff\n2\n"),
    ],
)
def test_a_file_whose_rows_lie_is_refused(written, starts, columns, values, ids):
    assert "damaged" in str(refused(written(lying(starts, columns, values, ids))))


def test_nothing_half_written_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(binary, "write_parts", lambda votes, file: file.write(b"x") and 1 / 0)

    with pytest.raises(ZeroDivisionError):
        binary.write(world(1, people=60)[0], tmp_path / "votes.bin")

    assert list(tmp_path.iterdir()) == []


def test_the_command_packs_what_it_reads_or_says_why_not(written, tmp_path, capsys):
    log = written(LOG + "1,x,1,7,1\n2,x,1,8,-1\n")
    out = str(tmp_path / "packed.bin")
    parser = argparse.ArgumentParser()
    pack.add_arguments(parser)

    assert pack.run(parser.parse_args(["--votes", str(log), "--out", out])) == 0

    assert read_votes(out).votes.digest() in capsys.readouterr().out
    assert pack.run(parser.parse_args(["--votes", str(tmp_path), "--out", out])) == 2
    assert "is a folder" in capsys.readouterr().err
