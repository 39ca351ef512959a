"""What follows from searches somebody keeps: they hear of what is new in those they want to hear from."""

from __future__ import annotations

from teamhub.challenges import events
from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import LazyString, _l


def _found(name: str, says: LazyString, *, one: bool) -> Told:
    whose = who.when(lambda event: (event.found == 1) is one, who.keeps_search)
    return Told(name, Kind.FOLLOWED, whose, says=says, with_=words.number_found)


SEARCHES: Table = {
    events.SearchKept: Follows(_l("%(name)s lagret et søk")),
    events.SearchRemoved: Follows(_l("%(name)s slettet et lagret søk")),
    events.SearchFound: Follows(
        _l("%(name)s fant nye utfordringer i et lagret søk"),
        tells=(
            _found("search_found_one", _l("Én ny utfordring passer til søket «%(title)s»"), one=True),
            _found(
                "search_found_more", _l("%(found)s nye utfordringer passer til søket «%(title)s»"), one=False
            ),
        ),
    ),
}
