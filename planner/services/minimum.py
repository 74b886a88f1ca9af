"""The minimum of a bill or amount by its account's rule, and what paying only that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.domain.account import Account
from planner.domain.bill import Bill
from planner.domain.dates import add_months
from planner.domain.derivation import Derived, Given
from planner.domain.due import Due
from planner.domain.minimum.card_interest import card_interest, lost_free_time
from planner.domain.minimum.cost import minimum_cost
from planner.domain.minimum.due import MinimumDue, minimum_due
from planner.domain.minimum.figures import CostEnd, MinimumBill, MinimumCost
from planner.domain.minimum.revolving import revolving_most_months
from planner.domain.minimum.rule import BillParts
from planner.domain.minimum.typed import typed_minimum
from planner.domain.money import Money, sum_of
from planner.domain.offers.question import Question
from planner.domain.sourced import Span
from planner.domain.term import ChargedFrom
from planner.phrases import Phrase
from planner.services.bill_parts import FREE_KINDS, bearing, bill_parts, money_days
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class LostFreeTime:
    """What it costs that a bill is not paid in full.

    Attributes:
        statement_on: The statement that posts it.
        interest: The interest from each purchase on.
    """

    statement_on: date
    interest: Derived[Span[Money]]


@dataclass(frozen=True, slots=True)
class MinimumOutlook:
    """The minimum, and what paying only that comes to.

    Attributes:
        question: The bill or amount.
        by_rule: The minimum by the rule of its account.
        stated: The minimum that the statement says; None if it says none.
        cost: What paying only the minimum comes to.
        lost: What it costs to lose the interest-free time; None where that is not how it is charged.
        most_months: The longest time that the law allows; None where it says none.
    """

    question: Question
    by_rule: MinimumDue
    stated: Money | None
    cost: MinimumCost
    lost: LostFreeTime | None = None
    most_months: int | None = None

    @property
    def differs(self) -> bool:
        """Whether the statement says something else than the rule, as far as the rule can be followed."""
        amount = self.by_rule.amount
        if amount is None or self.stated is None or self.by_rule.is_estimated:
            return False
        return not amount.value.low <= self.stated <= amount.value.high

    @property
    def missing(self) -> tuple[Phrase, ...]:
        """What is not known."""
        return tuple(dict.fromkeys((*self.by_rule.missing, *self.cost.missing)))

    @property
    def assumed(self) -> tuple[Phrase, ...]:
        """What is taken for granted because of it."""
        assumed = dict.fromkeys((*self.by_rule.assumed, *self.cost.assumed))
        if self.question.is_late and self.cost.ends:
            return (Phrase("The due date has passed: what being late costs comes on top."), *assumed)
        return tuple(assumed)


def minimum_outlook(store: Store, question: Question, today: date) -> MinimumOutlook:
    """The minimum of a bill or amount, and what paying only that comes to.

    Args:
        store: The open file.
        question: A recorded bill or purchase, or a typed amount.
        today: The day of deciding.
    """
    account = question.account
    if question.is_instalment:
        return _without(question, Phrase("An instalment is due in full: it has no minimum."))
    if account is None:
        return _without(question, Phrase("It is unknown whose terms count, and so is the minimum."))
    bill = _bill_of(store, question, account)
    due = store.ledgers.history(account.id, today).due(bill.id) if bill is not None else None
    most = _most_months(account, question.amount)
    if bill is None or due is None:
        parts, asked = typed_minimum(question)
        return MinimumOutlook(
            question,
            minimum_due(parts, account.terms),
            question.minimum,
            minimum_cost(asked, account.terms),
            most_months=most,
        )
    parts, asked = recorded_minimum(store, question, account, bill, due)
    cost = minimum_cost(asked, account.terms)
    return MinimumOutlook(
        question,
        minimum_due(parts, account.terms),
        due.minimum,
        cost,
        _lost(store, question, bill, due, cost),
        most,
    )


def _without(question: Question, reason: Phrase) -> MinimumOutlook:
    return MinimumOutlook(question, MinimumDue(None, (reason,)), None, MinimumCost(missing=(reason,)))


def _bill_of(store: Store, question: Question, account: Account) -> Bill | None:
    """The recorded bill that is asked about."""
    if not question.is_bill or question.statement_on is None:
        return None
    dates = (question.statement_on, question.due_on)
    bills = store.bills.of_account(account.id)
    return next((bill for bill in bills if (bill.statement_on, bill.due_on) == dates), None)


def recorded_minimum(
    store: Store, question: Question, account: Account, bill: Bill, due: Due
) -> tuple[BillParts, MinimumBill]:
    """A recorded bill as it is now.

    Args:
        store: The open file.
        question: What is asked about it.
        account: Whose.
        bill: What the lender stated.
        due: What it asks for now.
    """
    parts, found = bill_parts(store, account, bill, due), bearing(store, bill)
    carried = parts.carried.decimal * (bill.due_on - bill.statement_on).days
    days = found.map(lambda transactions: money_days(transactions, bill.due_on))
    asked = MinimumBill(
        parts,
        question.amount,
        due.open_minimum if due.minimum is not None else None,
        due.paid_by_user,
        days.map(lambda all_of_it: max(all_of_it - carried, Decimal(0))),
        carried,
    )
    return parts, asked


def _lost(store: Store, question: Question, bill: Bill, due: Due, cost: MinimumCost) -> LostFreeTime | None:
    """The interest on the next statement, where it runs from the purchases."""
    ends = [end for end in cost.ends if end.start is ChargedFrom.PURCHASE]
    posted = bearing(store, bill)
    if not ends or not posted.low or question.account is None or question.is_late:
        return None
    statement_on = add_months(bill.statement_on, 1, question.account.cycle.statement_day)
    free = sum_of((line.amount for line in bill.lines if line.kind in FREE_KINDS), question.amount.currency)
    low, high = (
        card_interest(transactions, _payments(question, due, end, free), (statement_on,), end.rate)[0]
        for transactions, end in ((posted.low, ends[0]), (posted.high, ends[-1]))
    )
    rates = question.account.terms.carry_rate.counting
    given = [Given(Phrase("Charge a day"), claim.value, claim.source) for claim in rates]
    given += [part.given for part in due.paid]
    firsts = dict.fromkeys(end.first for end in ends)
    given += [Given(Phrase("Paid on {date}", date=question.first_due), first) for first in firsts]
    return LostFreeTime(statement_on, lost_free_time(low, high, given))


def _payments(question: Question, due: Due, end: CostEnd, free: Money) -> list[tuple[date, Money]]:
    """What was paid and came back so far, then what is paid first; what bears no interest gets it first."""
    found = []
    for on, amount in (*((part.paid_on, part.amount) for part in due.paid), (question.first_due, end.first)):
        part = min(free, amount)
        free -= part
        found.append((on, amount - part))
    return found


def _most_months(account: Account, amount: Money) -> int | None:
    """How long a French revolving credit may take, by its limit or by what is owed."""
    if account.law != "FR" or amount.currency != "EUR" or account.terms.interest_rate.is_unknown:
        return None
    return revolving_most_months(max(account.limit or amount, amount))
