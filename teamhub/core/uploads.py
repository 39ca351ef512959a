"""Requests that carry files may be larger than others: only those a view asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Request, current_app

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_UPLOAD_BYTES = 26_000_000
"""One file of the largest size, and the form around it."""


def takes_files(view: View) -> View:
    """Let the view's requests be as large as an upload."""
    cast("Any", view).__takes_files__ = True
    return view


class UploadRequest(Request):
    """A request whose size is bounded by what its view takes. Known before anything reads the form."""

    @property
    def max_content_length(self) -> int | None:
        """The most bytes the body may have."""
        view = current_app.view_functions.get(self.endpoint or "") if current_app else None
        if getattr(view, "__takes_files__", False):
            return LARGEST_UPLOAD_BYTES
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]
