"""How a receiver can know that a message is ours: a secret of its own, and a signature made with it."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from teamhub.webhooks.models import Webhook


def secret_of(webhook: Webhook) -> str:
    """Return a webhook's secret. It is made anew each time, so no copy of the database holds one."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return _mac(key, f"teamhub webhook|{webhook.uid}|{webhook.generation}".encode())


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body sent at ``timestamp``, so that an old one cannot be sent again."""
    return f"sha256={_mac(secret.encode(), timestamp.encode() + b'.' + body)}"


def _mac(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, hashlib.sha256).hexdigest()
