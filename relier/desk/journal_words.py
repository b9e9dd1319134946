"""What the desk writes in the journal, in words."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "desk.journal_read": pgettext_lazy("person", "The journal was read by its officer"),
        "desk.file_read": pgettext_lazy("person", "The file was opened"),
        "desk.search": pgettext_lazy("person", "A search showed a list of people"),
        "desk.card_read": pgettext_lazy("person", "The page of the card was shown"),
        "desk.erasure_preview_read": pgettext_lazy("person", "What an erasure would do was shown"),
        "desk.hand_over_read": pgettext_lazy("person", "All that is held was shown"),
        "desk.past_their_time": pgettext_lazy("person", "The files whose time is over were listed"),
        "desk.purge_read": pgettext_lazy("person", "A clearing out of files was shown"),
        "desk.rights_read": pgettext_lazy("person", "The page of their rights was shown"),
        "desk.left": pgettext_lazy("person", "The list of what someone left was shown"),
        "desk.shared": pgettext_lazy("person", "The list of what is shared was shown"),
        "desk.shared_read": pgettext_lazy("person", "What is shared was read"),
    }
)
