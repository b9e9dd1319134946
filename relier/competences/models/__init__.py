"""Official versions of frameworks imported here, and what a centre says of their items."""

from .frameworks import Annotation, ImportedFramework

__all__ = ["Annotation", "ImportedFramework"]
