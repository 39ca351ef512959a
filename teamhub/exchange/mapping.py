"""Which column of a file is which field: a TOML file names columns and what their values mean."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from teamhub.core.i18n import _
from teamhub.exchange.fields import KINDS
from teamhub.exchange.readers import FileRefused, plain

FOLDER = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Source:
    """Where a field comes from: the first of ``columns`` the file has, or, ``together``, all of them.

    ``labels`` are put before each part that says something; ``values`` says what single values mean.
    A ``fixed`` column must be in the file.
    """

    columns: tuple[str, ...]
    labels: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    together: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Mapping:
    """A mapping file, read and checked. ``tags`` maps columns that say yes or no to a tag."""

    kind: str
    sources: dict[str, Source]
    required: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()

    def known(self) -> frozenset[str]:
        """Return every column name the mapping mentions, written plainly."""
        named = [name for source in self.sources.values() for name in source.columns]
        return frozenset(plain(name) for name in (*named, *self.numbers, *self.tags))


def load(kind: str, name: str | None = None) -> Mapping:
    """Return the mapping called ``name``: one of ours, or a TOML file's path. Without a name, the usual one.

    Raises FileRefused when there is none, or it does not make sense for ``kind``.
    """
    path = FOLDER / f"{name or kind}.toml"
    if name and (not path.is_file() or "/" in name):
        path = Path(name)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileRefused(_no_such_mapping(name or kind)) from error
    except ValueError as error:
        raise FileRefused(
            _("Oppsettet %(path)s kan ikke leses som TOML: %(why)s", path=path, why=error)
        ) from error
    mapping = _from(kind, data)
    _check(kind, mapping)
    return mapping


def _no_such_mapping(name: str) -> str:
    ours = ", ".join(sorted(path.stem for path in FOLDER.glob("*.toml")))
    return _("Det finnes ikke noe oppsett som heter «%(name)s». Vi har: %(ours)s.", name=name, ours=ours)


def _from(kind: str, data: dict[str, Any]) -> Mapping:
    try:
        values = {
            name: {plain(k): str(v) for k, v in rule.items()} for name, rule in data.get("values", {}).items()
        }
        sources = {
            name: _source(columns, values.get(name, {})) for name, columns in data.get("columns", {}).items()
        }
        return Mapping(
            kind=data.get("kind", kind),
            sources=sources,
            required=frozenset(data.get("required", ())),
            numbers=tuple(data.get("numbers", ())),
            tags=dict(data.get("tags", {})),
            dates=tuple(data.get("dates", ())),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise FileRefused(_("Oppsettet er ikke bygd opp slik det skal (%(why)s).", why=error)) from error


def _source(columns: Any, values: dict[str, str]) -> Source:
    """One name that must be there, a list of names to choose from, or a list of tables put together."""
    if isinstance(columns, str):
        return Source((columns,), values=values, fixed=True)
    if columns and isinstance(columns[0], dict):
        return Source(
            tuple(part["column"] for part in columns),
            labels=tuple(part.get("label", "") for part in columns),
            values=values,
            together=True,
            fixed=True,
        )
    return Source(tuple(columns), values=values)


def _check(kind: str, mapping: Mapping) -> None:
    if mapping.kind != kind:
        raise FileRefused(
            _("Oppsettet er for «%(theirs)s», ikke for «%(ours)s».", theirs=mapping.kind, ours=kind)
        )
    known = {field.name for field in KINDS[kind]}
    if strange := sorted((mapping.sources.keys() | mapping.required) - known):
        raise FileRefused(_("Oppsettet nevner felt som ikke finnes: %(names)s.", names=", ".join(strange)))
