"""The situation of a person: told on one page, read as a story."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people import actions, rules
from relier.people.doors import content_page
from relier.people.forms.situation import SituationForm
from relier.people.models import Fact, Person
from relier.people.rules.telling import Chapter

CHAPTERS_ON_A_PAGE = 20


@content_page
def situation_new(request: Request, person: Person) -> HttpResponse:
    actor = request.actor
    facts = list(Fact.objects.of_file(person).visible_to(actor))
    seen = request.POST.get("seen", "") if request.method == "POST" else _latest(facts)
    now = rules.current(_known_at(seen, facts))
    form = SituationForm(request.POST or None, actor=actor, now=now, initial={"seen": seen})
    if form.is_valid():
        return _keep(request, person, form, facts)
    journal.read("people.situation_read", person, by=actor, subject=person.pk)
    return render(request, "people/situation.html", {"form": form, "person": person})


def _keep(request: Request, person: Person, form: SituationForm, facts: list[Fact]) -> HttpResponse:
    given = form.cleaned_data
    said = form.said()
    if not said:
        messages.info(request, _("Nothing was changed, so nothing was added."))
        return redirect("file", pk=person.pk)
    kept = actions.record_situation(
        person, said, on=given["on"], told=given["told"], form_key=given["form_key"],
        by=request.actor,
    )  # fmt: skip
    messages.success(request, _("Kept."))
    known = {fact.pk for fact in _known_at(given["seen"], facts)}
    if any(fact.pk not in known and fact.situation_id != kept.pk for fact in facts):
        story = reverse("people:story", args=[person.pk])
        return redirect(f"{story}?since={given['seen'] or 'start'}&mine={kept.pk}")
    return redirect("file", pk=person.pk)


@content_page
def situation_story(request: Request, person: Person) -> HttpResponse:
    facts = list(Fact.objects.of_file(person).visible_to(request.actor))
    chapters = rules.story(facts)
    page = Paginator(chapters[::-1], CHAPTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    journal.read("people.story_read", person, by=request.actor, subject=person.pk)
    context = {
        "person": person,
        "page": page,
        "meanwhile": _meanwhile(request, facts, chapters),
        "secret": SECRET,
    }
    return render(request, "people/story.html", context)


@content_page
def felt_and_done(request: Request, person: Person) -> HttpResponse:
    facts = Fact.objects.of_file(person).visible_to(request.actor).filter(facet=rules.EASE)
    days = rules.felt_and_done(facts)
    page = Paginator(days[::-1], CHAPTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    journal.read("people.felt_and_done_read", person, by=request.actor, subject=person.pk)
    return render(request, "people/felt_and_done.html", {"person": person, "page": page})


SECRET = (rules.URGENT, rules.PRIVATE)


def _meanwhile(request: Request, facts: list[Fact], chapters: list[Chapter]) -> list[Chapter]:
    """What others told while this reader was writing: the two are kept, and both are shown."""
    if "since" not in request.GET:
        return []
    seen, mine = request.GET["since"], request.GET.get("mine", "")
    known = {fact.situation_id for fact in _known_at("" if seen == "start" else seen, facts)}
    return [c for c in chapters if c.pk not in known and str(c.pk) != mine]


def _latest(facts: list[Fact]) -> str:
    """The last save that this reader sees: what comes after it, the page has not shown."""
    last = max(facts, key=_written, default=None)
    return str(last.situation_id) if last else ""


def _known_at(seen: str, facts: list[Fact]) -> list[Fact]:
    """The facts that stood on a page showing the save `seen` as the last one."""
    last = next((fact for fact in facts if str(fact.situation_id) == seen), None)
    if last is None:
        return []
    return [fact for fact in facts if _written(fact) <= _written(last)]


def _written(fact: Fact) -> tuple[object, str]:
    return fact.situation.recorded_at, str(fact.situation_id)
