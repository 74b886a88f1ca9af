"""Wishes of the place Procedures: start one, mark its steps, write over them, make the request."""

from __future__ import annotations

from planner.services.case_cap import cap_view, set_cap
from planner.services.case_debits import confirm_debit, debits_view, fail_debit
from planner.services.case_documents import documents_view, mark_document
from planner.services.case_errors import (
    EmptyTextError,
    FinishBlockedError,
    FutureDateError,
    NotDoneYetError,
    StepBlockedError,
    SubmitBlockedError,
    UnderWayError,
)
from planner.services.case_evidence import drop_copy, evidence_view, keep_copy, link_file, unlink_file
from planner.services.case_log import correct_contact, delete_contact, log_contact, log_view, say_kept
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
from planner.services.case_paying import pay_view
from planner.services.case_payments import (
    confirm_settled,
    record_exact_payment,
    set_payment_time,
    take_settled_back,
)
from planner.services.case_reconcile import compared, correct_to_app, note_agreement, recorded_balance
from planner.services.case_requests import submit, withdraw
from planner.services.case_runs import delete_case, finish, reopen, start_case
from planner.services.case_states import enter_state, leave_state
from planner.services.case_tasks import do_task, set_interval, task_view
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
    "cap_view",
    "case_view",
    "case_views",
    "change_contact",
    "compared",
    "confirm_debit",
    "confirm_settled",
    "correct_contact",
    "correct_to_app",
    "debits_view",
    "delete_case",
    "delete_contact",
    "do_task",
    "documents_view",
    "drop_copy",
    "edit_step_text",
    "enter_state",
    "evidence_view",
    "fail_debit",
    "finish",
    "keep_copy",
    "leave_state",
    "library",
    "link_file",
    "log_contact",
    "log_view",
    "look_again",
    "mark_document",
    "note_agreement",
    "pay_view",
    "record_exact_payment",
    "recorded_balance",
    "reminders",
    "reopen",
    "restore_step_text",
    "say_kept",
    "set_cap",
    "set_interval",
    "set_payment_time",
    "set_step_state",
    "start_case",
    "stay",
    "submit",
    "take_settled_back",
    "task_view",
    "tick_service",
    "unlink_file",
    "withdraw",
    "write_step_note",
]
