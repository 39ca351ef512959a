"""No logger of this process writes a key, whoever's it is and however the words reach it."""

import logging
import queue

import pytest

KEY = "thf_" + "s" * 43


@pytest.mark.parametrize(
    "name", ["teamhub", "teamhub.jobs", "gunicorn.error", "gunicorn.access", "werkzeug", "made.up.later"]
)
@pytest.mark.parametrize(
    "say",
    [
        lambda log: log.warning("GET /feeds/%s/calendar.ics", KEY),
        lambda log: log.warning("%(r)s", {"r": f"GET /feeds/{KEY}/calendar.ics"}),
        lambda log: log.warning(f"plain {KEY}"),  # noqa: G004 - words that are put together too
        lambda log: log.warning("does not fit %d", KEY),
    ],
)
def test_every_logger_masks(app, name, say):
    record = spoken(name, say)

    assert KEY not in repr(vars(record))
    assert "thf_***" in str(record.msg)


def test_a_traceback_is_masked_and_otherwise_whole(app):
    def fail(log):
        try:
            raise ValueError(KEY)
        except ValueError:
            log.exception("it failed")

    written = logging.Formatter().format(spoken("teamhub", fail))

    assert KEY not in written
    assert "ValueError: thf_***" in written
    assert "it failed" in written


def test_the_key_of_an_address_in_a_mail_is_masked(app):
    record = spoken(
        "gunicorn.access", lambda log: log.warning("POST %s/undo 200", "/mail/off/WzMsWyJh.xF1_d-2")
    )

    assert record.getMessage() == "POST /mail/off/***/undo 200"


def test_what_holds_no_key_is_left_as_it_was(app):
    record = spoken("teamhub", lambda log: log.warning("%s of %s", 1, 2))

    assert (record.msg, record.args) == ("%s of %s", (1, 2))


def spoken(name, say):
    """Return the record of what ``say`` says to a logger."""
    log, heard = logging.getLogger(name), queue.SimpleQueue()
    handler = logging.Handler()
    handler.emit = heard.put
    log.addHandler(handler)
    try:
        say(log)
    finally:
        log.removeHandler(handler)
    return heard.get_nowait()
