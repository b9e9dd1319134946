"""What a person agreed to, received and withdrawn by the team that follows them.

The agreement itself, with the very text that was read, is kept by `privacy`; here is who may.
"""

from datetime import date

from django.db import transaction

from relier.accounts.actors import Actor
from relier.people import access
from relier.people.models import Person
from relier.privacy import actions as privacy
from relier.privacy.models import Consent
from relier.privacy.texts import ConsentText


@transaction.atomic
def receive_agreement(
    person: Person,
    text: ConsentText,
    *,
    how: str,
    on: date,
    by: Actor,
    helper: str = "",
    read_in: str = "",
) -> Consent:
    """Keep that the person said yes to this text. Given again while it stands, it is kept once;
    given again near its end, it is renewed.

    There is no such deed for a no: it is not kept, and closes no door.
    """
    person = person.root
    access.require(access.may_open_file(by, person))
    return privacy.receive_consent(
        person.subject,
        text,
        how=how,
        on=on,
        by=by,
        helper=helper,
        read_in=read_in,
        files=person.file_ids,
    )


@transaction.atomic
def withdraw_agreement(consent: Consent, *, by: Actor) -> Consent:
    """The person no longer agrees: told to the team, or done by themselves on their own page.
    That they once did, and to which text, stays known."""
    access.require(access.may_withdraw(by, consent))
    files = Person.objects.get(pk=consent.subject_id).file_ids
    return privacy.withdraw_consent(consent, by=by, files=files)


@transaction.atomic
def let_agreement_end(consent: Consent, *, by: Actor) -> Consent:
    """The team does not ask again: it stands until its last day."""
    access.require(access.may_handle_consent(by, consent))
    return privacy.let_consent_end(consent, by=by)
