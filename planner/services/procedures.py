"""Wishes of the place Procedures: start one, mark its steps, write over them, make the request."""

from __future__ import annotations

from planner.services.cases.cap import cap_view, set_cap
from planner.services.cases.debits import confirm_debit, debits_view, fail_debit
from planner.services.cases.documents import documents_view, mark_document
from planner.services.cases.errors import (
    EmptyTextError,
    FinishBlockedError,
    FutureDateError,
    NotDoneYetError,
    StepBlockedError,
    SubmitBlockedError,
    UnderWayError,
    UnknownProcedureError,
)
from planner.services.cases.evidence import drop_copy, evidence_view, keep_copy, link_file, unlink_file
from planner.services.cases.log import correct_contact, delete_contact, log_contact, log_view, say_kept
from planner.services.cases.marks import (
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
from planner.services.cases.paying import pay_view
from planner.services.cases.payments import (
    confirm_settled,
    record_exact_payment,
    set_payment_time,
    take_settled_back,
)
from planner.services.cases.reconcile import compared, correct_to_app, note_agreement, recorded_balance
from planner.services.cases.requests import submit, withdraw
from planner.services.cases.runs import delete_case, finish, reopen, start_case
from planner.services.cases.states import enter_state, leave_state
from planner.services.cases.tasks import do_task, set_interval, task_view
from planner.services.cases.view import CaseView, OpenItem
from planner.services.cases.views import Card, case_view, case_views, library, reminders

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
