"""Official versions of frameworks imported here, what a centre says of their items, and what it
made of the relation between the items of a bank."""

from .frameworks import Annotation, ImportedFramework
from .relations import RelationVersion

__all__ = ["Annotation", "ImportedFramework", "RelationVersion"]
