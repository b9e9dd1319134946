"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "privacy.consent_given": pgettext_lazy("person", "An agreement was given"),
        "privacy.consent_withdrawn": pgettext_lazy("person", "An agreement was taken back"),
        "privacy.erased": pgettext_lazy("person", "The file was erased"),
        "privacy.handed_over": pgettext_lazy("person", "All that is held was handed over"),
        "privacy.consent_left_to_end": pgettext_lazy("person", "An agreement will end on its day"),
        "privacy.consent_renewed": pgettext_lazy("person", "An agreement was given again"),
        "privacy.term_said": pgettext_lazy("person", "How long agreements stand was said"),
    }
)
