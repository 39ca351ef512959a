"""Settings. Each can be set from the environment, prefixed TEAMHUB_; see docs/configuration.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).parent
LONGEST_FORM_BYTES = 1_000_000


class Base:
    """Defaults that are safe in production. What is None must be given there."""

    ENV = "production"
    SECRET_KEY: str | None = None
    DATABASE_URL: str | None = None
    INSTANCE_PATH = str(ROOT / "instance")
    BASE_URL: str | None = None
    TRUSTED_HOSTS: list[str] | str | None = None
    DEFAULT_LOCALE = "nb"
    MUNICIPALITY = "Drammen kommune"
    DEMO = False
    FAULTS = ""
    REMEMBER = True
    THREADS = 32

    JOBS_WAKE = True
    JOBS_LEASE_S = 60

    DAYS_TO_ANSWER = 30
    DAYS_TO_CLARIFY = 14
    DAYS_TO_REPORT = 60
    DAYS_TO_AGREE = 7

    CEILING = 100

    SESSION_IDLE_MINUTES = 120
    SESSION_HOURS = 12
    SECURITY_LOG_DAYS = 365
    OUTBOUND_HOSTS = ""
    MAIL_URL: str | None = None
    MAIL_FROM: str | None = None
    ATTACHMENTS_URL = ""
    ATTACHMENTS_MB_PER_PERSON = 500

    SQLALCHEMY_ENGINE_OPTIONS: ClassVar[dict[str, Any]] = {"pool_pre_ping": False}
    MAX_CONTENT_LENGTH = LONGEST_FORM_BYTES
    MAX_FORM_MEMORY_SIZE = LONGEST_FORM_BYTES
    MAX_FORM_PARTS = 500
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_PATH = "/"
    WTF_CSRF_TIME_LIMIT = None
    WTF_CSRF_SSL_STRICT = False
    COMPRESS_ALGORITHM: ClassVar[list[str]] = ["zstd", "br", "gzip", "deflate"]
    COMPRESS_ZSTD_LEVEL = 1
    COMPRESS_BR_LEVEL = 2
    COMPRESS_LEVEL = 3
    COMPRESS_MIN_SIZE = 1000
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "translations")
    BABEL_DEFAULT_LOCALE = "nb"
    BABEL_DEFAULT_TIMEZONE = "Europe/Oslo"


class Development(Base):
    """On a developer's machine and for the demo: a throw-away key, plain http, this machine only."""

    ENV = "development"
    SECRET_KEY = "development-only-key-not-for-production"  # noqa: S105 - refused in production
    BASE_URL = "http://127.0.0.1:8000"
    MAIL_URL = "console:"


class Check(Development):
    """For checks from outside: as development, and fault points may be switched on."""

    ENV = "check"


class Test(Development):
    """For the test suite."""

    ENV = "test"
    TESTING = True
    SECRET_KEY = "test-key-long-enough-for-any-check-we-make"  # noqa: S105 - tests only
    BASE_URL = "http://localhost"
    MAIL_URL = "memory:"
    REMEMBER = False
    JOBS_WAKE = False


BY_NAME: dict[str, type[Base]] = {
    "production": Base,
    "development": Development,
    "check": Check,
    "test": Test,
}
