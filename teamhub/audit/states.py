"""What the security log tells of, and how it went."""

from __future__ import annotations

from enum import StrEnum


class SecurityKind(StrEnum):
    """One thing the security log tells of. The codes are in the log for good."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    GUESSES_STOPPED = "guesses_stopped"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name, not a password
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    OFFICE_GIVEN = "office_given"
    OFFICE_ENDED = "office_ended"
    ACCESS_DENIED = "access_denied"
    IMPORTED = "imported"
    DEMO_LOADED = "demo_loaded"
    FEED_MADE = "feed_made"
    FEED_RESET = "feed_reset"
    FEED_CLOSED = "feed_closed"
    TOKEN_MADE = "token_made"  # noqa: S105 - a name, not a key
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a name, not a key
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_REMOVED = "webhook_removed"
    WEBHOOK_SECRET_RESET = "webhook_secret_reset"  # noqa: S105 - a name, not a secret
    JOB_RETRIED = "job_retried"
    JOB_DISCARDED = "job_discarded"
    LOG_BEGUN = "log_begun"
    LOG_VERIFIED = "log_verified"
    LOG_SHORTENED = "log_shortened"


class Outcome(StrEnum):
    """OK when it was done, FAILED when it was tried and did not work, REFUSED when we said no."""

    OK = "ok"
    FAILED = "failed"
    REFUSED = "refused"
