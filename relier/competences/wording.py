"""The words of a positioning: an item as a sentence, answers by what they rest on.

An item is in the language of its bank's words; the sentence around it in that of the page, which
is the same wherever a person reads.
"""

from django.utils import translation
from django.utils.translation import get_language, pgettext

from .banks import BankItem
from .results import COULD_LEARN, NO_NEED, RATHER_NOT, UNCLEAR, YES

FELT, SHOWN, OBSERVED = "felt", "shown", "observed"


def deed(item: BankItem, language: str = "") -> str:
    """ "send a photo with a message" """
    return item.deed.told_in(language or get_language() or "en")


def i_can(item: BankItem, language: str = "") -> str:
    """ "I can send a photo with a message.", all of it in one language."""
    with translation.override(language or get_language()):
        return pgettext("person", "I can %(deed)s.") % {"deed": deed(item, language)}


def answers_of(evidence: str) -> dict[str, str]:
    """The answers that may be kept, in words. What was seen says yes or not yet."""
    if evidence == OBSERVED:
        return {
            YES: pgettext("positioning", "Did it, alone or with someone"),
            COULD_LEARN: pgettext("positioning", "Not yet"),
        }
    return {
        YES: pgettext("person", "Yes, alone or with someone"),
        COULD_LEARN: pgettext("person", "I could learn it"),
        NO_NEED: pgettext("person", "I have no need of it"),
        UNCLEAR: pgettext("person", "I don't understand"),
        RATHER_NOT: pgettext("person", "I'd rather not say"),
    }


def answer_of(says: str, evidence: str) -> str:
    """What stands on an item, said back; "" when it was not asked."""
    if not says:
        return ""
    told = answers_of(evidence)
    return told.get(says) or answers_of(FELT)[says]


def source_of(evidence: str, channel: str) -> str:
    """What a positioning rests on, told to the person."""
    if evidence == OBSERVED:
        return pgettext("person", "A colleague saw it.")
    if evidence == SHOWN:
        return pgettext("person", "You showed it.")
    if channel == "voice":
        return pgettext("person", "You said it aloud.")
    if channel == "paper":
        return pgettext("person", "You wrote it on paper.")
    return pgettext("person", "You said it.")
