"""A conversation held with Polis, brought here closed; and files that are something else."""

import io
import json
import os
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from relier.deliberation.actions.releases import release_if_due
from relier.deliberation.models import Ballot, Question, Release, Statement
from relier.deliberation.rules.polis import UnreadablePolis, read

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1658934589213,Wed Jul 27,2,23,7,5,1,"La salle est froide, l’hiver."
1658934633363,Wed Jul 27,0,23,6,6,0,On a soif.
1658934633364,Wed Jul 27,1,24,0,0,-1,Untel est un âne.
"""
SUMMARY = "topic,Que faut-il changer ?\nurl,https://pol.is/4abc\nviews,27\n"


def votes(people=12):
    lines = ["participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2"]
    for one in range(people):
        first, last = (1 if one % 2 else -1), ("" if one == 3 else 1 if one < 7 else -1)
        lines.append(f"{4400 + one},x{one},0,1,2,1,1,{first},1,{last}")
    return "\n".join(lines) + "\n"


def log(people=12):
    """The same, in the order in which they came; the log has agree as -1."""
    lines = ["timestamp,datetime,comment-id,voter-id,vote"]
    for one in range(people):
        first, last = (1 if one % 2 else -1), (1 if one < 7 else -1)
        lines.append(f"{1658934633363 + one},Wed,0,{4400 + one},{-first}")
        if one != 3:
            lines.append(f"{1658934733363 + one},Wed,2,{4400 + one},{-last}")
    return "\n".join(lines) + "\n"


def send(client, comments=COMMENTS, told=None, summary=SUMMARY, **more):
    def file(name, content):
        return SimpleUploadedFile(
            name, content if isinstance(content, bytes) else content.encode(), "text/csv"
        )

    said = {
        "statements": file("comments.csv", comments),
        "votes": file("participants-votes.csv", votes() if told is None else told),
        "language": "fr",
        "form_key": str(uuid4()),
        **more,
    }
    if summary is not None:
        said["summary"] = file("summary.csv", summary)
    return client.post(reverse("deliberation:polis"), said)


def test_a_conversation_is_brought_closed_with_its_statements_and_its_votes(house, enter):
    answer = send(enter(house.nour))

    question = Question.objects.get()
    assert answer.url == reverse("deliberation:question", args=[question.pk])
    assert (question.words, question.brought_from) == (
        "Que faut-il changer ?", "https://pol.is/4abc",
    )  # fmt: skip
    assert question.closed_on
    shown = question.statements.shown().values_list("number", "words")
    assert list(shown) == [(1, "On a soif."), (2, "La salle est froide, l’hiver.")]
    refused = Statement.objects.get(state="refused")
    assert (refused.words, refused.why, refused.is_hidden) == (
        "Untel est un âne.", "moderated", True,
    )  # fmt: skip
    release = release_if_due(question)
    assert release.is_final
    assert release.voices == 12
    assert release.counts["1"] == {"agree": 6, "disagree": 6, "pass": 0, "unclear": 0}
    assert release.counts["2"] == {"agree": 6, "disagree": 5, "pass": 0, "unclear": 0}
    assert release.by_kind is None


def test_both_files_of_votes_give_the_same(house, enter):
    nour, told = enter(house.nour), []
    for one in (votes(), log()):
        send(nour, told=one)
        question = Question.objects.exclude(pk__in=[pk for pk, _ in told]).get()
        told.append((question.pk, release_if_due(question).document))

    assert told[0][1] == told[1][1]


def test_of_the_votes_no_participant_no_day_and_no_group_is_kept(house, enter):
    nour = enter(house.nour)
    send(nour, told=log())
    question = Question.objects.get()
    text = json.dumps(list(Ballot.objects.values()), default=str)

    for theirs in ("1658934633363", "4400", "4411", "x3"):
        assert f'"{theirs}"' not in text
    assert set(Ballot.objects.values_list("kind", flat=True)) == {""}
    page = nour.get(reverse("deliberation:results", args=[question.pk])).content.decode()
    assert "At the end: 12 voices." in page
    assert "The numbers of the voices" not in page
    found = nour.get(reverse("deliberation:results_json", args=[question.pk])).json()
    assert found["receipts"] == []
    recounted = nour.get(reverse("deliberation:releases_csv", args=[question.pk])).content
    assert b"receipt" not in recounted
    assert "Brought from Polis" in nour.get(
        reverse("deliberation:question", args=[question.pk])
    ).content.decode()  # fmt: skip


def test_sent_twice_it_is_brought_once(house, enter):
    nour, key = enter(house.nour), str(uuid4())
    assert send(nour, form_key=key).url == send(nour, form_key=key).url
    assert (Question.objects.count(), Ballot.objects.count()) == (1, 12)


def test_without_a_topic_the_question_is_asked_for(house, enter):
    nour = enter(house.nour)
    assert "Write the question" in send(nour, summary=None).content.decode()
    assert send(nour, summary=None, words="Et nous ?").status_code == 302
    assert Question.objects.get().words == "Et nous ?"


def zipped():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("comments.csv", COMMENTS)
    return data.getvalue()


HEAD = COMMENTS.splitlines()[0] + "\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"comments": zipped()}, "compressed folder"),
        ({"told": zipped()}, "compressed folder"),
        ({"comments": b""}, "nothing in this file"),
        ({"told": b"  \n"}, "nothing in this file"),
        ({"comments": b"\xff\xfe\x00a"}, "no text in UTF-8"),
        ({"comments": "é".encode("latin-1")}, "no text in UTF-8"),
        ({"told": b"participant,0\x001"}, "no text in UTF-8"),
        ({"comments": SUMMARY}, "another file than the one"),
        ({"told": COMMENTS}, "another file than the one"),
        ({"summary": COMMENTS}, "another file than the one"),
        ({"comments": HEAD}, "nothing in this file"),
        ({"comments": HEAD + "1,a,1,1,0,0,1\n"}, "Line 2 cannot be read"),
        ({"comments": HEAD + '1,a,1,1,0,0,1,"open\n'}, "cannot be read"),
        ({"comments": HEAD + "1,a,x,1,0,0,1,words\n"}, "Line 2 cannot be read"),
        ({"comments": HEAD + "1,a,1,1,0,0,1," + "x" * 1001 + "\n"}, "longer than a thousand"),
        ({"told": votes().replace(",1,1\n", ",1,7\n")}, "cannot be read"),
        ({"told": votes().replace("0,1,2\n", "0,1,9\n", 1)}, "not in the other file"),
        ({"told": votes().splitlines()[0] + "\n"}, "nothing in this file"),
        ({"told": votes() + votes().splitlines()[1] + "\n"}, "cannot be read"),
    ],
)
def test_a_wrong_file_is_answered_clearly_and_nothing_is_kept(house, enter, wrong, said):
    answer = send(enter(house.nour), **wrong)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Question.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(house, enter, monkeypatch):
    from relier.deliberation.forms import polis as forms

    monkeypatch.setattr(forms, "MOST_BYTES", 100)
    assert "larger than 20 MB" in send(enter(house.nour)).content.decode()
    many = HEAD + "".join(f"1,a,{n},1,0,0,1,words {n}\n" for n in range(1600))
    with pytest.raises(UnreadablePolis) as why:
        read(many.encode(), votes().encode())
    assert why.value.fault == "too_many"


def test_no_file_is_asked_for(house, enter):
    answer = enter(house.nour).post(reverse("deliberation:polis"), {"language": "fr"})
    assert answer.content.decode().count("Choose a file first.") >= 2


def test_what_a_statement_holds_is_words_everywhere(house, enter):
    nour = enter(house.nour)
    script = "<script>alert(1)</script>=1+1"
    send(nour, comments=COMMENTS.replace("On a soif.", script))
    question = Question.objects.get()
    for name in ("question", "results", "recount"):
        page = nour.get(reverse(f"deliberation:{name}", args=[question.pk])).content.decode()
        assert "<script>alert" not in page, name


BESIDE = Path(__file__).resolve().parents[3].parent / "shared"
REAL = Path(os.environ.get("RELIER_SHARED", BESIDE)) / "data" / "opinions"


def weight(folder: Path) -> int:
    return (folder / "votes.csv").stat().st_size


@pytest.mark.skipif(
    not REAL.is_dir(),
    reason="no conversation is here: set RELIER_SHARED to the folder that holds data/.",
)
def test_real_conversations_are_brought_whole(house, enter):
    nour = enter(house.nour)
    brought = 0
    folders = [one for one in REAL.iterdir() if (one / "comments.csv").exists()]
    for folder in sorted(folders, key=weight)[:2]:
        for name in ("participants-votes.csv", "votes.csv"):
            given = {
                "comments": (folder / "comments.csv").read_bytes(),
                "told": (folder / name).read_bytes(),
                "summary": (folder / "summary.csv").read_bytes(),
            }
            answer = send(nour, language="en", **given)
            assert answer.status_code == 302, (folder.name, name)
            brought += 1
    assert brought == Question.objects.count() == 4
    for question in Question.objects.all():
        release_if_due(question)
    for topic in set(Question.objects.values_list("words", flat=True)):
        first, second = Release.objects.filter(question__words=topic)
        assert first.voices == second.voices
