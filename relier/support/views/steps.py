"""The agreed steps, on a page that can be turned towards the person; and the page to take home."""

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.paper.pictures import pictures
from relier.paper.typeset import TAKE_HOME, TypesetError, typeset
from relier.people.models import Person
from relier.support import access, taken_home
from relier.support.actions import steps as actions
from relier.support.forms.steps import ChangedStepForm, StepForm, contents
from relier.support.models import AgreedStep
from relier.ui.pieces import Entry
from relier.ui.styles import with_inline_styles

logger = logging.getLogger(__name__)

STATES: dict[str, actions.State] = {"done": "done", "left": "left", "back": "standing"}
# How many of those done or left aside the page still shows, the latest first.
PAST = 20


def followed_person(request: Request, pk: UUID) -> Person:
    people = Person.objects.followed_by(request.actor).select_related("root__centre")
    return access.one_or_404(people, pk=pk).root


@with_inline_styles
def step_list(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    person = followed_person(request, pk)
    form = StepForm(request.POST or None)
    if form.is_valid():
        values = dict(form.cleaned_data)
        agreed_on, key = values.pop("agreed_on"), values.pop("form_key")
        actions.agree_step(person, **values, on=agreed_on, by=actor, form_key=key)
        messages.success(request, pgettext("person", "Kept."))
        return redirect("support:steps", pk=person.pk)
    journal.read("support.steps_read", person, by=actor, subject=person.pk)
    steps = AgreedStep.objects.visible_to(actor).current().of_file(person)
    past = steps.exclude(done_on=None, left_on=None)
    context = {
        "person": person,
        "form": form,
        "steps": in_order(list(steps.standing())),
        "done": list(past.exclude(done_on=None).order_by("-done_on", "pk")[:PAST]),
        "left": list(past.exclude(left_on=None).order_by("-left_on", "pk")[:PAST]),
    }
    return render(request, "support/steps.html", context)


def in_order(steps: list[AgreedStep]) -> list[dict[str, object]]:
    """Each step as it is told, with its neighbours: moving it says before or after which."""
    return [
        {
            "step": step,
            "who": taken_home.who_does(step),
            "when": taken_home.when_done(step),
            "above": steps[place - 1] if place else None,
            "below": steps[place + 1] if place + 1 < len(steps) else None,
        }
        for place, step in enumerate(steps)
    ]


@with_inline_styles
def step_change(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    visible = AgreedStep.objects.visible_to(actor)
    step = access.one_or_404(visible.select_related("person__root"), pk=pk)
    person = step.person.root
    if "gesture" in request.POST:
        mark_or_move(request, step)
        return redirect("support:steps", pk=person.pk)
    form = ChangedStepForm(request.POST or None, here=contents(step))
    if form.is_valid():
        result = actions.change_step(
            step,
            typed=form.typed(),
            shown=form.cleaned_data["shown"],
            by=actor,
            form_key=form.cleaned_data["form_key"],
        )
        say_changed(request, result)
        return redirect("support:steps", pk=person.pk)
    journal.read("support.step_read", step, by=actor, subject=person.pk)
    versions = visible.versions_of(step).exclude(correction=None).signed()
    context = {
        "form": form,
        "step": step,
        "person": person,
        "earlier": [as_entry(version) for version in versions],
    }
    return render(request, "support/step_change.html", context)


def as_entry(version: AgreedStep) -> Entry:
    told = ", ".join(filter(None, [taken_home.who_does(version), taken_home.when_done(version)]))
    return Entry(
        at=timezone.localtime(version.recorded_at),
        words=told,
        author=version.author.name,
        title=version.words,
    )


def say_changed(request: Request, result: actions.Changed) -> None:
    if result.meanwhile is None:
        messages.success(request, pgettext("person", "Kept."))
        return
    text = _(
        "%(name)s changed this step too while you were writing. Both are kept: yours stands, "
        "theirs is in what it said before."
    )
    messages.warning(request, text % {"name": result.meanwhile.author.name})


def mark_or_move(request: Request, step: AgreedStep) -> None:
    """`done`, `left`, `back`, or `before`/`after` another step, named with it."""
    gesture, _colon, other = request.POST["gesture"].partition(":")
    actor = request.actor
    if gesture in STATES:
        actions.mark_step(step, STATES[gesture], on=timezone.localdate(), by=actor)
    elif gesture in {"before", "after"}:
        neighbour = access.one_or_404(AgreedStep.objects.visible_to(actor), pk=as_uuid(other))
        actions.move_step(step, by=actor, **{gesture: neighbour})


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# --- the page to take home -----------------------------------------------------------------------


def page_language(request: Request) -> str:
    """The language asked for (?lang=), else that of whoever is signed in."""
    asked = request.GET.get("lang", "")
    known = dict(settings.LANGUAGES)
    return asked if asked in known else (translation.get_language() or settings.LANGUAGE_CODE)[:2]


@with_inline_styles
def take_home(request: Request, pk: UUID) -> HttpResponse:
    """Readable and audible as it stands; printed from the browser, or better from the PDF."""
    person = followed_person(request, pk)
    journal.read("support.take_home_read", person, by=request.actor, subject=person.pk)
    language = page_language(request)
    with translation.override(language):
        page = taken_home.take_home(person, on=timezone.localdate(), by=request.actor)
        context = {"page": page, "person": person, "language": language}
        response = render(request, "support/take_home.html", context)
    response.headers["Content-Language"] = language
    return response


def take_home_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The same page on paper. The file carries no name: it may be left in a folder of downloads."""
    person = followed_person(request, pk)
    language = page_language(request)
    with translation.override(language):
        page = taken_home.take_home(person, on=timezone.localdate(), by=request.actor)
        filename = pgettext("person", "my-page")
    try:
        pdf = typeset(
            TAKE_HOME,
            page,
            language=language,  # type: ignore[arg-type]
            made_at=timezone.localtime(),
            pictograms=pictures(*taken_home.drawn(page)),
        )
    except TypesetError:
        # The error may quote the person's words: only its place is logged.
        logger.error("The page to take home could not be typeset.")
        messages.error(request, _("The page could not be made for paper. Print this one instead."))
        return redirect("support:take_home", pk=person.pk)
    journal.read("support.take_home_printed", person, by=request.actor, subject=person.pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return response
