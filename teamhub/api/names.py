"""What the scopes of a key are called, where people choose among them."""

from __future__ import annotations

from teamhub.api.states import Scope
from teamhub.core.i18n import LazyString, _l

SCOPES: dict[Scope, LazyString] = {
    Scope.MISSIONS_READ: _l("Lese om oppdrag og plassene i teamene"),
    Scope.TEAM_SUGGEST: _l("Be om forslag til team"),
}
