"""Consents are kept as long as what they allow."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare

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
    ),
    Holding(
        model="privacy.ConsentTerm",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says of how long agreements stand"),
    ),
)
