"""All addresses of missions: importing the modules that declare them puts them on the blueprint."""

from __future__ import annotations

from teamhub.missions import agreement_steps, contract_steps, open_steps, partner_steps, steps
from teamhub.missions.composing import views as composing
from teamhub.missions.views import bp

__all__ = ["agreement_steps", "bp", "composing", "contract_steps", "open_steps", "partner_steps", "steps"]
