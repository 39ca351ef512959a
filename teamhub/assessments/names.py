"""What the criteria are called, and what a mark of 1, 3 and 5 means for each: domain.md 8."""

from __future__ import annotations

from dataclasses import dataclass

from teamhub.assessments.states import Criterion
from teamhub.core.i18n import LazyString, _l


@dataclass(frozen=True)
class Scale:
    """A criterion in words: its name, and what its lowest, middle and highest mark mean."""

    name: LazyString
    low: LazyString
    middle: LazyString
    high: LazyString


SCALES: dict[Criterion, Scale] = {
    Criterion.RESIDENTS: Scale(
        _l("Verdi for innbyggerne"),
        _l("Merkes av få eller ingen"),
        _l("Merkbart bedre for en tydelig gruppe"),
        _l("Stor forbedring for mange eller for særlig sårbare"),
    ),
    Criterion.OPERATIONS: Scale(
        _l("Gevinst for ansatte og drift"),
        _l("Ingen frigjort tid eller kvalitet"),
        _l("Målbar frigjort tid i én enhet"),
        _l("Varig frigjort tid eller unngåtte kostnader i flere enheter"),
    ),
    Criterion.GOALS: Scale(
        _l("Treff med vedtatte mål"),
        _l("Ingen tydelig kobling"),
        _l("Støtter ett vedtatt mål"),
        _l("Nødvendig for å nå flere vedtatte mål"),
    ),
    Criterion.ACROSS: Scale(
        _l("Virkning på tvers og gjenbruk"),
        _l("Gjelder én avdeling"),
        _l("To sektorer drar nytte"),
        _l("Kan gjenbrukes i hele kommunen eller av andre kommuner"),
    ),
    Criterion.CAPACITY: Scale(
        _l("Kapasitet og kompetanse"),
        _l("Nøkkelpersoner mangler"),
        _l("Mulig med omprioritering"),
        _l("Folk og tid er avtalt"),
    ),
    Criterion.RISK: Scale(
        _l("Risiko, personvern og sikkerhet"),
        _l("Høy risiko uten tiltak"),
        _l("Kjent risiko med tiltak"),
        _l("Lav eller godt håndtert risiko"),
    ),
    Criterion.ARCHITECTURE: Scale(
        _l("Passer i helheten"),
        _l("Ny teknologi på siden av det vi har"),
        _l("Krever noe tilpasning"),
        _l("Bruker felles løsninger og data"),
    ),
    Criterion.ANCHORING: Scale(
        _l("Forankring og medvirkning"),
        _l("Berørte er ikke spurt"),
        _l("Ledere og tillitsvalgte er orientert"),
        _l("Berørte er med og støtter"),
    ),
}
