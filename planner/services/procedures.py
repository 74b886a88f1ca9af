"""Wishes of the place Procedures: start one, mark its steps, write over them, make the request."""

from __future__ import annotations

from planner.services.case_errors import (
    EmptyTextError,
    FinishBlockedError,
    FutureDateError,
    NotDoneYetError,
    StepBlockedError,
    SubmitBlockedError,
    UnderWayError,
)
from planner.services.case_marks import (
    answer,
    change_contact,
    edit_step_text,
    look_again,
    restore_step_text,
    set_step_state,
    stay,
    tick_service,
    write_step_note,
)
from planner.services.case_requests import submit, withdraw
from planner.services.case_runs import delete_case, finish, reopen, start_case
from planner.services.case_states import enter_state, leave_state
from planner.services.case_view import (
    Card,
    CaseView,
    OpenItem,
    UnknownProcedureError,
    case_view,
    case_views,
    library,
    reminders,
)

__all__ = [
    "Card",
    "CaseView",
    "EmptyTextError",
    "FinishBlockedError",
    "FutureDateError",
    "NotDoneYetError",
    "OpenItem",
    "StepBlockedError",
    "SubmitBlockedError",
    "UnderWayError",
    "UnknownProcedureError",
    "answer",
    "case_view",
    "case_views",
    "change_contact",
    "delete_case",
    "edit_step_text",
    "enter_state",
    "finish",
    "leave_state",
    "library",
    "look_again",
    "reminders",
    "reopen",
    "restore_step_text",
    "set_step_state",
    "start_case",
    "stay",
    "submit",
    "tick_service",
    "withdraw",
    "write_step_note",
]
