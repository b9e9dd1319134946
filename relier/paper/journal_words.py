"""What this room writes in the journal, in words that the person reads."""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "paper.assigned": pgettext_lazy("person", "It was said whose a sheet of paper is"),
        "paper.ballots_again": pgettext_lazy("person", "A count of ballots was begun again"),
        "paper.ballots_closed": pgettext_lazy("person", "A count of ballots was closed"),
        "paper.ballots_given_up": pgettext_lazy("person", "A count of ballots was given up"),
        "paper.ballots_opened": pgettext_lazy("person", "A count of ballots was opened"),
        "paper.ballots_printed": pgettext_lazy("person", "Ballots were printed"),
        "paper.ballots_readers": pgettext_lazy("person", "Who reads ballots was changed"),
        "paper.by_hand": pgettext_lazy("person", "A page is read by someone, from its picture"),
        "paper.closed": pgettext_lazy("person", "The answers of a sheet of paper were received"),
        "paper.decided": pgettext_lazy("person", "An answer on paper was read by someone"),
        "paper.forgotten": pgettext_lazy(
            "person", "Pictures of pages whose time was over were taken away"
        ),
        "paper.list_printed": pgettext_lazy("person", "A list of who has which sheet was printed"),
        "paper.page_read": pgettext_lazy("person", "Your answers on paper were looked at"),
        "paper.preferred": pgettext_lazy("person", "Another picture of a page was chosen"),
        "paper.printed": pgettext_lazy("person", "A sheet was printed"),
        "paper.received": pgettext_lazy("person", "Pages came back on paper"),
        "paper.returned": pgettext_lazy("person", "A page of their sheet came back"),
        "paper.set_aside": pgettext_lazy("person", "A page was put aside"),
        "paper.taken_back": pgettext_lazy("person", "A page that was aside waits again"),
        "paper.undone": pgettext_lazy("person", "What was read of an answer was taken back"),
    }
)
