"""What the stories about frameworks need: an annotation, a whole official file read."""

from functools import cache

import factory
from factory.django import DjangoModelFactory

from relier.competences.importing import Official
from relier.competences.importing.linked_data import read
from relier.competences.importing.supplement import to_framework
from relier.competences.models import Annotation
from tests.factories import MemberFactory

from . import supplements


class AnnotationFactory(DjangoModelFactory):
    class Meta:
        model = Annotation

    author = factory.SubFactory(MemberFactory)
    centre = factory.SelfAttribute("author.centre")
    framework = "digcomp"
    version = "3.0"
    item = "1.1"
    words = "Too far from what people ask us."


@cache
def whole_framework():
    return to_framework(read(supplements.as_jsonld(supplements.nodes())))


def official(sha256: str = "a" * 64, framework=None) -> Official:
    """An official file as it was read; another sum is another file."""
    return Official(framework or whole_framework(), sha256, "jsonld", ())
