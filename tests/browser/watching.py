"""What no page may ever do, noted while a browser walks: complain, break the content policy, or ask
anything of another host."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

INSIDE = ("data:", "blob:", "about:")


class Watch:
    """Listens to one window from its first page to its last.

    A page that answers 404 is an error to the console: a test that asks for one says so, with
    `expected`.
    """

    def __init__(self, window: BrowserContext, home: str) -> None:
        self.home = home
        self.expected: set[int] = set()
        # A test that cuts the connection: what was on its way then fails aloud.
        self.expects_cuts = False
        self.faults: list[str] = []
        window.on("console", self.hear)
        window.on("weberror", self.catch)
        window.on("request", self.follow)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self.is_expected(message.text):
            self.faults.append(f"{message.location['url']} says: {message.text}")

    def is_expected(self, text: str) -> bool:
        if self.expects_cuts and "net::ERR_" in text:
            return True
        return any(f"responded with a status of {status} " in text for status in self.expected)

    def catch(self, error: WebError) -> None:
        self.faults.append(f"A script broke: {error.error}")

    def follow(self, request: Request) -> None:
        if not request.url.startswith((self.home, *INSIDE)):
            self.faults.append(f"Something was asked of another host: {request.url}")
