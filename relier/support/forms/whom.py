"""With whom: a few likely people to tick, a box for any other name, or nobody in particular.

It works by plain requests: the button beside the box looks the name up and gives the page back
with all that was typed. A name that only one person has is taken without asking again.
"""

from datetime import date
from typing import Any, Self
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor
from relier.people.models import Person
from relier.support import lately
from relier.ui.forms import OnceForm
from relier.ui.widgets import OneChoice

NOBODY = "nobody"


class FirstChoice(OneChoice):
    """Choices of which the first takes the focus when the page opens (HTML allows one)."""

    first = False

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):  # type: ignore[no-untyped-def]
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        if self.first and str(index) == "0":
            option["attrs"]["autofocus"] = True
        return option


class WhomForm(OnceForm):
    """`chosen`: whom the page was opened for. `text`: a name asked in the address (?q=)."""

    nobody: bool = True

    person = forms.ChoiceField(label=_("With whom"), required=False, widget=FirstChoice())
    q = forms.CharField(
        label=_("Another name"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        on: date,
        chosen: Person | None = None,
        text: str = "",
        **kwargs: Any,
    ) -> None:
        self.again: dict[str, Any] = {"actor": actor, "on": on, "chosen": chosen}
        kwargs["initial"] = {"q": text, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.actor = actor
        typed = self["q"].data if self.is_bound else kwargs["initial"]["q"]
        self.text = (typed or "").strip()[:80]
        self.found = lately.find(actor, self.text) if self.text else lately.Found([], [])
        self._offer(on, chosen)

    def _offer(self, on: date, chosen: Person | None) -> None:
        if self.found.near:
            near = [lately.Near(person) for person in self.found.near]
        else:
            near = lately.seen_lately(self.actor, on=on)
        marked = str(chosen.pk) if chosen else ""
        ticked = (self["person"].data if self.is_bound else self.initial.get("person")) or marked
        if not ticked and self.text and len(self.found.near) == 1:
            ticked = str(self.found.near[0].pk)
        if not self.is_bound:
            self.initial["person"] = ticked
        shown = {str(one.person.pk): one for one in near}
        other = None if ticked in shown else chosen_person(self.actor, ticked)
        if other is not None:
            shown = {ticked: lately.Near(other), **shown}
        self._draw(shown, first=not (self.is_bound or ticked))

    def _draw(self, shown: dict[str, lately.Near], *, first: bool) -> None:
        choices = [(pk, one.person.name) for pk, one in shown.items()]
        field = self.fields["person"]
        widget = FirstChoice(hints={pk: one.hint for pk, one in shown.items() if one.hint})
        if self.nobody:
            choices.append((NOBODY, gettext("Nobody in particular")))
            widget.hints = {
                **widget.hints,
                NOBODY: gettext("Work behind the scenes. Only you will read it."),
            }
        widget.first = first
        field.widget = widget
        field.choices = choices  # type: ignore[attr-defined]

    @property
    def looking(self) -> bool:
        """Whether the button beside the box was used, rather than the one that keeps."""
        return bool(self.is_bound and self.text and "find" in self.data)

    def put_back(self) -> Self:
        """The same page with what was typed, and the people found: nothing is wrong yet."""
        typed = {name: self[name].data for name in self.fields}
        near = {str(person.pk) for person in self.found.near}
        if typed["person"] not in near:
            typed["person"] = next(iter(near)) if len(near) == 1 else ""
        return type(self)(initial=typed, text=self.text, **self.again)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        ticked = cleaned.get("person", "")
        if "person" not in self.errors:
            cleaned["person"] = self._meant(ticked)
        return cleaned

    def _meant(self, ticked: str) -> Person | None:
        near = {str(person.pk): person for person in self.found.near}
        if self.text and ticked not in near:
            if not near:
                self.add_error("q", self.nothing_found)
            elif ticked:
                self.add_error("person", _("One row is ticked, and another name is written."))
            elif len(near) > 1:
                self.add_error("person", _("Several people have this name: choose one."))
            else:
                return next(iter(near.values()))
            return None
        if ticked == NOBODY:
            return None
        person = near.get(ticked) or chosen_person(self.actor, ticked)
        if person is None:
            self.add_error("person", self.missing())
        return person

    def missing(self) -> str:
        if self.nobody:
            return gettext("Choose someone, or nobody in particular.")
        return gettext("Choose someone.")

    @property
    def nothing_found(self) -> str:
        """What to say when the name is of no one whom the member's teams follow."""
        if not self.text or self.found.near:
            return ""
        if self.found.elsewhere:
            names = ", ".join(person.name for person in self.found.elsewhere[:3])
            return gettext("Another team follows them, not yours: %(names)s.") % {"names": names}
        return gettext("Your team follows no one by this name.")


def chosen_person(actor: Actor, value: Any) -> Person | None:
    """The file of someone whom one of the actor's teams follows, from what a page sent back."""
    try:
        pk = UUID(str(value))
    except ValueError:
        return None
    found = Person.objects.followed_by(actor).select_related("root").filter(pk=pk).first()
    return found.root if found else None
