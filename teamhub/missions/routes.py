"""All addresses of missions: importing the modules that declare them puts them on the blueprint."""

from __future__ import annotations

from teamhub.missions import agreement_steps, partner_steps, steps
from teamhub.missions.views import bp

__all__ = ["agreement_steps", "bp", "partner_steps", "steps"]
