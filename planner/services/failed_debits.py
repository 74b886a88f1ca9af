"""Automatic debits that failed: noted until what they were for is paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from planner.domain.due import Due
from planner.domain.failed_debit import FailedDebit
from planner.domain.money import Money
from planner.phrases import Phrase
from planner.services.typed import fit_to_keep
from planner.store.store import Store

# So long before a due date some lenders try to debit it.
AHEAD = timedelta(days=3)


def note_failed_debit(store: Store, due: Due, on: date, note: str = "") -> FailedDebit:
    """Note that the debit of a due failed; once for each due, what was noted before is replaced."""
    _forget(store, due.id)
    failed = fit_to_keep(FailedDebit(due.account_id, due.id, on, note.strip()), "note")
    store.failed_debits.save(failed)
    return failed


def forget_failed_debit(store: Store, due_id: str) -> None:
    """Take back that the debit of a due failed."""
    _forget(store, due_id)


def open_failures(store: Store, dues: Iterable[Due]) -> Mapping[str, FailedDebit]:
    """The debits that failed of what is still to pay, by the id of the due."""
    if not store.has_failed_debits:
        return {}
    waiting = {due.id for due in dues if due.open_minimum}
    return {each.due_id: each for each in store.failed_debits.all() if each.due_id in waiting}


def failed_words(name: Phrase, due: Due, failed: FailedDebit) -> Phrase:
    """What to say of a debit that failed, as long as what it was for is open."""
    return Phrase(
        "{name}: the automatic debit failed on {date}, and {amount} is still open. "
        "Pay it by hand, or ask the lender what can be agreed.",
        name=name,
        date=failed.on,
        amount=due.still_due,
    )


def failed_together_words(name: Phrase, amount: Money, on: date) -> Phrase:
    """The same of several, which are one debit."""
    return Phrase(
        "{name}: the automatic debit failed on {date}, and {amount} is still open. "
        "Pay it by hand, or ask the lender what can be agreed.",
        name=name,
        date=on,
        amount=amount,
    )


def due_that_failed(dues: Iterable[Due], on: date) -> Due | None:
    """The due that a failed debit was for: the newest open one that was to be paid by about that day.

    Some lenders try a few days ahead. What only follows from the cycle is none: its bill is not recorded.
    """
    waiting = [
        due
        for due in dues
        if due.due_on is not None and due.due_on <= on + AHEAD and due.open_minimum and not due.projected
    ]
    return max(waiting, key=lambda due: due.due_on or date.min, default=None)


def _forget(store: Store, due_id: str) -> None:
    for known in store.failed_debits.all():
        if known.due_id == due_id:
            store.failed_debits.delete(known.id)
