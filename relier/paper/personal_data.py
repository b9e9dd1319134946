"""What sheets of paper hold about people, and why."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relier.journal.registry import Holding, Rows, as_rows, declare

from .models import ReceivedFile, Scan, Why

# Bytes and what opens them: a person is told that there is a picture, and asks to see it.
BYTES = ("key", "sealed", "crop_key", "crop")


def without_bytes(holding: Holding, subjects: Iterable[UUID]) -> Rows:
    return [
        {name: value for name, value in row.items() if name not in BYTES}
        for row in as_rows(holding, subjects)
    ]


def answers_in_words(decision: Any) -> str:
    return ", ".join(decision.answers)


def what_was_read(scan: Any) -> str:
    """The answers that the machine saw, without where each box stands."""
    said = scan.reading.get("questions", {})
    return "; ".join(
        f"{key}: {', '.join(one.get('answers', ()))}" for key, one in sorted(said.items())
    )


def erase_with_files(holding: Holding, subjects: Iterable[UUID]) -> int:
    """The pages of someone, and every file that holds one. The pages of others keep their own
    picture and what was read; those of the same file that nobody has read yet wait, and say that
    they must be scanned again."""
    rows = holding.rows(subjects)
    ids = set(rows.values_list("file", flat=True))
    files = ReceivedFile.objects.filter(pk__in=ids)
    gone = rows.delete()[0]
    files.empty(at=timezone.now())
    unread = Scan.objects.to_read().filter(file__in=ids)
    unread.update(why=Why.EMPTIED, claimed_at=None, claimed_by="")
    return gone


ON, WHO = _("written on"), _("who read it")

declare(
    Holding(
        model="paper.Decision",
        subject="scan__page__copy__subject_id",
        why=_("to show who read a doubtful answer on paper, and what was there"),
        title=_("answers on paper that someone read"),
        words={"by": WHO, "at": ON},
        said={"given": answers_in_words},
        silent=("crop_key", "crop"),
        hand_over=without_bytes,
        day="at",
    ),
    Holding(
        model="paper.Picture",
        subject="scan__page__copy__subject_id",
        why=_("to look again at what was answered on paper"),
        title=_("pictures of their pages"),
        silent=("pixels_a_mm", "key", "sealed"),
        hand_over=without_bytes,
    ),
    Holding(
        model="paper.Scan",
        subject="page__copy__subject_id",
        why=_("to receive what they answered on paper"),
        title=_("pages that came back"),
        words={
            "received_at": _("received on"),
            "read_at": _("read on"),
            "aside_at": _("put aside on"),
            "aside_by": _("who put it aside"),
        },
        said={"reading": what_was_read},
        silent=("claimed_at", "claimed_by", "tries", "forgotten_at"),
        hand_over=without_bytes,
        erase=erase_with_files,
        day="received_at",
    ),
    Holding(
        model="paper.PrintedPage",
        subject="copy__subject_id",
        why=_("to know a page again when it comes back"),
        title=_("pages that were printed for them"),
        silent=("identifier",),
    ),
    Holding(
        model="paper.Copy",
        subject="subject_id",
        why=_("to print a sheet for them, and to receive their answers"),
        title=_("sheets that were printed for them"),
        words={
            "assigned_by": _("who said whose it is"),
            "assigned_at": _("said on"),
            "closed_by": _("who received the answers"),
            "closed_at": _("answers received on"),
        },
        silent=("number",),
    ),
    # Ballots hold nothing about anyone accompanied, by construction (docs/decisions/018).
    Holding(
        model="paper.BallotCount",
        subject="opened_by__user_id",
        about="member",
        why=_("to say who opened a count of ballots, and which two members read it"),
    ),
    Holding(
        model="paper.Printing",
        subject="by__user_id",
        about="member",
        why=_("to say who printed which sheets, and count those that come back"),
    ),
    Holding(
        model="paper.Pile",
        subject="by__user_id",
        about="member",
        why=_("to say who received which pages"),
    ),
)
