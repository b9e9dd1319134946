"""What to tie in a thread."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relier.accounts.actors import Actor

from .actions import End
from .kinds import Kind
from .telling import Stage

# The latest ones.
OFFERED = 200


def choices_of(kind: Kind, actor: Actor) -> list[tuple[str, str]]:
    """Key -> its title, shortened. What has no words any more is not offered."""
    rows = kind.rows(actor).order_by(f"-{kind.day}", "pk")[:OFFERED]
    titles = ((str(row.pk), Truncator(kind.title(row)).chars(90)) for row in rows)
    return [(key, title) for key, title in titles if title]


class TieForm(forms.Form):
    thing = forms.ChoiceField(label=_("Which one"))

    def __init__(self, *args: Any, kind: Kind, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = choices_of(kind, by)
        self.fields["thing"].choices = self.offered  # type: ignore[attr-defined]


class ChangedForm(forms.Form):
    """After what, and which testimony tells it."""

    after = forms.ChoiceField(label=_("What changed something"))
    thing = forms.ChoiceField(label=_("The testimony that tells it"))

    def __init__(
        self, *args: Any, stages: list[Stage], problem: End, kind: Kind, by: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = choices_of(kind, by)
        self.ends = {f"problem {problem.id}": problem}
        after: list[tuple[str, Any]] = [(f"problem {problem.id}", _("the work on this problem"))]
        for stage in stages:
            if stage.name in ("decision", "sheet"):
                for knot in stage.knots:
                    if knot.end:
                        end = knot.end
                        self.ends[f"{end.kind} {end.id}"] = end
                        after.append((f"{end.kind} {end.id}", knot.words))
        # The latest thing done is the likeliest.
        self.fields["after"].choices = after[::-1]  # type: ignore[attr-defined]
        self.fields["thing"].choices = self.offered  # type: ignore[attr-defined]

    def end(self) -> End:
        return self.ends[self.cleaned_data["after"]]
