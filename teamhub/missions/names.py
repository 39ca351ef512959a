"""What phases, statuses, seats and lights are called."""

from __future__ import annotations

from teamhub.core.i18n import LazyString, _l
from teamhub.missions.states import Light, Phase, SeatState, Status

PHASES: dict[Phase, LazyString] = {
    Phase.IDEA: _l("Idé"),
    Phase.CONCEPT: _l("Konsept"),
    Phase.PLANNING: _l("Planlegge"),
    Phase.EXECUTION: _l("Gjennomføre"),
    Phase.CLOSING: _l("Avslutte"),
    Phase.REALISING: _l("Realisere"),
}

QUESTIONS: dict[Phase, LazyString] = {
    Phase.IDEA: _l("Hvem sitt problem er det, og er det verdt et team?"),
    Phase.CONCEPT: _l("Hva skjer egentlig, og hvilken vei skal vi gå?"),
    Phase.PLANNING: _l("Hvem gjør hva, når, og med hvem sin tid?"),
    Phase.EXECUTION: _l("Virker det for dem det er til for?"),
    Phase.CLOSING: _l("Kan linja ta over?"),
    Phase.REALISING: _l("Får vi effekten?"),
}
"""The working question of each phase (domain.md 3.3)."""

GATES: dict[Phase, LazyString] = {
    Phase.IDEA: _l("BP1 gi mandat"),
    Phase.CONCEPT: _l("BP2 velge retning"),
    Phase.PLANNING: _l("BP3 starte gjennomføring"),
    Phase.EXECUTION: _l("BP4 gå mot avslutning"),
    Phase.CLOSING: _l("BP5 avslutte"),
    Phase.REALISING: _l("Gevinstkontroll"),
}
"""The gate at the end of each phase."""

STATUSES: dict[Status, LazyString] = {
    Status.ACTIVE: _l("Aktiv"),
    Status.HOLD: _l("På vent"),
    Status.STOPPED: _l("Stoppet"),
    Status.COMPLETED: _l("Fullført"),
}

STATUS_MARKS: dict[Status, str] = {
    Status.ACTIVE: "mission",
    Status.HOLD: "wait",
    Status.STOPPED: "ended",
    Status.COMPLETED: "done",
}

SEAT_STATES: dict[SeatState, LazyString] = {
    SeatState.OPEN: _l("Ledig"),
    SeatState.REQUESTED: _l("Forespurt"),
    SeatState.RELEASED: _l("Avtalt"),
    SeatState.ACTIVE: _l("Aktiv"),
    SeatState.DONE: _l("Ferdig"),
}

AXIS_NAMES: dict[str, LazyString] = {
    "progress": _l("Framdrift"),
    "economy": _l("Økonomi"),
    "quality": _l("Kvalitet og nytte"),
    "risk": _l("Risiko"),
    "staffing": _l("Bemanning og forankring"),
}

LIGHTS: dict[Light, LazyString] = {
    Light.GREEN: _l("I rute"),
    Light.YELLOW: _l("Følg med"),
    Light.RED: _l("Trenger hjelp"),
}

AGREEMENT_PARTS: dict[str, LazyString] = {
    "meets": _l("Slik møtes vi"),
    "decides": _l("Slik bestemmer vi"),
    "shares": _l("Slik deler vi"),
    "disagrees": _l("Slik gjør vi når vi er uenige"),
}
"""The parts of a team's agreement, in the order they are read."""
