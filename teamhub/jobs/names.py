"""What is said to people of the queue: how old, and why something stopped."""

from __future__ import annotations

from teamhub.core.i18n import _, _n
from teamhub.jobs.states import LOST


def lasting(seconds: int) -> str:
    """Return a length of time as people say it: «under ett minutt», «12 minutter», «3 timer», «2 dager»."""
    if seconds < 60:
        return _("under ett minutt")
    if seconds < 3600:
        return _n("%(num)d minutt", "%(num)d minutter", seconds // 60)
    if seconds < 86_400:
        return _n("%(num)d time", "%(num)d timer", seconds // 3600)
    return _n("%(num)d dag", "%(num)d dager", seconds // 86_400)


def why(error: str) -> str:
    """Return why a job stopped: our own words where we have them, else the error as it came."""
    if error == LOST:
        return _("Arbeideren forsvant midt i jobben, hver gang.")
    return error or _("Ingen feilmelding.")
