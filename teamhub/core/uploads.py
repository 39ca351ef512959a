"""How large a request may be: more for files, less for what programs send, as its view says."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar, cast

from flask import Request, current_app
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_UPLOAD_BYTES = 26_000_000
"""One file of the largest size, and the form around it."""


def takes_files(view: View) -> View:
    """Let the view's requests be as large as an upload."""
    cast("Any", view).__takes_files__ = True
    return view


LARGEST_JSON_BYTES = 100_000
"""What a program may send at once."""


def takes_json(view: View) -> View:
    """Let the view's requests be no larger than what a program may send."""
    cast("Any", view).__takes_json__ = True
    return view


READ_AT_ONCE = 64 * 1024


class BoundedForms(FormDataParser):
    """Holds plain forms to what Werkzeug bounds only in those of several parts: bytes, and fields."""

    def parse(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any = None) -> Any:
        """Read a form, never more of it than a form may have. Raises RequestEntityTooLarge."""
        if mimetype == "application/x-www-form-urlencoded":
            stream = BytesIO(self._whole(stream))
        return super().parse(stream, mimetype, content_length, options)

    def _whole(self, stream: IO[bytes]) -> bytes:
        body = bytearray()
        while piece := stream.read(READ_AT_ONCE):  # to its end: a form that is cut short must not be kept
            body += piece
            if len(body) > (self.max_form_memory_size or 0):
                raise RequestEntityTooLarge
        if body.count(b"&") >= (self.max_form_parts or 0):
            raise RequestEntityTooLarge
        return bytes(body)


class UploadRequest(Request):
    """A request whose size is bounded by what its view takes. Known before anything reads the form."""

    form_data_parser_class = BoundedForms

    @property
    def is_json(self) -> bool:
        """No form here is JSON: forms would take it as theirs, whatever its shape. See api/bodies.py."""
        return False

    @property
    def max_content_length(self) -> int | None:
        """The most bytes the body may have."""
        view = current_app.view_functions.get(self.endpoint or "") if current_app else None
        if getattr(view, "__takes_files__", False):
            return LARGEST_UPLOAD_BYTES
        if getattr(view, "__takes_json__", False):
            return LARGEST_JSON_BYTES
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]
