"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "privacy.consent_given": pgettext_lazy("person", "An agreement was given"),
        "privacy.consent_withdrawn": pgettext_lazy("person", "An agreement was taken back"),
        "privacy.erased": pgettext_lazy("person", "The file was erased"),
        "privacy.handed_over": pgettext_lazy("person", "All that is held was handed over"),
    }
)
