"""The words that the files of procedures may use: kinds of steps, rules, parts, units, and so on."""

from __future__ import annotations

from enum import StrEnum


class StepKind(StrEnum):
    """What a step is besides its words."""

    DO = "do"
    CHOOSE = "choose"
    STATE = "state"
    SETTLE = "settle"
    SERVICES = "services"
    SUBMIT = "submit"
    VERIFY = "verify"
    DOCUMENTS = "documents"
    CONTACT = "contact"
    WORKSHEET = "worksheet"
    LETTER = "letter"
    AGREEMENT = "agreement"
    PAY = "pay"
    WAIT = "wait"
    DEBITS = "debits"
    TASK = "task"
    CAP = "cap"
    RECONCILE = "reconcile"


class Rule(StrEnum):
    """What may stand in the way of a step; each is computed from what is recorded."""

    OPEN_DUES = "open_dues"
    LATE_DUES = "late_dues"
    UNFINISHED_ORDERS = "unfinished_orders"
    OPEN_REFUNDS = "open_refunds"
    LINKED_SERVICES = "linked_services"
    AUTOMATIC_DEBIT = "automatic_debit"
    NOT_SUBMITTED = "not_submitted"
    WAITING = "waiting"
    DOCUMENTS = "documents"
    NO_CONTACT = "no_contact"
    NO_AGREEMENT = "no_agreement"
    FIRST_MISSED = "first_missed"
    NOT_PAID = "not_paid"
    CASH_SHORT = "cash_short"
    UNCONFIRMED_DEBITS = "unconfirmed_debits"


class Section(StrEnum):
    """Which part of a procedure a step belongs to."""

    BEFORE = "before"
    DO = "do"
    AFTER = "after"


class Unit(StrEnum):
    """What a duration is counted in."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"
    YEARS = "years"


class FactKind(StrEnum):
    """What the record says of an account that a procedure shows at its top; each is worked out."""

    OWED = "owed"
    LATE = "late"
    LATE_COST = "late_cost"
    MINIMUM = "minimum"
    NEXT_DUE = "next_due"
    LIMIT_USED = "limit_used"
    STATES = "states"
    LATE_COUNTS = "late_counts"
    RECORD_EXPIRY = "record_expiry"
    AFFORDABLE = "affordable"
    CASH_FOR_DEBITS = "cash_for_debits"


class LetterKind(StrEnum):
    """What a letter to a lender is about."""

    PROPOSAL = "proposal"
    CANCELLATION = "cancellation"
    DISPUTE = "dispute"
    REFUND = "refund"
    CONFIRMATION = "confirmation"


class Channel(StrEnum):
    """How a lender and a person reach one another."""

    APP = "app"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    MESSAGE = "message"
    BRANCH = "branch"
    VISIT = "visit"
    COURT = "court"
    OTHER = "other"
