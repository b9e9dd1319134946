"""Who may see what, said a second time in plain Python, for the test of tests/test_random_deeds.py.

It shares nothing with the product: no model, no queryset, no SQL. A small world of names and sets,
and the rules of docs/walls.md as one reads them aloud. When the product and this page disagree on
who sees something, one of them is wrong.
"""

from dataclasses import dataclass, field


@dataclass
class Who:
    """A member, by name."""

    centre: str
    teams: set[str]
    bound: bool
    role: str
    gone: bool = False


@dataclass
class Thing:
    """Something written about someone: a note, a procedure, a positioning."""

    kind: str
    person: str
    author: str
    # A note under secrecy, a procedure that is not open; a positioning that is not shared.
    closed: bool


@dataclass
class Shared:
    thing: str
    sharer: str
    reader: str
    ended: bool = False


@dataclass
class World:
    members: dict[str, Who] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # person -> centre
    follows: set[tuple[str, str]] = field(default_factory=set)  # (file, team)
    merged: dict[str, str] = field(default_factory=dict)  # file that went -> file that was kept
    comes: set[tuple[str, str]] = field(default_factory=set)  # (member, team), for a time
    opened: set[tuple[str, str]] = field(default_factory=set)  # (member, file), with a reason
    things: dict[str, Thing] = field(default_factory=dict)
    shared: dict[str, Shared] = field(default_factory=dict)

    # --- files ---

    def top(self, person: str) -> str:
        while person in self.merged:
            person = self.merged[person]
        return person

    def files(self, person: str) -> set[str]:
        """All the files of the same person."""
        return {one for one in self.people if self.top(one) == self.top(person)}

    # --- the two walls ---

    def of_the_team(self, member: str, person: str) -> bool:
        who = self.members[member]
        if who.gone or who.centre != self.people[person]:
            return False
        teams = who.teams | {team for name, team in self.comes if name == member}
        return any((file, team) in self.follows for file in self.files(person) for team in teams)

    def in_the_file(self, member: str, person: str) -> bool:
        who = self.members[member]
        if who.gone or who.centre != self.people[person]:
            return False
        by_a_reason = any((member, file) in self.opened for file in self.files(person))
        return by_a_reason or self.of_the_team(member, person)

    def sees(self, member: str, name: str) -> bool:
        thing = self.things[name]
        if not self.in_the_file(member, thing.person):
            return False
        if thing.kind == "positioning":
            return thing.author == member or not thing.closed
        return self.members[member].bound or not thing.closed

    def reads_what_was_shared(self, member: str, sharing: str) -> bool:
        shared, who = self.shared[sharing], self.members[member]
        return shared.reader == member and not shared.ended and who.bound and not who.gone

    # --- who may do what, where it is not simply whoever sees ---

    def may_open(self, member: str, person: str) -> bool:
        who = self.members[member]
        accompanies = who.role in {"social_worker", "trainer", "coordinator"}
        return not who.gone and who.centre == self.people[person] and accompanies

    def may_end_sharing(self, member: str, sharing: str) -> bool:
        shared, who = self.shared[sharing], self.members[member]
        if who.gone:
            return False
        of_the_file = who.bound and self.in_the_file(member, self.things[shared.thing].person)
        return member in {shared.sharer, shared.reader} or of_the_file

    def may_share(self, member: str, thing: str, reader: str) -> bool:
        person = self.things[thing].person
        other = self.members[reader]
        return (
            self.sees(member, thing)
            and self.members[member].bound
            and other.bound
            and not other.gone
            and reader != member
            and other.centre == self.people[person]
            and not self.of_the_team(reader, person)
        )
