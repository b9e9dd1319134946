"""A person, the teams that follow them, and the keys by which their name is found.

Files of the same person are merged into a tree: each file that went points at the one that was
kept (`Merge`), and `Person.root` names the top of its tree, whose own root is itself. Only roots
are shown; the rows of all the files of a tree are read together (`Person.file_ids`).
"""

import uuid
from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member, Team
from relier.privacy.models import Subject


class PersonQuerySet(models.QuerySet["Person"]):
    def named_to(self, actor: Actor | None) -> Self:
        """Whose name this member may see: everyone of their own centre who is not set aside."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(centre=actor.centre, set_aside_at=None)

    def followed_by(self, actor: Actor | None) -> Self:
        """Whose content this member may see: people whom one of their teams follows today, and
        those whose file they opened with a reason."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(within_reach(actor, "root"), centre=actor.centre)

    def followed_by_teams_of(self, actor: Actor | None) -> Self:
        """Those whom one of their teams follows today, and no one else."""
        if not actor or not actor.in_a_centre:
            return self.none()
        return self.filter(root__in=followed_by_teams(actor.teams), centre=actor.centre)

    def listed_for(self, actor: Actor | None) -> Self:
        """The roots of `followed_by_teams_of`, for lists. The centre is asked of the followings and
        not of the people, or SQLite would read a whole centre to list those of one team."""
        if not actor or not actor.in_a_centre:
            return self.none()
        following = Following.objects.open().filter(team__in=actor.teams, centre=actor.centre)
        return self.filter(pk__in=following.values("person")).roots()

    def roots(self) -> Self:
        """Without the files that were merged into another."""
        return self.filter(root=models.F("pk"))

    def with_teams(self) -> Self:
        """Ready to say which teams follow each, and who their worker is, in one more query."""
        today = Following.objects.open().select_related("team", "worker__user")
        return self.prefetch_related(Prefetch("followings", today, to_attr="followed_today"))


class Person(models.Model):
    """Someone accompanied. A name to call them by is enough; all the rest is optional."""

    class Reach(models.TextChoices):
        PHONE = "phone", _("by telephone")
        MESSAGE = "message", _("by message")
        LETTER = "letter", _("by letter")
        IN_PERSON = "in_person", _("in person")

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.CASCADE)
    # Without an index of its own: the index by name begins with the centre.
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="people", db_index=False
    )
    # Merged files keep their rows; `root` is the file that is shown. One's own pk by default.
    root = models.ForeignKey("self", on_delete=models.CASCADE, related_name="aliases")
    call_name = models.CharField(_("a name to call them by"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    born_on = models.DateField(
        _("date of birth"),
        null=True,
        blank=True,
        help_text=_("Only to tell apart two people with the same name."),
    )
    reach = models.CharField(
        _("how they like to be reached"), max_length=10, choices=Reach, blank=True
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("address for letters"), max_length=200, blank=True)
    reach_words = models.CharField(
        _("good to know"),
        max_length=200,
        blank=True,
        help_text=_("For example: after 4 pm, or ask for her daughter."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Out of sight, until it is erased some days later or taken back (privacy.Purge).
    set_aside_at = models.DateTimeField(null=True, blank=True, editable=False)
    # One key per form shown: sent twice, it is kept once.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["call_name", "family_name", "pk"]
        indexes = [
            models.Index(fields=["centre", "call_name", "family_name"], name="people_by_name")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.root_id is None:
            self.root_id = self.pk
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"{self.call_name} {self.family_name}".strip()

    @property
    def file_ids(self) -> list[uuid.UUID]:
        """This file and those merged into it; their rows are shown together."""
        if not hasattr(self, "_file_ids"):
            self._file_ids = list(
                Person.objects.filter(root_id=self.root_id).values_list("pk", flat=True)
            )
        return self._file_ids

    @property
    def teams_today(self) -> "list[Following]":
        """Who follows them today. Costs nothing after `with_teams()`, one query otherwise."""
        if not hasattr(self, "followed_today"):
            self.followed_today: list[Following] = list(
                self.followings.open().select_related("team", "worker__user")  # type: ignore[attr-defined]
            )
        return self.followed_today

    @property
    def team_names(self) -> list[str]:
        return [following.team.name for following in self.teams_today]

    @property
    def worker(self) -> Member | None:
        """Their worker: « qui est mon AS ? ». Of several teams, the first that has one."""
        return next((f.worker for f in self.teams_today if f.worker), None)


class AboutPerson(models.Model):
    """A row about someone. It carries its centre too, so that sharding by centre stays open
    (docs/architecture.md): filled from the person when it is saved."""

    # Without an index of its own: nobody looks for the rows of a whole centre one by one.
    centre = models.ForeignKey(
        Centre,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.centre_id is None:
            self.centre_id = self.centre_of_row()
        super().save(*args, **kwargs)

    def centre_of_row(self) -> uuid.UUID:
        """Whose row it is; a table that leads to its person by another way says so."""
        return self.person.centre_id  # type: ignore[attr-defined]


class FollowingQuerySet(models.QuerySet["Following"]):
    def open(self) -> Self:
        return self.filter(ended_on=None)


class Following(AboutPerson):
    """A team follows a person; one of its members may be their worker (« qui est mon AS ? »)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="followings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="followings")
    worker = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="followings"
    )
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    # Made by a merge: the team followed the file that went. Undoing the merge removes it.
    stands_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="stand_ins"
    )

    objects = FollowingQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=Q(ended_on=None),
                name="people_a_team_follows_a_person_once",
                violation_error_message=_("This team already follows this person."),
            )
        ]
        indexes = [
            models.Index(
                fields=["team", "person"],
                condition=Q(ended_on=None),
                name="people_followed_today",
            ),
            models.Index(fields=["worker"], condition=Q(ended_on=None), name="people_of_a_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} – {self.person_id}"


@lru_cache(maxsize=1024)
def followed_by_teams(teams: frozenset[int]) -> "models.QuerySet[Any, Any]":
    """The ids of the people whom these teams follow today, as a subquery (kept: it is asked for
    by nearly every query of a page)."""
    return Following.objects.open().filter(team__in=teams).order_by().values("person")


def within_reach(actor: Actor, root: str = "person__root") -> Q:
    """The wall of the team, as a condition on the file that is shown (`root` leads to it): followed
    today by a team of theirs, or opened with a reason. Without such an entry it is the same SQL as
    if there were none."""
    followed = Q(**{f"{root}__in": followed_by_teams(actor.teams)})
    if not actor.entries:
        return followed
    return followed | Q(**{f"{root}__in": sorted(actor.entries)})


class NameKey(models.Model):
    """A piece of a name (relier.lib.names says which), so that one index answers every search.

    A whole word is kept apart from its endings: what begins as someone types comes first.
    As bytes: a range of bytes is ordered alike by SQLite and by PostgreSQL, whatever the language
    of the database.
    """

    class Kind(models.IntegerChoices):
        FRAGMENT = 1
        SOUND = 2
        WORD = 3

    # Each column leads one of the two indexes below; Django's own would be two more to keep.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="name_keys", db_index=False
    )
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.SmallIntegerField(choices=Kind)
    key = models.BinaryField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["centre", "kind", "key", "person"], name="people_name_keys"),
            models.Index(fields=["person", "kind", "key"], name="people_keys_of_a_name"),
        ]

    def __str__(self) -> str:
        return bytes(self.key).decode()


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def of_file(self, person: Person) -> Self:
        """Those that brought this file together."""
        return self.filter(kept__in=person.file_ids, gone__in=person.file_ids)


class Merge(AboutPerson):
    """Two files found to be of one person: `gone` points at `kept`. Kept so that it can be undone.

    Nothing is moved: the rows of both files stay where they are, and are read together.
    """

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at=None),
                name="people_a_file_is_merged_into_one_other",
                violation_error_message=_("This file was already merged into another."),
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("gone")), name="people_no_file_is_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"

    def centre_of_row(self) -> uuid.UUID:
        return self.kept.centre_id
