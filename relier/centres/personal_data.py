"""What is kept about members: their own name and how they work here."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare

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
