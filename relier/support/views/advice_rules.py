"""The rules of advice, read by every member; what a centre changes in them, by those who may."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relier.centres.http import Request
from relier.competences.access import may_read
from relier.support import access
from relier.support.actions import advice as actions
from relier.support.forms.advice import OFF, ON, NumberForm, RuleForm
from relier.support.models.advice import (
    AdviceNumberChange,
    AdviceRuleChange,
    numbers_in_force,
    rules_in_force,
)
from relier.support.rules.advice import NUMBERS, RULES, looked_at
from relier.support.rules.advice_pieces import KINDS
from relier.ui.pieces import Entry


@require_safe
def rule_list(request: Request) -> HttpResponse:
    """What each rule does, why, from where, what it looks at, and whether the centre changed it."""
    access.require(may_read(request.actor))
    changed = rules_in_force(request.actor)
    language = get_language() or "fr"
    kinds = [
        {
            "title": title,
            "rules": [
                {
                    "rule": rule,
                    "looks_at": looked_at(rule),
                    "change": changed.get(rule.id),
                    "words": changed[rule.id].words(language) if rule.id in changed else "",
                }
                for rule in RULES.values()
                if rule.kind is kind
            ],
        }
        for kind, title in KINDS.items()
    ]
    in_force = numbers_in_force(request.actor, on=timezone.localdate())
    context = {
        "kinds": kinds,
        "numbers": [{"number": n, "change": in_force.get(n.name)} for n in NUMBERS.values()],
        "may_set": access.may_set(request.actor),
    }
    return render(request, "support/advice_rules.html", context)


def rule_change(request: Request) -> HttpResponse:
    """Switch it off or say it otherwise; or, in one gesture, take it back as it came."""
    actor = request.actor
    access.require(access.may_set(actor))
    rule = RULES.get(request.GET.get("rule", ""))
    if rule is None:
        raise access.Refused
    rows = list(AdviceRuleChange.objects.visible_to(actor).filter(rule=rule.id).signed())
    here = rows[-1] if rows and not rows[-1].as_shipped else None
    form = RuleForm(request.POST or None, rule=rule, initial=as_form(here))
    # One gesture: whatever else the form holds, right or wrong, does not matter then.
    shipped = "shipped" in request.POST
    if form.is_valid() or shipped:
        said = form.cleaned_data
        said = {"form_key": said["form_key"]} if shipped else said
        keep_rule(request, rule.id, said, seen=request.POST.get("seen", ""), rows=rows)
        return redirect("support:advice_rules")
    context = {
        "form": form,
        "rule": rule,
        "here": here,
        "seen": rows[-1].pk if rows else "",
        "earlier": [as_entry(row) for row in reversed(rows)],
    }
    return render(request, "support/advice_rule.html", context)


def as_form(change: AdviceRuleChange | None) -> dict[str, Any]:
    if change is None:
        return {}
    return {
        "state": ON if change.on else OFF,
        "words_fr": change.words_fr,
        "words_en": change.words_en,
        "why": change.why,
    }


def keep_rule(
    request: Request,
    rule: str,
    said: dict[str, Any],
    *,
    seen: str,
    rows: list[AdviceRuleChange],
) -> None:
    """Keep it. When a colleague changed the same rule meanwhile, both are kept, and it is said."""
    words = {name: said[name] for name in ("words_fr", "words_en", "why") if name in said}
    on = said.get("state", ON) != OFF
    actions.change_rule(rule, on=on, **words, by=request.actor, form_key=said["form_key"])
    latest = rows[-1] if rows else None
    if latest and seen != str(latest.pk) and latest.form_key != said["form_key"]:
        text = _(
            "%(name)s changed this rule too while you were writing. Both are kept: yours stands, "
            "theirs is in what was changed before."
        )
        messages.warning(request, text % {"name": latest.author.name})
    else:
        messages.success(request, _("Kept."))


def as_entry(row: AdviceRuleChange) -> Entry:
    title = _("In our words") if row.on else _("Silent here")
    words = [row.words_fr, row.words_en, row.why]
    return Entry(
        at=timezone.localtime(row.made_at),
        words="\n".join(filter(None, words)),
        author=row.author.name,
        title=_("As it came") if row.as_shipped else title,
    )


def number_change(request: Request) -> HttpResponse:
    """A number, from a day on, with its source and its doubt; or the one that came."""
    actor = request.actor
    access.require(access.may_set(actor))
    number = NUMBERS.get(request.GET.get("number", ""))
    if number is None:
        raise access.Refused
    rows = AdviceNumberChange.objects.visible_to(actor).filter(number=number.name).signed()
    today = timezone.localdate()
    here = numbers_in_force(actor, on=today).get(number.name)
    if "shipped" in request.POST:
        form = NumberForm(request.POST, number=number)
        form.is_valid()
        key = form.cleaned_data["form_key"]
        actions.change_number(number.name, from_on=today, by=actor, form_key=key)
        messages.success(request, _("Kept."))
        return redirect("support:advice_rules")
    form = NumberForm(request.POST or None, number=number, initial=as_number(here))
    if form.is_valid():
        said = dict(form.cleaned_data)
        actions.change_number(number.name, **{"form_key": said.pop("form_key"), **said}, by=actor)
        messages.success(request, _("Kept."))
        return redirect("support:advice_rules")
    context = {
        "form": form,
        "number": number,
        "here": here,
        "earlier": numbers_said(rows.order_by("-made_at", "-pk")),
    }
    return render(request, "support/advice_number.html", context)


def as_number(change: AdviceNumberChange | None) -> dict[str, Any]:
    if change is None:
        return {}
    return {"value": change.value, "source": change.source, "doubt": change.doubt}


def numbers_said(rows: Iterable[AdviceNumberChange]) -> list[Entry]:
    return [
        Entry(
            at=row.from_on,
            words="\n".join(filter(None, [row.source, row.doubt])),
            author=row.author.name,
            title=_("As it came") if row.value is None else str(row.value),
        )
        for row in rows
    ]
