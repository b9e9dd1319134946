"""What gunicorn writes, when it is asked to write whom it served: never the code of a card.

Only `relier start` in served mode names this module, where gunicorn is installed.
"""

from typing import Any

from gunicorn.glogging import Logger as Gunicorn

from .logs import WithoutPeoplesWords, without_codes


class Logger(Gunicorn):  # type: ignore[misc]
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(WithoutPeoplesWords())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """No line for a page of a voice: the hour and the network would say who spoke."""
        if not str(environ.get("PATH_INFO", "")).startswith("/voice/"):
            super().access(resp, req, environ, request_time)

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The pieces of a line: the request, its path, whence it came."""
        pieces = super().atoms(*args, **kwargs)
        return {
            name: without_codes(value) if isinstance(value, str) else value
            for name, value in pieces.items()
        }
