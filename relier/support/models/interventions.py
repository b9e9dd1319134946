"""Interventions: with whom and a few words; all the rest is optional and not missed.
And the moment apart, noted by a trainer when private life surfaces in a group."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Centre, Member, Team
from relier.people.models import AboutPerson, Audience, Person, WordsQuerySet, visible_words
from relier.privacy.sealed import SealedCharField, SealedTextField

from .mandates import DoneOnline


class Kind(models.TextChoices):
    """Six direct kinds of social intervention, with the person, and five indirect ones, for them
    but without them (De Robertis 2018, pp. 155-156 and 204), in our words."""

    WELCOME = "isd-a", _("Welcome, support, accompany")
    INFORM = "isd-b", _("Inform, direct, open rights")
    PERSUADE = "isd-c", _("Persuade, influence")
    CONTROL = "isd-d", _("Control, use authority")
    CONNECT = "isd-e", _("Put in touch, open new possibilities")
    STRUCTURE = "isd-f", _("Give the work together a frame")
    ORGANISE = "isi-1", _("Organise the work")
    WATCH = "isi-2", _("Keep up with documents and practice")
    GROUP_PROJECT = "isi-3", _("Lead projects with groups")
    ENTOURAGE = "isi-4", _("Work with the people around the person")
    COLLEAGUES = "isi-5", _("Work together with colleagues")


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    HOME_VISIT = "home_visit", _("home visit")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    MESSAGE = "message", _("by message")
    VIDEO = "video", _("by video")


class Theme(models.TextChoices):
    """The 30 themes of the French Coop of digital mediation (codes of its API, read in its
    repository in 2026), in our words, so that an export maps one to one."""

    STOCKTAKING = "diagnostic_numerique", _("taking stock of digital skills")
    HANDLING = "prendre_en_main_du_materiel", _("getting to know a device")
    MAINTENANCE = "maintenance_de_materiel", _("maintaining a device")
    FILES = "gere_ses_contenus_numeriques", _("managing files")
    BROWSING = "navigation_sur_internet", _("browsing the internet")
    EMAIL = "email", _("e-mail")
    OFFICE = "bureautique", _("office tools")
    SOCIAL_MEDIA = "reseaux_sociaux", _("social media and keeping in touch")
    HEALTH = "sante", _("health online")
    BANKING = "banque_et_achats_en_ligne", _("banking and buying online")
    BUSINESS = "entrepreneuriat", _("running a business")
    WORK = "insertion_professionnelle", _("finding work")
    SAFETY = "securite_numerique", _("safety online")
    PARENTING = "parentalite", _("being a parent")
    SCHOOL = "scolarite_et_numerique", _("school and digital things")
    CREATING = "creer_avec_le_numerique", _("creating with digital things")
    CULTURE = "culture_numerique", _("digital culture")
    AI = "intelligence_artificielle", _("artificial intelligence")
    PROCEDURES = "aide_aux_demarches_administratives", _("help with procedures")
    PAPERS = "papiers_elections_citoyennete", _("papers, elections, citizenship")
    FAMILY = "famille_scolarite", _("family, school")
    SOCIAL = "social_sante", _("social rights, health")
    TRAINING = "travail_formation", _("work, training")
    HOUSING = "logement", _("housing")
    TRANSPORT = "transports_mobilite", _("transport")
    MONEY = "argent_impots", _("money, taxes")
    JUSTICE = "justice", _("justice")
    RESIDENCE = "etrangers_europe", _("residence, Europe")
    LEISURE = "loisirs_sports_culture", _("leisure, sport, culture")
    ASSOCIATIONS = "associations", _("associations")


DIRECT = [kind for kind in Kind if kind.value.startswith("isd")]
INDIRECT = [kind for kind in Kind if kind.value.startswith("isi")]
# The themes of digital mediation come first, those of procedures after.
DIGITAL_THEMES = list(Theme)[: list(Theme).index(Theme.PROCEDURES)]
PROCEDURE_THEMES = list(Theme)[list(Theme).index(Theme.PROCEDURES) :]


class InterventionQuerySet(WordsQuerySet):
    def visible_to(self, actor: Actor | None) -> Self:
        """Those about a person by the walls; those about nobody, by who wrote them only."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        about_someone = visible_words(Intervention.objects.all(), actor).values("pk")
        return self.filter(Q(pk__in=about_someone) | Q(person=None, author=actor.id))

    def current(self) -> Self:
        """Without those that a correction replaced."""
        return self.filter(correction=None)

    def behind_the_scenes(self) -> Self:
        """Work about nobody."""
        return self.filter(person=None)

    def versions_of(self, intervention: "Intervention") -> Self:
        """An intervention and all that corrects it or was corrected, the first one first."""
        first = intervention.first_id or intervention.pk
        return self.filter(Q(pk=first) | Q(first=first)).order_by("written_at", "pk")

    def signed(self) -> Self:
        """With the name of whoever wrote it, in the same query."""
        return self.select_related("author__user")


class Intervention(DoneOnline, AboutPerson):
    """`author` signs, that is all: no figure is ever drawn by worker (docs/charter.md, 4)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="interventions"
    )
    # Blank where it is about nobody: its author reads it, and no one else.
    audience = models.CharField(_("who reads it"), max_length=12, choices=Audience, blank=True)
    words = SealedTextField(_("a few words"), max_length=5000)
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, blank=True)
    channel = models.CharField(_("how you met"), max_length=10, choices=Channel, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    redirected_to = SealedCharField(_("redirected to"), max_length=120, blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction"
    )
    # The very first version, so that one query finds them all; none on the first itself.
    first = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(audience=""),
                name="support_about_someone_says_who_reads",
            )
        ]
        indexes = [models.Index(fields=["author", "-written_at"], name="support_written_by")]

    def __str__(self) -> str:
        return f"{self.on}"

    def clean(self) -> None:
        if not set(self.themes) <= set(Theme.values):
            raise ValidationError({"themes": _("Choose themes of the list.")})

    @property
    def theme_names(self) -> list[str]:
        return [str(Theme(code).label) for code in self.themes]

    def centre_of_row(self) -> uuid.UUID:
        """Work behind the scenes is about nobody: it belongs to the centre of who did it."""
        about = self.person or self.author
        assert about.centre_id, "a member of a federation writes no intervention"  # noqa: S101
        return about.centre_id


class MomentApartQuerySet(models.QuerySet["MomentApart"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """That it was asked, and when: the team, or the centre when its author has no team.
        For whom: `shown_person`, and nothing else."""
        if actor is None or not actor.in_a_centre:
            return self.none()
        theirs = Q(team__in=actor.teams) | Q(team=None) | Q(asked_by=actor.id)
        return self.filter(theirs, centre=actor.centre)

    def open(self) -> Self:
        return self.filter(ended_at=None)


def shown_person(moment: "MomentApart", actor: Actor) -> Person | None:
    """For whom it was asked: only to someone bound, whose team follows that person."""
    if not actor.bound or moment.person_id is None:
        return None
    return Person.objects.followed_by(actor).filter(pk=moment.person_id).first()


class MomentApart(models.Model):
    """Asked in one gesture from a group; someone bound by secrecy takes over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    # Under secrecy: only members who are bound see for whom.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="moments_apart"
    )
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = MomentApartQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
