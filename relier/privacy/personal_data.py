"""Consents are kept as long as what they allow; a card until it ends; a visit while it lasts."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, Rows, declare
from relier.privacy.rules.terms import CISP_FILE, CPAS_FILE


def cards_without_codes(holding: Holding, subjects: object) -> Rows:
    """What is known of a card, without what proves its code and its pictures."""
    known = ("language", "made_at", "ends_on", "taken_back_at", "opened_at", "made_by_id")
    return list(holding.rows(subjects).values(*known))  # type: ignore[arg-type]


def visits_without_proofs(holding: Holding, subjects: object) -> Rows:
    return list(holding.rows(subjects).values("began_at", "seen_at"))  # type: ignore[arg-type]


declare(
    Holding(
        model="privacy.Subject",
        subject="pk",
        why=_("an opaque number, so that nothing else needs the name"),
    ),
    Holding(
        model="privacy.Consent",
        subject="subject_id",
        why=_("to show what was agreed, with the very text that was read"),
        title=_("agreements"),
        words={
            "received_by": _("who received it"),
            "recorded_at": _("written on"),
            "withdrawn_at": _("withdrawn on"),
            "left_to_end_at": _("left to end on"),
            "replaced_at": _("given again on"),
        },
        silent=("text_hash", "text_version", "ask_again_on"),
        archived_as=(CISP_FILE, CPAS_FILE),
        day="given_on",
    ),
    Holding(
        model="privacy.RightsRequest",
        subject="subject_id",
        why=_("to answer in time when they ask for their rights"),
        title=_("rights that they asked for"),
    ),
    Holding(
        model="privacy.PurgedFile",
        subject="subject_id",
        why=_("to clear out a file whose time is over, and to be able to undo it"),
        title=_("clearing out"),
    ),
    Holding(
        model="privacy.TermChange",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says for the centre"),
    ),
    Holding(
        model="privacy.Purge",
        subject="proposed_by__user_id",
        about="member",
        why=_("to say who cleared out what, and who agreed"),
    ),
    Holding(
        model="privacy.ArchiveOpening",
        subject="asked_by__user_id",
        about="member",
        why=_("to say who opened a sealed archive, and why"),
    ),
    Holding(
        model="privacy.Card",
        subject="subject_id",
        why=_("to open one's own page"),
        hand_over=cards_without_codes,
        title=_("cards of their own page"),
        words={
            "made_by": _("made by"),
            "made_at": _("card of"),
            "taken_back_at": _("no longer valid since"),
            "opened_at": _("opened last on"),
        },
        silent=("code_mac", "pictures", "picture_tries", "chosen_with_bound"),
        day="made_at",
    ),
    Holding(
        model="privacy.CardVisit",
        subject="card__subject_id",
        why=_("to close one's own page when it was left"),
        hand_over=visits_without_proofs,
        title=_("visits to their own page, not closed yet"),
        words={"began_at": _("began on"), "seen_at": _("last seen on")},
        silent=("token_hash", "before_at", "knows"),
    ),
    Holding(
        model="privacy.ConsentTerm",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says of how long agreements stand"),
    ),
)
