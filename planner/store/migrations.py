"""The schema, as the ordered steps that led to it. A released step is never edited.

Loaded only when a file's ``user_version`` is behind VERSION.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from planner.store.db import APPLICATION_ID, Connection

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

_MONEY = {"amount_minor": int, "currency": str}


def apply(connection: Connection) -> None:
    """Bring a file up to date."""
    from sqlite_utils import Database  # 150 ms, which an up-to-date file need not wait for

    migrations().apply(Database(connection, execute_plugins=False))


@cache
def migrations() -> Migrations:
    """The steps that led to the schema, in their order."""
    from sqlite_utils import Migrations  # see apply

    steps = Migrations("planner")
    for step in (
        m001_record,
        m002_import_and_cases,
        m003_ended_orders,
        m004_published,
        m005_cash_and_payoff,
        m006_procedures_and_reminders,
        m007_cases,
    ):
        steps()(step)
    return steps


def _table(
    db: Database,
    name: str,
    columns: Mapping[str, type],
    *,
    optional: tuple[str, ...] = (),
    refers: Mapping[str, str] | None = None,
    indexes: tuple[tuple[str, ...], ...] = (),
) -> None:
    """Create a STRICT table whose columns all hold something, apart from the optional ones."""
    refers = refers or {}
    table = db.table(name)
    table.create(
        {"id": str, **columns},
        pk="id",
        not_null={"id", *columns} - set(optional),
        foreign_keys=[(column, other, "id") for column, other in refers.items()],
        strict=True,
    )
    for column in refers:
        table.create_index([column])
    for index in indexes:
        table.create_index(list(index))


def m001_record(db: Database) -> None:
    """What the user records: accounts, purchases, bills, plans, payments, and what corrects them."""
    _table(
        db,
        "accounts",
        {
            "name": str,
            "lender": str,
            "currency": str,
            "product": str,
            "limit_minor": int,
            "mode": str,
            "statement_day": int,
            "due_day": int,
            "due_days_after": int,
            "closes_after": int,
            "automatic": int,
            "note": str,
        },
        optional=("limit_minor", "statement_day", "due_day", "due_days_after"),
    )
    of_account = {"account_id": "accounts"}
    part = {"account_id": str, "position": int}
    _table(
        db,
        "account_terms",
        {**part, "term": str, "about": str, "value": str, "source": str}
        | {"checked_on": str, "reliability": str, "origin": str},
        optional=("checked_on",),
        refers=of_account,
    )
    _table(
        db,
        "linked_services",
        {**part, "name": str, "unlinked_on": str},
        optional=("unlinked_on",),
        refers=of_account,
    )
    _table(
        db,
        "account_states",
        {**part, "state": str, "since": str, "until": str, "note": str},
        optional=("until",),
        refers=of_account,
    )
    _table(db, "contacts", {**part, "label": str, "number": str, "source": str}, refers=of_account)
    _table(
        db,
        "purchases",
        {"account_id": str, **_MONEY, "bought_on": str, "merchant": str, "description": str}
        | {"order_number": str, "progress": str, "category": str, "source_key": str},
        refers=of_account,
        indexes=(("account_id", "bought_on"), ("source_key",), ("account_id", "order_number")),
    )
    _table(
        db,
        "refunds",
        {"purchase_id": str, "position": int, "amount_minor": int, "refunded_on": str, "source_key": str},
        refers={"purchase_id": "purchases"},
        indexes=(("source_key",),),
    )
    _table(
        db,
        "bills",
        {
            "account_id": str,
            "currency": str,
            "statement_on": str,
            "due_on": str,
            "minimum_minor": int,
            "note": str,
        },
        optional=("minimum_minor",),
        refers=of_account,
        indexes=(("account_id", "due_on"),),
    )
    _table(
        db,
        "bill_lines",
        {"bill_id": str, "position": int, "kind": str, "amount_minor": int, "refers_to": str, "label": str},
        refers={"bill_id": "bills"},
        indexes=(("refers_to",),),
    )
    _table(
        db,
        "plans",
        {"account_id": str, "name": str, "principal_minor": int, "currency": str, "count": int}
        | {"origin": str, "origin_id": str, "started_on": str},
        optional=("started_on",),
        refers=of_account,
        indexes=(("origin_id",),),
    )
    _table(
        db,
        "plan_rows",
        {"plan_id": str, "position": int, "number": int, "due_on": str}
        | {"principal_minor": int, "fee_minor": int, "interest_minor": int},
        refers={"plan_id": "plans"},
        indexes=(("plan_id", "due_on"),),
    )
    _table(
        db,
        "charges",
        {"account_id": str, "kind": str, **_MONEY, "posted_on": str, "note": str},
        refers=of_account,
        indexes=(("account_id", "posted_on"),),
    )
    _table(
        db,
        "payments",
        {"account_id": str, **_MONEY, "paid_on": str, "automatic": int, "aimed_at": str}
        | {"note": str, "source_key": str},
        refers=of_account,
        indexes=(("account_id", "paid_on"), ("source_key",)),
    )
    _table(
        db,
        "adjustments",
        {"account_id": str, **_MONEY, "stated_minor": int, "as_of": str, "reason": str, "bill_id": str},
        refers=of_account,
    )
    _table(db, "settings", {"value": str})
    _table(db, "settled", {"before": str, "bought_before": str})
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


def m002_import_and_cases(db: Database) -> None:
    """Which payment method of a statement is which account, and the runs of procedures."""
    _table(
        db,
        "payment_methods",
        {"account_id": str},
        optional=("account_id",),
        refers={"account_id": "accounts"},
    )
    _table(
        db,
        "cases",
        {"procedure": str, "revision": int, "account_id": str, "started_on": str}
        | {"submitted_on": str, "ended_on": str, "note": str},
        optional=("submitted_on", "ended_on"),
        refers={"account_id": "accounts"},
    )
    _table(
        db,
        "case_steps",
        {"case_id": str, "position": int, "step": str, "state": str, "note": str, "done_on": str}
        | {"own_text": str, "own_text_revision": int, "own_text_language": str},
        optional=("done_on", "own_text", "own_text_revision", "own_text_language"),
        refers={"case_id": "cases"},
    )
    _table(
        db,
        "case_answers",
        {"case_id": str, "position": int, "question": str, "answer": str},
        refers={"case_id": "cases"},
    )
    db.execute("PRAGMA user_version = 2")


def m003_ended_orders(db: Database) -> None:
    """Which orders of statements were pending and ended without credit."""
    _table(db, "ended_orders", {"order_number": str, "item": str})
    db.execute("PRAGMA user_version = 3")


def m004_published(db: Database) -> None:
    """Whose law holds for an account, what moves its due dates, and figures that the user loaded."""
    accounts = db.table("accounts")
    accounts.add_column("country", str, not_null_default="")
    accounts.add_column("shift", str, not_null_default="none")
    _table(
        db,
        "published",
        {"kind": str, "name": str, "dated": str, "loaded_on": str, "by_hand": int, "text": str},
    )
    db.execute("PRAGMA user_version = 4")


def m005_cash_and_payoff(db: Database) -> None:
    """Where cash lies, what comes and goes, what the user wants of it, adopted plans and what-ifs."""
    db.table("accounts").add_column("cash_account_id", str, not_null_default="")
    _table(db, "cash_accounts", {"name": str, "currency": str, "note": str})
    _table(
        db,
        "cash_balances",
        {"cash_account_id": str, "position": int, "seen_on": str, "amount_minor": int},
        refers={"cash_account_id": "cash_accounts"},
    )
    _table(
        db,
        "cash_flows",
        {"name": str, "category": str, **_MONEY, "first_on": str, "unit": str, "every": int, "day": int}
        | {"until": str, "shift": str, "cash_account_id": str, "note": str},
        optional=("day", "until"),
        indexes=(("cash_account_id",),),
    )
    _table(
        db,
        "cash_occurrences",
        {"cash_flow_id": str, "position": int, "by_rule": str, "state": str, "happened_on": str}
        | {"amount_minor": int},
        optional=("happened_on", "amount_minor"),
        refers={"cash_flow_id": "cash_flows"},
    )
    _table(
        db,
        "cash_rules",
        {"reserve_minor": int, "spending_cap_minor": int},
        optional=("reserve_minor", "spending_cap_minor"),
    )
    _table(
        db,
        "adopted_plans",
        {"currency": str, "method": str, "adopted_on": str, "ended_on": str, "cost_minor": int}
        | {"late_cost_minor": int, "is_proved": int},
        optional=("ended_on",),
        indexes=(("currency", "adopted_on"),),
    )
    of_plan = {"adopted_plan_id": "adopted_plans"}
    _table(
        db,
        "planned_payments",
        {"adopted_plan_id": str, "position": int, "account_id": str, "due_id": str, "pay_on": str}
        | {"principal_minor": int, "fee_minor": int, "interest_minor": int, "to_come_minor": int}
        | {"todo_id": str},
        refers=of_plan,
        indexes=(("pay_on",),),
    )
    _table(
        db,
        "plan_todos",
        {"adopted_plan_id": str, "position": int, "account_id": str, "due_id": str, "kind": str}
        | {"count": int, "ask_by": str, "state": str, "done_on": str, "note": str},
        optional=("ask_by", "done_on"),
        refers=of_plan,
    )
    _table(
        db,
        "scenarios",
        {"name": str, "currency": str, "income_minor": int, "reserve_minor": int, "extra_minor": int}
        | {"new_purchases_minor": int, "trial_account_id": str, "trial_on": str, "trial_minor": int}
        | {"sort_order": str, "most_plans": int, "avoided": str, "keeps_reserve": int},
        optional=(
            "income_minor",
            "reserve_minor",
            "extra_minor",
            "new_purchases_minor",
            "trial_on",
            "trial_minor",
            "most_plans",
        ),
    )
    _table(
        db,
        "scenario_lumps",
        {"scenario_id": str, "position": int, "comes_on": str, "amount_minor": int},
        refers={"scenario_id": "scenarios"},
    )
    _table(
        db,
        "own_offers",
        {"debt_id": str, "currency": str, "kind": str, "name": str, "count": int, "fee_rate": str}
        | {"whole_fee": str, "total_fee_minor": int, "interest": str, "opening_fee_minor": int}
        | {"timing": str, "at_once": int, "free_months": int},
        optional=("fee_rate", "whole_fee", "total_fee_minor", "interest", "opening_fee_minor"),
        indexes=(("currency",), ("debt_id",)),
    )
    db.execute("PRAGMA user_version = 5")


def m006_procedures_and_reminders(db: Database) -> None:
    """When to be reminded of an account, and what was said of what there was to remind of."""
    db.table("accounts").add_column("lead_days", str)
    _table(
        db,
        "remembered",
        {"said": str, "said_on": str, "snoozed_until": str},
        optional=("said_on", "snoozed_until"),
    )
    _table(
        db,
        "calendar_entries",
        {"entry_on": str, "digest": str, "sequence": int, "changed_at": str, "is_cancelled": int},
    )
    db.execute("PRAGMA user_version = 6")


def m007_cases(db: Database) -> None:
    """What a run of a procedure keeps besides its marks: documents, contacts, files, steps of one's own."""
    steps = db.table("case_steps")
    steps.add_column("done_at", str)
    steps.add_column("every", int)
    db.table("remembered").add_column("seen", str, not_null_default="")
    db.table("bills").add_column("category", str, not_null_default="")
    rules = db.table("cash_rules")
    rules.add_column("notice_share", str)
    rules.add_column("high_share", str)
    of_case = {"case_id": "cases"}
    _table(
        db,
        "case_documents",
        {"case_id": str, "position": int, "document": str, "state": str, "noted_on": str},
        refers=of_case,
    )
    _table(
        db,
        "case_log",
        {"case_id": str, "position": int, "step": str, "happened_on": str, "happened_at": str}
        | {"channel": str, "person": str, "said": str, "promise": str, "next_on": str, "is_kept": int},
        optional=("happened_at", "next_on", "is_kept"),
        refers=of_case,
    )
    _table(
        db,
        "case_evidence",
        {"case_id": str, "position": int, "step": str, "name": str, "path": str, "added_on": str}
        | {"size": int},
        optional=("size",),
        refers=of_case,
    )
    _table(
        db,
        "case_own_steps",
        {"case_id": str, "position": int, "title": str, "text": str, "after": str},
        refers=of_case,
    )
    # What a file holds, apart from where it belongs: no list of cases reads it.
    _table(db, "evidence_files", {"content": bytes})
    _table(
        db,
        "agreements",
        {"account_id": str, "plan_id": str, "case_id": str, "agreed_on": str, "channel": str}
        | {"person": str, "waived_minor": int, "currency": str, "proof": str, "pauses_collection": int}
        | {"note": str},
        refers={"account_id": "accounts", "plan_id": "plans"},
        indexes=(("case_id",),),
    )
    _table(
        db,
        "agreement_dues",
        {"agreement_id": str, "position": int, "due_id": str, "taken_minor": int},
        refers={"agreement_id": "agreements"},
    )
    _table(
        db,
        "failed_debits",
        {"account_id": str, "due_id": str, "failed_on": str, "note": str},
        refers={"account_id": "accounts"},
    )
    db.execute("PRAGMA user_version = 7")
