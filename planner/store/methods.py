"""What imports remember beside the record: what payment methods stand for, and which orders have ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.store.store import Store


class PaymentMethods:
    """What the user said about each payment method; remembered for the next import."""

    def __init__(self, store: Store) -> None:
        """Read and write through a store."""
        self._store = store

    def all(self) -> dict[str, str | None]:
        """The account id of each known method; None for "not credit, ignored"."""
        rows = self._store.connection.execute("SELECT id, account_id FROM payment_methods").fetchall()
        return {row["id"]: row["account_id"] for row in rows}

    def put(self, method: str, account_id: str | None) -> None:
        """Remember what a method stands for; None for "not credit, ignored"."""
        self._store.journal.put("payment_methods", {"id": method, "account_id": account_id})

    def forget_account(self, account_id: str) -> None:
        """Forget the methods of an account that goes away."""
        for method, known in self.all().items():
            if known == account_id:
                self._store.journal.delete("payment_methods", method)


class EndedOrders:
    """The pending orders that ended without credit: an older export must not bring them back."""

    def __init__(self, store: Store) -> None:
        """Read and write through a store."""
        self._store = store

    def all(self) -> frozenset[tuple[str, str]]:
        """The order number of each, and what was ordered."""
        rows = self._store.connection.execute("SELECT order_number, item FROM ended_orders").fetchall()
        return frozenset((row["order_number"], row["item"]) for row in rows)

    def add(self, order_number: str, item: str) -> None:
        """Remember one."""
        values = {"id": f"{order_number}|{item}", "order_number": order_number, "item": item}
        self._store.journal.put("ended_orders", values)
