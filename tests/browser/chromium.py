"""Where Chromium stands on this machine, and how it is started: fresh, quiet, fetching nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The same program without its windows first: it draws the same pages, with less work.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MISSING = "Chromium was not found: install it, or say where it stands in RELIER_CHROMIUM."


def find() -> str:
    """The program's path, or nothing."""
    named = os.environ.get("RELIER_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, NAMES)), "")


@contextmanager
def started() -> Iterator[Browser]:
    """A browser for as long as the `with` lasts.

    Playwright keeps an event loop running in this thread, so Django believes that it is called
    from asynchronous code and refuses the database. That is said to be safe here and nowhere
    else: it is forgotten as soon as the browser is closed.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as play:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        chromium = play.chromium.launch(executable_path=find(), args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()
            if before is None:
                del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
            else:
                os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before
