"""Legal numbers: what they are, since when, in which text; and said otherwise by the centre."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.training import access
from relier.training.actions.tracks import change_rule
from relier.training.forms.keeping import kept
from relier.training.forms.numbers import NumberForm
from relier.training.legal import rulebook
from relier.training.models import RuleChange
from relier.training.rules import Rule, Rulebook, grounds, names

OF_A_GROUND = "ground_"


@dataclass
class OfGround:
    """The numbers of one ground of article 3."""

    number: int
    rules: list[Rule] = field(default_factory=list)


@require_safe
def number_list(request: Request) -> HttpResponse:
    """As they stand today in this centre."""
    actor = request.actor
    access.require(access.is_member(actor))
    book, today = rulebook(actor.own_centre), timezone.localdate()
    keys = book.keys()
    context = {
        "rules": [book.rule(key, today) for key in keys if ground_of(key) is None],
        "grounds": by_ground(book, today),
        "may_set": access.may_set(actor),
        "today": today,
    }
    return render(request, "training/number_list.html", context)


def ground_of(key: str) -> int | None:
    """« ground_10_percent » is of ground 10."""
    if not key.startswith(OF_A_GROUND):
        return None
    return int(key.removeprefix(OF_A_GROUND).partition("_")[0])


def by_ground(book: Rulebook, today: date) -> list[OfGround]:
    found = {number: OfGround(number) for number in grounds()}
    keys = book.keys()
    for key in keys:
        number = ground_of(key)
        if number is not None:
            found.setdefault(number, OfGround(number)).rules.append(book.rule(key, today))
    return list(found.values())


def number_change(request: Request) -> HttpResponse:
    """`?number=`: which one. Its rows since the beginning, and another one from a day on."""
    actor = request.actor
    access.require(access.may_set(actor))
    key, today = request.GET.get("number", ""), timezone.localdate()
    access.require(key in names())
    book = rulebook(actor.own_centre)
    rule = book.rule(key, today)
    said = RuleChange.objects.visible_to(actor).filter(key=key).select_related("author__user")
    changes = list(said.order_by("made_at", "pk"))
    form = NumberForm(request.POST or None, rule=rule, is_own=bool(changes), initial=first(rule))
    if form.is_valid():
        given = form.cleaned_data
        if kept(form, lambda: change_rule(key, by=actor, **given)):
            messages.success(request, _("The number is changed. Hours were counted again."))
            return redirect("training:numbers")
    context = {
        "form": form,
        "rule": rule,
        "history": history(book, key, changes),
        "today": today,
    }
    return render(request, "training/number_change.html", context)


def first(rule: Rule) -> dict[str, Any]:
    whole = rule.value.normalize()
    return {"value": f"{whole:f}"}


@dataclass(frozen=True)
class Row:
    """A row of a number: the rule from a day on, and the deed of the centre, None for ours."""

    rule: Rule
    change: RuleChange | None


def history(book: Rulebook, key: str, changes: list[RuleChange]) -> list[Row]:
    """The latest day first. What makes a number again as it came is shown with why, too."""
    said = {str(change.pk): change for change in changes}
    again = {change.from_on: change for change in changes if change.value is None}
    return [
        Row(rule, said.get(rule.said_by_centre) or again.get(rule.from_on))
        for rule in reversed(book.history(key))
    ]
