"""How long this centre keeps things, and clearing out what is past its time, by two people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.accounts.actors import Actor
from relier.centres.access import may_set, one_or_404, require
from relier.centres.http import Request
from relier.centres.models import Centre
from relier.desk.rights import actions, ended
from relier.desk.rights.forms import TermForm
from relier.journal import actions as journal
from relier.people.models import Person
from relier.privacy import actions as privacy
from relier.privacy.actions.retention import may_confirm
from relier.privacy.models import Purge, TermChange, terms_of
from relier.privacy.rules.terms import COUNTED, TERMS, UNDO, Term, shipped
from relier.ui import dates
from relier.ui.forms import OnceForm
from relier.ui.pieces import Entry

# As many as anyone reads again; the others are in the journal.
LATEST = 20


@require_safe
def terms(request: Request) -> HttpResponse:
    """Every term with its source and its doubt, and what was cleared out lately."""
    require(may_set(request.actor))
    lasting = terms_of(request.actor.own_centre, on=timezone.localdate())
    purges = Purge.objects.visible_to(request.actor).select_related("proposed_by__user")
    context = {"lasting": list(lasting.values()), "purges": list(purges[:LATEST])}
    return render(request, "desk/rights/terms.html", context)


def term(request: Request) -> HttpResponse:
    """One term: said otherwise from a day on, with its source; or taken back as it came."""
    actor = request.actor
    require(may_set(actor))
    found = TERMS.get(request.GET.get("term", ""))
    require(found is not None)
    assert found is not None  # noqa: S101 — for the checker: refused above
    today = timezone.localdate()
    now = terms_of(actor.own_centre, on=today)[found.name]
    initial = {"value": now.value, "source": now.source, "doubt": now.doubt, "from_on": today}
    form = TermForm(request.POST or None, term=found, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        if "shipped" in request.POST:
            given |= {"value": None, "source": "", "doubt": ""}
        privacy.change_term(found.name, **given, by=actor)
        messages.success(request, _("Kept."))
        return redirect("rights:terms")
    said = TermChange.objects.visible_to(actor).filter(name=found.name)
    context = {
        "form": form,
        "now": now,
        "came": shipped(found.name),
        "earlier": [as_entry(one, found) for one in said.select_related("author__user").reverse()],
    }
    return render(request, "desk/rights/term.html", context)


def as_entry(said: TermChange, term: Term) -> Entry:
    words = (
        _("As it came") if said.value is None else str(COUNTED[term.unit] % {"count": said.value})
    )
    return Entry(said.from_on, " · ".join(filter(None, [words, said.source])), said.author.name)


# --- clearing out --------------------------------------------------------------------------------


def over(request: Request) -> HttpResponse:
    """Whose time is over, why, and what the law still keeps: a first member proposes."""
    actor = request.actor
    require(may_set(actor))
    centre = Centre.objects.get(pk=actor.own_centre)
    lasts, files = ended.past_their_time(centre.pk, centre.kind, on=timezone.localdate())
    form = OnceForm(request.POST or None)
    chosen = set(request.POST.getlist("file"))
    named = [file for file in files if str(file.person.pk) in chosen]
    if request.method == "POST":
        if sent_before := proposed_with(form, actor):
            return redirect("rights:purge", pk=sent_before.pk)
        if named and form.is_valid():
            proposed = privacy.propose_purge(
                [ended.as_ended(file) for file in named],
                by=actor,
                form_key=form.cleaned_data["form_key"],
            )
            messages.success(request, _("It is proposed. Someone else must confirm it."))
            return redirect("rights:purge", pk=proposed.pk)
        messages.info(request, _("Choose at least one file."))
    shown = [file.person.pk for file in files]
    journal.read_list("desk.past_their_time", by=actor, shown=shown)
    context = {"files": files, "lasts": lasts, "form": form}
    return render(request, "desk/rights/over.html", context)


def proposed_with(form: OnceForm, actor: Actor) -> Purge | None:
    """Sent twice, the files are no longer in the list: the first sending is found by its key."""
    if not form.is_valid():
        return None
    rows = Purge.objects.filter(proposed_by=actor.id, form_key=form.cleaned_data["form_key"])
    found: Purge | None = rows.first()
    return found


def purge(request: Request, pk: UUID) -> HttpResponse:
    actor = request.actor
    require(may_set(actor))
    rows = Purge.objects.visible_to(actor).select_related(
        "proposed_by__user", "confirmed_by__user", "undone_by__user"
    )
    found = one_or_404(rows, pk=pk)
    if request.method == "POST":
        return decide(request, found)
    people = Person.objects.roots().filter(pk__in=found.entries.values("subject"))
    days = {entry.subject_id: entry for entry in found.entries.all()}
    today = timezone.localdate()
    context = {
        "purge": found,
        "files": [(person, days[person.pk]) for person in people],
        "may_confirm": may_confirm(actor, found),
        "undo": terms_of(found.centre_id, on=today)[UNDO],
    }
    journal.read_list("desk.purge_read", by=actor, shown=[person.pk for person in people])
    return render(request, "desk/rights/purge.html", context)


def decide(request: Request, found: Purge) -> HttpResponse:
    if "confirm" in request.POST:
        require(may_confirm(request.actor, found))
        done = actions.confirm_purge(found, by=request.actor, on=timezone.localdate())
        if done.erased_on:
            told = _("Out of sight. Erased on %(day)s, unless it is undone before.")
            messages.success(request, told % {"day": dates.day(done.erased_on)})
    elif "undo" in request.POST:
        done = actions.undo_purge(found, by=request.actor)
        if done.undone_at:
            messages.success(request, _("It is undone: everything is as it was."))
    return redirect("rights:purge", pk=found.pk)
