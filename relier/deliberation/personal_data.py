"""What this room holds about people: nothing of anyone accompanied, by construction. Of members,
who facilitates and who signs what."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare


def _of(model: str, field: str, why: object) -> Holding:
    return Holding(
        model=f"deliberation.{model}", subject=f"{field}__user_id", about="member", why=why
    )


declare(
    _of("Question", "facilitator", _("to say who facilitates a question")),
    _of("Statement", "decided_by", _("to sign what is put to the vote or refused")),
    _of("CardBatch", "made_by", _("to say who printed a pile of cards, never who drew one")),
    _of("PaperPile", "made_by", _("to say who printed a pile of sheets, never who filled one")),
    _of("Tablet", "opened_by", _("to say who opened a tablet, never who spoke on it")),
    _of("ShowOfHands", "entered_by", _("to say who counted hands")),
    _of("Meeting", "prepared_by", _("to say who prepared a meeting, never who came")),
    _of("Decision", "decided_by", _("to sign what was decided, and say who sees to it")),
    _of("SwornCounter", "member", _("to say who checks a count, and what they found")),
    _of("News", "told_by", _("to sign what is told of a decision")),
)
