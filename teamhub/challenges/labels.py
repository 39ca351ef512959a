"""What a challenge is labelled with: a theme by its words, free tags, kept tidy, and the UN's goals."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from teamhub.challenges.models import Challenge, ChallengeGoal, ChallengeTag, ThemeWord
from teamhub.challenges.names import THEMES
from teamhub.core.db import db
from teamhub.core.i18n import LANGUAGES, LazyString, _l, in_language
from teamhub.core.remember import remember
from teamhub.core.text import stems

MOST_TAGS = 8
LONGEST_TAG = 40
FEWEST_LETTERS = 3

GOALS: dict[int, LazyString] = {
    1: _l("Utrydde fattigdom"),
    2: _l("Utrydde sult"),
    3: _l("God helse og livskvalitet"),
    4: _l("God utdanning"),
    5: _l("Likestilling mellom kjønnene"),
    6: _l("Rent vann og gode sanitærforhold"),
    7: _l("Ren energi til alle"),
    8: _l("Anstendig arbeid og økonomisk vekst"),
    9: _l("Industri, innovasjon og infrastruktur"),
    10: _l("Mindre ulikhet"),
    11: _l("Bærekraftige byer og lokalsamfunn"),
    12: _l("Ansvarlig forbruk og produksjon"),
    13: _l("Stoppe klimaendringene"),
    14: _l("Livet i havet"),
    15: _l("Livet på land"),
    16: _l("Fred, rettferdighet og velfungerende institusjoner"),
    17: _l("Samarbeid for å nå målene"),
}
"""The UN's goals for sustainable development, by number."""


@remember(60)
def wordbook() -> dict[str, dict[str, str]]:
    """Return the words that tell a theme, by their stems: theme → the word as it is written.

    Those of LOS that are imported, with synonyms, and the names of the top themes in three languages.
    """
    found: dict[str, dict[str, str]] = {}
    named = [(code, in_language(name, language)) for code, name in THEMES.items() for language in LANGUAGES]
    for word in db.session.scalars(select(ThemeWord).order_by(ThemeWord.id)):
        named += [(word.theme, said) for said in (word.nb, word.nn, word.en, *word.synonyms.split("|"))]
    for theme, said in named:
        if key := _key(said):
            found.setdefault(key, {}).setdefault(theme, said)
    return found


def themes_of(word: str) -> dict[str, str]:
    """Return the themes a word tells, with how it is written in the wordbook: none, one or several.

    Half a word finds those that begin with it, when it is three letters or more.
    """
    key, book = _key(word), wordbook()
    if not key or key in book:
        return book.get(key, {})
    found: dict[str, str] = {}
    for known in sorted(book) if len(key) >= FEWEST_LETTERS else ():
        if known.startswith(key):
            found = book[known] | found
    return found


def _key(said: str) -> str:
    return " ".join(stems(said, keep_stop_words=True))


def tidy(written: str) -> list[str]:
    """Return the tags in what somebody wrote, parted by commas: lower case, no «#», each once.

    Two that differ only in how the word is bent, such as «nøkkel» and «nøkler», may both stand: only the
    same stems in the same order are the same tag.
    """
    found: dict[tuple[str, ...], str] = {}
    for part in written.replace("\n", ",").split(","):
        tag = " ".join(part.replace("#", " ").split()).casefold()[:LONGEST_TAG].strip()
        if tag:
            found.setdefault(tuple(stems(tag, keep_stop_words=True)) or (tag,), tag)
    return list(found.values())[:MOST_TAGS]


def tags_of(challenge_id: int) -> list[str]:
    """Return a challenge's tags by the alphabet."""
    tag = ChallengeTag.tag
    return list(
        db.session.scalars(select(tag).where(ChallengeTag.challenge_id == challenge_id).order_by(tag))
    )


def goals_of(challenge_id: int) -> list[int]:
    """Return the numbers of the UN goals a challenge touches, in order."""
    goal = ChallengeGoal.goal
    touched = select(goal).where(ChallengeGoal.challenge_id == challenge_id).order_by(goal)
    return list(db.session.scalars(touched))


def label(challenge: Challenge, *, tags: Iterable[str], goals: Collection[int]) -> None:
    """Let a challenge have just these tags and goals. For commands, after the challenge has its id."""
    for table in (ChallengeTag, ChallengeGoal):
        db.session.execute(delete(table).where(table.challenge_id == challenge.id))
    db.session.add_all(ChallengeTag(challenge_id=challenge.id, tag=tag) for tag in tags)
    known = sorted(set(goals) & set(GOALS))
    db.session.add_all(ChallengeGoal(challenge_id=challenge.id, goal=goal) for goal in known)
