"""Finding that two files are of the same person, and undoing it.

Nothing is moved: rows stay in the file where they were written, and the files of a tree are read
together. What a merge changes is who reads: each team that follows one of the files follows the
file that is shown (docs/walls.md).
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relier.accounts.actors import Actor
from relier.journal import actions as journal
from relier.people import access
from relier.people.models import Following, Merge, Person
from relier.people.rules import merging


@transaction.atomic
def merge(kept: Person, gone: Person, *, by: Actor) -> Merge:
    """Show both files as one, under the name of `kept`. Asked twice, it is done once."""
    kept, gone = _locked(kept, gone)
    access.require(access.may_join(by, kept, gone))
    known = Merge.objects.standing().filter(kept=kept, gone=gone).first()
    if known is not None:
        return known
    if kept.root_id == gone.root_id:
        raise ValidationError(_("These two are one file already."))
    if {kept.root_id, gone.root_id} != {kept.pk, gone.pk}:
        raise ValidationError(_("One of these files was merged meanwhile. Look again."))
    done = Merge(kept=kept, gone=gone, centre_id=kept.centre_id, by_id=by.id)
    done.full_clean()
    done.save()
    _place(kept, gone)
    _record("people.files_merged", done, by=by)
    return done


@transaction.atomic
def undo_merge(done: Merge, *, by: Actor) -> Merge:
    """Two files again, as they were before; what was written since stays where it was written."""
    done = Merge.objects.select_for_update().select_related("kept", "gone").get(pk=done.pk)
    access.require(access.may_join(by, done.kept, done.gone))
    if done.undone_at is not None:
        return done
    done.undone_at = timezone.now()
    done.save(update_fields=["undone_at"])
    _place(done.kept, done.gone)
    _record("people.merge_undone", done, by=by)
    return done


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Both files as they are now, held until the end. Always in one order: two members who merge
    the same two the other way round wait for each other, and neither for ever."""
    held = Person.objects.select_for_update().order_by("pk").in_bulk([kept.pk, gone.pk])
    return held[kept.pk], held[gone.pk]


def _place(*touched: Person) -> None:
    """Point each file of these trees at its top, by the merges that stand, then say who follows."""
    files = list(Person.objects.filter(root__in={file.root_id for file in touched}))
    standing = Merge.objects.standing().filter(gone__in=files)
    into = dict(standing.values_list("gone_id", "kept_id"))
    for file in files:
        root = merging.root_of(file.pk, into)
        if file.root_id != root:
            Person.objects.filter(pk=file.pk).update(root=root)
    for top in {merging.root_of(file.pk, into) for file in files}:
        _follow_as_one(top)


def _follow_as_one(top: UUID) -> None:
    """The file shown is followed by every team of its tree, and by no other stand-in."""
    tree = list(Person.objects.filter(root=top).values_list("pk", flat=True))
    stand_ins = Following.objects.filter(person__in=tree, stands_for__isnull=False)
    stand_ins.exclude(stands_for__person__in=tree).delete()
    rows = {row.pk: row for row in Following.objects.open().filter(person__in=tree)}
    follows = [
        merging.Follows(row.pk, row.person_id, row.team_id, row.stands_for_id)
        for row in rows.values()
    ]
    missing, wrong = merging.stand_ins(top, tree, follows)
    Following.objects.filter(pk__in=[follow.pk for follow in wrong]).delete()
    for follow in missing:
        source = rows[follow.pk]
        Following.objects.create(
            person_id=top,
            centre_id=source.centre_id,
            team_id=source.team_id,
            worker_id=source.worker_id,
            started_on=source.started_on,
            stands_for=source,
        )


def _record(kind: str, done: Merge, *, by: Actor) -> None:
    """A line in each of the two files: each person may ask who joined theirs to another."""
    for file, other in ((done.kept_id, done.gone_id), (done.gone_id, done.kept_id)):
        journal.record(kind, done, by=by, subject=file, other=str(other))
