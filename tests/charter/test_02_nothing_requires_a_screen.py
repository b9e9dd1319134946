"""Nothing requires a screen: what a person is asked is also answered with a pen, or by voice, and
makes the same; what they may read on a telephone is given to them on paper."""

import io

import pytest
from django.utils import timezone

from relier.competences.models import Answer
from relier.paper import actions, sheets
from relier.paper.models import Scan
from relier.paper.printing import layout_of
from relier.paper.settling import settled
from relier.paper.sheets import LANGUAGES, registry
from tests import factories as make
from tests import filled

POSITIONING = "competences.positioning"
SAID = "yes could_learn no_need yes unclear could_learn yes no_need".split()


def test_02_nothing_requires_a_screen(house):
    """Awa answers with a pen and touches no machine: it is what she would have said on one."""
    nour = make.actor(house.nour)
    occasion = sheets.entry(POSITIONING).occasions(nour, house.awa.pk)[1].values
    printed = actions.print_batch(
        POSITIONING, subjects=[house.awa.subject], occasion=occasion, by=nour
    )
    layout = printed.printing.sheet.as_layout
    boxed = [question.key for question in layout.questions if question.choices]
    answers = dict(zip(boxed, SAID, strict=True))

    pile = actions.begin_pile("scan", by=nour)
    for number, page in enumerate(filled.drawn(printed.pdf), start=1):
        filled.fill(page, layout.page(number), answers, {}, seed=2)
        actions.receive(pile, io.BytesIO(filled.degraded(page, "S1", number)), by=nour)
    actions.read_waiting(house.centre.pk, by=nour)
    for scan in Scan.objects.standing().select_related("page__copy__printing__sheet"):
        for key, one in settled(scan).items():
            if one.answers is None:  # the day she left blank, and what the machine doubts
                actions.decide(scan, key, [answers[key]] if key in answers else [], by=nour)
    on_paper = actions.close_copy(printed.printing.copies.get(), by=nour)

    answered = {**answers, "on": timezone.localdate()}
    on_screen = sheets.receive(
        sheets.Answered(
            sheet=sheets.build(POSITIONING, occasion), answers=answered, channel="screen",
            occasion=occasion, language="fr", subject=house.awa.pk,
        ),
        by=nour,
    )  # fmt: skip
    said_of = {
        one.pk: list(Answer.objects.filter(positioning=one).values_list("item", "says"))
        for one in (on_paper, on_screen)
    }
    assert len(said_of[on_paper.pk]) == len(SAID)
    assert sorted(said_of[on_paper.pk]) == sorted(said_of[on_screen.pk])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sheets.names())
def test_every_question_is_printed_and_can_be_said(db, name, language):
    asked = sheets.worded(registry.entry(name).example(), language)
    keys = {question.key for question in asked.questions}

    for large in (False, True):
        layout = layout_of(asked, large=large)
        rooms = {room.question for page in layout.pages for room in page.rooms}
        boxes = {(box.question, box.choice) for page in layout.pages for box in page.boxes}
        assert {question for question, _choice in boxes} | rooms == keys
        for question in asked.questions:
            for choice in question.choices if question.is_boxed else ():
                assert (question.key, choice.key) in boxes

    said = "\n".join(sheets.text_to_say(asked))
    for question in asked.questions:
        assert question.wording.rstrip(" .") in said
        for choice in question.choices if question.is_boxed else ():
            assert choice.wording.rstrip(" .") in said
