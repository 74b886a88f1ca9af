"""What a position needs to read of each account, and no more.

What is settled for good is skipped by a summary that can be made again at any time. A write to
anything the summary covers drops it, within the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.account import Account
from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import Shift, add_months
from planner.domain.ledger import Ledger
from planner.domain.money import Money
from planner.domain.position import Position, position
from planner.domain.settled import Settled, settled_before
from planner.store.changes import Change, RowValues
from planner.store.journal import Journal

if TYPE_CHECKING:
    from planner.store.store import Store

_DATES = {
    "adjustments": "as_of",
    "charges": "posted_on",
    "payments": "paid_on",
    "plan_rows": "due_on",
    "purchases": "bought_on",
}
_PARENTS = {
    "agreement_dues": ("agreements", "agreement_id"),
    "bill_lines": ("bills", "bill_id"),
    "plan_rows": ("plans", "plan_id"),
    "refunds": ("purchases", "purchase_id"),
}


class Ledgers:
    """Reads accounts with what was recorded on them."""

    def __init__(self, store: Store) -> None:
        """Read through a store."""
        self._store = store

    def position(self, on: date) -> Position:
        """What is open and late on a day, over all accounts; what is settled for good is left out."""
        accounts = self._store.accounts.all()
        settled = self._settled()
        return position((self._open(account, settled.get(account.id), on) for account in accounts), on)

    def history(self, account_id: str, on: date) -> Position:
        """Every due that one account ever had, and what is open of it on a day."""
        return position((self.whole(self._store.accounts.get(account_id)),), on)

    def whole(self, account: Account) -> Ledger:
        """Everything recorded on an account."""
        store = self._store
        return Ledger(
            account,
            store.purchases.of_account(account.id),
            store.bills.of_account(account.id),
            store.plans.of_account(account.id),
            store.payments.of_account(account.id),
            store.charges.of_account(account.id),
            store.adjustments.of_account(account.id),
            self.calendar_of(account),
            self._taken_over(account.id),
        )

    def _open(self, account: Account, settled: Settled | None, on: date) -> Ledger:
        if settled is None or on < settled.before:
            return self.whole(account)
        store = self._store
        since = settled.before
        return Ledger(
            account,
            [
                *store.purchases.unheld_since(account.id, settled.bought_before),
                *store.purchases.refunded_on_bills_since(account.id, since),
            ],
            store.bills.due_since(account.id, since),
            store.plans.with_rows_since(account.id, since),
            store.payments.since(account.id, since),
            store.charges.unheld_since(account.id, since),
            store.adjustments.since(account.id, since, settled.bought_before),
            self.calendar_of(account),
            self._taken_over(account.id),
        )

    def calendar_of(self, account: Account) -> BusinessCalendar | None:
        """The business days on which due dates of an account depend; None if its lender moves none."""
        return self._store.published.calendar(account.law) if account.cycle.shift is not Shift.NONE else None

    def _taken_over(self, account_id: str) -> dict[str, tuple[date, Money]]:
        """When agreements took over the rest of dues of an account, and how much, by the id of the due."""
        sql = (
            "SELECT due_id, taken_minor, currency, agreed_on FROM agreements "
            "JOIN agreement_dues ON agreement_id = agreements.id WHERE account_id = ? "
            "ORDER BY agreed_on DESC"
        )
        return {
            row["due_id"]: (date.fromisoformat(row["agreed_on"]), Money(row["taken_minor"], row["currency"]))
            for row in self._store.connection.execute(sql, (account_id,))
        }

    def newest_entry(self, account_id: str) -> date | None:
        """The day of the newest bill, purchase, payment or correction of an account; None if it is empty."""
        dated = {
            "bills": "statement_on",
            "purchases": "bought_on",
            "payments": "paid_on",
            "adjustments": "as_of",
        }
        sql = " UNION ALL ".join(
            f"SELECT max({column}) AS day FROM {table} WHERE account_id = ?1"
            for table, column in dated.items()
        )
        row = self._store.connection.execute(f"SELECT max(day) AS day FROM ({sql})", (account_id,)).fetchone()
        return date.fromisoformat(row["day"]) if row["day"] else None

    def summarise(self, on: date) -> None:
        """Make the summaries that are missing."""
        for _account_id in self.summaries(on):
            pass

    def summaries(self, on: date) -> Iterator[str]:
        """Make the summaries that are missing, an account at each step: each costs a read of all of it.

        Yields:
            The account that was looked at.
        """
        for account_id in [account.id for account in self._store.accounts.all()]:
            # Read at its own step: much may have happened since the one before.
            account = self._store.accounts.find(account_id)
            if account is None or account_id in self._settled():
                continue
            settled = settled_before(self.whole(account), on)
            if settled is not None:
                with self._store.transaction() as journal:
                    journal.beside(
                        "INSERT INTO settled (id, before, bought_before) VALUES (?, ?, ?)",
                        account.id,
                        settled.before.isoformat(),
                        settled.bought_before.isoformat(),
                    )
            yield account_id

    def drop_stale(self, journal: Journal) -> None:
        """Drop the summary of every account of which the transaction touched something settled."""
        settled = self._settled()
        changes = journal.changes if settled else ()
        gone = {(change.table, change.id): change.before for change in changes if change.before is not None}
        for change in changes:
            rows = [row for row in (change.before, change.after) if row is not None]
            owners = rows
            if change.table in _PARENTS:
                table, column = _PARENTS[change.table]
                parent_id = rows[-1][column]
                owners = [journal.read(table, parent_id) or gone.get((table, parent_id), {})]
            ids = {change.id} if change.table == "accounts" else {row.get("account_id") for row in owners}
            if change.table == "published":
                ids = set(settled)  # holidays may move the due dates of any of them
            for known in [settled[account_id] for account_id in ids if account_id in settled]:
                if len(ids) > 1 or self._reaches(journal, change, rows, owners, known):
                    journal.beside("DELETE FROM settled WHERE id = ?", known.account_id)
                    del settled[known.account_id]

    def _settled(self) -> dict[str, Settled]:
        rows = self._store.connection.execute("SELECT * FROM settled").fetchall()
        return {
            row["id"]: Settled(
                row["id"], date.fromisoformat(row["before"]), date.fromisoformat(row["bought_before"])
            )
            for row in rows
        }

    def _reaches(
        self,
        journal: Journal,
        change: Change,
        rows: Sequence[RowValues],
        owners: Sequence[RowValues],
        settled: Settled,
    ) -> bool:
        """Whether a change may touch what the summary covers; in doubt it does."""
        match change.table:
            case "accounts" | "agreements" | "agreement_dues" | "plans" | "published":
                reaches = True
            case "bills":
                # The statement date of a bill decides which payments still went to those it carries.
                # A bill that states only its amount also decides about the purchases of its month.
                reaches = (
                    _earliest(rows, "due_on") < settled.before
                    or _month_before(rows) < settled.bought_before
                    or self._store.bills.carries(change.id)
                )
            case "bill_lines":
                held = {row["refers_to"] for row in rows if row["refers_to"]}
                reaches = (
                    _earliest(owners, "due_on") < settled.before
                    or _month_before(owners) < settled.bought_before
                    or any(self._may_be_settled(journal, value_id, settled) for value_id in held)
                )
            case "purchases" | "refunds":
                ids = (change.id, *(row["purchase_id"] for row in rows if "purchase_id" in row))
                bought_on, bills = _earliest(owners, "bought_on"), self._store.bills
                reaches = (
                    bought_on < settled.bought_before
                    or bills.holds_before(ids, settled.before)
                    # A bill that states only its amount may count it in.
                    or bills.states_since(settled.account_id, bought_on, settled.before)
                )
            case "adjustments" if any(row["bill_id"] for row in rows):
                reaches = True
            case "adjustments" | "charges" | "payments" | "plan_rows":
                reaches = _earliest(rows, _DATES[change.table]) < settled.before
            case _:
                reaches = False
        return reaches

    def _may_be_settled(self, journal: Journal, value_id: str, settled: Settled) -> bool:
        """Whether something that a bill holds, or held, is among what the summary covers; in doubt it is."""
        for table in ("purchases", "plan_rows", "charges"):
            row = journal.read(table, value_id)
            if row is None:
                continue
            day = _earliest([row], _DATES[table])
            if table != "purchases":
                return day < settled.before
            # Once no bill holds it, one that states only its amount may count it in.
            is_counted = self._store.bills.states_since(settled.account_id, day, settled.before)
            return day < settled.bought_before or is_counted
        return True


def _month_before(bills: Sequence[RowValues]) -> date:
    """The first day of which a purchase can be on some bills."""
    statement_on = _earliest(bills, "statement_on")
    return statement_on if statement_on == date.min else add_months(statement_on, -1)


def _earliest(rows: Sequence[RowValues], column: str) -> date:
    """The earliest day in a column; a row that is gone may have had any."""
    return min((date.fromisoformat(row[column]) for row in rows if column in row), default=date.min)
