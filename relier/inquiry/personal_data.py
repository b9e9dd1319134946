"""What this room holds about people: of anyone accompanied, nothing that leads to them; of members,
their drafts and what they signed."""

from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, declare


def _of(model: str, field: str, why: object) -> Holding:
    return Holding(model=f"inquiry.{model}", subject=f"{field}__user_id", about="member", why=why)


declare(
    _of("Draft", "author", _("to keep what they began to write, for them alone")),
    _of("Testimony", "signed_by", _("to show who gave it, where they signed it")),
    _of("Version", "author", _("to say who rewrote a problem")),
    _of("Passage", "tied_by", _("to say who founded a problem on a testimony")),
    _of("Link", "tied_by", _("to say who linked two problems")),
    _of("PutAside", "by", _("to say who put a question aside")),
)
