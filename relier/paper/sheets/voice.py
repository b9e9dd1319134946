"""A sheet by voice: what a worker says, face to face or on the telephone, and reads back.

Plain sentences, one after the other, in the language in which the sheet is worded.
"""

from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import pgettext

from relier.paper.worded import RATHER_NOT_KEY, Worded, WordedQuestion
from relier.ui.dates import day

from .answers import RATHER_NOT, Answer
from .declared import NO, YES


def text_to_say(worded: Worded) -> list[str]:
    """The whole sheet: its title, what it is for, then each question with its answers."""
    with translation.override(worded.language):
        lines = [_sentence(worded.title), *(_sentence(text) for text in worded.introduction)]
        for question in worded.questions:
            lines += question_to_say(question)
        return lines


def question_to_say(question: WordedQuestion) -> list[str]:
    """One question, its hint, and what may be answered, in the language in force."""
    lines = [_sentence(question.wording)]
    if question.hint:
        lines.append(_sentence(question.hint))
    if question.is_boxed:
        lines += [_choice(choice.wording, choice.hint) for choice in question.choices]
    elif question.kind == "number":
        lines.append(pgettext("person", "Say a number."))
    elif question.kind == "hours":
        lines.append(pgettext("person", "Say how long, in hours and minutes."))
    elif question.kind == "date":
        lines.append(pgettext("person", "Say the day, the month and the year."))
    elif question.kind == "line":
        lines.append(pgettext("person", "Say it with your words. I write it down."))
    else:
        lines.append(pgettext("person", "You will sign on paper when we meet."))
    return lines


def read_back(worded: Worded, answers: Mapping[str, Answer]) -> list[str]:
    """Each answer said again, to be agreed to before anything is kept. What was left blank is not
    said: nobody is asked twice why they are silent."""
    with translation.override(worded.language):
        said = [
            pgettext("person", "%(question)s You said: %(answer)s.")
            % {
                "question": _sentence(question.wording),
                "answer": told(question, answers[question.key]).rstrip("."),
            }
            for question in worded.questions
            if answers.get(question.key) is not None
        ]
        if not said:
            return [pgettext("person", "You did not answer any question. Is that right?")]
        return [*said, pgettext("person", "Is that right?")]


def told(question: WordedQuestion, answer: Answer) -> str:
    """One answer in words, in the language in force; "" for what was left blank."""
    if answer is None:
        return ""
    if answer is RATHER_NOT:
        return _wording(question, RATHER_NOT_KEY)
    if question.kind == "signature":
        return pgettext("person", "I sign")
    if isinstance(answer, bool):
        return _wording(question, YES if answer else NO)
    if isinstance(answer, date):
        return day(answer)
    if question.kind == "hours" and isinstance(answer, int):
        return "{}:{:02}".format(*divmod(answer, 60))
    if isinstance(answer, tuple):
        return ", ".join(_wording(question, key) for key in answer)
    return _wording(question, answer) if question.is_boxed else str(answer)


def _wording(question: WordedQuestion, key: object) -> str:
    for choice in question.choices:
        if choice.key == key:
            return choice.wording
    return pgettext("person", "I'd rather not answer")


def _choice(wording: str, hint: str) -> str:
    return f"– {_sentence(wording)} {_sentence(hint)}".rstrip() if hint else f"– {wording}"


def _sentence(text: str) -> str:
    """With the stop that makes a voice pause."""
    text = text.strip()
    return text if text[-1:] in "?!.:…؟" else f"{text}."
