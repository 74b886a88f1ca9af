"""What the options of one debt are worked out from, read from the record before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.account import Account
from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.instalment import InstalmentPlan
from planner.domain.late.by_mode import late_terms
from planner.domain.late.costing import Costing
from planner.domain.late.ends import late_ends
from planner.domain.late.gaps import has_known_cost
from planner.domain.late.item import LateCase
from planner.domain.minimum.due import rule_given
from planner.domain.minimum.figures import MinimumBill
from planner.domain.money import Money
from planner.domain.offers.offer import Offer
from planner.domain.offers.question import Question
from planner.domain.payoff.open_debt import DebtKind, OpenDebt

# How far the optimum looks: what takes longer is left out, and says so.
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class DebtFacts:
    """What the options of one debt are worked out from.

    Attributes:
        debt: The debt.
        account: Whose.
        today: The day of deciding.
        case: What of it is or would be late.
        question: A bill or an order as Compare asks about it; None for a running plan or a charge.
        minimum: A bill as the rules of a minimum see it; None where there can be no minimum.
        plan: A running plan; None for anything else.
        own: The user's own offers for it.
        is_recorded: Whether the record has it; else it is only thought of.
    """

    debt: OpenDebt
    account: Account
    today: date
    case: LateCase
    question: Question | None = None
    minimum: MinimumBill | None = None
    plan: InstalmentPlan | None = None
    own: tuple[Offer, ...] = ()
    is_recorded: bool = True

    @property
    def owed(self) -> Money:
        """What is owed without any cost to come: of a running plan the principal."""
        return self.debt.principal if self.debt.kind is DebtKind.PLAN else self.debt.open

    @property
    def lender(self) -> str:
        """Who lends."""
        return self.account.lender or self.account.name

    @property
    def first_due(self) -> date:
        """When the first of it can be paid at no cost; never in the past."""
        return max(self.debt.due_on, self.today)

    @property
    def is_late(self) -> bool:
        """Whether something of it is late."""
        return self.debt.is_late(self.today)

    @property
    def is_past(self) -> bool:
        """Whether its date is over; what is not billed yet may well be paid, so that nothing is charged."""
        return self.debt.due_on < self.today and self.debt.kind is not DebtKind.COMING_BILL

    @property
    def is_carried(self) -> bool:
        """Whether its minimum is paid: it is not late, but its rest is charged."""
        return all(item.is_carried for item in self.case.items)

    @property
    def furthest(self) -> date:
        """The last day that the optimum looks at."""
        return add_months(self.today, MOST_MONTHS)

    @property
    def costing(self) -> Costing | None:
        """What the late cost of any day is worked out from; None where too little is known."""
        terms = late_terms(self.account)
        if not has_known_cost(self.case, terms):
            return None
        return Costing(self.case, late_ends(terms, self.case.country), rule_given(terms, self.owed.currency))


@dataclass(frozen=True, slots=True)
class Debts:
    """The open debts of one currency.

    Attributes:
        today: The day.
        currency: ISO 4217.
        accounts: Each account of the currency by its id.
        calendars: The working days by which each account moves due dates, by its id; None for none.
        facts: Each debt with a date, by its first date.
        undated: What is in none of them, because nobody knows when it is due.
    """

    today: date
    currency: str
    accounts: Mapping[str, Account]
    calendars: Mapping[str, BusinessCalendar | None]
    facts: tuple[DebtFacts, ...]
    undated: tuple[Due, ...]

    @property
    def furthest(self) -> date:
        """The last day that the optimum looks at: 36 months from today, or the end of a plan that runs."""
        dues = [due.due_on for each in self.facts for due in each.debt.dues if due.due_on is not None]
        return max([add_months(self.today, MOST_MONTHS), *dues])
