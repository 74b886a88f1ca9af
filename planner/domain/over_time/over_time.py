"""All debts over time: the three orders side by side, only the minimums, and what really happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from planner.domain.account import Account
from planner.domain.adopted.plan import AdoptedPlan
from planner.domain.derivation import Derived, Given, added
from planner.domain.minimum.path import Fate
from planner.domain.money import Money
from planner.domain.optimum.options.facts import MOST_MONTHS, DebtFacts, Debts
from planner.domain.optimum.problem import End, Stream
from planner.domain.over_time.baseline import least_extra_of, minimum_only
from planner.domain.over_time.buying import with_purchases
from planner.domain.over_time.course import Course, DebtCourse
from planner.domain.over_time.course_words import made_extra
from planner.domain.over_time.followed import Followed, Unfollowed
from planner.domain.over_time.following import follow_debts, undated
from planner.domain.over_time.orders import Ordering, ordered
from planner.domain.over_time.paid_off import PaidOff, paid_off
from planner.domain.over_time.past import NO_PAST, Past, Seen
from planner.domain.over_time.path import Budget, Run
from planner.domain.over_time.run import least_extra, run
from planner.domain.over_time.running import RunningDebt
from planner.domain.payoff.assumed import buying
from planner.domain.payoff.scenario import Order, Scenario
from planner.domain.payoff.trial import trial_due, trial_facts
from planner.domain.sourced import Span
from planner.phrases import Phrase

T = TypeVar("T")


# Without slots: what the record and a what-if make together is worked out once.
@dataclass(frozen=True)
class OverTimeQuestion:
    """Everything that is followed, read from the record before.

    Attributes:
        read: What the record says of the open debts.
        scenario: What is assumed beside it.
        ranked: The user's own order: ids of debts or of accounts.
        past: What is recorded of past days.
        adopted: The plan that is followed; None for none.
    """

    read: Debts
    scenario: Scenario
    ranked: tuple[str, ...] = ()
    past: Past = NO_PAST
    adopted: AdoptedPlan | None = None

    @property
    def today(self) -> date:
        """The day of deciding."""
        return self.read.today

    @property
    def budget(self) -> Budget:
        """What is paid beside the minimums."""
        scenario = self.scenario
        return Budget(self.today, scenario.extra or Money(0, scenario.currency), scenario.lumps)

    @property
    def debts(self) -> tuple[Followed, ...]:
        """The debts that are followed, with a purchase that is thought of and what is bought anew."""
        return self._with_purchases[0]

    @cached_property
    def unfollowed(self) -> tuple[Unfollowed, ...]:
        """The debts that cannot be followed, each with what is missing."""
        accounts = self.read.accounts
        dateless = (undated(due, accounts[due.account_id]) for due in self.read.undated)
        return (*self._recorded[1], *dateless)

    @cached_property
    def _recorded(self) -> tuple[tuple[Followed, ...], tuple[Unfollowed, ...]]:
        tried = self._tried()
        facts = self.read.facts if tried is None else (*self.read.facts, tried)
        return follow_debts(facts, self.read.calendars)

    def _tried(self) -> DebtFacts | None:
        """The purchase that is only thought of, as a debt; None for none, or if nobody knows its date."""
        wanted = self.scenario.trial
        account = self.read.accounts.get(wanted.account_id) if wanted is not None else None
        if wanted is None or account is None:
            return None
        return trial_facts(trial_due(wanted, account, self.today, self.read.calendars[account.id]), self.read)

    @cached_property
    def _with_purchases(self) -> tuple[tuple[Followed, ...], tuple[Account, ...]]:
        recorded, amount = self._recorded[0], self.scenario.new_purchases
        if not amount:
            return recorded, ()
        return with_purchases(recorded, buying(self.scenario, self.read.accounts, self.today), amount)

    @property
    def assumed(self) -> tuple[Phrase, ...]:
        """What is taken for granted, each thing once."""
        return tuple(dict.fromkeys(self._assumed()))

    def _assumed(self) -> list[Phrase]:
        scenario, found = self.scenario, []
        if scenario.new_purchases:
            found.append(
                Phrase(
                    "Bought anew each month with each account: {amount}, due with its next bill.",
                    amount=scenario.new_purchases,
                )
            )
            found += [
                Phrase(
                    "{account}: no bill of it can be followed, so nothing is bought anew with it.",
                    account=Phrase.own(account.name),
                )
                for account in self._with_purchases[1]
            ]
        else:
            found.append(Phrase("Nothing new is bought."))
        found.append(
            Phrase(
                "Extra money is paid on the day on which a debt asks for its minimum, money that comes once "
                "on the next such day."
            )
        )
        return [*found, *(each for debt in self.debts for each in debt.assumed)]

    def under(self, scenario: Scenario) -> OverTimeQuestion:
        """The same record under another what-if; nothing is read anew.

        Args:
            scenario: The what-if, of the same currency.
        """
        return replace(self, scenario=scenario)


@dataclass(frozen=True)
class OverTime:
    """All debts over time.

    Attributes:
        question: What was followed.
        baseline: Only the minimums.
        orders: Each order.
    """

    question: OverTimeQuestion
    baseline: Course
    orders: Mapping[Order, Course] = field(hash=False)

    @property
    def today(self) -> date:
        """The day of deciding."""
        return self.question.today

    @property
    def scenario(self) -> Scenario:
        """What is assumed beside the record."""
        return self.question.scenario

    @property
    def debts(self) -> tuple[Followed, ...]:
        """The debts that are followed."""
        return self.question.debts

    @property
    def unfollowed(self) -> tuple[Unfollowed, ...]:
        """The debts that cannot be followed, each with what is missing."""
        return self.question.unfollowed

    @property
    def past(self) -> tuple[Seen, ...]:
        """What was owed on past days, by date."""
        return self.question.past.seen

    @property
    def adopted(self) -> AdoptedPlan | None:
        """The plan that is followed; None for none."""
        return self.question.adopted

    @property
    def assumed(self) -> tuple[Phrase, ...]:
        """What is taken for granted, each thing once."""
        return self.question.assumed

    @property
    def chosen(self) -> Course:
        """The order that the what-if names."""
        return self.orders[self.scenario.order]

    @property
    def open(self) -> Derived[Money]:
        """What is still to pay of the debts that are followed."""
        rule = Phrase("Still to pay = what is still to pay of each debt that can be followed")
        given = (Given(each.label, each.debt.open) for each in self.debts)
        return added(rule, given, self.scenario.currency)

    @property
    def left_out(self) -> Derived[Money]:
        """What is still to pay of the debts that cannot be followed."""
        rule = Phrase("Left out = what is still to pay of each debt that cannot be followed")
        given = (Given(each.label, each.open) for each in self.unfollowed)
        return added(rule, given, self.scenario.currency)

    @property
    def progress(self) -> tuple[PaidOff, ...]:
        """What is paid and what is left of each debt of the record, by their first dates."""
        return tuple(paid_off(facts) for facts in self.question.read.facts)

    @property
    def streams(self) -> Mapping[Order, Mapping[str, Span[Stream] | None]]:
        """The payments of each debt in each order, by its id, as the optimum takes them."""
        return {
            order: {each.followed.debt.id: each.streams for each in course.debts}
            for order, course in self.orders.items()
        }


def over_time_of(question: OverTimeQuestion) -> OverTime:
    """Follow all debts in each order, and by only the minimums.

    Args:
        question: What is followed.
    """
    baseline = _baseline(question)
    _ = question.past.seen  # here, where it holds up no window
    orders = {order: _course(question, Ordering(order, question.ranked), baseline) for order in Order}
    return OverTime(question, baseline, orders)


def _baseline(question: OverTimeQuestion) -> Course:
    debts, today, currency = question.debts, question.today, question.scenario.currency
    low, high = _at_both(debts, lambda running: minimum_only(running, today, currency))
    found = []
    for place, each in enumerate(debts, start=1):
        paths = (low.path(each.debt.id), high.path(each.debt.id))
        more = soon = None
        if any(path.fate is not Fate.CLEARS for path in paths):
            ends = _at_both((each,), lambda running: least_extra_of(running[0], today))
            more = made_extra(ends, (each,), Money(0, currency))
            ends = _at_both((each,), lambda running: least_extra_of(running[0], today, MOST_MONTHS))
            soon = made_extra(ends, (each,), Money(0, currency), MOST_MONTHS)
        found.append(DebtCourse(each, place, *paths, more, soon))
    return Course(None, tuple(found), low, high)


def _course(question: OverTimeQuestion, ordering: Ordering, baseline: Course) -> Course:
    debts, budget = question.debts, question.budget
    low, high = _at_both(debts, lambda running: run(running, budget, ordering))
    more = None
    if not (low.fate is high.fate is Fate.CLEARS):
        ends = _at_both(debts, lambda running: least_extra(running, budget, ordering))
        more = made_extra(ends, debts, budget.extra)
    ranked = _ranked(high, ordering)
    unpaid = [each for each in debts if _is_unpaid(each, low, high)]
    found = tuple(
        DebtCourse(
            each,
            ranked.index(each.debt.id) + 1,
            low.path(each.debt.id),
            high.path(each.debt.id),
            # What more each month pays one debt alone is known only where it is the only one.
            more if unpaid == [each] else None,
        )
        for each in debts
    )
    return Course(ordering.order, found, low, high, baseline, more)


def _at_both(debts: Sequence[Followed], of: Callable[[Sequence[RunningDebt]], T]) -> tuple[T, T]:
    """Something of debts at the cheap and at the dear end; worked out once where both are the same."""
    low, high = ([each.at(end) for each in debts] for end in (End.LOW, End.HIGH))
    found = of(low)
    return found, found if low == high else of(high)


def _is_unpaid(debt: Followed, low: Run, high: Run) -> bool:
    return any(each.path(debt.debt.id).fate is not Fate.CLEARS for each in (low, high))


def _ranked(high: Run, ordering: Ordering) -> list[str]:
    """The ids of all debts: those that get what is left over in their order, then the others by date."""
    debts = [path.debt for path in high.paths]
    able = [debt.id for debt in ordered(debts, ordering, high.budget.today)]
    others = [debt for debt in debts if debt.id not in able]
    return able + [debt.id for debt in sorted(others, key=lambda debt: (debt.days.first_on, debt.id))]
