"""The sheets of the daily work: a request, a mandate, agreed steps. Their answers go where those of
the screen go, through the same deeds: the walls, the rules and the journal are theirs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre
from relier.paper.access import Wall, say_wall
from relier.paper.sheets import (
    Answered,
    Choice,
    Date,
    Line,
    NotASheet,
    Occasion,
    OneChoice,
    Question,
    Sheet,
    Signature,
    register,
)
from relier.people.access import may_change_person
from relier.people.actions import change_person
from relier.people.agreements import paragraphs_of, signed_how
from relier.people.answered import day_said, read_in, whose, whose_or_nobodys
from relier.people.models import Person
from relier.privacy import texts
from relier.privacy.actions import NotReviewed

from .actions import requests
from .actions.mandates import give_mandate
from .actions.steps import agree_step
from .lists import ListRow, offered
from .mandates import Offer, offer_in, title_of
from .models import AgreedStep, HelpRequest, Mandate
from .models.mandates import Duration
from .placing import places

REQUEST, MANDATE, STEPS = "support.request", "support.mandate", "support.steps"
TODAY = Date("on", pgettext_lazy("person", "Which day is it today?"), pictogram="calendar")


# --- a request -----------------------------------------------------------------------------------

REACHED = (
    Choice(Person.Reach.PHONE, pgettext_lazy("person", "By telephone"), pictogram="phone"),
    Choice(Person.Reach.MESSAGE, pgettext_lazy("person", "By text message"), pictogram="message"),
    Choice(Person.Reach.LETTER, pgettext_lazy("person", "By letter"), pictogram="letter"),
    Choice(
        Person.Reach.IN_PERSON, pgettext_lazy("person", "Here, in person"), pictogram="in-person"
    ),
)


def request_sheet() -> Sheet:
    return Sheet(
        name=REQUEST,
        version="1",
        title=pgettext_lazy("person", "What you ask"),
        introduction=(
            pgettext_lazy("person", "Say it as you speak. The team that helps you reads it."),
        ),
        questions=(
            Line(
                "words",
                pgettext_lazy("person", "What do you ask us?"),
                pictogram="request",
                lines=5,
                longest=2000,
            ),
            OneChoice(
                "reply",
                pgettext_lazy("person", "How do we answer you?"),
                pictogram="message",
                choices=REACHED,
            ),
            TODAY,
        ),
    )


@transaction.atomic
def receive_request(answered: Answered, by: Actor) -> HelpRequest:
    """A request taken by whoever closes the sheet, for the team and the worker that the page of a
    new request proposes; and how the person likes to be reached, in their file."""
    answers = answered.answers
    if not answers["words"]:
        raise ValidationError(_("Nothing is asked on this sheet: there is nothing to keep."))
    person = whose_or_nobodys(answered, by)
    offered_to = places(by, person)
    kept = requests.take(
        answers["words"],
        received_on=day_said(answers["on"]),
        person=person,
        team=offered_to.usual_team(by),
        followed_by=offered_to.usual_worker(by),
        form_key=answered.form_key,
        by=by,
    )
    if answers["reply"]:
        _keep_reach(person, answers["reply"], by)
    return kept


def page_of_request(made: HelpRequest, by: Actor) -> str:
    seen = HelpRequest.objects.visible_to(by).filter(pk=made.pk).exists()
    return reverse("support:request", args=[made.pk]) if seen else ""


def _keep_reach(person: Person | None, reach: str, by: Actor) -> None:
    if person is None:
        raise ValidationError(
            _("Say first whose sheet this is: how to answer them is kept in their file.")
        )
    if not may_change_person(by, person):
        raise ValidationError(
            _("How to answer them is kept in their file, by the team that follows them.")
        )
    change_person(person, {"reach": reach}, by=by)


# --- a mandate -----------------------------------------------------------------------------------


def mandate_sheet(
    families: str,
    duration: str,
    starts_on: str,
    version: str,
    centre: str,
    words_fr: str = "",
    words_en: str = "",
) -> Sheet:
    """All that the words are made of stands in the occasion, so that they are the same when the
    page comes back, whatever the centre calls its families, or itself, by then.

    `families`: keys, with commas; `words_fr`, `words_en`: their words, a line each;
    `starts_on`: 2026-11-24; `version`: of the text. Raises NotASheet.
    """
    terms = {"families": families, "duration": duration, "starts_on": starts_on}
    terms |= {"version": version, "centre": centre, "words_fr": words_fr, "words_en": words_en}
    return Sheet(
        name=MANDATE,
        version=f"1-{version}",
        title=lazy(title_of, str)("mandate"),
        introduction=paragraphs_of(lambda language: offer_of(terms, language).text),
        keeps="signed",
        questions=(
            Signature(
                "signed",
                pgettext_lazy("person", "You agree? Sign here."),
                hint=pgettext_lazy("person", "You say no? Do not sign."),
                pictogram="mandate",
            ),
            TODAY,
        ),
    )


def offer_of(terms: Mapping[str, str], language: str) -> Offer:
    """The mandate of an occasion, in the words of a language: the nearest in which every family has
    words, and that someone answers for. Raises NotASheet."""
    try:
        keys = terms["families"].split(",")
        if not all(keys) or terms["duration"] not in Duration.values:
            raise ValueError(terms)
        lines = {code: terms.get(f"words_{code}", "").splitlines() for code in texts.ORIGINALS}
        whole = {code: said for code, said in lines.items() if len(said) == len(keys)}
        template = texts.of_version("mandate", terms["version"], language, among=whole)
        rows = [
            ListRow("families", key, {code: said[place] for code, said in whole.items()})
            for place, key in enumerate(keys)
        ]
        starts_on = date.fromisoformat(terms["starts_on"])
        return offer_in(template, terms["centre"], rows, terms["duration"], starts_on)
    except (KeyError, ValueError, LookupError):
        raise NotASheet(
            "A mandate is printed with its families, its duration, its first day, the version of "
            "its text, and the words of each family in one language at least."
        ) from None


def mandate_occasion(
    centre: Centre, rows: Sequence[ListRow], duration: str, starts_on: date
) -> Occasion:
    """What a mandate is printed with, and how it is told from the others."""
    known = {code: [row.in_language(code) for row in rows] for code in texts.ORIGINALS}
    here = get_language() or "fr"
    told = ", ".join(capfirst(row.on_screen(here)) for row in rows)
    return Occasion(
        {
            "families": ",".join(row.key for row in rows),
            "duration": duration,
            "starts_on": starts_on.isoformat(),
            "version": texts.latest("mandate", "fr").version,
            "centre": centre.name,
            **{f"words_{code}": "\n".join(said) for code, said in known.items() if all(said)},
        },
        f"{told} – {Duration(duration).label}",
    )


def mandate_occasions(by: Actor, subject: UUID | None) -> list[Occasion]:
    """For someone, first those that are soon to be given again; then each family by itself, for as
    long as the screen proposes. None where nobody answers for the words of the text."""
    if not all(texts.review_of(texts.latest("mandate", one)) for one in texts.ORIGINALS):
        return []
    centre = Centre.objects.get(pk=by.own_centre)
    today = timezone.localdate()
    rows = {row.key: row for row in offered("families", centre.pk, on=today)}
    single = [mandate_occasion(centre, [row], Duration.ONE_MONTH, today) for row in rows.values()]
    return [*_given_again(by, subject, centre, rows, today), *single]


def _given_again(
    by: Actor, subject: UUID | None, centre: Centre, rows: Mapping[str, ListRow], today: date
) -> list[Occasion]:
    """Of the mandates that this member may read, so that nothing says that there are others."""
    person = Person.objects.followed_by(by).filter(pk=subject).first() if subject else None
    if person is None:
        return []
    ending = Mandate.objects.visible_to(by).of_file(person.file_ids).ending(on=today)
    again = []
    for mandate in ending.with_scopes():
        left = [rows[scope.family] for scope in mandate.left() if scope.family in rows]
        if left:
            again.append(mandate_occasion(centre, left, mandate.duration, today))
    return again


def receive_mandate(answered: Answered, by: Actor) -> Mandate:
    """To sign is to say yes. Without a signature nothing is kept: not even that it was asked."""
    person = whose(answered, by)
    how = signed_how(answered)
    offer = offer_of(answered.occasion, read_in(answered))
    try:
        return give_mandate(
            person,
            offer,
            how=how,
            on=day_said(answered.answers["on"]),
            helper=answered.helper,
            form_key=answered.form_key,
            by=by,
        )
    except NotReviewed:
        raise ValidationError(_("Nobody answers for these words any more: sign anew.")) from None


def page_of_mandate(made: Mandate, by: Actor) -> str:
    seen = Mandate.objects.visible_to(by).filter(pk=made.pk).exists()
    return reverse("support:mandate", args=[made.pk]) if seen else ""


def mandate_example() -> Sheet:
    return mandate_sheet(
        families="tax,energy",
        duration=Duration.ONE_MONTH,
        starts_on="2026-11-26",
        version="2026-11",
        centre="Les Passerelles",
        words_fr="vos impôts\nle gaz, l’électricité et l’eau",
        words_en="your taxes\ngas, electricity and water",
    )


# --- agreed steps --------------------------------------------------------------------------------

# As many as stand on one page in normal print.
STEPS_ON_A_SHEET = 3
WHO = (
    Choice(AgreedStep.Who.PERSON, pgettext_lazy("person", "You"), pictogram="person"),
    Choice(AgreedStep.Who.WORKER, pgettext_lazy("person", "Us"), pictogram="worker"),
    Choice(AgreedStep.Who.TOGETHER, pgettext_lazy("person", "You and us"), pictogram="with-person"),
    Choice(AgreedStep.Who.OTHER, pgettext_lazy("person", "Someone else"), pictogram="helper"),
)


def steps_sheet() -> Sheet:
    asked = [question for rank in range(1, STEPS_ON_A_SHEET + 1) for question in _asked_of(rank)]
    return Sheet(
        name=STEPS,
        version="1",
        title=pgettext_lazy("person", "What we agree"),
        questions=(*asked, TODAY),
    )


def _asked_of(rank: int) -> tuple[Question, ...]:
    """One step: its words, who does it, and when."""
    return (
        Line(
            f"step_{rank}",
            STEP_WORDS[rank],
            pictogram="step",
            lines=2,
            longest=200,
            rather_not=False,
        ),
        OneChoice(
            f"who_{rank}",
            pgettext_lazy("person", "Who does it?"),
            choices=WHO,
            rather_not=False,
        ),
        Date(f"day_{rank}", pgettext_lazy("person", "Before which day?"), rather_not=False),
    )


STEP_WORDS = {
    1: pgettext_lazy("person", "First step"),
    2: pgettext_lazy("person", "Second step"),
    3: pgettext_lazy("person", "Third step"),
}


@transaction.atomic
def receive_steps(answered: Answered, by: Actor) -> list[AgreedStep]:
    """Each step that has words, at the end of the plan, in their order."""
    person = whose(answered, by)
    on = day_said(answered.answers["on"])
    ranks = [rank for rank in range(1, STEPS_ON_A_SHEET + 1) if _has_words(answered.answers, rank)]
    if not ranks:
        raise ValidationError(_("No step is written on this sheet: there is nothing to keep."))
    return [_agree(answered, rank, person, on=on, by=by) for rank in ranks]


def _has_words(answers: Mapping[str, Any], rank: int) -> bool:
    if not answers[f"step_{rank}"] and (answers[f"who_{rank}"] or answers[f"day_{rank}"]):
        raise ValidationError(
            _("Step %(rank)s has no words: write them, or take away who does it and when.")
            % {"rank": rank}
        )
    return bool(answers[f"step_{rank}"])


def _agree(answered: Answered, rank: int, person: Person, *, on: date, by: Actor) -> AgreedStep:
    answers, key = answered.answers, answered.form_key
    return agree_step(
        person,
        words=answers[f"step_{rank}"].replace("\n", " "),
        who=answers[f"who_{rank}"] or AgreedStep.Who.TOGETHER,
        when_on=answers[f"day_{rank}"],
        on=on,
        form_key=uuid5(key, f"step {rank}") if key else None,
        by=by,
    )


def page_of_steps(made: list[AgreedStep], by: Actor) -> str:
    """Those of the person, all together."""
    person = made[0].person_id
    seen = Person.objects.followed_by(by).filter(pk=person).exists()
    return reverse("support:steps", args=[person]) if seen else ""


register(REQUEST, build=request_sheet, receive=receive_request, leads_to=page_of_request)
say_wall(REQUEST, Wall.TEAM)
register(
    MANDATE,
    build=mandate_sheet,
    receive=receive_mandate,
    example=mandate_example,
    occasions=mandate_occasions,
    leads_to=page_of_mandate,
)
say_wall(MANDATE, Wall.SECRECY)
register(STEPS, build=steps_sheet, receive=receive_steps, leads_to=page_of_steps)
say_wall(STEPS, Wall.TEAM)
