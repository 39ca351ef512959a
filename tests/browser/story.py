"""The story both browsers tell: who does what, on demo people and the nation's «tidstyver»."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from teamhub.core import clock
from teamhub.people.models import Person

DATA = Path(__file__).parents[3] / "shared" / "data"

LIKE_ANOTHER = "Skjemaene er for lange, og ingen leser rapportene vi sender inn"
PROBLEM = {
    "title": "Nøkkelbokser hos brukerne fryser til når det blir kaldt",
    "situation": "Vi står ute i snøen og tiner boksen med hendene.\n\nNoen må hente vaktmester.",
    "affected": "Omtrent 30 brukere på kalde dager",
    "evidence": "Jeg har opplevd det fire ganger i vinter",
}
MISSION = {
    "title": "Varme dører",
    "goal": "Alle får besøket sitt i tide, også når det er tjue minusgrader.",
    "mandate": "Teamet kan bytte lås hos femti brukere og prøve tre typer.",
}

# role, whom to search for, persona who says yes
TEAM = [
    ("Sykepleier", "Ingrid Moen", "employee"),
    ("Lærer som kjenner smarthus", "Trygve Bakken", "proposer"),
    ("Vaktmester", "Piotr Kowalski", "safety"),
    ("Veileder for pårørende", "Áile Hætta", "agent"),
]
TASKS = ["Telle bokser som fryser", "Bestille tre låser til prøve"]
SUMMARY = "Vi har prøvd låsene i to netter. Én av tre tåler kulda. Vi trenger hjelp til innkjøpet."


def import_the_nation(live: Any) -> None:
    """Bring in the national file of time thieves, as an administrator does."""
    result = live.app.test_cli_runner().invoke(
        args=["import", "challenges", str(DATA / "tidstyver_2014.csv"), "--mapping", "tidstyver"]
    )
    assert result.exit_code == 0, result.output


def managers(live: Any) -> dict[str, str]:
    """Return the address of each team member's line manager, by persona; all can sign in as in the demo."""
    with live.data() as make:
        people = make.session.query(Person)
        found = {}
        for _, _, name in TEAM:
            member = people.filter_by(email=f"{name}@demo.example").one()
            manager = make.session.get(Person, member.manager_id)
            manager.password_hash = manager.password_hash or member.password_hash
            found[name] = manager.email
        make.session.commit()
    return found


def period() -> tuple[str, str]:
    """Return the mission's first and last day as dates are written in forms."""
    today = clock.today()
    return today.isoformat(), (today + timedelta(days=150)).isoformat()
