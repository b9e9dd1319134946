"""Who follows a person: the worker in a team, a team more."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from relier.centres.models import Member, Team
from relier.people.access import working_in
from relier.people.models import Following


def members_of(team_id: int) -> QuerySet[Member]:
    return working_in([team_id]).select_related("user")


class WorkerForm(forms.Form):
    worker = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Their worker"),
        required=False,
        empty_label=_("Nobody for now"),
    )
    # Who was their worker when the page was shown.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, following: Following, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "worker": following.worker_id,
            "shown": str(following.worker_id or ""),
        }
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = members_of(following.team_id)  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
