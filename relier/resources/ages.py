"""How long ago a sheet was revised, in words: an old one is to be looked at before it is used."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

OLD = 365


def age(revised_on: date, *, on: date) -> str:
    days = max((on - revised_on).days, 0)
    if days == 0:
        return _("revised today")
    if days < 45:
        return ngettext(
            "revised %(count)s day ago", "revised %(count)s days ago", days
        ) % {"count": days}  # fmt: skip
    if days < OLD:
        months = round(days / 30.44)
        return ngettext(
            "revised %(count)s month ago", "revised %(count)s months ago", months
        ) % {"count": months}  # fmt: skip
    years = days // 365
    return ngettext(
        "not revised for %(count)s year", "not revised for %(count)s years", years
    ) % {"count": years}  # fmt: skip


def is_old(revised_on: date, *, on: date) -> bool:
    return (on - revised_on).days >= OLD
