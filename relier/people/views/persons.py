"""The people of the centre: finding one, adding one, changing a name or how to reach them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.centres.models import Member
from relier.journal import actions as journal
from relier.people import access, actions
from relier.people.doors import counter_page
from relier.people.forms.persons import PersonChangeForm, PersonForm, label_of
from relier.people.models import EarlierValue, Person
from relier.people.search import Likely, likely_same
from relier.privacy.models import terms_of
from relier.privacy.rules.terms import EARLIER

ON_A_PAGE = 50
LONGEST_SEARCH = 120


def person_list(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.is_member(actor))
    people = Person.objects.listed_for(actor).with_teams()
    page = Paginator(people, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [person.pk for person in page]
    journal.read_list("people.list", by=actor, shown=shown, page=page.number)
    context = {"page": page, "may_add": access.may_write_names(actor)}
    return render(request, "people/list.html", context)


def person_new(request: Request) -> HttpResponse:
    actor = request.actor
    access.require(access.may_write_names(actor))
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].split(None, 1)
    initial = dict(zip(("call_name", "family_name"), typed, strict=False))
    form = PersonForm(request.POST or None, actor=actor, initial=initial)
    likely: list[Likely] = []
    if form.is_valid():
        likely = _known_already(request, form)
        if not likely:
            return _add(request, form)
    return render(request, "people/new.html", {"form": form, "likely": _shown(request, likely)})


def _known_already(request: Request, form: PersonForm) -> list[Likely]:
    """Who may be the same person, unless "none of them" was said of this very name."""
    given = form.cleaned_data
    if request.POST.get("none_of_them") == form.name():
        return []
    if Person.objects.named_to(request.actor).filter(form_key=given["form_key"]).exists():
        return []
    return likely_same(request.actor, given["call_name"], given["family_name"], given["born_on"])


def _shown(request: Request, likely: list[Likely]) -> list[dict[str, object]]:
    """What helps to decide; how to reach someone, only to those who may know it."""
    if not likely:
        return []
    shown = [one.person.pk for one in likely]
    journal.read_list("people.likely_same", by=request.actor, shown=shown)
    known = access.counter_people(request.actor).filter(pk__in=shown).values_list("pk", flat=True)
    reachable = set(known)
    return [
        {"person": one.person, "reason": one.reason, "reach": one.person.pk in reachable}
        for one in likely
    ]


def _add(request: Request, form: PersonForm) -> HttpResponse:
    given = form.cleaned_data
    actor = request.actor
    has_team = given.get("team") is not None or len(actor.teams) == 1
    mine = Member.objects.get(pk=actor.id) if given.get("mine") and has_team else None
    person = actions.add_person(
        given["call_name"],
        given["family_name"],
        team=given.get("team"),
        worker=mine,
        born_on=given["born_on"],
        reach=given["reach"],
        phone=given["phone"],
        address=given["address"],
        reach_words=given["reach_words"],
        languages=form.languages(),
        form_key=given["form_key"],
        by=actor,
    )
    told = (
        _("%(name)s is added.")
        if person.teams_today
        else _("%(name)s is added. The coordinator will say which team follows.")
    )
    messages.success(request, told % {"name": person.name})
    return redirect("file", pk=person.pk)


@counter_page
def person_edit(request: Request, person: Person) -> HttpResponse:
    may_change = access.may_change_person(request.actor, person)
    access.require(may_change or request.method != "POST")
    form = PersonChangeForm(request.POST or None, initial=_values(person))
    meanwhile: list[tuple[str, object]] = []
    if form.is_valid():
        try:
            actions.change_person(person, form.changes(), shown=form.shown(), by=request.actor)
        except actions.ChangedMeanwhile as found:
            meanwhile = [(label_of(name), _told(name, now)) for name, now in found.now.items()]
            form = form.again(found.now)
        else:
            messages.success(request, _("Kept."))
            return redirect("file", pk=person.pk)
    journal.read("people.reach_read", person, by=request.actor, subject=person.pk)
    known = [(label_of(name), _told(name, value)) for name, value in _values(person).items()]
    context = {
        "form": form,
        "person": person,
        "meanwhile": meanwhile,
        "may_change": may_change,
        "known": known,
        "earlier": list(EarlierValue.objects.of_file(person)),
        "length": terms_of(person.centre_id, on=timezone.localdate())[EARLIER].words,
    }
    return render(request, "people/edit.html", context)


def _values(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in actions.CHANGEABLE}


def _told(name: str, value: Any) -> Any:
    if name == "reach" and value:
        return Person.Reach(value).label
    return value or _("nothing")
