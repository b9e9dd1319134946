"""What this room writes in the journal, in words. None of it is about a person."""

from django.utils.translation import gettext_lazy as _

from relier.journal import words

words.declare(
    {
        "centres.answer_delay_said": _("The number of days to answer was said"),
        "centres.changed": _("The details of the centre were changed"),
        "centres.member_added": _("A member was added"),
        "centres.member_left": _("A member left"),
        "centres.member_placed": _("The role, status or teams of a member were changed"),
        "centres.officer_named": _("A data protection officer was named"),
        "centres.officer_no_longer": _("A member is no longer data protection officer"),
        "centres.opened": _("The centre was opened here"),
        "centres.team_added": _("A team was added"),
        "centres.team_renamed": _("A team was renamed"),
        "centres.second_factor_said": _("Of whom a second factor is asked was said"),
        "centres.slip_made": _("A slip was made for a member"),
        "centres.slip_used": _("A slip was used"),
        "centres.slip_withdrawn": _("A slip was withdrawn"),
        "centres.team_closed": _("A team was closed"),
        "centres.team_opened_again": _("A team was opened again"),
    }
)
