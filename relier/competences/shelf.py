"""The frameworks as they stand on this copy: those shipped, with the official texts imported."""

from functools import lru_cache

from .frameworks import Framework, shipped
from .importing import with_our_words
from .models import ImportedFramework
from .package_files import from_data


def one(key: str) -> Framework | None:
    """A framework by its key ("digcomp-3.0"), with the official texts if they were imported."""
    framework = next((f for f in shipped() if f.key == key), None)
    if framework is None:
        return None
    return official(framework) or framework


def official(framework: Framework) -> Framework | None:
    """The latest import of this version; one short query, for its texts rarely change."""
    imports = ImportedFramework.objects.of_version(framework.id, framework.version)
    latest = imports.values_list("sha256", flat=True).first()
    return with_our_words(_texts(latest), framework) if latest else None


def imported_keys() -> set[str]:
    """The keys of the frameworks whose official texts are here."""
    pairs = ImportedFramework.objects.order_by().values_list("framework", "version").distinct()
    return {f"{framework}-{version}" for framework, version in pairs}


@lru_cache(maxsize=4)
def _texts(sha256: str) -> Framework:
    """Read once per process: what a file of this sum holds never changes, nor does its row."""
    row = ImportedFramework.objects.get(sha256=sha256)
    return from_data(row.payload, name=str(row))
