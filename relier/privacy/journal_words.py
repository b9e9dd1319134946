"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "privacy.archive_ended": pgettext_lazy("person", "A sealed archive came to its end"),
        "privacy.archive_read": pgettext_lazy("person", "A sealed archive was read"),
        "privacy.archived": pgettext_lazy(
            "person", "What the law obliges to keep was put in a sealed archive"
        ),
        "privacy.card_made": pgettext_lazy("person", "A card was made"),
        "privacy.card_pictures_chosen": pgettext_lazy(
            "person", "Pictures were chosen for the card"
        ),
        "privacy.card_pictures_closed": pgettext_lazy(
            "person", "The pictures of the card were tried too often, and closed"
        ),
        "privacy.card_taken_back": pgettext_lazy("person", "A card was taken back"),
        "privacy.opening_agreed": pgettext_lazy("person", "A second one agreed to open an archive"),
        "privacy.opening_asked": pgettext_lazy("person", "Someone asked to open a sealed archive"),
        "privacy.purge_confirmed": pgettext_lazy("person", "A clearing out of files was confirmed"),
        "privacy.purge_done": pgettext_lazy("person", "Files whose time was over were erased"),
        "privacy.purge_proposed": pgettext_lazy("person", "A clearing out of files was proposed"),
        "privacy.purge_undone": pgettext_lazy("person", "A clearing out of files was undone"),
        "privacy.right_answered": pgettext_lazy("person", "A right asked for was answered"),
        "privacy.right_asked": pgettext_lazy("person", "A right was asked for"),
        "privacy.term_changed": pgettext_lazy("person", "How long things are kept was changed"),
        "privacy.consent_given": pgettext_lazy("person", "An agreement was given"),
        "privacy.consent_withdrawn": pgettext_lazy("person", "An agreement was taken back"),
        "privacy.erased": pgettext_lazy("person", "The file was erased"),
        "privacy.handed_over": pgettext_lazy("person", "All that is held was handed over"),
        "privacy.consent_left_to_end": pgettext_lazy("person", "An agreement will end on its day"),
        "privacy.consent_renewed": pgettext_lazy("person", "An agreement was given again"),
        "privacy.term_said": pgettext_lazy("person", "How long agreements stand was said"),
    }
)
