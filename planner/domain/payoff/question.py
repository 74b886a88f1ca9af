"""What is asked about all debts of one currency: the record, a what-if, and the problem that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from planner.domain.account import Account
from planner.domain.adopted.misfit import Misfit
from planner.domain.adopted.plan import AdoptedPlan
from planner.domain.adopted.refused import Refusal, without_refused
from planner.domain.cash.flow import CashFlow
from planner.domain.cash.forecast import Forecast
from planner.domain.cash.movement import Movement
from planner.domain.cash.rules import CashRules
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.money import Money
from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.options.facts import MOST_MONTHS, Debts
from planner.domain.optimum.options.listed import DebtOptions
from planner.domain.optimum.options.streams import Streams, WithOrders, with_orders
from planner.domain.optimum.problem import Limits, Problem
from planner.domain.over_time.followed import Followed
from planner.domain.over_time.following import follow_debts
from planner.domain.over_time.orders import Ordering
from planner.domain.over_time.path import Budget
from planner.domain.over_time.run import run
from planner.domain.payoff.assumed import Window, assumed_moves, with_moves
from planner.domain.payoff.assumed_words import assumed as assumed_amount
from planner.domain.payoff.assumed_words import assumptions
from planner.domain.payoff.scenario import Order, Scenario
from planner.domain.payoff.trial import TRIAL_ID, TrialDue, trial_due, trial_facts
from planner.domain.recorded import as_recorded
from planner.domain.sourced import Source, Span
from planner.phrases import Phrase


class ObstacleKind(StrEnum):
    """Why nothing can be asked."""

    NO_DEBTS = "no_debts"
    NO_CASH = "no_cash"
    NO_BALANCE = "no_balance"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that has to be recorded before a best way can be looked for.

    Attributes:
        kind: What.
        text: The same in a sentence.
        target: The id of what it leads to; empty for a place alone.
    """

    kind: ObstacleKind
    text: Phrase
    target: str = ""


# Without slots: what was worked out once of the record holds for every what-if.
@dataclass(frozen=True)
class Worked:
    """The debts of the record with what follows from them alone.

    Attributes:
        debts: What the record says.
        refused: What lenders have refused.
    """

    debts: Debts
    refused: tuple[Refusal, ...] = ()

    @cached_property
    def options(self) -> tuple[DebtOptions, ...]:
        """Every debt with its options; what its lender has refused is none of them."""
        today = self.debts.today
        return tuple(without_refused(options_of(facts), self.refused, today) for facts in self.debts.facts)

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """The debts that an order of debts can follow."""
        return follow_debts(self.debts.facts, self.debts.calendars)[0]


def _no_source(_account: Account) -> Source | None:
    return None


# Without slots, as above.
@dataclass(frozen=True)
class PayoffQuestion:
    """What is asked about all debts of one currency. Nothing in it reads anything.

    Attributes:
        worked: The debts of the record.
        scenario: What is assumed beside the record; an empty one for nothing.
        rules: What the user wants of the cash.
        forecast: The cash of the record; None where it is unknown.
        obstacles: Why nothing can be asked; empty if it can.
        ranked: The user's own order of debts or accounts, the first one first; empty for none.
        adopted: The plan that is followed; None for none.
        misfits: Where that plan does not fit the record any more.
        cycle_source: Tells who says what the cycle of an account is.
        incomes: What comes in, as it is recorded.
    """

    worked: Worked
    scenario: Scenario
    rules: CashRules
    forecast: Forecast | None
    obstacles: tuple[Obstacle, ...] = ()
    ranked: tuple[str, ...] = ()
    adopted: AdoptedPlan | None = None
    misfits: tuple[Misfit, ...] = ()
    cycle_source: Callable[[Account], Source | None] = field(default=_no_source, repr=False, compare=False)
    incomes: tuple[CashFlow, ...] = ()

    @property
    def today(self) -> date:
        """The day of deciding."""
        return self.worked.debts.today

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.worked.debts.currency

    @property
    def accounts(self) -> Mapping[str, Account]:
        """Each account of the currency, by its id."""
        return self.worked.debts.accounts

    @property
    def undated(self) -> tuple[Due, ...]:
        """What is left out because nobody knows when it is due."""
        return self.worked.debts.undated

    def under(self, scenario: Scenario) -> PayoffQuestion:
        """The same record under another what-if; what was worked out of the record alone is kept."""
        return replace(self, scenario=scenario)

    # --- what is assumed

    @property
    def reserve(self) -> Derived[Money]:
        """What should always be left."""
        assumed = self.scenario.reserve
        if assumed is not None:
            return assumed_amount(Phrase("Reserve, as assumed"), assumed)
        return as_recorded(Phrase("Reserve, as you set it"), self.rules.floor)

    @cached_property
    def trial(self) -> TrialDue | None:
        """The purchase that is thought of, and when it would be due; None for none."""
        wanted = self.scenario.trial
        account = self.accounts.get(wanted.account_id) if wanted is not None else None
        if wanted is None or account is None:
            return None
        calendar = self.worked.debts.calendars[account.id]
        return trial_due(wanted, account, self.today, calendar, self.cycle_source)

    @property
    def is_trial_left_out(self) -> bool:
        """Whether a purchase that is thought of counts nowhere, because nobody knows when it is due."""
        if self.scenario.trial is None:
            return False
        return self.trial is None or self.trial.due is None or self.trial.due.value is None

    @cached_property
    def moves(self) -> tuple[Movement, ...]:
        """What the what-if adds to the cash of the record, by date."""
        debts = self.worked.debts
        known = (move for day in self.forecast.days for move in day.movements) if self.forecast else ()
        days = Window(self.today, debts.furthest)
        return assumed_moves(self.scenario, known, debts.accounts, debts.calendars, days)

    @property
    def limits(self) -> Limits:
        """What the user does not want, whatever it saves."""
        asked = self.scenario
        return Limits(asked.most_plans, frozenset(asked.avoided), asked.keeps_reserve)

    @property
    def assumptions(self) -> tuple[Phrase, ...]:
        """What is taken for granted, in sentences."""
        return assumptions(self.scenario, self.worked.debts, self.reserve, self.trial)

    # --- what it comes to

    @cached_property
    def _found(self) -> WithOrders:
        facts, options = self.worked.debts.facts, self.worked.options
        thought_of = trial_facts(self.trial, self.worked.debts) if self.trial is not None else None
        if thought_of is not None:
            facts, options = (*facts, thought_of), (*options, options_of(thought_of))
        return with_orders(facts, options, self._paid_by_orders())

    @property
    def debts(self) -> tuple[DebtOptions, ...]:
        """Every debt with all its options, that of a purchase thought of last."""
        return self._found.debts

    @cached_property
    def problem(self) -> Problem | None:
        """What the optimum is asked; None if something stands in the way."""
        if self.obstacles or self.forecast is None:
            return None
        return Problem(
            self.currency,
            self.today,
            tuple(debt.decision for debt in self.debts),
            with_moves(self.forecast.cash_line(with_debts=False), self.moves),
            self.reserve.value,
            self.limits,
            self._found.orders,
        )

    def debt(self, decision_id: str) -> DebtOptions:
        """One debt with its options.

        Raises:
            KeyError: There is none.
        """
        for debt in self.debts:
            if debt.decision.id == decision_id:
                return debt
        raise KeyError(decision_id)

    def why(self, decision_id: str, option_id: str) -> Derived[Span[Money]]:
        """What an option costs, from the cheap to the dear end, and how that was made.

        Raises:
            KeyError: There is no such option.
        """
        return self.debt(decision_id).of(option_id).cost

    def _paid_by_orders(self) -> Mapping[Order, Streams]:
        """What each order of debts pays, at both ends; the user's own only if there is one."""
        followed = self.worked.followed
        if not followed:
            return {}
        extra = self.scenario.extra or Money(0, self.currency)
        budget = Budget(self.today, extra, self.scenario.lumps)
        found: dict[Order, Streams] = {}
        for order in Order:
            if order is Order.OWN and not self.ranked:
                continue
            ordering = Ordering(order, self.ranked)
            low, high = (
                run(debts, budget, ordering, MOST_MONTHS + 1).paths
                for debts in ([each.low for each in followed], [each.high for each in followed])
            )
            found[order] = {
                each.debt.id: Span(cheap.stream, dear.stream)
                for each, cheap, dear in zip(followed, low, high, strict=True)
            }
        return found


__all__ = ["TRIAL_ID", "Obstacle", "ObstacleKind", "PayoffQuestion", "Worked"]
