"""Reading the sentences that came out: published under what comes back, or withheld. A member reads
none before five have come together, and none says who wrote it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.deliberation import access
from relier.deliberation.models import Heading, Sentence
from relier.journal import actions as journal


@transaction.atomic
def put_away(sentence: Sentence, *, state: str, heading: str = "", by: Actor) -> Sentence:
    """`state`: SHOWN, or WITHHELD where it names or insults someone; `heading`: what it comes back
    to, in a few words. Published only if its author agreed, whatever is said here."""
    access.require(access.may_run(by, sentence.question))
    sentence = Sentence.objects.select_for_update(of=("self",)).get(pk=sentence.pk)
    access.require(sentence.is_out)
    if state not in (Sentence.State.SHOWN, Sentence.State.WITHHELD):
        raise ValidationError(_("Say whether it is published."))
    sentence.state = state
    sentence.heading = _heading(sentence, heading) if heading else None
    sentence.save(update_fields=["state", "heading"])
    journal.record("deliberation.sentence_read", sentence.question, by=by, state=state)
    return sentence


def _heading(sentence: Sentence, words: str) -> Heading:
    known = Heading.objects.filter(question=sentence.question_id, words__iexact=words).first()
    if known:
        return known
    made = Heading(question_id=sentence.question_id, words=words)
    made.full_clean()
    made.save()
    return made
