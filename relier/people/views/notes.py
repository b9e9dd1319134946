"""Notes: writing one, reading it with what it was before, correcting it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.doors import content_page
from relier.people.forms.notes import NoteForm
from relier.people.models import Audience, Note, Person


@content_page
def note_new(request: Request, person: Person) -> HttpResponse:
    form = NoteForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        given = form.cleaned_data
        actions.write_note(
            person, given["words"], on=given["on"], audience=given["audience"],
            form_key=given["form_key"], by=request.actor,
        )  # fmt: skip
        _say_kept(request, given["audience"])
        return redirect("file", pk=person.pk)
    return render(request, "people/note_new.html", {"form": form, "person": person})


def note_read(request: Request, pk: UUID) -> HttpResponse:
    note = access.one_or_404(_notes(request.actor), pk=pk)
    versions = versions_of(note, request.actor)
    if versions[0].pk != note.pk:
        return redirect("people:note", pk=versions[0].pk)
    person = note.person.root
    journal.read("people.note_read", note, by=request.actor, subject=person.pk)
    context = {"note": note, "person": person, "earlier": versions[1:]}
    return render(request, "people/note.html", context)


def note_correct(request: Request, pk: UUID) -> HttpResponse:
    try:
        note = access.one_or_404(_notes(request.actor), pk=pk)
        latest = versions_of(note, request.actor)[0]
    except access.Refused:
        return _closed_meanwhile(request, pk)
    if request.method != "POST" and latest.pk != note.pk:
        return redirect("people:note_correct", pk=latest.pk)
    form = NoteForm(request.POST or None, actor=request.actor, note=note)
    overtaken: Note | None = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = actions.correct_note(
                note, given["words"], on=given["on"], audience=given["audience"],
                form_key=given["form_key"], by=request.actor,
            )  # fmt: skip
        except actions.AlreadyCorrected:
            # Theirs is shown beside what was typed; sent again, it corrects theirs.
            overtaken = note = latest
        else:
            _say_kept(request, given["audience"])
            return _after(request.actor, kept)
    person = note.person.root
    journal.read("people.note_read", note, by=request.actor, subject=person.pk)
    context = {"form": form, "note": note, "person": person, "overtaken": overtaken}
    return render(request, "people/note_correct.html", context)


def _closed_meanwhile(request: Request, pk: UUID) -> HttpResponse:
    """A correction that was being typed when a colleague put the note under secrecy: the words are
    handed over. Nothing of the note is read here, but about whom it is."""
    actor = request.actor
    rows = Note.objects.select_related("person__root")
    note = access.one_or_404(rows.filter(centre=getattr(actor, "centre", None)), pk=pk)
    words = request.POST.get("words", "").strip()
    access.require(bool(words))
    form = NoteForm(request.POST, actor=actor)
    form.is_valid()  # a day that is wrong takes no words away
    person = note.person.root
    actions.keep_late_words(
        person,
        words,
        written_about=_chain(note),
        on=form.cleaned_data.get("on", timezone.localdate()),
        form_key=form.cleaned_data["form_key"],
        by=actor,
    )
    _say_kept(request, Audience.SECRECY)
    return redirect("file", pk=person.pk)


def versions_of(note: Note, actor: Actor) -> list[Note]:
    """This note from its latest version to its first, those that the reader may see.

    Who may read a note is who may read its latest version: put under secrecy since, none of its
    versions is found any more by someone who is not bound.
    """
    chain = _chain(note)
    seen = _notes(actor).in_bulk(chain)
    access.require(chain[0] in seen)
    return [seen[pk] for pk in chain if pk in seen]


def _chain(note: Note) -> list[UUID]:
    """The ids of its versions, the latest first."""
    links = Note.objects.filter(person=note.person_id).exclude(replaces=None)
    after = dict(links.values_list("replaces_id", "pk"))
    before = {new: old for old, new in after.items()}
    latest = note.pk
    while latest in after:
        latest = after[latest]
    chain = [latest]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return chain


def _notes(actor: Actor | None) -> QuerySet[Note]:
    return Note.objects.visible_to(actor).select_related("author__user", "person__root")


def _say_kept(request: Request, audience: str) -> None:
    handed = audience == Audience.SECRECY and not request.actor.bound
    messages.success(request, _("Handed over under secrecy.") if handed else _("Kept."))


def _after(actor: Actor, kept: Note) -> HttpResponse:
    """To the note, unless its author has just handed it over and reads it no longer."""
    if access.may_correct(actor, kept):
        return redirect("people:note", pk=kept.pk)
    return redirect("file", pk=kept.person.root_id)
