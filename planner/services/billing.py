"""What a bill of an account would hold, when it would be made, and what a purchase would be on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import DueDay, Mode, add_months, on_day
from planner.domain.derivation import Derived
from planner.domain.due import Due, DueKind
from planner.domain.ledger import Ledger, covered_by, moved_into_plans, rows_left
from planner.domain.money import Money, sum_of
from planner.domain.position import position
from planner.domain.purchase import Purchase
from planner.domain.recorded import as_recorded
from planner.domain.refunded import Held, all_returned
from planner.domain.sourced import Span
from planner.phrases import Phrase
from planner.services.due_dates import purchase_due
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something recorded that a bill may hold.

    Attributes:
        line: The line that would hold it, or that does.
        what: What to call it.
        on: When it was bought, posted or is due; None if it is recorded no more.
        is_usual: Whether a bill of that day takes it up by itself.
        is_held: Whether the bill that is edited holds it.
    """

    line: BillLine
    what: Phrase
    on: date | None
    is_usual: bool = False
    is_held: bool = False


def candidates(
    store: Store, account_id: str, statement_on: date, due_on: date, bill: Bill | None = None
) -> tuple[Candidate, ...]:
    """What a bill may hold of what is recorded and on no other bill, by date.

    Args:
        store: The open store.
        account_id: The account.
        statement_on: The statement date.
        due_on: The due date.
        bill: The bill that is edited; it keeps the lines it has.
    """
    account = store.accounts.get(account_id)
    ledger = store.ledgers.whole(account)
    ledger = replace(ledger, bills=[known for known in ledger.bills if bill is None or known.id != bill.id])
    found = {candidate.line.refers_to: candidate for candidate in _candidates(ledger, statement_on, due_on)}
    for line in bill.lines if bill is not None else ():
        if line.refers_to:
            known = found.get(line.refers_to)
            what = known.what if known is not None else Phrase.own(line.label)
            on = known.on if known is not None else None
            found[line.refers_to] = Candidate(line, what, on, is_held=True)
    return tuple(sorted(found.values(), key=lambda candidate: (candidate.on or date.min, candidate.line.id)))


@dataclass(frozen=True, slots=True)
class Projection:
    """A bill as it is recorded so far.

    Attributes:
        entries: What is recorded and on no bill yet, and what a bill of that day takes up by itself.
        total: What that comes to.
        rest: What the statement asks for beyond that; negative if it asks for less.
        lines: The lines of the bill; the rest is one that is not itemised.
    """

    entries: tuple[Candidate, ...]
    total: Money
    rest: Money
    lines: tuple[BillLine, ...]


def project(found: Sequence[Candidate], currency: str, stated: Money | None = None) -> Projection:
    """The bill that follows from what is recorded.

    Args:
        found: What a bill may hold.
        currency: The currency of the account.
        stated: What the statement asks for; None if it asks for what is recorded.
    """
    entries = tuple(candidate for candidate in found if candidate.is_usual)
    total = sum_of((candidate.line.amount for candidate in entries), currency)
    rest = stated - total if stated is not None else total.zero
    kinds = list(LineKind)
    lines = sorted((candidate.line for candidate in entries), key=lambda line: kinds.index(line.kind))
    if rest:
        lines.append(BillLine(LineKind.UNITEMISED, rest))
    return Projection(entries, total, rest, tuple(lines))


def next_statement(store: Store, account_id: str, today: date) -> tuple[date, date | None]:
    """The statement and due date of the next bill to record; the due date is None where no rule is known.

    It follows the newest bill there is, else it is the last statement so far.
    """
    account = store.accounts.get(account_id)
    cycle = account.cycle
    newest = max(store.bills.of_account(account_id), key=lambda bill: bill.due_on, default=None)
    if newest is None:
        statement_on = today
        if cycle.statement_day is not None and cycle.mode is Mode.BILL:
            statement_on = on_day(today.year, today.month, cycle.statement_day)
            if statement_on > today:
                statement_on = cycle.previous_statement(statement_on)
        due = due_of(store, account, statement_on)
        return statement_on, due.on if due is not None else None
    anchor = cycle.statement_day or newest.statement_on.day
    statement_on = add_months(newest.statement_on, 1, anchor)
    due = due_of(store, account, statement_on)
    if due is None:
        return statement_on, cycle.following(newest.due_on, 1, store.ledgers.calendar_of(account)).on
    # A first bill may have been recorded without its statement date.
    while due.on <= newest.due_on:
        statement_on = add_months(statement_on, 1, anchor)
        due = due_of(store, account, statement_on) or due
    return statement_on, due.on


def coming_statement(store: Store, account_id: str, today: date) -> date | None:
    """When the lender makes the next bill that is not recorded yet; None if unknown or it makes none.

    Where bills of the past are missing this is still a day to come, unlike the next one to record.
    """
    coming = store.accounts.get(account_id).cycle.statement_of(today)
    return coming and max(coming, next_statement(store, account_id, today)[0])


def due_of(store: Store, account: Account, statement_on: date) -> DueDay | None:
    """When a bill made on a day is due by the account's cycle; None if its rule is unknown."""
    return account.cycle.due_of(statement_on, store.ledgers.calendar_of(account))


def other_due(store: Store, account: Account, statement_on: date, due_on: date | None) -> Phrase | None:
    """What to know of a bill's due date beside the bill itself: when its account's rule says otherwise.

    A recorded bill keeps the date that its statement names.

    Args:
        store: The open store.
        account: Whose bill.
        statement_on: When it is made.
        due_on: When it is due; None if nobody has said.
    """
    usual = due_of(store, account, statement_on)
    if usual is None or due_on is None:
        return None
    if usual.on != due_on:
        return Phrase("By the cycle of the account it would be due on {date}.", date=usual.on)
    return usual.doubt


def placing(store: Store, account_id: str, bought_on: date, purchase_id: str = "") -> Phrase:
    """Where a purchase is due: on which bill, or when by itself, or that this is unknown."""
    holder = next(iter(store.bills.holding(purchase_id)), None) if purchase_id else None
    if holder is not None:
        return Phrase(
            "It is on the bill of {statement}, due on {due}.",
            statement=_stated(holder),
            due=as_recorded(Phrase("Due date, as the statement says"), holder.due_on),
        )
    bill = _stating(store, account_id, bought_on)
    if bill is not None:
        return Phrase(
            "It is counted in the bill of {statement}, which states only its amount.",
            statement=_stated(bill),
        )
    account = store.accounts.get(account_id)
    statement_on = account.cycle.statement_of(bought_on)
    dues = account.cycle.dues_of_purchase(bought_on, 1, store.ledgers.calendar_of(account))
    if dues is None:
        return Phrase("When it is due is not known, because the account’s cycle is not set.")
    (due,) = dues
    made = purchase_due(store, account, bought_on, due)
    recorded = [bill for bill in store.bills.of_account(account_id) if bill.statement_on == statement_on]
    if statement_on is None:
        place = Phrase("It has no bill: it is due on {due}.", due=made)
    elif recorded:
        return Phrase(
            "The bill of {statement} is recorded already. If it has this purchase, tick it there.",
            statement=_stated(recorded[0]),
        )
    else:
        place = Phrase(
            "It will be on the bill of {statement}, due on {due}.",
            statement=Derived(statement_on, lambda: made.derivation),
            due=made,
        )
    return Phrase("{first} {second}", first=place, second=due.doubt) if due.doubt is not None else place


def _stated(bill: Bill) -> Derived[date]:
    return as_recorded(Phrase("Statement of"), bill.statement_on)


def _stating(store: Store, account_id: str, bought_on: date) -> Bill | None:
    """The bill that states only its amount and takes up a purchase of a day, if there is one."""
    account = store.accounts.get(account_id)
    purchase = Purchase(account_id, Money(1, account.currency), bought_on)
    ledger = store.ledgers.whole(account)
    ledger = replace(ledger, purchases=(*ledger.purchases, purchase))
    return covered_by(ledger, Held(ledger.bills)).get(purchase.id)


def bought_within(store: Store, due: Due) -> Span[date] | None:
    """When what a due asks for can have been bought; None for what is neither a bill nor a purchase.

    As recorded; what a bill holds beyond that, within the month before its statement.
    """
    if due.kind is DueKind.PURCHASE:
        return Span.exactly(store.purchases.get(due.id).bought_on)
    if due.kind is not DueKind.BILL:
        return None
    bill = store.bills.get(due.id)
    known = [store.purchases.find(line.refers_to) for line in bill.lines if line.refers_to]
    days = [purchase.bought_on for purchase in known if purchase is not None]
    if days and len(days) == len(bill.lines):
        return Span(min(days), max(days))
    return Span(min([add_months(bill.statement_on, -1), *days]), bill.statement_on)


def _candidates(ledger: Ledger, statement_on: date, due_on: date) -> Iterator[Candidate]:
    """What may stand on a bill; what an agreement took over is due by its plan and stands on none."""
    for each in _recorded_candidates(ledger, statement_on, due_on):
        if each.line.refers_to not in ledger.taken_over:
            yield each


def _recorded_candidates(ledger: Ledger, statement_on: date, due_on: date) -> Iterator[Candidate]:
    held, moved = Held(ledger.bills), moved_into_plans(ledger.plans)
    yield from _purchases(ledger, held, moved, statement_on)
    for plan in ledger.plans:
        for row in rows_left(plan, held, moved.get(plan.id)):
            if row.due_on <= due_on and row.total:
                label = f"{plan.name} {row.number}/{plan.count}"
                yield Candidate(
                    BillLine(LineKind.INSTALMENT, row.total, row.id, label),
                    Phrase.own(label),
                    row.due_on,
                    is_usual=row.due_on >= statement_on,
                )
    for charge in ledger.charges:
        if charge.id not in held.ids and charge.posted_on <= statement_on:
            yield Candidate(
                BillLine(charge.kind, charge.amount, charge.id, charge.note),
                Phrase.own(charge.note) if charge.note else Phrase("Charge of {date}", date=charge.posted_on),
                charge.posted_on,
                is_usual=not charge.is_of_payment,
            )
    for adjustment in ledger.adjustments:
        if not adjustment.bill_id and adjustment.id not in held.ids and adjustment.as_of <= statement_on:
            yield Candidate(
                BillLine(LineKind.ADJUSTMENT, adjustment.amount, adjustment.id, adjustment.reason),
                Phrase("Correction of {date}", date=adjustment.as_of),
                adjustment.as_of,
            )
    yield from _rests(ledger, statement_on)


def _purchases(
    ledger: Ledger, held: Held, moved: Mapping[str, Money], statement_on: date
) -> Iterator[Candidate]:
    """Purchases on no bill yet, and what came back of those on earlier ones."""
    cycle = ledger.account.cycle
    covered = covered_by(ledger, held)
    names: dict[str, Phrase] = {}
    for purchase in ledger.purchases:
        label = purchase.label
        what = Phrase.own(label) if label else Phrase("Purchase of {date}", date=purchase.bought_on)
        names |= {refund.id: what for refund in purchase.refunds}
        left = held.left(purchase) - moved.get(purchase.id, purchase.amount.zero)
        if purchase.id in held.ids or left.minor <= 0 or purchase.bought_on > statement_on:
            continue
        billed_on = cycle.statement_of(purchase.bought_on)
        # A statement may come a few days after its usual date: what is since the one before is on it.
        is_usual = billed_on is None or cycle.previous_statement(statement_on) < billed_on <= statement_on
        is_usual = is_usual and purchase.id not in covered
        yield Candidate(
            BillLine(LineKind.PURCHASE, left, purchase.id, label), what, purchase.bought_on, is_usual=is_usual
        )
    for back in all_returned(ledger.purchases, held, moved):
        if back.on <= statement_on:
            yield Candidate(
                BillLine(LineKind.REFUND, -back.amount, back.refund_id),
                Phrase("Refund: {what}", what=names[back.refund_id]),
                back.on,
            )


def _rests(ledger: Ledger, statement_on: date) -> Iterator[Candidate]:
    """What is open of earlier bills on the day of the statement."""
    open_dues = {due.id: due for due in position((ledger,), statement_on).open_dues}
    for bill in ledger.bills:
        if bill.id in open_dues and bill.statement_on < statement_on:
            yield Candidate(
                BillLine(LineKind.CARRIED, open_dues[bill.id].open, bill.id),
                Phrase("Rest of the bill of {date}", date=bill.statement_on),
                bill.statement_on,
            )
