"""What is kept about members: their own name and how they work here."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, Rows, as_rows, declare


def without_secrets(holding: Holding, subjects: Iterable[UUID]) -> Rows:
    """Which second factors there are and since when; what opens is handed to nobody."""
    hidden = {"data"}
    return [
        {name: value for name, value in row.items() if name not in hidden}
        for row in as_rows(holding, subjects)
    ]


declare(
    Holding(
        model="accounts.User",
        subject="pk",
        about="member",
        why=_("to sign in, and to sign what one does"),
    ),
    Holding(
        model="centres.Member",
        subject="user_id",
        about="member",
        why=_("the role and the status that decide what one may see"),
    ),
    Holding(
        model="centres.AnswerDelay",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says for the centre"),
    ),
    Holding(
        model="centres.SecondFactorRule",
        subject="author__user_id",
        about="member",
        why=_("to sign what one says for the centre"),
    ),
    Holding(
        model="centres.Slip",
        subject="member__user_id",
        about="member",
        why=_("to come in by a printed code, once"),
    ),
    Holding(
        model="accounts.Stay",
        subject="user_id",
        about="member",
        why=_("to see where one is signed in, and to end it there; gone with the working day"),
        keep=timedelta(days=1),
    ),
    Holding(
        model="mfa.Authenticator",
        subject="user_id",
        about="member",
        why=_("to enter with a second factor"),
        hand_over=without_secrets,
    ),
    Holding(
        model="account.EmailAddress",
        subject="user_id",
        about="member",
        why=_("to sign in by e-mail"),
    ),
    Holding(
        model="account.EmailConfirmation",
        subject="email_address__user_id",
        about="member",
        why=_("to check an e-mail address"),
    ),
)
