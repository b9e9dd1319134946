"""What a process apart is given to read a file that nobody trusts: little, and within bounds.

Plain Python. The process is started with `environment`, and calls `bound` before it reads a byte.
"""

import contextlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def environment(**more: str) -> dict[str, str]:
    """What a process needs to start, and nothing that the centre would keep to itself."""
    return {
        **{name: os.environ[name] for name in NEEDED if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        **more,
    }


def bound(memory: int) -> None:
    """At most so many bytes of address space, no file written, no memory left behind by a crash:
    where the system allows it. On Windows, only whoever waits for the process bounds it."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))
