"""How the demo's teams have agreed to work together, and who follows them without a seat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from teamhub.demo.boards import Made
from teamhub.demo.organisation import Organisation
from teamhub.demo.written import read, store
from teamhub.missions.accord import AgreementYes, MissionPartner, TeamAgreement
from teamhub.missions.names import AGREEMENT_PARTS


def make(made: list[Made], organisation: Organisation) -> None:
    """Make and store the agreements, who stands by them, and who follows which mission."""
    content = read("agreements")
    by_title = {m.entry["title"]: m for m in made if m.goes_on}
    written = [(by_title[one["mission"]], one) for one in content["agreement"]]
    store(TeamAgreement, [_row(m, one) for m, one in written])
    store(AgreementYes, [row for m, one in written for row in _yes(m, one, organisation)])
    partners = [(by_title[one["mission"]], one) for one in content["partner"]]
    store(MissionPartner, [_partner(m, one, organisation) for m, one in partners])


def _row(m: Made, one: dict[str, Any]) -> dict[str, Any]:
    return {"mission_id": m.id, "version": 1} | {part: one[part] for part in AGREEMENT_PARTS}


def _yes(m: Made, one: dict[str, Any], organisation: Organisation) -> Iterator[dict[str, Any]]:
    asked = {organisation.persona(name).id for name in one["asked"]}
    for person_id in sorted({m.lead.id, *m.team} - asked):
        yield {"mission_id": m.id, "person_id": person_id}


def _partner(m: Made, one: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    return {
        "mission_id": m.id,
        "person_id": organisation.persona(one["persona"]).id,
        "kind": one["kind"],
        "added_by_id": m.lead.id,
        "created_at": m.began,
    }
