"""An intervention, in at most three gestures: with whom, a few words, keep. All else can wait."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.models import Person
from relier.support import access
from relier.support.actions import interventions as actions
from relier.support.forms.interventions import (
    CorrectionForm,
    InterventionForm,
    MomentForm,
    contents,
)
from relier.support.forms.whom import WhomForm, chosen_person
from relier.support.lists import rows_of
from relier.support.mandates import told
from relier.support.models import Intervention
from relier.support.views.late import hand_over_late
from relier.ui.pieces import Entry, Fact

from .covered import say_what_covers

# What is about nobody stands in no file: its author finds the latest again here.
OWN = 5


def intervention_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    form = InterventionForm(
        request.POST or None,
        actor=actor,
        on=timezone.localdate(),
        chosen=asked_person(request),
        text=request.GET.get("q", ""),
    )
    note_search(request, form)
    if form.looking:
        form = form.put_back()
    elif form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.remembered}
        done = actions.log_intervention(**values, by=actor, form_key=form.cleaned_data["form_key"])
        return after_keeping(request, done, _("Kept."))
    own = Intervention.objects.visible_to(actor).behind_the_scenes().current()
    context = {"form": form, "moment_form": MomentForm(), "own": own[:OWN]}
    return render(request, "support/intervention_new.html", context)


def asked_person(request: Request) -> Person | None:
    """Whom the address names (?person=). Someone whom no team of theirs follows is not found."""
    asked = request.GET.get("person")
    if not asked:
        return None
    person = chosen_person(request.actor, asked)
    access.require(person is not None)
    return person


def note_search(request: Request, form: WhomForm) -> None:
    """A name looked for is a list shown about people. What was typed is not kept."""
    shown = [person.pk for person in (*form.found.near, *form.found.elsewhere)]
    if shown:
        journal.read_list("support.whom", by=request.actor, shown=shown, letters=len(form.text))


def after_keeping(request: Request, done: Intervention, words: str) -> HttpResponse:
    """The page of what was kept; for what was handed over, the person's file: not a word more."""
    if done.person:
        say_what_covers(request, done.person, done)
    if access.may_see(request.actor, done):
        messages.success(request, words)
        return redirect("support:intervention", pk=done.pk)
    messages.success(request, _("Handed over under secrecy. You will not read it again here."))
    return redirect("file", pk=done.person_id)


def intervention_read(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    visible = Intervention.objects.visible_to(actor)
    intervention = access.one_or_404(visible.select_related("person__root"), pk=pk)
    # Those that this member may read, and no others: an earlier version may be under secrecy.
    *earlier, latest = (
        visible.versions_of(intervention)
        .signed()
        .select_related("person__root", "covered_by__mandate")
    )
    if latest != intervention:
        return redirect("support:intervention", pk=latest.pk)
    person = latest.person.root if latest.person else None
    journal.read(
        "support.intervention_read", latest, by=actor, subject=person.pk if person else None
    )
    context = {
        "intervention": latest,
        "person": person,
        "facts": [*facts(latest), *online(latest, actor)],
        "earlier": [as_entry(version) for version in reversed(earlier)],
        "moment_form": MomentForm(),
    }
    return render(request, "support/intervention.html", context)


def facts(intervention: Intervention) -> list[Fact]:
    """What was noted beyond the words, and nothing about what was not."""
    minutes = intervention.minutes
    told = [
        Fact(_("How you met"), capfirst(intervention.get_channel_display())),
        Fact(_("Kind"), intervention.get_kind_display()),
        Fact(_("Minutes"), str(minutes) if minutes else ""),
        Fact(_("Themes"), capfirst(", ".join(intervention.theme_names))),
        Fact(_("Redirected to"), intervention.redirected_to),
    ]
    return [fact for fact in told if fact.value]


def online(done: Intervention, actor: Actor) -> list[Fact]:
    """In whose name something was done online, and what covered it, for who may read that."""
    if not done.acted:
        return []
    names = rows_of("families", done.centre_id, on=timezone.localdate())
    words = told(done, names, actor, language=get_language() or "fr")
    return [Fact(_("Done online"), words, None, "mandate")]


def as_entry(version: Intervention) -> Entry:
    return Entry(
        at=timezone.localtime(version.written_at),
        words=version.words,
        author=version.author.name,
        readers=version.audience,
    )


def intervention_correct(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    visible = Intervention.objects.visible_to(actor)
    intervention = visible.select_related("person__root").filter(pk=pk).first()
    if intervention is None:
        return closed_meanwhile(request, pk)
    latest = visible.versions_of(intervention).last()
    if request.method == "GET" and latest and latest != intervention:
        return redirect("support:intervention_correct", pk=latest.pk)
    form = CorrectionForm(
        request.POST or None, here=contents(intervention), actor=actor, on=timezone.localdate()
    )
    note_search(request, form)
    if form.looking:
        form = form.put_back()
    elif form.is_valid():
        result = actions.correct_intervention(
            intervention,
            typed=form.typed(),
            shown=form.cleaned_data["shown"],
            by=actor,
            form_key=form.cleaned_data["form_key"],
        )
        say_meanwhile(request, result)
        return after_keeping(request, result.intervention, _("Kept, with what it said before."))
    subject = intervention.person.root_id if intervention.person else None
    journal.read("support.intervention_read", intervention, by=actor, subject=subject)
    context = {"form": form, "intervention": intervention, "person": intervention.person}
    return render(request, "support/intervention_correct.html", context)


def closed_meanwhile(request: Request, pk: UUID) -> HttpResponse:
    """A correction that was being typed when a colleague put the intervention under secrecy."""
    rows = Intervention.objects.filter(centre=getattr(request.actor, "centre", None))
    row = access.one_or_404(rows.select_related("person__root"), pk=pk)
    access.require(row.person is not None)
    versions = Intervention.objects.versions_of(row).values_list("pk", flat=True)
    return hand_over_late(request, row.person, request.POST.get("words", ""), versions)


def say_meanwhile(request: Request, result: actions.Corrected) -> None:
    if result.meanwhile is None:
        return
    text = _(
        "%(name)s corrected it too while you were writing. Both are kept: yours stands, theirs "
        "is below."
    )
    messages.warning(request, text % {"name": result.meanwhile.author.name})
