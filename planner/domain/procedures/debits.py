"""Each automatic debit of an account: to come, made, failed, or still to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.domain.due import Due
from planner.domain.failed_debit import FailedDebit
from planner.domain.money import sum_of
from planner.domain.payment import Payment
from planner.phrases import Phrase


class DebitState(StrEnum):
    """How an automatic debit stands."""

    TO_COME = "to_come"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    DEBITED = "debited"
    PAID = "paid"

    @property
    def is_open(self) -> bool:
        """Whether the user has to look at it."""
        return self in {DebitState.UNCONFIRMED, DebitState.FAILED}


@dataclass(frozen=True, slots=True)
class Debit:
    """An automatic debit.

    Attributes:
        due: What is debited.
        on: Its due date.
        state: How it stands.
        paid_on: The day of the payment that settled it; None if none did.
        failed: That it failed; None if that is not recorded.
        parts: What is debited together, where that is more than one.
    """

    due: Due
    on: date
    state: DebitState
    paid_on: date | None = None
    failed: FailedDebit | None = None
    parts: tuple[Due, ...] = ()

    @property
    def due_ids(self) -> tuple[str, ...]:
        """Everything that is debited in it."""
        return tuple(part.id for part in self.parts) or (self.due.id,)


def debits_since(
    dues: Iterable[Due],
    since: date,
    until: date,
    today: date,
    payments: Mapping[str, Payment],
    failed: Iterable[FailedDebit],
) -> tuple[Debit, ...]:
    """Each automatic debit of an account from one day to another, by date.

    On its day it is to come; from the day after it wants to be confirmed, also where only the cycle says
    when that was: the lender debits whether its bill is recorded or not. What is paid is not asked for,
    whoever paid it.

    Args:
        dues: Everything that was ever due on the account.
        since: The first due date.
        until: The last one.
        today: The day.
        payments: Each payment by its id.
        failed: The debits that failed.
    """
    by_due = {each.due_id: each for each in failed}
    found = []
    for due in dues:
        if due.due_on is None or not since <= due.due_on <= until or due.closed_on is not None:
            continue
        paid = [payments[part.payment_id] for part in due.paid if part.payment_id in payments]
        last = paid[-1].paid_on if paid else None
        # Who has paid the minimum by hand is asked for nothing; the rest is on the next bill.
        if not due.open_minimum and (paid or not due.open):
            state = DebitState.DEBITED if any(each.automatic for each in paid) else DebitState.PAID
            found.append(Debit(due, due.due_on, state, last))
        elif due.id in by_due:
            found.append(Debit(due, due.due_on, DebitState.FAILED, last, by_due[due.id]))
        else:
            state = DebitState.UNCONFIRMED if due.due_on < today else DebitState.TO_COME
            found.append(Debit(due, due.due_on, state, last))
    return tuple(sorted(found, key=lambda debit: debit.on))


def together(debits: Iterable[Debit], name: str) -> tuple[Debit, ...]:
    """The same, with what is not billed yet of one day as one debit, as it will be one bill.

    Args:
        debits: Those of an account, by date.
        name: What to call what is debited together.
    """
    groups: dict[tuple[object, ...], list[Debit]] = {}
    for each in debits:
        failed_on = each.failed.on if each.failed is not None else None
        key: tuple[object, ...] = (each.on, each.state, each.paid_on, failed_on, each.due.open.currency)
        groups.setdefault(key if each.due.projected else (each.due.id,), []).append(each)
    return tuple(
        _as_one([each.due for each in group], group[0], name) if len(group) > 1 else group[0]
        for group in groups.values()
    )


def _as_one(dues: Sequence[Due], first: Debit, name: str) -> Debit:
    parts = {
        kind: sum_of((due.parts[kind] for due in dues if kind in due.parts), first.due.open.currency)
        for kind in dict.fromkeys(kind for due in dues for kind in due.parts)
    }
    paid = tuple(part for due in dues for part in due.paid)
    whole = replace(first.due, label=Phrase.own(name), parts=parts, minimum=None, paid=paid)
    return replace(first, due=whole, parts=tuple(dues))


def debit_words(debit: Debit) -> Phrase:
    """What is or was to be debited, and how that stands."""
    told = {"what": debit.due.label, "date": debit.on, "amount": debit.due.still_due}
    match debit.state:
        case DebitState.TO_COME:
            said = Phrase("{what}: {amount} is to be debited on {date}.", **told)
        case DebitState.UNCONFIRMED:
            said = Phrase(
                "{what}: {amount} was to be debited on {date}. Was it? Look in the app or at your bank.",
                **told,
            )
        case DebitState.FAILED:
            failed_on = debit.failed.on if debit.failed is not None else debit.on
            said = Phrase("{what}: the debit of {amount} failed on {failed}.", **told, failed=failed_on)
        case DebitState.DEBITED:
            said = Phrase("{what}: debited on {paid}.", what=debit.due.label, paid=debit.paid_on)
        case DebitState.PAID if debit.paid_on is not None:
            said = Phrase("{what}: paid on {paid}.", what=debit.due.label, paid=debit.paid_on)
        case DebitState.PAID:
            said = Phrase("{what}: nothing is left to debit.", what=debit.due.label)
    return said
