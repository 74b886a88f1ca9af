"""Several debts paid down with one amount a month: minimums first, then one debt after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.plans.level import Interest
from planner.domain.rate import Rate
from planner.errors import PlannerError
from planner.phrases import N_, Phrase


class BudgetTooSmallError(PlannerError):
    """There is less each month than the minimums of the debts come to."""

    message = N_("{budget} a month is less than the minimums of all debts, {minimums}.")


@dataclass(frozen=True, slots=True)
class Debt:
    """Something owed that bears interest.

    Attributes:
        name: What to call it.
        amount: What is owed.
        rate: The nominal rate; a month bears a twelfth of a year's.
        minimum: The least to pay each month while anything is owed.
    """

    name: Phrase
    amount: Money
    rate: Rate
    minimum: Money


@dataclass(frozen=True, slots=True)
class PaidDown:
    """What becomes of one debt.

    Attributes:
        debt: Which.
        months: After how many months it is paid; None if it never is.
        interest: All its interest until then; None if it is never paid.
    """

    debt: Debt
    months: int | None
    interest: Money | None


@dataclass(frozen=True, slots=True)
class Payoff:
    """What paying down several debts comes to.

    Attributes:
        debts: Each debt, in the order in which what is left over is paid on them.
        months: After how many months all are paid; None if some never are.
        interest: All interest; None if some are never paid.
    """

    debts: tuple[PaidDown, ...]
    months: int | None
    interest: Money | None

    @property
    def never_ends(self) -> bool:
        """Whether some debt grows for ever, whatever is paid."""
        return self.months is None


def pay_down(debts: Sequence[Debt], budget: Money) -> Derived[Payoff]:
    """Pay debts down with the same amount each month, in a given order.

    Each month every debt first bears its interest, once, rounded to the minor unit. Then each gets its own
    minimum, and what is left of the budget goes to the first debt that is still owed, and on to the next;
    so the minimum of a debt that is paid flows to the others.

    It never ends when no debt got smaller in a month: they only bear more interest from then on.

    Source: the debt reduction calculator of vertex42.com.

    Args:
        debts: In the order in which they get what is left; at least one, all in one currency.
        budget: What is paid each month.

    Raises:
        BudgetTooSmallError: The budget is less than all minimums.
    """
    currency = budget.currency
    minimums = sum_of((debt.minimum for debt in debts if debt.amount.minor > 0), currency)
    if budget < minimums:
        raise BudgetTooSmallError(budget=budget, minimums=minimums)
    rates = [Interest(debt.rate).monthly for debt in debts]
    owed = [max(debt.amount, budget.zero) for debt in debts]
    interest, months = [budget.zero for _ in debts], [0 for _ in debts]
    month = 0
    while any(owed):
        month += 1
        before = list(owed)
        for place, rate in enumerate(rates):
            bears = owed[place].times(rate)
            owed[place] += bears
            interest[place] += bears
        owed = _paid(debts, owed, budget)
        for place, left in enumerate(owed):
            if before[place] and not left:
                months[place] = month
        if any(owed) and all(left >= earlier for left, earlier in zip(owed, before, strict=True)):
            break
    result = _result(debts, owed, months, interest, currency)
    return Derived(result, lambda: _derivation(debts, budget, result))


def _paid(debts: Sequence[Debt], owed: Sequence[Money], budget: Money) -> list[Money]:
    """What is owed after the payments of a month."""
    left, rest = [], budget
    for debt, amount in zip(debts, owed, strict=True):
        least = min(debt.minimum, amount)
        left.append(amount - least)
        rest -= least
    for place, amount in enumerate(left):
        more = min(rest, amount)
        left[place] = amount - more
        rest -= more
    return left


def _result(
    debts: Sequence[Debt],
    owed: Sequence[Money],
    months: Sequence[int],
    interest: Sequence[Money],
    currency: str,
) -> Payoff:
    each = tuple(
        PaidDown(debt, None if left else month, None if left else bears)
        for debt, left, month, bears in zip(debts, owed, months, interest, strict=True)
    )
    if any(owed):
        return Payoff(each, None, None)
    return Payoff(each, max(months, default=0), sum_of(interest, currency))


_RULE = Phrase(
    "Each month every debt bears a twelfth of its yearly rate, once. Each then gets its own minimum, and "
    "what is left of the budget goes to the debts in their order."
)


def _derivation(debts: Sequence[Debt], budget: Money, result: Payoff) -> Derivation:
    given = [Given(Phrase("Budget a month"), budget)]
    for debt in debts:
        given.append(Given(Phrase("{debt}: owed", debt=debt.name), debt.amount))
        given.append(Given(Phrase("{debt}: yearly rate", debt=debt.name), debt.rate))
        given.append(Given(Phrase("{debt}: minimum a month", debt=debt.name), debt.minimum))
    workings = []
    for each in result.debts:
        if each.months is None:
            workings.append(Working(Phrase("{debt}: never paid with this budget", debt=each.debt.name)))
            continue
        text = Phrase.counted(
            "{debt}: paid after {count} month, interest",
            "{debt}: paid after {count} months, interest",
            each.months,
            debt=each.debt.name,
        )
        workings.append(Working(text, each.interest))
    if result.interest is not None:
        workings.append(Working(Phrase("All interest"), result.interest))
    rounding = Phrase("The interest of each month is rounded to the cent.")
    return Derivation(_RULE, tuple(given), tuple(workings), rounding)
