"""All addresses under /api/v1: importing the modules that declare them puts them on the blueprint."""

from __future__ import annotations

from teamhub.api import openapi, v1_missions, v1_teams
from teamhub.api.operations import bp

__all__ = ["bp", "openapi", "v1_missions", "v1_teams"]
