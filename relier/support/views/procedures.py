"""Procedures with institutions: begun in one line, under secrecy, told day after day."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.models import Person
from relier.support import access
from relier.support.actions import procedures as actions
from relier.support.forms.procedures import FrameForm, NewsForm, ProcedureForm, frame, proposals
from relier.support.lists import ListRow, rows_of
from relier.support.mandates import hints
from relier.support.mandates import told as told_online
from relier.support.models import Procedure, ProcedureNews
from relier.support.models.procedures import Obstacle, Outcome
from relier.support.views.late import hand_over_late
from relier.ui.dates import day
from relier.ui.pieces import Entry, Fact

from .covered import say_what_covers

# The latest procedures, whose institutions are proposed: they are sealed, so each one is opened.
PROPOSED = 200
# What is kept of news, by name.
KEPT = ("outcome", "words", "obstacle", "on", "acted", "family")


def institutions(request: Request) -> list[str]:
    """Those already written in procedures that this member may read, and in no others."""
    rows = Procedure.objects.visible_to(request.actor).order_by("-recorded_at", "pk")
    latest = rows.only("institution")[:PROPOSED]
    return proposals(row.institution for row in latest if row.institution)


def procedure_new(request: Request, pk: UUID) -> HttpResponse:
    """Under secrecy. Whoever is not bound hands it over, and does not read it again."""
    actor = request.actor
    people = Person.objects.followed_by(actor).select_related("root")
    person = access.one_or_404(people, pk=pk).root
    form = ProcedureForm(request.POST or None)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in (*FrameForm.remembered, "words")}
        procedure = actions.begin_procedure(
            person,
            **values,
            on=timezone.localdate(),
            by=actor,
            form_key=form.cleaned_data["form_key"],
        )
        if actor.bound:
            messages.success(request, _("Kept."))
            return redirect("support:procedure", pk=procedure.pk)
        messages.success(request, _("Handed over under secrecy. You will not read it again here."))
        return redirect("file", pk=person.pk)
    context = {"form": form, "person": person, "institutions": institutions(request)}
    return render(request, "support/procedure_new.html", context)


def procedure_read(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    rows = Procedure.objects.visible_to(actor).with_latest().signed()
    procedure = rows.select_related("person__root").filter(pk=pk).first()
    if procedure is None:
        return closed_meanwhile(request, pk)
    form = news_form(request, procedure)
    if form.is_bound and form.is_valid():
        try:
            tell(request, procedure, form)
        except actions.OpenedMeanwhile:
            form = told_again(request, procedure, form)
        else:
            return redirect("support:procedure", pk=procedure.pk)
    journal.read("support.procedure_read", procedure, by=actor, subject=procedure.person.root_id)
    names = {row.key: row for row in form.rows}
    said = procedure.news.select_related("author__user", "covered_by__mandate")
    context = {
        "procedure": procedure,
        "person": procedure.person.root,
        "facts": facts(procedure),
        "news": [as_entry(one, names, actor) for one in said],
        "form": form,
    }
    return render(request, "support/procedure.html", context)


def closed_meanwhile(request: Request, pk: UUID) -> HttpResponse:
    """News, or a change of the frame, that was being typed when a colleague closed the procedure
    to the team."""
    rows = Procedure.objects.filter(centre=getattr(request.actor, "centre", None))
    procedure = access.one_or_404(rows.select_related("person__root"), pk=pk)
    typed = [request.POST.get(name, "").strip() for name in ("about", "institution", "words")]
    words = "\n".join(filter(None, typed))
    return hand_over_late(request, procedure.person, words, [procedure.pk])


def news_form(request: Request, procedure: Procedure, data: QueryDict | None = None) -> NewsForm:
    stands = {"outcome": procedure.outcome, "open_to_team": procedure.open_to_team}  # type: ignore[attr-defined]
    rows = rows_of("families", procedure.centre_id, on=timezone.localdate()).values()
    form = NewsForm(data or request.POST or None, initial=stands)
    known = hints(procedure.person.root, rows, request.actor, on=timezone.localdate())
    form.offer_families(list(rows), known)
    return form


def tell(request: Request, procedure: Procedure, form: NewsForm) -> None:
    said = {name: form.cleaned_data[name] for name in KEPT}
    news = actions.tell_news(
        procedure,
        **said,
        told_open=form.cleaned_data["open_to_team"],
        by=request.actor,
        form_key=form.cleaned_data["form_key"],
    )
    messages.success(request, _("Kept."))
    say_what_covers(request, procedure.person.root, news)


def told_again(request: Request, procedure: Procedure, form: NewsForm) -> NewsForm:
    """What was written under secrecy is given back: the team would read it now."""
    procedure.open_to_team = True
    data = request.POST.copy()
    data["open_to_team"] = "True"
    again = news_form(request, procedure, data)
    again.add_error(
        None,
        _(
            "A colleague has just opened this procedure to the team. Read your words again, "
            "then keep them if the team may read them."
        ),
    )
    return again


def facts(procedure: Procedure) -> list[Fact]:
    stands = Outcome(procedure.outcome).label  # type: ignore[attr-defined]
    obstacle = procedure.obstacle  # type: ignore[attr-defined]
    told = [
        Fact(_("Where it stands"), capfirst(stands), procedure.news_on),  # type: ignore[attr-defined]
        Fact(_("What blocks it"), capfirst(Obstacle(obstacle).label) if obstacle else ""),
        Fact(
            _("Deadline"), day(procedure.deadline) if procedure.deadline else "", None, "deadline"
        ),
        Fact(_("With which institution"), procedure.institution, None, "institution"),
    ]
    return [fact for fact in told if fact.value]


def as_entry(said: ProcedureNews, names: dict[str, ListRow], actor: Actor) -> Entry:
    online = told_online(said, names, actor, language=get_language() or "fr")
    words = "\n".join(filter(None, [said.words, online]))
    if said.obstacle:
        words = f"{capfirst(said.get_obstacle_display())}. {words}".strip()
    return Entry(
        at=said.on,
        words=words,
        author=said.author.name,
        title=capfirst(said.get_outcome_display()),
    )


def procedure_edit(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    rows = Procedure.objects.visible_to(actor).select_related("person__root")
    procedure = rows.filter(pk=pk).first()
    if procedure is None:
        return closed_meanwhile(request, pk)
    form = FrameForm(request.POST or None, here=frame(procedure))
    if form.is_valid():
        changes = actions.change_frame(
            procedure, typed=form.typed(), shown=form.cleaned_data["shown"], by=actor
        )
        if not changes.both:
            messages.success(request, _("Kept."))
            return redirect("support:procedure", pk=procedure.pk)
        procedure.refresh_from_db()
        form = compared(request, procedure, changes.both)
    context = {
        "form": form,
        "procedure": procedure,
        "person": procedure.person.root,
        "institutions": institutions(request),
    }
    return render(request, "support/procedure_edit.html", context)


def compared(request: Request, procedure: Procedure, both: frozenset[str]) -> FrameForm:
    """What was typed, beside what a colleague wrote meanwhile: kept again, it replaces theirs."""
    here = FrameForm(here=frame(procedure))
    data = request.POST.copy()
    data["shown"] = here.initial["shown"]
    form = FrameForm(data, here=frame(procedure))
    for name in both:
        told = _("A colleague wrote meanwhile: %(theirs)s. Keep again to put yours instead.")
        form.add_error(name, told % {"theirs": in_words(getattr(procedure, name))})
    return form


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("ticked") if value else _("not ticked")
    if isinstance(value, date):
        return day(value)
    return str(value) if value else _("nothing")


def procedure_open(request: Request, pk: UUID) -> HttpResponse:
    """Open to the team, or close again: the page of the procedure has the button and says who
    then reads; this address alone says it too."""
    actor = request.actor
    rows = Procedure.objects.visible_to(actor).select_related("person__root")
    procedure = access.one_or_404(rows, pk=pk)
    if request.method == "POST":
        return open_or_close(request, procedure)
    context = {"procedure": procedure, "back_url": procedure_url(procedure)}
    context["heading"] = (
        _("Put this procedure under secrecy again")
        if procedure.open_to_team
        else _("Open this procedure to the team")
    )
    return render(request, "support/procedure_open.html", context)


def procedure_url(procedure: Procedure) -> str:
    return reverse("support:procedure", args=[procedure.pk])


def open_or_close(request: Request, procedure: Procedure) -> HttpResponse:
    wanted = request.POST.get("wanted")
    if wanted == "team":
        actions.open_to_team(procedure, by=request.actor)
        messages.success(request, _("Open: the whole team reads this procedure."))
    elif wanted == "secrecy":
        actions.close_to_team(procedure, by=request.actor)
        messages.success(request, _("Under secrecy again."))
    if not access.may_see(request.actor, procedure):
        return redirect("file", pk=procedure.person.root_id)
    return redirect("support:procedure", pk=procedure.pk)
