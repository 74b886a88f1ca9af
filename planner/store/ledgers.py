"""What a position needs to read of each account, and no more.

What is settled for good is skipped by a summary that can be made again at any time. A write to
anything the summary covers drops it, within the same transaction.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.domain.account import Account
from planner.domain.position import Ledger, Position, Settled, position, settled_before
from planner.store.changes import Change, RowValues
from planner.store.journal import Journal

if TYPE_CHECKING:
    from planner.store.store import Store

_DATES = {
    "bills": "due_on",
    "purchases": "bought_on",
    "payments": "paid_on",
    "charges": "posted_on",
    "plan_rows": "due_on",
    "adjustments": "as_of",
}
_PARENTS = {"bill_lines": ("bills", "bill_id"), "plan_rows": ("plans", "plan_id"), "refunds": ("purchases", "purchase_id")}


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
        )

    def _open(self, account: Account, settled: Settled | None, on: date) -> Ledger:
        if settled is None or on < settled.before:
            return self.whole(account)
        store = self._store
        since = settled.before
        return Ledger(
            account,
            store.purchases.unheld_since(account.id, settled.bought_before),
            store.bills.due_since(account.id, since),
            store.plans.with_rows_since(account.id, since),
            store.payments.since(account.id, since),
            store.charges.unheld_since(account.id, since),
            store.adjustments.since(account.id, since),
        )

    def summarise(self, on: date) -> None:
        """Make the summaries that are missing. Costs a read of those accounts; for idle moments."""
        known = self._settled()
        for account in self._store.accounts.all():
            if account.id in known:
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

    def drop_stale(self, journal: Journal) -> None:
        """Drop the summary of every account of which the transaction touched something settled."""
        settled = self._settled()
        if not settled:
            return
        for change in journal.changes:
            account_id = self._account_of(journal, change)
            known = settled.get(account_id)
            if known is not None and self._reaches(journal, change, known):
                journal.beside("DELETE FROM settled WHERE id = ?", account_id)
                del settled[account_id]

    def _settled(self) -> dict[str, Settled]:
        rows = self._store.connection.execute("SELECT * FROM settled").fetchall()
        return {
            row["id"]: Settled(
                row["id"], date.fromisoformat(row["before"]), date.fromisoformat(row["bought_before"])
            )
            for row in rows
        }

    def _account_of(self, journal: Journal, change: Change) -> str:
        row = _row(change)
        if change.table == "accounts":
            return change.id
        if change.table in _PARENTS:
            parent = self._parent(journal, change)
            return str(parent["account_id"]) if parent else ""
        return str(row.get("account_id", ""))

    @staticmethod
    def _parent(journal: Journal, change: Change) -> RowValues | None:
        table, column = _PARENTS[change.table]
        parent_id = _row(change)[column]
        gone = next((c.before for c in journal.changes if c.table == table and c.id == parent_id and c.before), None)
        return journal.read(table, parent_id) or gone

    def _reaches(self, journal: Journal, change: Change, settled: Settled) -> bool:
        """Whether a change may touch what the summary covers; in doubt it does."""
        if change.table == "accounts" or change.table == "plans":
            return True
        if change.table == "bill_lines" and _row(change)["refers_to"] and _row(change)["kind"] != "purchase":
            return True
        if change.table == "adjustments" and _row(change)["bill_id"]:
            return True
        dated, column = change.table, _DATES.get(change.table)
        rows = [row for row in (change.before, change.after) if row is not None]
        if column is None and change.table in _PARENTS:
            dated = _PARENTS[change.table][0]
            parent = self._parent(journal, change)
            column, rows = _DATES.get(dated), [parent] if parent else []
        if column is None:
            return False
        limit = settled.bought_before if dated == "purchases" else settled.before
        return any(date.fromisoformat(row[column]) < limit for row in rows)


def _row(change: Change) -> RowValues:
    row = change.after or change.before
    if row is None:
        msg = "a change without a row"
        raise ValueError(msg)
    return row
