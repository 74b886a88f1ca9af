"""What a recorded bill is made of, as the rules of a minimum and the charge on what is left tell it apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.minimum.card_interest import CardTransaction
from planner.domain.minimum.rule import BillParts
from planner.domain.money import Money, sum_of
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.services.plans import moved_out_of
from planner.store.store import Store

_FRESH = {LineKind.PURCHASE, LineKind.REFUND}
_CHARGES = {LineKind.FEE, LineKind.PENALTY}
# What bears no interest.
FREE_KINDS = frozenset({LineKind.INSTALMENT, LineKind.FEE, LineKind.PENALTY, LineKind.INTEREST})

_UNITEMISED = {LineKind.UNITEMISED, LineKind.ADJUSTMENT}


def bill_parts(store: Store, account: Account, bill: Bill, due: Due) -> BillParts:
    """What a bill is made of.

    Args:
        store: The open file.
        account: Its account.
        bill: What the lender stated.
        due: What it asks for now: corrected, and less what moved into instalments.
    """
    fresh, unitemised = _sum(bill, _FRESH), _sum(bill, _UNITEMISED)
    change = due.amount - bill.amount
    carried = _sum(bill, {LineKind.CARRIED})
    if change < change.zero:
        # What nobody itemised was bought as well, and is less too once no purchase is left.
        beyond = min(max(-change - max(fresh, fresh.zero), fresh.zero), max(unitemised, fresh.zero))
        fresh, unitemised = fresh + change + beyond, unitemised - beyond
    else:
        unitemised += change
    spent = fresh + carried + unitemised
    over = max(spent - account.limit, spent.zero) if account.limit is not None else spent.zero
    unpaid = _previous_unpaid(store, bill)
    charges, interest = _sum(bill, _CHARGES), _sum(bill, {LineKind.INTEREST})
    return BillParts(
        fresh,
        _sum(bill, {LineKind.INSTALMENT}),
        carried,
        charges,
        interest,
        unitemised,
        over,
        unpaid,
        last_minimum_paid=None if unpaid is None else not unpaid,
        is_interest_unknown=bool(unitemised) and not interest,
    )


def _sum(bill: Bill, kinds: Iterable[LineKind]) -> Money:
    return sum_of((line.amount for line in bill.lines if line.kind in set(kinds)), bill.amount.currency)


def _previous_unpaid(store: Store, bill: Bill) -> Money | None:
    """What was unpaid of the minimums that a bill carries when it was made; None if one is unknown."""
    unpaid = bill.amount.zero
    carried = [line for line in bill.lines if line.kind is LineKind.CARRIED]
    if not carried:
        return unpaid  # the history of an account takes long to read
    known = store.ledgers.history(bill.account_id, bill.statement_on)
    for line in carried:
        due = known.due(line.refers_to)
        if due is None or due.minimum is None:
            return None
        unpaid += max(due.minimum - due.paid_by_user, unpaid.zero)
    return unpaid


def bearing(store: Store, bill: Bill) -> Span[tuple[CardTransaction, ...]]:
    """What of a bill bears interest, each from its latest and from its earliest day.

    A purchase does from its day, what was carried from the statement on; what is not itemised was
    bought in the month before the statement. Instalments, fees and interest bear none: interest on
    service fees is forbidden (Yinfa [2016] No. 111, via m.wenzhouzx.com/news/jingji/65079.html). Nor does
    what a plan took out of the bill: at one end that is what was bought first, at the other what was last.
    """
    found, moved = list(_bearing(store, bill)), moved_out_of(store, bill)
    low = sorted((CardTransaction(days.high, amount, label) for amount, days, label in found), key=_posted)
    high = sorted((CardTransaction(days.low, amount, label) for amount, days, label in found), key=_posted)
    return Span(_left(low, moved), _left(high[::-1], moved)[::-1])


def _posted(transaction: CardTransaction) -> date:
    return transaction.posted


def _left(transactions: Iterable[CardTransaction], moved: Money) -> tuple[CardTransaction, ...]:
    """Transactions without what was moved, which is taken off the first of them."""
    left = []
    for each in transactions:
        part = min(moved, max(each.amount, moved.zero))
        moved -= part
        if part < each.amount or not part:
            left.append(replace(each, amount=each.amount - part))
    return tuple(left)


def _bearing(store: Store, bill: Bill) -> Iterator[tuple[Money, Span[date], Phrase]]:
    made = Span.exactly(bill.statement_on)
    month = Span(add_months(bill.statement_on, -1), bill.statement_on)
    for line in bill.lines:
        match line.kind:
            case LineKind.PURCHASE:
                bought = store.purchases.find(line.refers_to)
                days = Span.exactly(bought.bought_on) if bought is not None else month
                yield line.amount, days, _name(line, Phrase("Purchases"))
            case LineKind.CARRIED:
                yield line.amount, made, _name(line, Phrase("Carried rest"))
            case LineKind.REFUND:
                yield line.amount, made, _name(line, Phrase("Refunds"))
            case LineKind.UNITEMISED | LineKind.ADJUSTMENT:
                yield line.amount, month, _name(line, Phrase("Not itemised"))
            case _:
                pass


def _name(line: BillLine, usual: Phrase) -> Phrase:
    return Phrase.own(line.label) if line.label else usual


def money_days(transactions: Iterable[CardTransaction], until: date) -> Decimal:
    """Amounts times the days from each to a day, in major units; never less than nothing."""
    days = (each.amount.decimal * (until - each.posted).days for each in transactions)
    return max(sum(days, Decimal(0)), Decimal(0))
