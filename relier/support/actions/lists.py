"""What a centre changes in its lists: families of procedures, reasons and codes of the BCSS."""

from datetime import date
from uuid import UUID

from django.db import transaction

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.journal.once import once
from relier.support import access
from relier.support.models import ListChange


@transaction.atomic
def change_list(
    of: str,
    key: str,
    *,
    by: Actor,
    from_on: date,
    offered: bool = True,
    words_fr: str = "",
    words_en: str = "",
    pictogram: str = "",
    source: str = "",
    doubt: str = "",
    form_key: UUID | None = None,
) -> ListChange:
    """Add a row, say it otherwise, stop offering it; without words, the row as it came."""
    access.require(access.may_set(by))

    def keep(form: UUID) -> ListChange:
        change = ListChange(
            centre_id=by.own_centre,
            of=of,
            key=key or f"own-{form.hex[:12]}",
            offered=offered,
            words_fr=words_fr,
            words_en=words_en,
            pictogram=pictogram,
            from_on=from_on,
            source=source,
            doubt=doubt,
            author_id=by.id,
            form_key=form,
        )
        change.full_clean(exclude=["form_key"])  # `once` asks the database
        change.save()
        journal.record("support.list_changed", change, by=by, of=of)
        return change

    said = {"words_fr": words_fr, "words_en": words_en, "offered": offered, "source": source}
    return once(ListChange.objects.filter(author=by.id), form_key, keep, said=said)
