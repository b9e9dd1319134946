"""What may be uploaded: files of pages, by a member, to a page that takes them, and in memory only.

Django would write a large file in clear on the disk before anybody asked for it, wherever it was
sent. Here a file that no page asked for is dropped as it arrives; one that a page takes stays in
memory until it is sealed, up to `MOST_BYTES` for one sending. What comes after that is dropped, and
`dropped(request)` says so.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from .limits import MOST_BYTES

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """For a page that is sent pages: others are sent none."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def dropped(request: HttpRequest) -> bool:
    """Whether something that was sent is not here: it was more than is taken at once."""
    return bool(getattr(request, "files_dropped", False))


class InMemory(FileUploadHandler):
    """The one upload handler of the house (settings.FILE_UPLOAD_HANDLERS)."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.left = MOST_BYTES
        self.parts: BytesIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._is_asked_for():
            raise SkipFile
        self.parts = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.left -= len(raw_data)
        if self.left < 0:
            self.parts = None
            self.left = 0
            self.request.files_dropped = True  # type: ignore[union-attr]
            raise SkipFile
        if self.parts is not None:
            self.parts.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        parts, self.parts = self.parts, None
        if parts is None:
            return None
        parts.seek(0)
        return InMemoryUploadedFile(
            file=parts,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _is_asked_for(self) -> bool:
        request = self.request
        actor = getattr(request, "actor", None)
        match = getattr(request, "resolver_match", None)
        if not actor or not actor.in_a_centre or match is None:
            return False
        return bool(getattr(match.func, "takes_files", False))
