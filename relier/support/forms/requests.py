"""What someone asks, whom it goes to, who it is from, and how it ended."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.centres.models import Member, Team
from relier.support.placing import Places
from relier.ui.forms import OnceForm
from relier.ui.widgets import Words

from .days import DayThatCame
from .shown import ShownForm


class TeamField(forms.ModelChoiceField):
    """One of the teams that may receive a request."""

    def __init__(self, teams: list[Team], **kwargs: Any) -> None:
        offered = Team.objects.filter(pk__in=[team.pk for team in teams])
        super().__init__(
            offered, label=_("For which team"), empty_label=_("not known yet"), **kwargs
        )
        self.choices = [("", _("not known yet")), *((team.pk, team.name) for team in teams)]


class WorkerField(forms.ModelChoiceField):
    """One of the workers who may follow a request; each with their teams where it helps."""

    def __init__(self, places: Places, **kwargs: Any) -> None:
        offered = Member.objects.filter(pk__in=[worker.pk for worker in places.workers])
        super().__init__(
            offered.select_related("user").prefetch_related("teams"),
            label=_("Who follows it"),
            **kwargs,
        )
        several = len(places.teams) > 1
        self.choices = [
            ("", _("nobody yet: it waits for a worker")),
            *((worker.pk, with_teams(worker, places, several)) for worker in places.workers),
        ]


def with_teams(worker: Member, places: Places, several: bool) -> str:
    teams = ", ".join(team.name for team in places.teams_of(worker))
    return f"{worker.name} ({teams})" if several and teams else worker.name


class PlaceForm(forms.Form):
    """A team and a worker that go together. One of them is enough to know the other."""

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["followed_by"] = WorkerField(places, required=False)
        if len(places.teams) > 1:
            self.fields["team"] = TeamField(places.teams, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        worker, team = cleaned.get("followed_by"), cleaned.get("team")
        if "team" not in self.fields and self.places.teams:
            team = self.places.teams[0]
        if worker:
            theirs = self.places.teams_of(worker)
            if team is None and len(theirs) == 1:
                team = theirs[0]
            elif team not in theirs:
                self._not_together(worker, team)
        cleaned["team"] = team
        return cleaned

    def _not_together(self, worker: Member, team: Team | None) -> None:
        name = {"name": worker.name}
        if team is None:
            self.add_error("team", ValidationError(_("For which team of %(name)s?") % name))
        else:
            self.add_error(
                "followed_by", ValidationError(_("%(name)s does not work in this team.") % name)
            )


class RequestForm(PlaceForm, OnceForm):
    """One sentence is enough."""

    words = forms.CharField(
        label=_("What does the person ask, in their words?"), max_length=2000, widget=Words()
    )
    received_on = DayThatCame(label=_("On which day"))
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)

    def __init__(self, *args: Any, actor: Actor, places: Places, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "team": places.usual_team(actor),
            "followed_by": places.usual_worker(actor),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, places=places, **kwargs)
        if not self.is_bound:
            self.fields["words"].widget.attrs["autofocus"] = True
        if actor.bound:
            self.fields["urgent"].help_text = _(
                "Only colleagues bound by secrecy see that it is urgent."
            )
        else:
            self.fields["urgent"].label = _("Hand over as urgent")
            self.fields["urgent"].help_text = _(
                "Only colleagues bound by secrecy see that it is urgent. "
                "You will not read it again."
            )
        self.order_fields(["words", "followed_by", "team", "urgent", "received_on"])


class RequestWordsForm(ShownForm):
    """The words alone: whom it goes to and how it ended have their own gestures."""

    remembered = ("words",)
    words = forms.CharField(
        label=_("What does the person ask, in their words?"), max_length=2000, widget=Words()
    )


class AssignForm(PlaceForm):
    """The coordinator's: a team is needed, a worker is not."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("team") is None and not self.errors:
            self.add_error(
                "team" if "team" in self.fields else None,
                _("Choose a team: it is the team that reads what is asked."),
            )
        return cleaned


class FollowForm(forms.Form):
    """Who follows it from now on. `shown` is who did when the page was opened."""

    shown = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["followed_by"] = WorkerField(places, required=False)


class CloseForm(forms.Form):
    outcome = forms.CharField(
        label=_("How it ended"),
        max_length=300,
        required=False,
        help_text=_("In a few words, if you like."),
    )


class SomeoneNewForm(OnceForm):
    """A name to call them by is enough to begin."""

    call_name = forms.CharField(label=_("A name to call them by"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False)


class ReplyForm(OnceForm):
    """For the person, who reads it on their own page: in plain words."""

    reply = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=Words(),
        help_text=_("The person reads it with their card. Short and plain words."),
    )
