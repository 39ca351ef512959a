"""The news: challenges and missions a person may see, newest first, as XML that any reader takes."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from teamhub.challenges.models import Answer
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.feeds.news import MOST
from teamhub.feeds.states import Feed
from tests.flows.feeds.conftest import ATOM

NEWS = [Feed.CHALLENGES, Feed.MISSIONS]


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


def answer(make, challenge, reason="Vi tar den.", *, decision="assessing", **kw):
    return make._add(
        Answer(challenge_id=challenge.id, from_state=State.SUBMITTED, decision=decision, reason=reason, **kw)
    )


def test_a_challenge_is_news_when_it_comes_and_when_it_is_answered(make, kari, news_of):
    challenge = make.challenge(make.person(), title="Lang kø", situation="Folk står\n\nog venter.")
    answer(make, challenge, "Hva mener du?", decision="clarification")
    answer(make, challenge)

    link = f"http://localhost/challenges/{challenge.id}"
    assert news_of(kari) == [
        ("Tatt til vurdering: Lang kø", "Vi tar den.", link),
        ("Lang kø", "Folk står og venter.", link),
    ]


def test_a_mission_is_news_when_it_starts_and_when_it_reports(make, kari, news_of):
    mission = make.mission(kari, title="Trygt hjem")
    make.report(mission, kari, summary="Gammel")
    make.report(mission, kari, summary="Det går bra.")

    link = f"http://localhost/missions/{mission.id}"
    assert news_of(make.person(), Feed.MISSIONS) == [
        ("Statusrapport: Trygt hjem", "Det går bra.", link),
        ("Nytt oppdrag: Trygt hjem", "Alle kommer trygt hjem.", link),
    ]


def test_drafts_are_nobodys_news_and_what_was_withdrawn_is_none_either(make, kari, news_of):
    make.challenge(make.person(), state=State.DRAFT, title="KANARI")
    make.challenge(kari, state=State.DRAFT, title="Min egen kladd")
    gone = make.challenge(make.person(), state=State.WITHDRAWN, title="Trukket")
    answer(make, gone)

    assert news_of(kari) == []


def test_only_the_latest_fifty_are_told_the_newest_first(make, kari, news_of):
    for number in range(MOST + 5):
        challenge = make.challenge(kari, title=f"Kø {number}")
        challenge.submitted_at = clock.now() + timedelta(seconds=number)
    make.session.commit()

    titles = [title for title, _summary, _link in news_of(kari)]

    assert titles == [f"Kø {number}" for number in range(MOST + 4, 4, -1)]


@pytest.mark.parametrize("feed", NEWS)
def test_the_feed_is_atom_with_ids_that_stay(make, kari, key_of, fetch, feed):
    challenge = make.challenge(kari)
    make.mission(kari, challenge=challenge)
    key = key_of(kari, feed)

    answer = fetch(key, feed)
    root = ET.fromstring(answer.data)  # noqa: S314 - we wrote it ourselves
    again = ET.fromstring(fetch(key, feed).data)  # noqa: S314

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{required}") is not None
    ids = [each.text for each in root.iter(f"{ATOM}id")]
    assert ids == [each.text for each in again.iter(f"{ATOM}id")]
    assert all(each.startswith("tag:localhost,2026:") for each in ids)
    assert len(set(ids)) == len(ids) > 1
    assert root.findtext(f"{ATOM}updated") == root.find(f"{ATOM}entry").findtext(f"{ATOM}updated")


@pytest.mark.parametrize("feed", NEWS)
def test_a_feed_with_nothing_in_it_is_valid_and_the_same_each_time(kari, key_of, fetch, feed):
    key = key_of(kari, feed)
    first = fetch(key, feed)

    assert fetch(key, feed, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert ET.fromstring(first.data).find(f"{ATOM}updated") is not None  # noqa: S314


def test_a_reader_that_takes_it_packed_is_told_when_it_has_it(make, kari, key_of, fetch):
    for _ in range(20):
        make.challenge(kari)
    key, packed = key_of(kari, Feed.CHALLENGES), {"Accept-Encoding": "gzip"}
    first = fetch(key, Feed.CHALLENGES, headers=packed)

    again = fetch(key, Feed.CHALLENGES, headers=packed | {"If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Encoding"] == "gzip"
    assert again.status_code == 304


@pytest.mark.parametrize(
    "bad", ["\x0b\x1f\ufffe", "]]>", "<script>alert(1)</script>", "&amp;<", "\ud83d\ude00"]
)
def test_whatever_is_written_the_xml_is_whole(make, kari, news_of, bad):
    bad = bad.encode("utf-16", "surrogatepass").decode("utf-16")
    challenge = make.challenge(kari, title=f"Kø {bad}", situation=f"Vi {bad} venter")
    answer(make, challenge, f"Fordi {bad}")
    mission = make.mission(kari, title=f"Oppdrag {bad}")
    make.report(mission, kari, summary=f"Går {bad} bra")

    clean = bad.translate(dict.fromkeys([0x0B, 0x1F, 0xFFFE]))
    assert news_of(kari)[-1][0] == f"Kø {clean}"
    assert news_of(kari, Feed.MISSIONS)[0][0] == f"Statusrapport: Oppdrag {clean}"


@pytest.mark.parametrize("feed", NEWS)
def test_news_cost_few_statements_however_much_there_is(make, kari, key_of, fetch, queries_counted, feed):
    key = key_of(kari, feed)

    def cost():
        with queries_counted() as statements:
            assert fetch(key, feed).status_code == 200
        return len([s for s in statements if not s.startswith("BEGIN")])

    assert cost() <= 8  # the first of the day, which keeps the day
    few = cost()
    for number in range(30):
        challenge = make.challenge(kari, title=f"Kø {number}")
        answer(make, challenge)
        make.report(make.mission(kari), kari)
    assert cost() == few <= 5
