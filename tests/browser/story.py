"""The story both browsers tell: the demo's people in the real organisation, among the «tidstyver»."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.people.models import Person, Unit
from teamhub.people.passwords import hashed
from teamhub.people.personas import DEMO_PASSWORD

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


# The demo's people, placed in the real organisation: address, name, unit, title, line manager.
PEOPLE = """email;navn;enhet;stilling;leder
director@demo.example;Gro Haugerud;D1;Kommunalsjef;
unitmanager@demo.example;Marit Sæther;K11;Virksomhetsleder;director@demo.example
employee@demo.example;Ingrid Moen;K11;Sykepleier;unitmanager@demo.example
rektor@demo.example;Astrid Lund;V2107;Rektor;
proposer@demo.example;Trygve Bakken;V2107;Lærer;rektor@demo.example
driftssjef@demo.example;Sindre Vik;D6;Driftssjef;
safety@demo.example;Piotr Kowalski;D6;Vaktmester;driftssjef@demo.example
board@demo.example;Solveig Dahl;D8;Kommunalsjef;
ikt-sjef@demo.example;Øystein Lie;V8101;IKT-sjef;board@demo.example
agent@demo.example;Áile Hætta;V8101;Rådgiver;ikt-sjef@demo.example
lead@demo.example;Håkon Åsheim;V8101;Prosjektleder;ikt-sjef@demo.example
office@demo.example;Kristin Ødegård;D8;Porteføljerådgiver;board@demo.example
"""

OFFICES = {
    "director": Role.DIRECTOR,
    "unitmanager": Role.UNIT_MANAGER,
    "board": Role.BOARD_MEMBER,
    "office": Role.PORTFOLIO_OFFICE,
}


def give_keys_and_offices(live: Any) -> None:
    """Let everybody sign in with the demo's password, and hold the office the story needs."""
    with live.data() as make:
        people = {p.email.split("@")[0]: p for p in make.session.query(Person)}
        key = hashed(DEMO_PASSWORD)
        for person in people.values():
            person.password_hash = key
        make.session.commit()
        for name, kind in OFFICES.items():
            make.office(people[name], kind, unit=make.session.get(Unit, people[name].unit_id))


def managers(live: Any) -> dict[str, str]:
    """Return the address of each team member's line manager, by persona."""
    with live.data() as make:
        people = make.session.query(Person)
        members = {name: people.filter_by(email=f"{name}@demo.example").one() for _, _, name in TEAM}
        return {name: make.session.get(Person, m.manager_id).email for name, m in members.items()}


def period() -> tuple[str, str]:
    """Return the mission's first and last day as dates are written in forms."""
    today = clock.today()
    return today.isoformat(), (today + timedelta(days=150)).isoformat()
