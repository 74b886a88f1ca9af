"""What paying only the minimum comes to, month by month, and the steady payment that is over sooner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from planner.domain.minimum.monthly import MonthlyRule, monthly, share_of
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate

# How far a path is followed: two hundred years. What is longer is said to be longer, never to be over.
FURTHEST = 2_400

# How much of a path that never ends is kept, to be looked at.
_SHOWN = 60

# What it costs to lose the free time is on the second bill; from the third on, one is like the other.
_SECOND, _SETTLED = 2, 3


@dataclass(frozen=True, slots=True)
class Balance:
    """A part of what is owed, at a rate of its own.

    Attributes:
        amount: How much.
        rate: What it is charged.
        regular: The rate after a promotion; None if its rate stays.
        regular_from: The month from which on the regular rate applies, 1 for the first.
    """

    amount: Money
    rate: Rate
    regular: Rate | None = None
    regular_from: int = 0

    def monthly(self, month: int) -> Fraction:
        """What it is charged in a month."""
        if self.regular is not None and month >= self.regular_from:
            return monthly(self.regular)
        return monthly(self.rate)


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed.

    Attributes:
        balances: Its parts, in the order in which payments go to them.
        is_free_at_first: Whether nothing is charged before the first payment.
        lost: The interest that the second bill adds because the first is not paid in full.
    """

    balances: tuple[Balance, ...]
    is_free_at_first: bool = False
    lost: Money | None = None

    @property
    def amount(self) -> Money:
        """All of it."""
        return sum_of((balance.amount for balance in self.balances), self.balances[0].amount.currency)


class Fate(StrEnum):
    """How a path ends, from the best to the worst."""

    CLEARS = "clears"
    TOO_LONG = "too_long"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class PathRow:
    """One month.

    Attributes:
        month: Its number, 1 for the first.
        owed: What is owed before it.
        interest: What it adds.
        paid: What is paid.
        left: What is owed after it.
    """

    month: int
    owed: Money
    interest: Money
    paid: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Path:
    """The months until nothing is owed, or as many as are worth looking at.

    Attributes:
        fate: How it ends.
        rows: The months.
    """

    fate: Fate
    rows: tuple[PathRow, ...] = field(default=(), repr=False)

    @property
    def months(self) -> int | None:
        """How many months it takes; None if it does not end."""
        return len(self.rows) if self.fate is Fate.CLEARS else None

    @property
    def total(self) -> Money | None:
        """All payments together; None if it does not end."""
        return self._sum([row.paid for row in self.rows])

    @property
    def interest(self) -> Money | None:
        """All interest together; None if it does not end."""
        return self._sum([row.interest for row in self.rows])

    def _sum(self, amounts: Sequence[Money]) -> Money | None:
        if self.fate is not Fate.CLEARS or not amounts:
            return None
        return sum_of(amounts, amounts[0].currency)


def follow(debt: Debt, rule: MonthlyRule, first: Money | None = None, most: int = FURTHEST) -> Path:
    """Pay month by month until nothing is owed, or until it is proved that this never comes.

    Each month: interest on each balance, rounded half up, is added; then what the rule asks for is
    paid, to the first balance first. It never ends where the month repeats itself, or where the
    balance has not fallen and ``MonthlyRule.never_falls`` holds.

    Args:
        debt: What is owed.
        rule: What is paid.
        first: What the first bill asks for, where that is known; the fixed payment if that is more.
        most: After how many months to stop; the path is then too long.
    """
    currency = debt.amount.currency
    balances = [balance.amount.minor for balance in debt.balances]
    settled = max(_SETTLED, *(balance.regular_from for balance in debt.balances))
    rows: list[PathRow] = []
    is_endless = False
    while any(balances) and len(rows) < most:
        month, owed = len(rows) + 1, sum(balances)
        if month <= settled:
            rates = [balance.monthly(month) for balance in debt.balances]
        is_free = month == 1 and debt.is_free_at_first
        grown = [b + (0 if is_free else share_of(b, r)) for b, r in zip(balances, rates, strict=True)]
        if month == _SECOND and debt.lost is not None:
            grown[-1] += debt.lost.minor
        interest = sum(grown) - owed
        paid = rule.asked(owed, interest)
        if month == 1 and first is not None:
            paid = min(max(first.minor, rule.fixed), owed + interest)
        left = _pay(grown, paid)
        amounts = (owed, interest, paid, sum(left))
        rows.append(PathRow(month, *(Money(amount, currency) for amount in amounts)))
        if not is_endless and month >= settled and sum(left) >= owed:
            lowest = min(rate for rate, rest in zip(rates, left, strict=True) if rest)
            is_endless = left == balances or rule.never_falls(sum(left), lowest, len(left))
        if is_endless and month >= _SHOWN:
            break
        balances = left
    if is_endless:
        return Path(Fate.NEVER, tuple(rows))
    return Path(Fate.TOO_LONG if any(balances) else Fate.CLEARS, tuple(rows))


def _pay(balances: Sequence[int], paid: int) -> list[int]:
    """What a payment leaves of balances, which get it one after the other."""
    left = []
    for balance in balances:
        part = min(balance, paid)
        left.append(balance - part)
        paid -= part
    return left


@dataclass(frozen=True, slots=True)
class SteadyPayment:
    """A fixed payment that is over within some months.

    Attributes:
        within: Within how many months.
        payment: What is paid each month, from the second on where the first minimum is more.
        path: What it comes to.
        below_until: Up to which month after the first the lender asks for more; 0 where it never does.
    """

    within: int
    payment: Money
    path: Path
    below_until: int = 0

    @property
    def first(self) -> Money | None:
        """The first minimum, where that is more than the payment."""
        paid = self.path.rows[0].paid
        return paid if paid > self.payment else None


def steady_payment(
    debt: Debt, rule: MonthlyRule, within: int, first: Money | None = None
) -> SteadyPayment | None:
    """The least fixed payment that clears a debt within some months; None if the minimum does so itself.

    The first minimum is paid as the lender asks, if that is more; from the second month on the payment is
    the same each month. Found by halving, in whole minor units: one less would not do.

    Args:
        debt: What is owed.
        rule: The rule of the minimum.
        within: Within how many months.
        first: What the first bill asks for, where that is known.
    """
    if follow(debt, rule, first, within).fate is Fate.CLEARS:
        return None
    asked = follow(debt, rule, first, 1).rows[0].paid

    def level(payment: int) -> Path:
        return follow(debt, MonthlyRule(Fraction(0), fixed=payment), asked, within)

    # Enough is what pays all of it in the first month.
    interests = (share_of(balance.amount.minor, balance.monthly(1)) for balance in debt.balances)
    too_little, enough = 0, debt.amount.minor + sum(interests)
    while enough - too_little > 1:
        middle = (too_little + enough) // 2
        if level(middle).fate is Fate.CLEARS:
            enough = middle
        else:
            too_little = middle
    path = level(enough)
    return SteadyPayment(within, Money(enough, debt.amount.currency), path, _below_until(rule, path))


def _below_until(rule: MonthlyRule, path: Path) -> int:
    """Up to which month, from the second on without a break, a rule asks for more than is paid."""
    until = 0
    for row in path.rows[1:]:
        if rule.asked(row.owed.minor, row.interest.minor) <= row.paid.minor:
            break
        until = row.month
    return until
