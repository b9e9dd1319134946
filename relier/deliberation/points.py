"""The main points of a round, from its sentences and from its last release."""

from django.db.models import Count, Q

from .models import Question, Release
from .rules import telling
from .rules.points import Point, main_points


def of_question(question: Question) -> list[Point]:
    """Two or three queries. Headings without a sentence of this round are of another."""
    here = Q(sentences__round=question.round, sentences__state="shown")
    headings = question.headings.annotate(many=Count("sentences", filter=here))
    ordered = headings.filter(many__gt=0).order_by("-many", "words", "pk")
    release = Release.objects.of(question).last()
    found = telling.published(release.document) if release else None
    texts = {str(one.number): one.words for one in question.statements.shown()}
    return main_points(ordered.values_list("pk", "words"), found, texts)
