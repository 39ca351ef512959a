"""Keys that stand in addresses or are sent beside them are never written in a log, whoever writes it."""

from __future__ import annotations

import logging
import re
from typing import Any

FEED_KEY, API_KEY = "thf_", "thp_"
"""What the keys of feeds and of programs begin with: this mask, and scanners for lost secrets, know them."""

_KEY = re.compile(rf"({FEED_KEY[:-1]}|{API_KEY[:-1]})(?:_|%5f)[\w%-]+", re.ASCII | re.IGNORECASE)
_MAIL_KEY = re.compile(r"(?<=/mail/off/)[\w.%-]+", re.ASCII)


def masked(text: str) -> str:
    """Return ``text`` with every key in it made unreadable."""
    return _MAIL_KEY.sub("***", _KEY.sub(lambda key: f"{key[1].lower()}_***", text))


def mask_every_log_record() -> None:
    """Mask keys in every record that is made from now on in this process, by any logger.

    Records are masked as they are made. A filter on a logger does not see what its children log, and
    one on a handler does not see handlers that the server sets up later.
    """
    made_by = logging.getLogRecordFactory()
    if not getattr(made_by, "masks_keys", False):
        logging.setLogRecordFactory(_masking(made_by))


def _masking(made_by: Any) -> Any:
    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record: logging.LogRecord = made_by(*args, **kwargs)
        _mask(record)
        return record

    make.masks_keys = True  # type: ignore[attr-defined]
    return make


def _mask(record: logging.LogRecord) -> None:
    """Mask the message, and the traceback: an error may quote the address it happened at."""
    try:
        said = record.getMessage()
    except Exception:  # noqa: BLE001 - words that do not fit their values are logging's own to tell of
        said = f"{record.msg} {record.args}"
    if masked(said) != said:
        record.msg, record.args = masked(said), ()
    if record.exc_info:
        trace = logging.Formatter().formatException(record.exc_info)
        if masked(trace) != trace:
            record.exc_info, record.exc_text = None, masked(trace)
    if record.stack_info:
        record.stack_info = masked(record.stack_info)
