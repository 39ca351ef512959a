"""docs/permissions.md says what the policy says."""

from teamhub.access.policy import POLICY, Action
from tools.permissions import PAGE, page


def test_every_action_has_a_rule():
    assert set(POLICY) == set(Action)


def test_the_permissions_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.permissions"
