"""What the record says of the open debts of one currency, as the optimum asks about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.business_days import BusinessCalendar
from planner.domain.due import Due, DueKind
from planner.domain.late.counts import LateCounts
from planner.domain.minimum.figures import MinimumBill
from planner.domain.minimum.typed import typed_minimum
from planner.domain.offers.offer import Offer
from planner.domain.offers.question import Question
from planner.domain.optimum.options.facts import DebtFacts, Debts
from planner.domain.payoff.open_debt import DebtKind, OpenDebt, open_debts
from planner.domain.sourced import Span
from planner.services.compare import question_of
from planner.services.late_cases import late_case_of
from planner.services.late_history import counts_of
from planner.services.minimum import recorded_minimum
from planner.store.store import Store


def debts_of(
    store: Store, today: date, currency: str, own: Mapping[str, Sequence[Offer]] | None = None
) -> Debts:
    """Read the open debts of one currency.

    Args:
        store: The open store.
        today: The day.
        currency: ISO 4217.
        own: The user's own offers, by the id of their debt.
    """
    accounts = {each.id: each for each in store.accounts.all() if each.currency == currency}
    calendars = {each.id: store.ledgers.calendar_of(each) for each in accounts.values()}
    dues = [due for due in store.ledgers.position(today).open_dues if due.open.currency == currency]
    read = {
        account_id: _read(store, account, [due for due in dues if due.account_id == account_id], today)
        for account_id, account in accounts.items()
    }
    kept = own or {}
    facts = tuple(
        _facts(store, debt, read[debt.account_id], calendars[debt.account_id], kept.get(debt.id, ()))
        for debt in open_debts(dues, currency)
    )
    undated = tuple(due for due in dues if due.due_on is None)
    return Debts(today, currency, accounts, calendars, facts, undated)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the debts of one account share."""

    account: Account
    dues: Sequence[Due]
    counts: LateCounts | None
    today: date


def _read(store: Store, account: Account, dues: Sequence[Due], today: date) -> _Read:
    counts = None
    # Only there a missed payment makes the next one dearer; counting reads all of the account.
    if dues and not account.terms.late_fee_fixed().is_unknown:
        counts = counts_of(store, account, today)
    return _Read(account, dues, counts, today)


def _facts(
    store: Store, debt: OpenDebt, read: _Read, calendar: BusinessCalendar | None, own: Sequence[Offer]
) -> DebtFacts:
    account, today = read.account, read.today
    ids = {due.id for due in debt.dues}
    others = [due for due in read.dues if due.id not in ids]
    question = _question(store, debt, account, calendar, today)
    return DebtFacts(
        debt,
        account,
        today,
        late_case_of(store, account, debt.dues, others, today, read.counts),
        question,
        _minimum(store, debt, account, question),
        store.plans.get(debt.id) if debt.kind is DebtKind.PLAN else None,
        tuple(own),
    )


def _question(
    store: Store, debt: OpenDebt, account: Account, calendar: BusinessCalendar | None, today: date
) -> Question | None:
    """A bill or an order as Compare asks about it; None for what can only be paid as it stands."""
    due = debt.dues[0]
    match debt.kind:
        case DebtKind.BILL:
            return question_of(store, due, today)
        case DebtKind.COMING_BILL:
            bought = [store.purchases.get(each.id).bought_on for each in _purchases(debt)]
            return coming_question(debt, account, calendar, today, bought)
        case DebtKind.SINGLE if due.kind is DueKind.PURCHASE:
            return question_of(store, due, today)
        case _:
            return None


def _purchases(debt: OpenDebt) -> list[Due]:
    return [due for due in debt.dues if due.kind is DueKind.PURCHASE]


def coming_question(
    debt: OpenDebt,
    account: Account,
    calendar: BusinessCalendar | None,
    today: date,
    bought: Sequence[date],
) -> Question:
    """A bill that is still to come, by the cycle of its account.

    Args:
        debt: The bill.
        account: Whose.
        calendar: The working days by which its lender moves due dates.
        today: The day.
        bought: When what is on it was bought, as far as that is known.
    """
    due_on = debt.due_on
    return Question(
        debt.open,
        max(due_on, today),
        account,
        debt.label,
        due_on=due_on,
        statement_on=account.cycle.statement_due_on(due_on, calendar),
        bought=Span(min(bought), max(bought)) if bought else None,
        calendar=calendar,
        doubt=next((due.doubt for due in debt.dues if due.doubt is not None), None),
    )


def _minimum(store: Store, debt: OpenDebt, account: Account, question: Question | None) -> MinimumBill | None:
    """A bill as the rules of a minimum see it; None for what has none, or is late already."""
    if question is None or not question.is_bill or question.is_late:
        return None
    if debt.kind is DebtKind.BILL:
        bill = store.bills.get(debt.id)
        return recorded_minimum(store, question, account, bill, debt.dues[0])[1]
    return typed_minimum(question)[1]
