"""A purchase that is only thought of: "spend now, due when?"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import Mode
from planner.domain.derivation import Derived
from planner.domain.due import Due, DueKind
from planner.domain.due_dates import made_due_date
from planner.domain.late.item import LateCase, late_case, late_items
from planner.domain.minimum.typed import typed_minimum
from planner.domain.money import Money, sum_of
from planner.domain.offers.question import Question
from planner.domain.optimum.options.facts import DebtFacts, Debts
from planner.domain.payoff.open_debt import DebtKind, OpenDebt
from planner.domain.payoff.scenario import Trial
from planner.domain.sourced import Source, Span
from planner.phrases import Phrase

TRIAL_ID = "trial"
"""The id of the debt that it would be: it is in no record."""


@dataclass(frozen=True, slots=True)
class TrialDue:
    """When a purchase would be due that is only thought of.

    Attributes:
        account: What it would be bought with.
        amount: How much.
        bought_on: When it would be bought.
        due: When it would be due, and how that follows; None if the cycle of the account is unknown.
        statement_on: The bill that takes it up; None if there is none, or it is unknown.
        doubt: Why that date may still move; None if it is settled.
    """

    account: Account
    amount: Money
    bought_on: date
    due: Derived[date | None] | None
    statement_on: date | None = None
    doubt: Phrase | None = None

    @property
    def words(self) -> Phrase:
        """When it is due, in a sentence."""
        bought = {"account": Phrase.own(self.account.name), "bought": self.bought_on}
        if self.due is None or self.due.value is None:
            return Phrase(
                "Bought with {account} on {bought}, nobody knows when it is due: the cycle is not set.",
                **bought,
            )
        days = Phrase.counted("{count} day", "{count} days", (self.due.value - self.bought_on).days)
        if self.statement_on is None:
            return Phrase(
                "Bought with {account} on {bought}, it is due on {due}, {days} later.",
                due=self.due,
                days=days,
                **bought,
            )
        return Phrase(
            "Bought with {account} on {bought}, it is on the bill of {statement} and due on {due}, {days} "
            "later.",
            statement=self.statement_on,
            due=self.due,
            days=days,
            **bought,
        )


def _nobody(_account: Account) -> Source | None:
    return None


def trial_due(
    trial: Trial,
    account: Account,
    today: date,
    calendar: BusinessCalendar | None = None,
    cycle_source: Callable[[Account], Source | None] = _nobody,
) -> TrialDue:
    """When a purchase would be due that is only thought of, by the cycle of its account.

    Args:
        trial: The purchase; on a day that has passed it is taken to be made today.
        account: The account.
        today: The day.
        calendar: The working days by which the lender moves due dates.
        cycle_source: Tells who says what the cycle is, once somebody asks.
    """
    bought_on = max(trial.on, today)
    dues = account.cycle.dues_of_purchase(bought_on, 1, calendar)
    if dues is None:
        return TrialDue(account, trial.amount, bought_on, None)
    due = _due(account, trial.amount, bought_on, dues[0].on, dues[0].doubt)
    return TrialDue(
        account,
        trial.amount,
        bought_on,
        Derived(
            due.due_on,
            lambda: made_due_date(due, account.cycle, bought_on, cycle_source(account)).derivation,
        ),
        account.cycle.statement_of(bought_on),
        dues[0].doubt,
    )


def trial_debt(trial: TrialDue) -> OpenDebt | None:
    """The debt that it would be; None if nobody knows when it is due."""
    if trial.due is None or trial.due.value is None:
        return None
    kind = DebtKind.SINGLE if trial.account.cycle.mode is Mode.ORDER else DebtKind.COMING_BILL
    due = _due(trial.account, trial.amount, trial.bought_on, trial.due.value, trial.doubt)
    return OpenDebt(kind, TRIAL_ID, trial.account.id, due.label, (due,))


def trial_question(
    trial: TrialDue, debt: OpenDebt, today: date, calendar: BusinessCalendar | None
) -> Question:
    """The purchase as Compare would ask about it.

    Args:
        trial: The purchase.
        debt: The debt that it would be.
        today: The day.
        calendar: The working days by which the lender moves due dates.
    """
    return Question(
        trial.amount,
        max(debt.due_on, today),
        trial.account,
        debt.label,
        is_bill=debt.kind is DebtKind.COMING_BILL,
        due_on=debt.due_on,
        statement_on=trial.statement_on,
        bought=Span.exactly(trial.bought_on),
        calendar=calendar,
        doubt=trial.doubt,
    )


def trial_case(trial: TrialDue, debt: OpenDebt, other: Money) -> LateCase:
    """The purchase as something that could be paid late.

    Args:
        trial: The purchase.
        debt: The debt that it would be.
        other: What else is open on its account.
    """
    (item,) = late_items(debt.dues)
    bought = Span.exactly(trial.bought_on)
    item = replace(item, bought=bought, order=trial.amount, order_id=TRIAL_ID)
    return late_case((item,), other, trial.account.law)


def trial_facts(trial: TrialDue, debts: Debts) -> DebtFacts | None:
    """The purchase as one more debt; None if nobody knows when it is due.

    Args:
        trial: The purchase.
        debts: The debts of the record.
    """
    debt = trial_debt(trial)
    if debt is None:
        return None
    account = trial.account
    others = [each.debt.open for each in debts.facts if each.account.id == account.id]
    question = trial_question(trial, debt, debts.today, debts.calendars[account.id])
    return DebtFacts(
        debt,
        account,
        debts.today,
        trial_case(trial, debt, sum_of(others, trial.amount.currency)),
        question,
        typed_minimum(question)[1] if question.is_bill else None,
        is_recorded=False,
    )


def _due(account: Account, amount: Money, bought_on: date, due_on: date, doubt: Phrase | None) -> Due:
    return Due(
        DueKind.PURCHASE,
        TRIAL_ID,
        account.id,
        Phrase("A purchase of {date} that is only thought of", date=bought_on),
        due_on,
        {LineKind.PURCHASE: amount},
        projected=account.cycle.mode is Mode.BILL,
        doubt=doubt,
    )
