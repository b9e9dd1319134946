"""What this room writes in the journal. Nothing of a draft, and no member for an unsigned
testimony. Nothing here is about a person accompanied; lines are in the plainest words all the same.
"""

from django.utils.translation import pgettext_lazy

from relier.journal import words

words.declare(
    {
        "inquiry.passage_untied": pgettext_lazy(
            "person", "A problem does not stand on these words any more"
        ),
        "inquiry.problem_founded": pgettext_lazy("person", "A problem stands on someone’s words"),
        "inquiry.problem_rewritten": pgettext_lazy("person", "A problem was written again"),
        "inquiry.problem_written": pgettext_lazy("person", "A problem was written"),
        "inquiry.problems_linked": pgettext_lazy("person", "Two problems were linked"),
        "inquiry.problems_unlinked": pgettext_lazy(
            "person", "Two problems are not linked any more"
        ),
        "inquiry.question_brought_back": pgettext_lazy("person", "A question was brought back"),
        "inquiry.question_put_aside": pgettext_lazy("person", "A question was put aside"),
        "inquiry.testimony_given": pgettext_lazy("person", "Someone told what they lived"),
        "inquiry.testimony_withdrawn": pgettext_lazy("person", "Someone took back what they told"),
    }
)
