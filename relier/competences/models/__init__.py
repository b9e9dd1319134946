"""Official versions of frameworks imported here, what a centre says of their items, what it made of
the relation between the items of a bank, and what people say they can do."""

from .frameworks import Annotation, ImportedFramework
from .positionings import Answer, Positioning
from .relations import RelationVersion

__all__ = ["Annotation", "Answer", "ImportedFramework", "Positioning", "RelationVersion"]
