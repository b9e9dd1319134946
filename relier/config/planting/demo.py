"""The two invented houses of the demonstration, planted by the same actions as the pages use:
walls, journal and rules hold for them as for everyone."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.accounts.models import User
from relier.centres.actions import say_answer_delay
from relier.centres.middleware import actor_of
from relier.centres.models import Centre, Federation, Member, Team
from relier.competences.actions import positionings
from relier.desk.own import actions as own
from relier.journal import actions as journal
from relier.people.actions import entries, notes, persons, sharing, situations
from relier.people.models import Person, Sharing
from relier.people.rules.sharing import Conditions
from relier.privacy import actions as privacy
from relier.privacy import texts
from relier.support import lists
from relier.support.actions import (
    consultations,
    interventions,
    mandates,
    procedures,
    reception,
    requests,
    steps,
)
from relier.support.mandates import consultation_text, offer_for
from relier.support.models import AgreedStep, Appointment, Procedure

Told = Mapping[str, Any]
CHOICES = ("equipment", "connection", "quiet_place", "languages")
WORDS = ("ease", "wishes", "urgent", "private")
# Awa's card: the same form always gives the same code, which the demonstration's door tells.
CARD_FORM = UUID("7a1f0c52-3d1e-4a55-9c61-0d9a3f6b8e21")
CARD_PICTURES = ("house", "transport", "clock")
ANSWERS = ("yes", "could_learn", "no_need", "rather_not")


@transaction.atomic
def plant_houses() -> None:
    """Plant them in an empty database; days count from today."""
    from .deliberated import plant_deliberation  # with NumPy, likewise
    from .inquired import plant_inquiry
    from .paper import plant_paper  # with OpenCV: only where a demonstration is planted
    from .training import plant_training

    houses = read("houses.toml")
    federation = Federation.objects.create(name=houses["federation"])
    enter(houses["federation_member"], Member.Role.FEDERATION, federation=federation)
    planted = {house["key"]: plant_house(house, federation) for house in houses["house"]}
    today = timezone.localdate()
    people = read("people.toml")
    for person in people["person"]:
        House(planted[person["house"]], today).plant(person)
    for person in people["ended"]:
        House(planted[person["house"]], today).plant_ended(person)
    trained = read("trained.toml")
    plant_training(trained, planted[trained["track"]["house"]], today)
    inquired = read("inquired.toml")
    plant_inquiry(inquired, planted[inquired["house"]])
    deliberated = read("deliberated.toml")
    plant_deliberation(deliberated, planted[deliberated["house"]])
    for batch in people["paper"]:
        member = planted[batch["house"]][batch["by"]]
        known = Person.objects.filter(centre=member.centre, call_name__in=batch["people"])
        by_name = {person.call_name: person for person in known}
        plant_paper(batch, by_name, today, by=actor_of(member))


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / name).read_text(encoding="utf-8"))


def enter(told: Told, role: str, **place: Any) -> Member:
    """A member whose door is the demonstration's "enter as": nobody knows their password."""
    email = told.get("email") or f"{told['key']}@{place['centre'].pk.hex[:6]}.invalid"
    user = User.objects.invite(email, name=told["name"])
    return Member.objects.create(
        user=user,
        role=role,
        status=told.get("status", Member.Status.DISCRETION),
        reached_by=told.get("reached_by", ""),
        is_officer=told.get("officer", False),
        **place,
    )


def plant_house(house: Told, federation: Federation) -> dict[str, Member]:
    details = {k: house[k] for k in ("name", "kind", "phone", "address", "opening", "approval")}
    centre = Centre.objects.create(federation=federation, **details)
    teams = {name: Team.objects.create(centre=centre, name=name) for name in house["teams"]}
    members = {}
    for told in house["member"]:
        member = enter(told, told["role"], centre=centre)
        member.teams.set(teams[name] for name in told["teams"])
        members[told["key"]] = member
    if "replacement" in house:
        plant_replacement(house["replacement"], members, teams)
    if "answers" in house:
        plant_answer_delay(house["answers"], members)
    return members


def plant_answer_delay(told: Told, members: Mapping[str, Member]) -> None:
    say_answer_delay(
        working_days=told["working_days"],
        from_on=timezone.localdate() + timedelta(days=told["day"]),
        source=told["source"],
        by=actor_of(members[told["by"]]),
    )


def plant_replacement(told: Told, members: Mapping[str, Member], teams: Mapping[str, Team]) -> None:
    entries.replace(
        members[told["who"]],
        team=teams[told["team"]],
        instead_of=members[told["instead_of"]],
        until_on=timezone.localdate() + timedelta(days=told["until"]),
        by=actor_of(members[told["by"]]),
    )


class House:
    """Plants the people of one house, each deed by the member who is said to have done it."""

    def __init__(self, members: dict[str, Member], today: date) -> None:
        self.members = members
        self.actors = {key: actor_of(member) for key, member in members.items()}
        self.today = today

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def plant(self, told: Told) -> None:
        worker = self.members[told["worker"]]
        by = self.actors[told["worker"]]
        team = Team.objects.get(centre=worker.centre, name=told["team"])
        reach = {k: told[k] for k in ("reach", "phone", "address", "reach_words") if k in told}
        person = persons.add_person(
            told["name"], told.get("family", ""), team=team, worker=worker, by=by, **reach
        )
        self.plant_consent(person, told.get("agreed"), by)
        if told.get("card"):
            card, _code = own.give_card(person, language="fr", form_key=CARD_FORM, by=by)
            own.choose_pictures(card, CARD_PICTURES, by=by)
            for reader in self.actors.values():
                if reader.teams & {team.pk}:
                    journal.read("desk.file_read", person, by=reader, subject=person.pk)
        self.plant_situation(person, told, by)
        for event in told.get("story", []):
            deed: Callable[[Person, Told, Actor], None] = getattr(self, f"plant_{event['what']}")
            deed(person, event, self.actors[event.get("by", told["worker"])])

    def plant_ended(self, told: Told) -> None:
        """Someone whom a team followed once; erased since, where it is said."""
        worker, by = self.members[told["worker"]], self.actors[told["worker"]]
        team = Team.objects.get(centre=worker.centre, name=told["team"])
        person = persons.add_person(told["name"], told["family"], team=team, worker=worker, by=by)
        entered, ended = self.day(told["entered"]), self.day(told["ended"])
        person.followings.update(started_on=entered, ended_on=ended)
        moment = timezone.make_aware(datetime.combine(entered, time(9)))
        Person.objects.filter(pk=person.pk).update(created_at=moment)
        if told.get("erased"):
            privacy.erase([person.pk], entered_on=entered, by=by)

    def plant_right(self, person: Person, told: Told, by: Actor) -> None:
        privacy.ask_right(person.subject, told["right"], on=self.day(told["day"]), by=by)

    def plant_consent(self, person: Person, told: Told | None, by: Actor) -> None:
        if told:
            text = texts.latest(told["purpose"], "fr")
            helper = told.get("helper", "")
            on = self.day(told["day"])
            privacy.receive_consent(
                person.subject, text, how=told["how"], helper=helper, on=on, by=by
            )

    def plant_situation(self, person: Person, told: Told, by: Actor) -> None:
        said = {}
        for facet in CHOICES:
            if facet in told:
                choices = {k: v for k, v in told[facet].items() if k != "words"}
                said[facet] = situations.Said(choices, told[facet].get("words", ""))
        for facet in WORDS:
            if facet in told:
                said[facet] = situations.Said({}, told[facet])
        if said:
            first = min((event["day"] for event in told.get("story", [])), default=0)
            situations.record_situation(person, said, on=min(self.day(first), self.today), by=by)

    def plant_request(self, person: Person, told: Told, by: Actor) -> None:
        request = requests.take(
            told["words"],
            received_on=self.day(told["day"]),
            by=by,
            person=person,
            followed_by=self.members.get(told.get("followed", "")),
            urgent=told.get("urgent", False),
        )
        if "closed" in told:
            worker = self.actors[told["followed"]]
            requests.close(request, outcome=told["outcome"], by=worker)
            type(request).objects.filter(pk=request.pk).update(closed_on=self.day(told["closed"]))

    def plant_intervention(self, person: Person, told: Told, by: Actor) -> None:
        optional = ("audience", "kind", "channel", "minutes", "themes", "acted", "family")
        interventions.log_intervention(
            person,
            words=told["words"],
            on=self.day(told["day"]),
            by=by,
            redirected_to=told.get("redirected", ""),
            **{name: told[name] for name in optional if name in told},
        )

    def plant_mandate(self, person: Person, told: Told, by: Actor) -> None:
        day = self.day(told["day"])
        known = lists.rows_of("families", person.centre_id, on=self.today)
        rows = [known[key] for key in told["families"]]
        offer = offer_for(person.centre, rows, told["duration"], day, language="fr")
        helper = told.get("helper", "")
        mandates.give_mandate(person, offer, how=told["how"], on=day, helper=helper, by=by)

    def plant_consultation(self, person: Person, told: Told, by: Actor) -> None:
        day = self.day(told["day"])

        def row(of: str, key: str) -> lists.ListRow:
            return lists.rows_of(of, person.centre_id, on=self.today)[key]

        why = row("purposes", told["purpose"])
        said = told.get("declaration", "")
        line = consultations.begin_consultation(person, purpose=why, declaration=said, by=by)
        if "agreed" in told:
            template, text = consultation_text(why, language="fr")
            consultations.agree_first(line, template, text, how=told["agreed"], on=day, by=by)
        # The clock was not turned back for what was said first: it is as old as the rest.
        then = timezone.make_aware(datetime.combine(day, time(9, 30)))
        declared = then if said else None
        type(line).objects.filter(pk=line.pk).update(begun_at=then, declared_at=declared)
        quality = row("qualities", told["quality"])
        consultations.note_consultation(line, on=day, quality=quality, by=by)

    def plant_note(self, person: Person, told: Told, by: Actor) -> None:
        notes.write_note(
            person, told["words"], on=self.day(told["day"]), audience=told["audience"], by=by
        )

    def plant_procedure(self, person: Person, told: Told, by: Actor) -> None:
        first, *others = told["news"]
        under_way = first[1] == procedures.Outcome.OPEN
        procedure = procedures.begin_procedure(
            person,
            about=told["about"],
            institution=told.get("institution", ""),
            deadline=self.day(told["deadline"]) if "deadline" in told else None,
            right_not_claimed=told.get("right", False),
            on=self.day(told["day"]),
            words=first[3] if under_way else "",
            by=by,
        )
        for day, outcome, obstacle, said in others if under_way else told["news"]:
            procedures.tell_news(
                procedure, outcome=outcome, obstacle=obstacle, words=said, on=self.day(day), by=by
            )
        if told.get("open"):
            procedures.open_to_team(procedure, by=by)

    def plant_sharing(self, person: Person, told: Told, by: Actor) -> None:
        """A procedure of this person, shared with a colleague of another team."""
        sharing.share(
            next(p for p in Procedure.objects.filter(person=person) if p.about == told["about"]),
            person,
            kind=Sharing.Kind.PROCEDURE,
            recipient=self.members[told["with"]],
            conditions=Conditions(
                same_mission=True,
                interest=told["interest"],
                necessary=True,
                informed=Sharing.Informed.ORALLY,
                informed_on=self.day(told["day"]),
            ),
            until=self.day(told["until"]),
            by=by,
        )

    def plant_delay(self, person: Person, told: Told, by: Actor) -> None:
        expected = told.get("expected")
        reception.note_delay(
            person,
            what=told["late"],
            since=self.day(told["day"]),
            side=told["side"],
            why=told["why"],
            expected_on=None if expected is None else self.day(expected),
            by=by,
        )

    def plant_found_out(self, person: Person, told: Told, by: Actor) -> None:
        said = {item: says for says in ANSWERS for item in told.get(says, [])}
        noted = positionings.note_on_a_page(
            person,
            said,
            channel=told["channel"],
            evidence=told["evidence"],
            language="fr",
            on=self.day(told["day"]),
            helper=told.get("helper", ""),
            seen=told.get("seen", ""),
            by=by,
        )
        if told.get("shared"):
            positionings.share(noted, by=by)

    def plant_step(self, person: Person, told: Told, by: Actor) -> None:
        step = steps.agree_step(
            person,
            words=told["words"],
            on=self.day(told["day"]),
            who=told["who"],
            when_on=self.day(told["when"]) if "when" in told else None,
            pictogram=told.get("pictogram", ""),
            by=by,
        )
        if "done" in told:
            AgreedStep.objects.filter(pk=step.pk).update(done_on=self.day(told["done"]))

    def plant_appointment(self, person: Person, told: Told, by: Actor) -> None:
        moment = datetime.combine(self.day(told["day"]), time.fromisoformat(told["hour"]))
        with_member = self.members[told["with"]]
        met = reception.make_appointment(
            person,
            with_member=with_member,
            starts_at=timezone.make_aware(moment),
            place=told["place"],
            bring=told.get("bring", ""),
            about=told.get("about", ""),
            by=actor_of(with_member),
        )
        if "state" in told:
            Appointment.objects.filter(pk=met.pk).update(state=told["state"])
