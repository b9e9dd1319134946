"""How a list of presence is printed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.training.models import Session
from relier.training.models.lists import MOST_BLANK
from relier.ui import dates
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice, SeveralChoices


class ListForm(OnceForm):
    blank = forms.IntegerField(
        label=_("Blank lines"),
        help_text=_("For those whom you do not expect: from 0 to 12."),
        validators=[MinValueValidator(0), MaxValueValidator(MOST_BLANK)],
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
    )
    remote = forms.BooleanField(
        label=_("A box “At a distance”"),
        help_text=_(
            "On each line, for whoever is connected from elsewhere and cannot sign: you tick it."
        ),
        required=False,
    )
    large = forms.BooleanField(label=_("Large print"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the list"),
        choices=[("fr", _("French")), ("en", _("English"))],
        widget=OneChoice(),
    )


class DayListsForm(ListForm):
    """One list for each session that is ticked."""

    def __init__(self, *args: Any, sessions: Iterable[Any], **kwargs: Any) -> None:
        """`sessions`: those of the day, each with `list_out`: then it is not ticked by itself."""
        super().__init__(*args, **kwargs)
        offered = list(sessions)
        printed = gettext("list printed, not back")
        hints = {str(one.pk): printed for one in offered if one.list_out}
        self.fields["sessions"] = forms.MultipleChoiceField(
            label=_("Of which sessions"),
            choices=[(str(one.pk), called(one)) for one in offered],
            initial=[str(one.pk) for one in offered if not one.list_out],
            widget=SeveralChoices(hints=hints),
        )
        self.order_fields(("sessions", "blank", "remote", "large", "language"))


def called(session: Session) -> str:
    """« 9 h · Tableur · salle 2 »."""
    return " · ".join(filter(None, [dates.hour(session.starts_at), session.name, session.place]))
