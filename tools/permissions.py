"""Write docs/permissions.md from the policy: `python -m tools.permissions`."""

from __future__ import annotations

from pathlib import Path

from teamhub.access.policy import POLICY

PAGE = Path(__file__).parent.parent / "docs" / "permissions.md"

HEAD = """# Permissions

Made from `teamhub/access/policy.py` by `python -m tools.permissions`; a test fails when it is out of date.
What is not listed is denied. `employee` is everybody with an account; the other names are offices (verv),
or a relation to the object.

| Action | Who |
|---|---|
"""


def page() -> str:
    """Return the whole page as Markdown, actions in alphabetical order."""
    rows = sorted((action.value, rule.label) for action, rule in POLICY.items())
    return HEAD + "".join(f"| `{action}` | {label} |\n" for action, label in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
