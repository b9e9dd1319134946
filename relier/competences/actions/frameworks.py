"""What is done here: an official file is taken in; a member says something of an item."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from relier.accounts.actors import Actor
from relier.competences import access
from relier.competences.frameworks import Reference
from relier.competences.importing import Official, sum_of_facts
from relier.competences.models import Annotation, ImportedFramework
from relier.competences.package_files import as_data
from relier.journal import actions as journal
from relier.journal.once import once


@transaction.atomic
def import_official(official: Official, *, by: Actor) -> tuple[ImportedFramework, bool]:
    """Keep an official file; the second value says whether anything is new.

    The same file, or another one that says the same as the version in use, changes nothing.
    """
    access.require(access.may_import(by))
    framework = official.framework
    facts = sum_of_facts(framework)
    known = ImportedFramework.objects.of_version(framework.id, framework.version)
    in_use = known.first()
    if in_use and in_use.facts_sha256 == facts:
        return in_use, False
    row, is_new = ImportedFramework.objects.get_or_create(
        sha256=official.sha256,
        defaults={
            "framework": framework.id,
            "version": framework.version,
            "format": official.format,
            "facts_sha256": facts,
            "licence": framework.licence or "",
            "attribution": framework.attribution,
            "payload": as_data(framework),
        },
    )
    if is_new:
        journal.record("competences.framework_imported", row, by=by, sha256=official.sha256)
    return row, is_new


@transaction.atomic
def annotate(item: Reference, *, kind: str, words: str, form_key: UUID, by: Actor) -> Annotation:
    """Say something of an item. The same form sent twice is kept once."""
    access.require(access.may_annotate(by))

    def keep(key: UUID) -> Annotation:
        annotation = Annotation(
            centre_id=by.own_centre,
            framework=item.framework,
            version=item.version,
            item=item.item,
            kind=kind,
            words=words,
            author_id=by.id,
            form_key=key,
        )
        annotation.full_clean()
        annotation.save()
        journal.record("competences.annotated", annotation, by=by, annotation=kind)
        return annotation

    said = {"kind": kind, "words": words}
    return once(Annotation.objects.filter(author=by.id), form_key, keep, said=said)


@transaction.atomic
def correct(annotation: Annotation, *, words: str, form_key: UUID, by: Actor) -> Annotation:
    """Say it otherwise: new words that replace the old ones, which stay readable."""
    access.require(access.may_change(by, annotation))
    kept = Annotation.objects.filter(form_key=form_key, author=by.id).first()
    if kept or words == annotation.words:
        return kept or annotation
    _hold(annotation)
    correction = Annotation(
        centre_id=annotation.centre_id,
        framework=annotation.framework,
        version=annotation.version,
        item=annotation.item,
        kind=annotation.kind,
        words=words,
        author_id=by.id,
        replaces=annotation,
        form_key=form_key,
    )
    correction.full_clean()
    correction.save()
    journal.record("competences.annotation_corrected", correction, by=by)
    return correction


@transaction.atomic
def withdraw(annotation: Annotation, *, by: Actor) -> Annotation:
    """Take it back. It no longer counts, and stays readable with the day it was withdrawn."""
    access.require(access.may_withdraw(by, annotation))
    _hold(annotation)
    annotation.withdrawn_at = timezone.now()
    annotation.save(update_fields=["withdrawn_at"])
    journal.record("competences.annotation_withdrawn", annotation, by=by)
    return annotation


def _hold(annotation: Annotation) -> None:
    """Keep others from changing it until we are done; refused if they already did."""
    Annotation.objects.select_for_update().get(pk=annotation.pk)
    access.require(annotation.stands)
