"""All addresses of missions: importing the modules that declare them puts them on the blueprint."""

from __future__ import annotations

from teamhub.missions import contract_steps, steps
from teamhub.missions.composing import views as composing
from teamhub.missions.views import bp

__all__ = ["bp", "composing", "contract_steps", "steps"]
