"""Which purchase each imported refund belongs to, and how much came back without a row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from planner.domain.money import Money
from planner.domain.purchase import Purchase, Refund
from planner.statements.statement import StatementRow

ASSUMED = "|refunded"  # ends the key of a refund that an amount mentions, but no row yet

_REFUND_OF = "退款-"
_AND_MORE = re.compile(r"等多件$")
# With this many purchases under one number, the number says nothing: an anonymised export.
_FEW = 50


def item_of(description: str) -> str:
    """What was bought or sent back, so that a purchase and its refund can be compared."""
    return _AND_MORE.sub("", re.sub(r"\s", "", description).removeprefix(_REFUND_OF))


def assumed_key(purchase: Purchase) -> str:
    """The key of what came back of a purchase by its own row, without a row that dates it."""
    return purchase.source_key + ASSUMED


@dataclass(slots=True)
class Candidate:
    """A purchase that refunds may belong to.

    Attributes:
        purchase: As it is recorded, or as the file would record it.
        bought_at: When; midnight where only the day is known.
        is_in_file: Whether the file has it, and so says how much came back.
        stated: How much came back by the file.
        known: How much of that has a row or was typed.
        before: How much came back before this file.
        typed: Refunds that the user has typed, as long as no row was found for them.
        added: What this file adds.
    """

    purchase: Purchase
    bought_at: datetime
    is_in_file: bool
    stated: Money
    known: Money = field(init=False)
    before: Money = field(init=False)
    typed: list[Money] = field(init=False)
    added: list[Refund] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Split what is recorded into what is known and what is assumed."""
        self.known = self.before = self.purchase.amount.zero
        self.typed = []
        for refund in self.purchase.refunds:
            self.before += refund.amount
            if not refund.source_key.endswith(ASSUMED):
                self.known += refund.amount
            if not refund.source_key:
                self.typed.append(refund.amount)

    @property
    def room(self) -> Money:
        """How much more a refund may explain: what the file says came back, else all that is left."""
        return (self.stated if self.is_in_file else self.purchase.amount) - self.known

    def can_take(self, amount: Money) -> bool:
        """Whether so much can come back at all."""
        return amount <= self.purchase.amount - self.known

    @property
    def assumed(self) -> Money:
        """How much came back on a day that no row gives.

        A file never takes back what another has said: of all that was ever stated and of all
        rows that were found the larger sum holds, whatever the order of the files.
        """
        total = min(max(self.known.minor, self.before.minor, self.stated.minor), self.purchase.amount.minor)
        return Money(max(total - self.known.minor, 0), self.known.currency)

    @property
    def is_changed(self) -> bool:
        """Whether the file changes what came back."""
        known = next((r.amount for r in self.purchase.refunds if r.source_key.endswith(ASSUMED)), None)
        return bool(self.added) or self.assumed != (known or self.assumed.zero)

    @property
    def result(self) -> Purchase:
        """The purchase with everything that came back, oldest first."""
        kept = [r for r in self.purchase.refunds if not r.source_key.endswith(ASSUMED)] + self.added
        if self.assumed:
            found = (r for r in self.purchase.refunds if r.source_key.endswith(ASSUMED))
            fresh = Refund(self.assumed, self.purchase.bought_on, assumed_key(self.purchase))
            kept.append(replace(next(found, fresh), amount=self.assumed))
        kept.sort(key=lambda refund: (refund.refunded_on, refund.source_key))
        return replace(self.purchase, refunds=tuple(kept))


@dataclass(slots=True)
class _Order:
    """The purchases under one order number.

    Attributes:
        every: All of them.
        typed: Those on which the user has typed refunds.
        open: Those of which more may have come back.
        by_item: The open ones by what was bought.
    """

    every: list[Candidate] = field(default_factory=list)
    typed: list[Candidate] = field(default_factory=list)
    open: list[Candidate] = field(default_factory=list)
    by_item: dict[str, list[Candidate]] = field(default_factory=dict)


class Matcher:
    """Finds the purchase of each refund. Refunds are asked for in the order of their times."""

    def __init__(self, candidates: Iterable[tuple[str, Candidate]]) -> None:
        """Take every candidate with the account on which its refunds would come."""
        self._waiting: Iterator[tuple[str, Candidate]] = iter(
            sorted(candidates, key=lambda pair: pair[1].bought_at)
        )
        self._next = next(self._waiting, None)
        self._orders: dict[tuple[str, str], _Order] = {}

    def was_typed(self, account_id: str, row: StatementRow) -> Candidate | None:
        """The purchase on which the user has already typed that refund; each counts once."""
        for candidate in self._order(account_id, row).typed:
            if row.gross in candidate.typed:
                candidate.typed.remove(row.gross)
                return candidate
        return None

    def find(self, account_id: str, row: StatementRow) -> Candidate | None:
        """The purchase to which a refund belongs, with the refund added to it.

        By the order number, then by what was bought, then by the amount that the purchase's own row
        says came back: several purchases may share an order number.
        """
        order = self._order(account_id, row)
        item, amount = item_of(row.description), row.gross
        few = order.every if len(order.every) <= _FEW else ()
        pools = [
            [known for known in order.by_item.get(item, ()) if known.room >= amount],
            [known for known in order.open if known.room >= amount],
            [known for known in few if item_of(known.purchase.description) == item],
            few,
        ]
        if not row.order_number:  # nothing but the description ties them
            pools = [pools[0], pools[2]]
        for pool in pools:
            fitting = [known for known in pool if known.can_take(amount)]
            if fitting:
                found = min(fitting, key=lambda known: _closeness(known, amount))
                self._add(order, found, row)
                return found
        return None

    def has_order(self, account_id: str, row: StatementRow) -> bool:
        """Whether any purchase has the order number of a refund."""
        return bool(row.order_number) and bool(self._order(account_id, row).every)

    def _order(self, account_id: str, row: StatementRow) -> _Order:
        """The purchases under an order number up to a moment."""
        while self._next is not None and self._next[1].bought_at <= row.at:
            account, candidate = self._next
            known = self._orders.setdefault((account, candidate.purchase.order_number), _Order())
            known.every.append(candidate)
            if candidate.typed:
                known.typed.append(candidate)
            if candidate.room.minor > 0:
                known.open.append(candidate)
                known.by_item.setdefault(item_of(candidate.purchase.description), []).append(candidate)
            self._next = next(self._waiting, None)
        return self._orders.get((account_id, row.order_number), _Order())

    @staticmethod
    def _add(order: _Order, candidate: Candidate, row: StatementRow) -> None:
        candidate.added.append(Refund(row.gross, row.at.date(), row.key))
        was_open = candidate.room.minor > 0
        candidate.known += row.gross
        if was_open and candidate.room.minor <= 0:
            order.open.remove(candidate)
            order.by_item[item_of(candidate.purchase.description)].remove(candidate)


def _closeness(candidate: Candidate, amount: Money) -> tuple[bool, bool, bool, int, float]:
    """What fits best comes first: stated by a file, to the cent, else the tightest, else the newest."""
    room = candidate.room
    return (
        not candidate.is_in_file,
        candidate.assumed < amount,
        room != amount,
        room.minor,
        -candidate.bought_at.timestamp(),
    )
