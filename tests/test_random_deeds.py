"""Random deeds by random members of two centres: nobody sees what the rules forbid, and whoever
should see does. The rules are those of tests/oracle.py, written apart from the product.

`RELIER_DEEDS=1000` tries that many stories instead of a few, draws them anew each time, and looks
for the shortest that fails.
"""

import os
from contextlib import suppress
from datetime import timedelta
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from relier.centres import actions as centres
from relier.centres.models import Member, Team
from relier.competences.actions import positionings
from relier.competences.models import Positioning
from relier.people import actions as people
from relier.people.models import Entry, Following, Merge, Note, Person, Replacement, Sharing
from relier.people.rules.sharing import Conditions
from relier.support.actions import procedures
from relier.support.models import Procedure

from . import factories as make
from .oracle import Shared, Thing, Who, World

STORIES = int(os.environ.get("RELIER_DEEDS", "0"))
MEMBERS = {
    # name: centre, teams, bound, role
    "nour": ("here", {"one"}, True, "social_worker"),
    "bram": ("here", {"one"}, False, "trainer"),
    "lucas": ("here", {"two"}, True, "social_worker"),
    "cleo": ("here", {"two"}, False, "trainer"),
    "rosa": ("here", set(), False, "reception"),
    "colette": ("here", {"two"}, False, "coordinator"),
    "zoe": ("there", {"three"}, True, "coordinator"),
}
TEAMS = {"one": "here", "two": "here", "three": "there"}
PEOPLE = {"awa": "here", "ava": "here", "idris": "here", "zita": "there"}
FIRST = {("awa", "one"), ("ava", "two"), ("zita", "three")}
TABLES = {"note": Note, "procedure": Procedure, "positioning": Positioning}
CONDITIONS = Conditions(
    same_mission=True, interest="So that she is not asked twice.", necessary=True,
    informed="not_yet", informed_words="She is ill.",
)  # fmt: skip

a_member = st.sampled_from(sorted(MEMBERS))
a_person = st.sampled_from(sorted(PEOPLE))
a_team = st.sampled_from(sorted(TEAMS))


class Deeds(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.all_or_nothing = transaction.atomic()
        self.all_or_nothing.__enter__()
        self.number = count()
        self.world = World(people=dict(PEOPLE), follows=set(FIRST))
        self.rows = {}
        homes = {name: make.CentreFactory() for name in ("here", "there")}
        for name, centre in TEAMS.items():
            self.rows[name] = make.TeamFactory(centre=homes[centre], name=name)
        for name, (centre, teams, bound, role) in MEMBERS.items():
            status = Member.Status.BOUND if bound else Member.Status.DISCRETION
            self.rows[name] = make.MemberFactory(
                centre=homes[centre], teams=[self.rows[team] for team in teams],
                role=role, status=status,
            )  # fmt: skip
            self.world.members[name] = Who(centre, set(teams), bound, role)
        for name, centre in PEOPLE.items():
            self.rows[name] = make.PersonFactory(centre=homes[centre], call_name=name)
        for file, team in FIRST:
            Following.objects.create(person=self.rows[file], team=self.rows[team])

    def teardown(self):
        transaction.set_rollback(True)
        self.all_or_nothing.__exit__(None, None, None)

    # --- hands -----------------------------------------------------------------------------------

    def by(self, member):
        """The actor of a member, as the next page would know them; None once they have left."""
        row = Member.objects.active().select_related("user", "centre", "federation")
        found = row.filter(pk=self.rows[member].pk).first()
        return make.actor(found) if found else None

    def person(self, name):
        return Person.objects.select_related("root").get(pk=self.rows[name].pk)

    def done(self, deed, *args, **given):
        """What a deed gives, or None where it was refused."""
        with suppress(Http404, ValidationError, LookupError):
            return deed(*args, **given)
        return None

    def name(self, kind):
        return f"{kind} {next(self.number)}"

    def add(self, kind, row, person, author, *, closed):
        """It is written in the file that is shown, and stays there when a merge is undone."""
        name = self.name(kind)
        self.rows[name] = row
        self.world.things[name] = Thing(kind, self.world.top(person), author, closed)

    def any_of(self, data, names):
        return data.draw(st.sampled_from(sorted(names)))

    def of_kind(self, kind):
        return [name for name, thing in self.world.things.items() if thing.kind == kind]

    # --- who follows whom ------------------------------------------------------------------------

    @rule(member=a_member, person=a_person, team=a_team)
    def follow(self, member, person, team):
        by = self.by(member)
        if by and self.done(people.follow, self.person(person), team=self.rows[team], by=by):
            assert TEAMS[team] == PEOPLE[person] == MEMBERS[member][0]
            tops = {(file, team) for file in self.world.files(person)}
            if not tops & self.world.follows:
                self.world.follows.add((self.world.top(person), team))

    @rule(member=a_member, person=a_person, team=a_team)
    def stop_following(self, member, person, team):
        by = self.by(member)
        open_ones = Following.objects.open().filter(
            person=self.person(person).root, team=self.rows[team]
        )
        row = open_ones.first()
        if by and row and self.done(people.stop_following, row, by=by):
            self.world.follows -= {(file, team) for file in self.world.files(person)}

    @rule(member=a_member, role=st.sampled_from(["social_worker", "trainer", "reception"]),
          bound=st.booleans(), teams=st.sets(a_team), by=a_member)  # fmt: skip
    def place_member(self, member, role, bound, teams, by):
        doer, centre = self.by(by), MEMBERS[member][0]
        teams = {team for team in teams if TEAMS[team] == centre}
        status = Member.Status.BOUND if bound else Member.Status.DISCRETION
        who = self.world.members[member]
        if doer and self.done(
            centres.place_member, self.rows[member], role=role, status=status,
            teams=[self.rows[team] for team in teams], by=doer,
        ):  # fmt: skip
            who.role, who.bound, who.teams = role, bound, teams

    @rule(member=a_member, by=a_member)
    def leave(self, member, by):
        doer = self.by(by)
        if doer and self.done(centres.member_leaves, self.rows[member], by=doer):
            self.world.members[member].gone = True

    @rule(member=a_member, team=a_team, by=a_member)
    def replace(self, member, team, by):
        doer = self.by(by)
        until = timezone.localdate() + timedelta(days=1)
        member_row = Member.objects.get(pk=self.rows[member].pk)
        made = doer and self.done(
            people.replace, member_row, team=self.rows[team], until_on=until, by=doer
        )
        if made:
            assert TEAMS[team] == MEMBERS[member][0] == MEMBERS[by][0]
            self.world.comes.add((member, team))

    @precondition(lambda self: self.world.comes)
    @rule(data=st.data(), by=a_member)
    def end_replacement(self, data, by):
        member, team = self.any_of(data, self.world.comes)
        doer = self.by(by)
        rows = Replacement.objects.filter(
            member=self.rows[member], team=self.rows[team], ended_on=None
        )
        ended = [doer and self.done(people.end_replacement, row, by=doer) for row in rows]
        if all(ended):
            self.world.comes.discard((member, team))

    # --- files -----------------------------------------------------------------------------------

    @rule(kept=a_person, gone=a_person, member=a_member)
    def merge(self, kept, gone, member):
        kept, gone = self.world.top(kept), self.world.top(gone)
        by = self.by(member)
        if by and kept != gone:
            done = self.done(people.merge, self.person(kept), self.person(gone), by=by)
            if done:
                own = all(self.world.of_the_team(member, file) for file in (kept, gone))
                assert own or self.world.members[member].role == "coordinator"
                self.world.merged[gone] = kept

    @precondition(lambda self: self.world.merged)
    @rule(data=st.data(), member=a_member)
    def undo_merge(self, data, member):
        gone = self.any_of(data, self.world.merged)
        row = Merge.objects.standing().get(gone=self.rows[gone])
        by = self.by(member)
        if by and self.done(people.undo_merge, row, by=by):
            del self.world.merged[gone]

    @rule(member=a_member, person=a_person)
    def open_with_reason(self, member, person):
        by = self.by(member)
        allowed = self.world.may_open(member, person)
        opened = by and self.done(
            people.open_with_reason, self.person(person), reason="It cannot wait.", by=by
        )
        assert bool(opened) == allowed
        # Asked again while one of the files of this person is open, it is the same entry.
        ways = {(member, file) for file in self.world.files(person)}
        if opened and not ways & self.world.opened:
            self.world.opened.add((member, self.world.top(person)))

    @precondition(lambda self: self.world.opened)
    @rule(data=st.data(), by=a_member)
    def end_entry(self, data, by):
        member, file = self.any_of(data, self.world.opened)
        doer, who = self.by(by), self.world.members[by]
        rows = Entry.objects.filter(member=self.rows[member], ended_at=None)
        rows = rows.filter(person=self.rows[file])
        own = by == member and not who.gone
        allowed = own or self.world.in_the_file(by, file)
        for row in rows.select_related("person__root"):
            ended = doer and self.done(people.end_entry, row, by=doer)
            assert bool(ended) == allowed
        if allowed:
            self.world.opened.discard((member, file))

    # --- what is written -------------------------------------------------------------------------

    @rule(member=a_member, person=a_person, audience=st.sampled_from(["secrecy", "team"]))
    def write_note(self, member, person, audience):
        by = self.by(member)
        row = by and self.done(
            people.write_note, self.person(person), "Words.", on=timezone.localdate(),
            audience=audience, by=by,
        )  # fmt: skip
        assert bool(row) == self.world.in_the_file(member, person)
        if row:
            self.add("note", row, person, member, closed=audience == "secrecy")

    @rule(member=a_member, person=a_person)
    def begin_procedure(self, member, person):
        by = self.by(member)
        row = by and self.done(
            procedures.begin_procedure, self.person(person), about="An allowance.",
            on=timezone.localdate(), by=by,
        )  # fmt: skip
        assert bool(row) == self.world.in_the_file(member, person)
        if row:
            self.add("procedure", row, person, member, closed=True)

    @precondition(lambda self: self.of_kind("procedure"))
    @rule(data=st.data(), member=a_member, wide=st.booleans())
    def open_or_close_procedure(self, data, member, wide):
        name = self.any_of(data, self.of_kind("procedure"))
        deed = procedures.open_to_team if wide else procedures.close_to_team
        row = Procedure.objects.get(pk=self.rows[name].pk)
        by = self.by(member)
        changed = by and self.done(deed, row, by=by)
        allowed = self.world.sees(member, name)
        assert bool(changed) == (allowed and (self.world.members[member].bound or not wide))
        if changed:
            self.world.things[name].closed = not wide

    @rule(member=a_member, person=a_person)
    def find_out_together(self, member, person):
        by = self.by(member)
        row = by and self.done(
            positionings.note_on_a_page, self.person(person), {"call": "yes"},
            channel="afterwards", evidence="observed", language="en", on=timezone.localdate(),
            seen="Seen.", by=by,
        )  # fmt: skip
        assert bool(row) == self.world.in_the_file(member, person)
        if row:
            self.add("positioning", row, person, member, closed=True)

    @precondition(lambda self: self.of_kind("positioning"))
    @rule(data=st.data(), member=a_member, wide=st.booleans())
    def share_positioning_or_take_it_back(self, data, member, wide):
        name = self.any_of(data, self.of_kind("positioning"))
        deed = positionings.share if wide else positionings.stop_sharing
        row = Positioning.objects.get(pk=self.rows[name].pk)
        by = self.by(member)
        if by and self.done(deed, row, by=by):
            assert self.world.sees(member, name)
            self.world.things[name].closed = not wide

    # --- under secrecy ---------------------------------------------------------------------------

    @precondition(lambda self: self.of_kind("note"))
    @rule(data=st.data(), member=a_member, reader=a_member)
    def share(self, data, member, reader):
        thing = self.any_of(data, self.of_kind("note"))
        by = self.by(member)
        row = by and self.done(
            people.share, self.rows[thing], self.person(self.world.things[thing].person),
            kind="note", recipient=self.rows[reader], conditions=CONDITIONS,
            until=timezone.localdate(), by=by,
        )  # fmt: skip
        assert bool(row) == self.world.may_share(member, thing, reader)
        if row:
            name = self.name("sharing")
            self.rows[name] = row
            self.world.shared[name] = Shared(thing, member, reader)

    @precondition(lambda self: self.world.shared)
    @rule(data=st.data(), member=a_member)
    def end_sharing(self, data, member):
        name = self.any_of(data, self.world.shared)
        row = Sharing.objects.get(pk=self.rows[name].pk)
        by = self.by(member)
        ended = by and self.done(people.end_sharing, row, by=by)
        assert bool(ended) == self.world.may_end_sharing(member, name)
        if ended:
            self.world.shared[name].ended = True

    # --- what everyone sees ----------------------------------------------------------------------

    @invariant()
    def everyone_sees_what_the_rules_say_and_nothing_else(self):
        today = timezone.localdate()
        for member in MEMBERS:
            by = self.by(member)
            for kind, table in TABLES.items():
                rows = set(table.objects.visible_to(by).values_list("pk", flat=True))
                names = {name for name in self.of_kind(kind) if self.world.sees(member, name)}
                assert rows == {self.rows[name].pk for name in names}, (member, kind)
            found = set(Sharing.objects.read_by(by, on=today).values_list("pk", flat=True))
            names = {n for n in self.world.shared if self.world.reads_what_was_shared(member, n)}
            assert found == {self.rows[name].pk for name in names}, (member, "shared")
            files = set(Person.objects.followed_by(by).values_list("pk", flat=True))
            names = {name for name in PEOPLE if self.world.in_the_file(member, name)}
            assert files == {self.rows[name].pk for name in names}, (member, "files")

    @precondition(lambda self: self.of_kind("note"))
    @rule(data=st.data(), member=a_member)
    def ask_for_a_page(self, data, member):
        """The same, asked of the pages."""
        name = self.any_of(data, self.of_kind("note"))
        client = Client()
        client.force_login(self.rows[member].user)
        answer = client.get(reverse("people:note", args=[self.rows[name].pk]))
        assert (answer.status_code == 200) == self.world.sees(member, name)


FEW = settings(
    max_examples=12, stateful_step_count=25, derandomize=True, deadline=None, database=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
MANY = settings(
    FEW, max_examples=max(STORIES, 1), stateful_step_count=60, derandomize=False,
    phases=[Phase.generate, Phase.shrink],
)  # fmt: skip


def test_random_deeds_never_open_what_the_rules_close(db):
    assert Team.objects.count() == 0
    run(Deeds, settings=MANY if STORIES else FEW)
