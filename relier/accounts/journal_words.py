"""What is written in the journal of how members come in, in words. None of it is about a person."""

from django.utils.translation import gettext_lazy as _

from relier.journal import words

words.declare(
    {
        "accounts.password_changed": _("A password was changed"),
        "accounts.recovery_code_used": _("A recovery code was used"),
        "accounts.recovery_codes_renewed": _("New recovery codes were made"),
        "accounts.second_factor_added": _("A second factor was added"),
        "accounts.second_factor_forgotten": _("A second factor was taken away after a loss"),
        "accounts.second_factor_removed": _("A second factor was removed"),
        "accounts.signed_in": _("A member came in"),
        "accounts.stay_ended": _("Relier was closed on one device"),
        "accounts.stays_ended": _("Relier was closed on every other device"),
    }
)
