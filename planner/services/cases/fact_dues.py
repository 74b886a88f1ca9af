"""Facts about what is to pay on the account of a case."""

from __future__ import annotations

from planner.domain.due_sums import least_of, principal_of, together
from planner.domain.limit_use import used_of
from planner.domain.procedures.kinds import FactKind
from planner.phrases import Phrase
from planner.services.cases.fact import LABELS, Asked, Fact
from planner.services.overdue import cost_of_delay


def owed(asked: Asked) -> Fact:
    """What is still to pay."""
    kind, dues = FactKind.OWED, asked.position.open_dues
    if not dues:
        return Fact(kind, LABELS[kind], Phrase("Nothing is recorded as open."))
    return Fact(kind, LABELS[kind], together(dues, asked.account.currency))


def late(asked: Asked) -> Fact:
    """What should have been paid by now."""
    kind, late = FactKind.LATE, asked.position.late
    unbilled = any(due.projected and due.is_past(asked.today) for due in asked.position.open_dues)
    name = asked.account.name
    notes = (
        (Phrase("{account}: a bill should be there by now. Add it first, or its payment.", account=name),)
        if unbilled
        else ()
    )
    if not late:
        return Fact(kind, LABELS[kind], Phrase("Nothing is late, by what is recorded."), notes)
    amount = together(late, asked.account.currency)
    value = Phrase("{amount}, the oldest since {date}", amount=amount, date=late[0].due_on)
    return Fact(kind, LABELS[kind], value, notes)


def late_cost(asked: Asked) -> Fact:
    """What being late has cost by today."""
    kind = FactKind.LATE_COST
    late = [due.id for due in asked.position.late]
    if not late:
        return Fact(kind, LABELS[kind], Phrase("None, since nothing is late by what is recorded."))
    found = cost_of_delay(asked.store, late, asked.today, asked.today, is_daily=False).at
    if found is None:
        unknown = Phrase("Not known: no source says what this lender charges.")
        act = Phrase("Open Late cost")
        return Fact(kind, LABELS[kind], unknown, (), is_known=False, act=act, place="late", target=late[0])
    notes = () if found.value.is_single else (Phrase("A range, since the sources differ."),)
    return Fact(kind, LABELS[kind], found, notes)


def minimum(asked: Asked) -> Fact:
    """What keeps everything in time, or brings it up to date, up to the next due day."""
    kind, coming = FactKind.MINIMUM, asked.coming
    chosen = (*asked.position.late, *coming)
    if not chosen:
        return _without_date(asked, kind)
    label = (
        Phrase("The least to pay by {date}", date=coming[0].due_on)
        if coming
        else Phrase("The least to pay now")
    )
    value = least_of(chosen)[asked.account.currency]
    whole = next((due for due in chosen if due.asks_for_all), None)
    if whole is None:
        return Fact(kind, label, value)
    note = Phrase(
        "No minimum is recorded, so all of the bill counts. If the statement asks for less, add its minimum "
        "to the bill."
    )
    act = Phrase("Add the minimum")
    return Fact(kind, label, value, (note,), act=act, place="bills", target=whole.id)


def next_due(asked: Asked) -> Fact:
    """What is due next, and when."""
    kind, coming = FactKind.NEXT_DUE, asked.coming
    if not coming:
        return _without_date(asked, kind)
    amount = together(coming, asked.account.currency)
    value = Phrase("{amount} on {date}", amount=amount, date=coming[0].due_on)
    is_open = any(due.projected for due in coming)
    notes = (Phrase("Not billed yet: the statement decides."),) if is_open else ()
    return Fact(kind, LABELS[kind], value, notes)


def _without_date(asked: Asked, kind: FactKind) -> Fact:
    """That nothing is due, or that nobody knows when."""
    if any(due.due_on is None for due in asked.position.open_dues):
        unknown = Phrase("Not known: what is open has no due date, because the cycle is unknown.")
        return Fact(
            kind,
            LABELS[kind],
            unknown,
            is_known=False,
            act=Phrase("Set the cycle"),
            place="bills",
            target=asked.account.id,
        )
    return Fact(kind, LABELS[kind], Phrase("Nothing is recorded as due from today on."))


def limit_used(asked: Asked) -> Fact:
    """How much of the limit is taken."""
    kind, limit = FactKind.LIMIT_USED, asked.account.limit
    if limit is None:
        unknown = Phrase("Not known: no limit is recorded.")
        return Fact(
            kind,
            LABELS[kind],
            unknown,
            is_known=False,
            act=Phrase("Record the limit"),
            place="bills",
            target=asked.account.id,
        )
    nothing = together((), limit.currency)
    taken = principal_of(asked.position.open_dues).get(limit.currency, nothing)
    value = Phrase("{used} of {limit}: {share}", used=taken, limit=limit, share=used_of(limit, taken))
    return Fact(kind, LABELS[kind], value)
