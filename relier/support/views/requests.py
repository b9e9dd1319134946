"""What people ask: taking it, saying who it is from, following it to its end; and what waits."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.people.actions import add_person
from relier.people.models import Person
from relier.people.search import Likely, likely_same, search_people
from relier.support import access
from relier.support.actions import requests as deeds
from relier.support.forms.requests import (
    AssignForm,
    CloseForm,
    FollowForm,
    ReplyForm,
    RequestForm,
    RequestWordsForm,
    SomeoneNewForm,
)
from relier.support.models import HelpRequest
from relier.support.models.requests import without_words
from relier.support.placing import open_followings, people_waiting, places, readers
from relier.support.waiting import Answer, answers_to

A_PAGE = 30
NOBODY_YET = ExpressionWrapper(Q(person=None), output_field=BooleanField())


# --- all of them -------------------------------------------------------------------------------


def request_list(request: Request) -> HttpResponse:
    """What was asked of one's teams and goes on; those that nobody is named for come first."""
    actor = request.actor
    access.require(access.is_member(actor))
    ended = "ended" in request.GET
    page = page_of(in_order(actor, ended=ended), request)
    shown = [row.person.root_id for row in page if row.person]
    journal.read_list("support.requests", by=actor, shown=shown, ended=ended)
    context = {
        "page": page,
        "ended": ended,
        "may_write": access.may_write_names(actor),
        "may_steer": access.may_steer(actor),
    }
    return render(request, "support/request_list.html", context)


def in_order(actor: Actor, *, ended: bool) -> QuerySet[HelpRequest]:
    """What is urgent comes first for those bound; the others cannot tell it from the order."""
    rows = HelpRequest.objects.visible_to(actor)
    if ended:
        return rows.exclude(closed_on=None).order_by("-closed_on", "-recorded_at", "pk")
    urgent = ["-urgent"] if actor.bound else []
    return rows.open().order_by(NOBODY_YET.desc(), *urgent, "received_on", "recorded_at", "pk")


def page_of(rows: QuerySet, request: Request, parameter: str = "page") -> Page:
    return Paginator(rows, A_PAGE).get_page(request.GET.get(parameter))


# --- one of them -------------------------------------------------------------------------------


def request_new(request: Request) -> HttpResponse:
    """One sentence is enough. `?person=` names someone already known."""
    actor = request.actor
    access.require(access.may_write_names(actor))
    person = someone_named(actor, request.GET.get("person", ""))
    offered = places(actor, person)
    form = RequestForm(request.POST or None, actor=actor, places=offered)
    if form.is_valid():
        try:
            return keep_request(request, form, person)
        except ValidationError as problem:
            form.add_error(None, problem)
    usual = offered.usual_team(actor) or offered.usual_worker(actor)
    context = {"form": form, "person": person, "places": offered, "needs_place": not usual}
    return render(request, "support/request_new.html", context)


def keep_request(request: Request, form: RequestForm, person: Person | None) -> HttpResponse:
    given = form.cleaned_data
    kept = deeds.take(
        given["words"],
        received_on=given["received_on"],
        person=person,
        team=given["team"],
        followed_by=given["followed_by"],
        urgent=given["urgent"],
        form_key=given["form_key"],
        by=request.actor,
    )
    if kept.person is None:
        return redirect("support:request_person", pk=kept.pk)
    return to_whoever_reads(request, kept, kept.person, _("The request is kept."))


def to_whoever_reads(
    request: Request, kept: HelpRequest, person: Person, said: str
) -> HttpResponse:
    """The request, for those who may read it; else what is known of the person, and who reads."""
    if access.may_see(request.actor, kept):
        messages.success(request, said)
        return redirect("support:request", pk=kept.pk)
    teams = [following.team.name for following in open_followings(person)]
    reader = _("It waits until the coordinator chooses a team.")
    if teams:
        reader = _("The team that reads it: %(team)s.") % {"team": ", ".join(teams)}
    messages.success(request, f"{said} {reader}")
    return redirect("file", pk=person.root_id)


def request_read(request: Request, pk: UUID) -> HttpResponse:
    """Its words, who follows it, how it ended."""
    actor = request.actor
    row = access.one_or_404(HelpRequest.objects.visible_to(actor), pk=pk)
    offered = readers(actor, row)
    page = RequestPage(request, row, FollowForm(places=offered, initial=followed(row)))
    page.closing = CloseForm(initial={"outcome": row.outcome})
    if request.method == "POST":
        gesture = GESTURES.get(request.POST.get("do", ""))
        answer = gesture(page) if gesture else None
        if answer:
            return answer
    journal.read("support.request_read", row, by=actor, subject=row.person_id)
    return render(request, "support/request_read.html", page.context())


def request_correct(request: Request, pk: UUID) -> HttpResponse:
    """Its words, said otherwise: what was written before stays on the page of the request."""
    row = access.one_or_404(HelpRequest.objects.visible_to(request.actor), pk=pk)
    form = RequestWordsForm(request.POST or None, here={"words": row.words})
    theirs = ""
    if form.is_valid():
        given = form.cleaned_data
        changes = deeds.correct(
            row, typed=form.typed(), shown=given["shown"], form_key=given["form_key"],
            by=request.actor,
        )  # fmt: skip
        if not changes.both:
            messages.success(request, _("The correction is kept."))
            return redirect("support:request", pk=row.pk)
        row.refresh_from_db()
        # What was typed stays; kept again, it is then on purpose that it comes after theirs.
        theirs = row.words
        form = RequestWordsForm(here={"words": theirs}, initial={"words": given["words"]})
    context = {"form": form, "row": row, "theirs": theirs}
    return render(request, "support/request_correct.html", context)


def followed(row: HelpRequest) -> dict[str, object]:
    return {"followed_by": row.followed_by_id, "shown": row.followed_by_id}


class RequestPage:
    """The page of one request while it answers: its forms, and what happened meanwhile."""

    def __init__(self, request: Request, row: HelpRequest, following: FollowForm) -> None:
        self.request, self.row, self.actor = request, row, request.actor
        self.following = following
        self.closing, self.replying = CloseForm(), ReplyForm()
        self.meanwhile = ""
        self.unkept = ""

    def context(self) -> dict[str, object]:
        return {
            "row": self.row,
            "answer": self.answer(),
            "may_set": access.may_set(self.actor),
            "earlier": self.row.earlier_words.select_related("corrected_by__user"),
            "following": self.following,
            "closing": self.closing,
            "replying": self.replying,
            "replies": self.row.replies.select_related("author__user"),
            "meanwhile": self.meanwhile,
            "unkept": self.unkept,
        }

    def answer(self) -> Answer | None:
        if self.row.closed_on:
            return None
        return answers_to([self.row], self.row.centre_id, on=timezone.localdate())[0]

    def look_again(self) -> None:
        rows = HelpRequest.objects.visible_to(self.actor)
        self.row = access.one_or_404(rows, pk=self.row.pk)

    def again(self) -> HttpResponse:
        return redirect("support:request", pk=self.row.pk)


def pass_on(page: RequestPage) -> HttpResponse | None:
    offered = page.following.places
    form = page.following = FollowForm(page.request.POST, places=offered)
    if not form.is_valid():
        return None
    worker, shown = form.cleaned_data["followed_by"], form.cleaned_data["shown"]
    try:
        deeds.follow(page.row, worker=worker, shown=shown, by=page.actor)
    except ValidationError as problem:
        form.add_error("followed_by", problem)
        return None
    except deeds.Overtaken:
        page.look_again()
        # What was chosen stays chosen; keeping it again is then on purpose.
        chosen = {"followed_by": worker, "shown": page.row.followed_by_id}
        page.following = FollowForm(places=offered, initial=chosen)
        page.meanwhile = "followed"
        return None
    messages.success(page.request, _("Who follows it is kept."))
    return page.again()


def end_it(page: RequestPage) -> HttpResponse | None:
    form = page.closing = CloseForm(page.request.POST)
    if not form.is_valid():
        return None
    try:
        deeds.close(page.row, outcome=form.cleaned_data["outcome"], by=page.actor)
    except deeds.Overtaken:
        page.look_again()
        page.meanwhile, page.unkept = "ended", form.cleaned_data["outcome"]
        return None
    messages.success(page.request, _("The request is ended."))
    return page.again()


def reply(page: RequestPage) -> HttpResponse | None:
    form = page.replying = ReplyForm(page.request.POST)
    if not form.is_valid():
        return None
    given = form.cleaned_data
    deeds.reply(page.row, given["reply"], form_key=given["form_key"], by=page.actor)
    messages.success(page.request, _("The answer stands on their own page."))
    return page.again()


def go_on(page: RequestPage) -> HttpResponse:
    deeds.reopen(page.row, by=page.actor)
    messages.success(page.request, _("The request goes on."))
    return page.again()


def hand_over_urgent(page: RequestPage) -> HttpResponse:
    deeds.say_urgent(page.row, urgent=True, by=page.actor)
    messages.success(page.request, _("Colleagues bound by secrecy will see that it is urgent."))
    return page.again()


def no_longer_urgent(page: RequestPage) -> HttpResponse:
    deeds.say_urgent(page.row, urgent=False, by=page.actor)
    messages.success(page.request, _("It is no longer marked urgent."))
    return page.again()


GESTURES = {
    "follow": pass_on,
    "end": end_it,
    "reply": reply,
    "go_on": go_on,
    "urgent": hand_over_urgent,
    "not_urgent": no_longer_urgent,
}


# --- who it is from ----------------------------------------------------------------------------


def someone_named(actor: Actor, value: str) -> Person | None:
    """The file of someone named in an address or a form; nothing there, nobody."""
    if not value:
        return None
    try:
        pk = UUID(value)
    except ValueError:
        raise access.Refused from None
    people = Person.objects.named_to(actor).select_related("root")
    return access.one_or_404(people, pk=pk).root


def request_person(request: Request, pk: UUID) -> HttpResponse:
    """Who is it? Someone known, someone new, or later."""
    actor = request.actor
    row = access.one_or_404(HelpRequest.objects.visible_to(actor), pk=pk)
    text = request.GET.get("q", "")[:80].strip()
    call_name, _space, family_name = text.partition(" ")
    form = SomeoneNewForm(initial={"call_name": call_name, "family_name": family_name.strip()})
    likely: list[Likely] = []
    chosen = someone_named(actor, request.POST.get("choose", ""))
    if chosen:
        return say_who(request, row, chosen)
    if "create" in request.POST:
        form = SomeoneNewForm(request.POST)
        if form.is_valid():
            likely = known_already(request, form)
            if not likely:
                return say_who(request, row, someone_new(form, row, by=actor))
    found = search_people(actor, text) if text else []
    if found or likely:
        shown = [one.pk for one in found] + [one.person.pk for one in likely]
        journal.read_list("support.request_search", by=actor, shown=shown, letters=len(text))
    context = {"row": row, "text": text, "found": found, "form": form, "likely": likely}
    return render(request, "support/request_person.html", context)


def known_already(request: Request, form: SomeoneNewForm) -> list[Likely]:
    """Who may be the same person, unless this was asked already or the form was sent twice."""
    given = form.cleaned_data
    if "sure" in request.POST or Person.objects.filter(form_key=given["form_key"]).exists():
        return []
    return likely_same(request.actor, given["call_name"], given["family_name"])


def someone_new(form: SomeoneNewForm, row: HelpRequest, *, by: Actor) -> Person:
    given = form.cleaned_data
    own = row.team if row.team_id in by.teams else None
    worker = row.followed_by
    return add_person(
        given["call_name"],
        given["family_name"],
        team=own,
        worker=worker if own and worker and deeds.works_in(worker, {own.pk}) else None,
        form_key=given["form_key"],
        by=by,
    )


def say_who(request: Request, row: HelpRequest, person: Person) -> HttpResponse:
    shown = request.POST.get("shown", "")
    try:
        kept = deeds.attach(
            row,
            to=person,
            shown=UUID(shown) if shown else None,
            end_following="end_following" in request.POST,
            by=request.actor,
        )
    except (deeds.Overtaken, ValueError):
        messages.warning(request, _("Someone has just said who it is. Look before you change it."))
        return redirect("support:request", pk=row.pk)
    return to_whoever_reads(request, kept, person, _("The request now has its person."))


# --- what waits for a worker ---------------------------------------------------------------------


def waiting_list(request: Request) -> HttpResponse:
    """For the coordinator: since when, for whom, which team. Not a word of what is asked."""
    actor = request.actor
    access.require(access.may_steer(actor))
    rows = HelpRequest.objects.waiting_in(actor.centre)
    asked = page_of(rows.order_by("received_on", "recorded_at", "pk"), request)
    people = page_of(people_waiting(actor), request, "people")
    waiting = without_words(asked.object_list)
    shown = [one.person for one in waiting if one.person] + [person.pk for person in people]
    journal.read_list("support.waiting", by=actor, shown=shown)
    context = {"asked": asked, "waiting": waiting, "people": people}
    return render(request, "support/waiting_list.html", context)


def waiting_assign(request: Request, pk: UUID) -> HttpResponse:
    """A team and a worker for what waits, in one form."""
    actor = request.actor
    access.require(access.may_steer(actor))
    rows = HelpRequest.objects.filter(centre=actor.centre).defer("words", "urgent", "outcome")
    row = access.one_or_404(rows.select_related("person__root", "team"), pk=pk)
    offered = places(actor, row.person)
    team = row.team or (offered.followings[0].team if offered.followings else None)
    form = AssignForm(request.POST or None, places=offered, initial={"team": team})
    if row.closed_on or row.followed_by_id:
        return no_longer_waiting(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            deeds.assign(row, team=given["team"], worker=given["followed_by"], by=actor)
        except deeds.Overtaken:
            return no_longer_waiting(request)
        messages.success(request, _("Kept: the team reads the request from now on."))
        return redirect("support:waiting")
    context = {"row": row, "form": form, "places": offered}
    return render(request, "support/waiting_assign.html", context)


def no_longer_waiting(request: Request) -> HttpResponse:
    messages.info(request, _("This request no longer waits."))
    return redirect("support:waiting")
