"""The whole permission policy, on one page. What is not listed is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from teamhub.access.actor import Actor, Role
from teamhub.access.rules import (
    Rule,
    has_assessed,
    has_begun,
    has_role,
    has_said_it,
    has_taken_it_away,
    in_state,
    is_asked_to_assess,
    is_assessor,
    is_decided,
    is_invited,
    is_line_manager_asked,
    is_no_draft,
    is_on_the_team,
    is_oneself,
    is_open_round,
    is_partner,
    is_proposer,
    is_the_one_asked,
    is_unshielded,
    is_who_proposed_it,
    is_writer,
    leads_mission,
    leads_the_unit_asked,
    lives_on_its_own,
    owes_no_assessment,
    owns_mission,
    still_stands,
)
from teamhub.core.errors import Forbidden
from teamhub.core.i18n import _
from teamhub.core.transaction import note_policy_was_asked

employee = has_role(Role.EMPLOYEE)
system = has_role(Role.SYSTEM)
office = has_role(Role.PORTFOLIO_OFFICE)
board = has_role(Role.BOARD_MEMBER)
admin = has_role(Role.ADMIN)
agent = has_role(Role.DIGITAL_AGENT)
dpo = has_role(Role.DPO)
steers = leads_mission | owns_mission
follows_all = office | board
open_to_reader = is_open_round & owes_no_assessment


class Action(StrEnum):
    """Everything that can be allowed, as ``noun:verb``."""

    ACCOUNT_MANAGE = "account:manage"
    ACCOUNT_SIGN_IN = "account:sign-in"
    AGREEMENT_ACCEPT = "agreement:accept"
    AGREEMENT_VIEW = "agreement:view"
    AGREEMENT_WRITE = "agreement:write"
    ANNOUNCEMENT_END = "announcement:end"
    ASSESSMENT_ASK = "assessment:ask"
    ASSESSMENT_READ = "assessment:read"
    ASSESSMENT_TALK = "assessment:talk"
    ASSESSMENT_WRITE = "assessment:write"
    CALL_LIST = "call:list"
    CALL_MANAGE = "call:manage"
    CALL_VIEW = "call:view"
    CHALLENGE_ACCEPT_IN_LINE = "challenge:accept-in-line"
    CHALLENGE_ANSWER = "challenge:answer"
    CHALLENGE_ANSWER_FELLOW = "challenge:answer-fellow"
    CHALLENGE_ANSWER_MERGE = "challenge:answer-merge"
    CHALLENGE_ASK_FELLOW = "challenge:ask-fellow"
    CHALLENGE_ATTACH = "challenge:attach"
    CHALLENGE_CLARIFY = "challenge:clarify"
    CHALLENGE_COMMENT = "challenge:comment"
    CHALLENGE_DECIDE = "challenge:decide"
    CHALLENGE_DESK = "challenge:desk"
    CHALLENGE_DISCARD = "challenge:discard"
    CHALLENGE_EDIT = "challenge:edit"
    CHALLENGE_FOLLOW = "challenge:follow"
    CHALLENGE_HANDLE = "challenge:handle"
    CHALLENGE_LIST = "challenge:list"
    CHALLENGE_MARK_MUST_DO = "challenge:mark-must-do"
    CHALLENGE_MERGE = "challenge:merge"
    CHALLENGE_NOTE = "challenge:note"
    CHALLENGE_OFFER = "challenge:offer"
    CHALLENGE_PROPOSE = "challenge:propose"
    CHALLENGE_REOPEN = "challenge:reopen"
    CHALLENGE_REPORT_FROM_LINE = "challenge:report-from-line"
    CHALLENGE_PROPOSE_FOR = "challenge:propose-for"
    CHALLENGE_SEE_PROPOSER = "challenge:see-proposer"
    CHALLENGE_SUBMIT = "challenge:submit"
    CHALLENGE_SUPPORT = "challenge:support"
    CHALLENGE_VIEW = "challenge:view"
    CHALLENGE_WITHDRAW = "challenge:withdraw"
    COMMENT_CHANGE = "comment:change"
    COMMENT_MODERATE = "comment:moderate"
    COMMENT_REPORT = "comment:report"
    COMMENT_RESTORE = "comment:restore"
    COMPETENCE_CURATE = "competence:curate"
    COMPETENCE_MANAGE = "competence:manage"
    CONTRACT_KEEP_TIME = "contract:keep-time"
    CRITERIA_CHANGE = "criteria:change"
    CRITERIA_VIEW = "criteria:view"
    DATA_IMPORT = "data:import"
    DEMO_LOAD = "demo:load"
    FEED_MANAGE = "feed:manage"
    INVITATION_ANSWER = "invitation:answer"
    INVITATION_COUNTER = "invitation:counter"
    INVITATION_RELEASE = "invitation:release"
    JOB_MANAGE = "job:manage"
    JOB_RUN = "job:run"
    LIVE_FOLLOW = "live:follow"
    MISSION_EDIT = "mission:edit"
    MISSION_REPORT = "mission:report"
    MISSION_STAFF = "mission:staff"
    MISSION_START = "mission:start"
    MISSION_VIEW = "mission:view"
    NOTIFICATION_MANAGE = "notification:manage"
    NOTIFICATION_SEND = "notification:send"
    ORGANISATION_CHANGE = "organisation:change"
    ORGANISATION_VIEW = "organisation:view"
    PARTNER_LEAVE = "partner:leave"
    PARTNER_MANAGE = "partner:manage"
    PORTFOLIO_VIEW = "portfolio:view"
    REQUESTS_VIEW = "requests:view"
    SEAT_CHANGE = "seat:change"
    SEAT_WITHDRAW_CHANGE = "seat:withdraw-change"
    SEAT_APPLY = "seat:apply"
    SECURITY_LOG_VIEW = "security-log:view"
    SECURITY_LOG_WRITE = "security-log:write"
    SETTINGS_CHANGE = "settings:change"
    TASK_EDIT = "task:edit"
    TASK_LIST_OWN = "task:list-own"
    TASK_VIEW = "task:view"
    TEMPLATE_MANAGE = "template:manage"
    TOKEN_MANAGE = "token:manage"  # noqa: S105 - a name, not a key
    WEIGHTS_BIND = "weights:bind"
    WEBHOOK_DELIVER = "webhook:deliver"
    WEBHOOK_MANAGE = "webhook:manage"
    WEBHOOK_MANAGE_ALL = "webhook:manage-all"


POLICY: dict[Action, Rule] = {
    Action.ACCOUNT_MANAGE: admin | system,
    Action.ACCOUNT_SIGN_IN: employee,
    Action.AGREEMENT_ACCEPT: leads_mission | is_on_the_team,
    Action.AGREEMENT_VIEW: steers | is_on_the_team | is_partner | office,
    Action.AGREEMENT_WRITE: steers,
    Action.ANNOUNCEMENT_END: system,
    Action.ASSESSMENT_ASK: office & is_no_draft,
    Action.ASSESSMENT_READ: open_to_reader & (follows_all | has_assessed | (is_proposer & is_decided)),
    Action.ASSESSMENT_TALK: open_to_reader & (office | has_assessed),
    Action.ASSESSMENT_WRITE: is_assessor,
    Action.CALL_LIST: employee,
    Action.CALL_MANAGE: office,
    Action.CALL_VIEW: office | (employee & has_begun),
    Action.CHALLENGE_ACCEPT_IN_LINE: leads_the_unit_asked,
    Action.CHALLENGE_ANSWER: office & is_no_draft,
    Action.CHALLENGE_ANSWER_FELLOW: is_the_one_asked,
    Action.CHALLENGE_ANSWER_MERGE: is_the_one_asked,
    Action.CHALLENGE_ASK_FELLOW: is_proposer & in_state("submitted", "clarification", "assessing"),
    Action.CHALLENGE_ATTACH: (
        (is_writer & in_state("draft"))
        | (is_proposer & in_state("submitted", "clarification", "assessing"))
        | (office & is_no_draft)
    ),
    Action.CHALLENGE_CLARIFY: is_proposer & in_state("clarification"),
    Action.CHALLENGE_COMMENT: employee & is_no_draft & lives_on_its_own,
    Action.CHALLENGE_DECIDE: board & is_no_draft,
    Action.CHALLENGE_DESK: follows_all,
    Action.CHALLENGE_DISCARD: is_writer & in_state("draft"),
    Action.CHALLENGE_EDIT: (
        (is_writer & in_state("draft")) | (is_proposer & in_state("submitted", "clarification", "assessing"))
    ),
    Action.CHALLENGE_FOLLOW: employee & is_no_draft,
    Action.CHALLENGE_HANDLE: office & is_no_draft,
    Action.CHALLENGE_LIST: employee,
    Action.CHALLENGE_MARK_MUST_DO: follows_all & is_no_draft,
    Action.CHALLENGE_MERGE: office & is_no_draft,
    Action.CHALLENGE_NOTE: (follows_all | is_asked_to_assess) & is_no_draft,
    Action.CHALLENGE_OFFER: employee & is_no_draft & lives_on_its_own,
    Action.CHALLENGE_PROPOSE: employee,
    Action.CHALLENGE_PROPOSE_FOR: agent | office,
    Action.CHALLENGE_REOPEN: (is_proposer | office) & in_state("closed", "resolved"),
    Action.CHALLENGE_REPORT_FROM_LINE: (leads_the_unit_asked | office) & in_state("line"),
    Action.CHALLENGE_SEE_PROPOSER: (employee & is_unshielded) | office | is_proposer | is_writer,
    Action.CHALLENGE_SUBMIT: is_writer & in_state("draft"),
    Action.CHALLENGE_SUPPORT: employee & is_no_draft & lives_on_its_own,
    Action.CHALLENGE_VIEW: (is_writer & in_state("draft")) | ((is_proposer | employee) & is_no_draft),
    Action.CHALLENGE_WITHDRAW: is_proposer & in_state("submitted", "clarification"),
    Action.COMMENT_CHANGE: employee & has_said_it & still_stands,
    Action.COMMENT_MODERATE: office,
    Action.COMMENT_REPORT: employee & still_stands,
    Action.COMMENT_RESTORE: employee & has_taken_it_away,
    Action.COMPETENCE_CURATE: office,
    Action.COMPETENCE_MANAGE: employee,
    Action.CONTRACT_KEEP_TIME: system,
    Action.CRITERIA_CHANGE: board,
    Action.CRITERIA_VIEW: employee,
    Action.DATA_IMPORT: system,
    Action.DEMO_LOAD: system,
    Action.FEED_MANAGE: employee,
    Action.INVITATION_ANSWER: is_invited,
    Action.INVITATION_COUNTER: is_invited | is_line_manager_asked,
    Action.INVITATION_RELEASE: is_line_manager_asked,
    Action.JOB_MANAGE: admin,
    Action.JOB_RUN: system,
    Action.LIVE_FOLLOW: employee,
    Action.MISSION_EDIT: steers | office,
    Action.MISSION_REPORT: steers,
    Action.MISSION_STAFF: steers,
    Action.MISSION_START: board | office,
    Action.MISSION_VIEW: employee,
    Action.NOTIFICATION_MANAGE: employee,
    Action.NOTIFICATION_SEND: system,
    Action.ORGANISATION_CHANGE: admin | system,
    Action.ORGANISATION_VIEW: employee,
    Action.PARTNER_LEAVE: is_partner,
    Action.PARTNER_MANAGE: steers,
    Action.PORTFOLIO_VIEW: employee,
    Action.REQUESTS_VIEW: employee,
    Action.SEAT_CHANGE: steers | is_invited | is_line_manager_asked,
    Action.SEAT_WITHDRAW_CHANGE: is_who_proposed_it,
    Action.SEAT_APPLY: employee,
    Action.SECURITY_LOG_VIEW: admin | dpo,
    Action.SECURITY_LOG_WRITE: system,
    Action.SETTINGS_CHANGE: is_oneself,
    Action.TASK_EDIT: steers | is_on_the_team,
    Action.TASK_LIST_OWN: employee,
    Action.TASK_VIEW: steers | is_on_the_team | follows_all,
    Action.TEMPLATE_MANAGE: office,
    Action.TOKEN_MANAGE: employee,
    Action.WEIGHTS_BIND: board,
    Action.WEBHOOK_DELIVER: system,
    Action.WEBHOOK_MANAGE: steers,
    Action.WEBHOOK_MANAGE_ALL: admin,
}


def can(actor: Actor, action: Action, subject: Any = None) -> bool:
    """Tell whether ``actor`` may do ``action`` to ``subject``. Pure: for templates, menus and tests."""
    return POLICY[action](actor, subject)


def authorize(actor: Actor, action: Action, subject: Any = None) -> None:
    """Let a command go on only if the policy allows it. Raises Forbidden otherwise."""
    note_policy_was_asked()
    if not can(actor, action, subject):
        raise Forbidden(_("Du har ikke lov til dette."))
