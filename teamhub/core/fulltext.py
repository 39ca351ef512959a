"""Full-text search over stems: one idea, two engines (SQLite FTS5, PostgreSQL tsvector)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Text,
    column,
    false,
    func,
    literal_column,
    select,
    table,
)

from teamhub.core.db import db
from teamhub.core.text import stems

MOST_WORDS = 12


@dataclass(frozen=True)
class Index:
    """A full-text index over ``stems_column``: ``name`` is the FTS5 table, its rowid is ``id_column``."""

    name: str
    id_column: Any
    stems_column: Any

    def matches(self, text: str) -> ColumnElement[bool] | None:
        """Return the condition that a row holds all words of ``text``; None when it has no words.

        Each word matches as a stem and as the beginning of one, so that half a word already finds; a
        single letter only as itself, for almost everything has a word that begins with it.
        """
        words = self._words(text, MOST_WORDS)
        if not words:
            return None
        if _is_sqlite():
            held: ColumnElement[bool] = self.id_column.in_(self._holding_all(words))
            return held
        vector = func.to_tsvector(literal_column("'simple'"), self.stems_column)
        query = " & ".join(f"'{w}':*" if len(w) > 1 else f"'{w}'" for w in words)
        return vector.bool_op("@@")(func.to_tsquery(literal_column("'simple'"), query))

    def ids(self, text: str) -> Any:
        """Return a select of the ids of rows that hold all words of ``text``: none when it has no words.

        Some may be of rows the reader may not see. On SQLite no row is read to know that it is there.
        """
        words = self._words(text, MOST_WORDS)
        if words and _is_sqlite():
            return self._holding_all(words)
        condition = self.matches(text)
        return select(self.id_column).where(false() if condition is None else condition)

    def _holding_all(self, words: list[str]) -> Any:
        fts = table(self.name, Column("rowid", Integer), Column(self.name, Text))
        query = " ".join(f'"{w}"*' if len(w) > 1 else f'"{w}"' for w in words)
        return select(fts.c.rowid).where(column(self.name).match(query))

    def best(self, text: str, most: int) -> list[int]:
        """Return the ids of the rows most like ``text`` by the engine's own measure, best first."""
        words = self._words(text, MOST_WORDS * 3)
        if not words:
            return []
        if _is_sqlite():
            fts = table(self.name, Column("rowid", Integer), Column("rank", Integer))
            query = " OR ".join(f'"{w}"' for w in words)
            statement = (
                select(fts.c.rowid).where(column(self.name).match(query)).order_by(fts.c.rank).limit(most)
            )
        else:
            vector = func.to_tsvector(literal_column("'simple'"), self.stems_column)
            asked = func.to_tsquery(literal_column("'simple'"), " | ".join(f"'{w}'" for w in words))
            statement = (
                select(self.id_column)
                .where(vector.bool_op("@@")(asked))
                .order_by(func.ts_rank(vector, asked).desc())
                .limit(most)
            )
        return list(db.session.scalars(statement))

    def holding(self, stem: str, *more: Any) -> Any:
        """Return a select of ``id``, and ``more`` columns, of the rows that hold just this stem."""
        if _is_sqlite():
            fts = table(self.name, Column("rowid", Integer), Column(self.name, Text))
            return select(fts.c.rowid.label("id"), *more).where(column(self.name).match(f'"{stem}"'))
        vector = func.to_tsvector(literal_column("'simple'"), self.stems_column)
        asked = func.to_tsquery(literal_column("'simple'"), f"'{stem}'")
        return select(self.id_column.label("id"), *more).where(vector.bool_op("@@")(asked))

    def _words(self, text: str, most: int) -> list[str]:
        found = stems(text) or stems(text, keep_stop_words=True)
        return list(dict.fromkeys(found))[:most]


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
