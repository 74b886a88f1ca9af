"""What the optimum is asked: for every debt its options, and the cash that has to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.account import titled
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase


class End(StrEnum):
    """Which end of a band is meant."""

    LOW = "low"
    HIGH = "high"


class OptionKind(StrEnum):
    """The kinds of options, which decide what has to be done for them.

    AS_AGREED: a running plan simply goes on. STREAM: the payments that snowball, avalanche or the
    user's own order make. AGREEMENT: equal parts that the lender would have to agree to, because the debt
    is overdue. LATE: the last resort.
    """

    FULL = "full"
    MINIMUM = "minimum"
    INSTALMENTS = "instalments"
    PROMOTION = "promotion"
    DEFERRAL = "deferral"
    REINSTALMENT = "reinstalment"
    SETTLEMENT = "settlement"
    AS_AGREED = "as_agreed"
    STREAM = "stream"
    OWN = "own"
    AGREEMENT = "agreement"
    LATE = "late"


# What becomes of a plan that runs already: with these a plan can be open that is no new one.
_RUNNING = frozenset({OptionKind.AS_AGREED, OptionKind.SETTLEMENT, OptionKind.STREAM, OptionKind.LATE})


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One instalment of a plan that an option would open.

    Attributes:
        on: When it would be due.
        principal: What it would repay.
        fee: The lender's fee in it.
        interest: The interest in it.
    """

    on: date
    principal: Money
    fee: Money
    interest: Money


@dataclass(frozen=True, slots=True)
class Stream:
    """What an option comes to at one end of its band.

    Attributes:
        payments: What is paid when, by date; each above nothing.
        cost: What the payments are above what is owed; it contains the late cost.
        late_cost: What of it comes from paying late.
        rows: The instalments of the plan that it opens, where they are known: they are in the payments.
            What of a payment is in no row is paid on the debt as it stands.
    """

    payments: tuple[tuple[date, Money], ...]
    cost: Money
    late_cost: Money
    rows: tuple[PlanRow, ...] = ()

    @property
    def last_on(self) -> date:
        """The last payment."""
        return self.payments[-1][0]

    @property
    def total(self) -> Money:
        """All payments together."""
        return sum_of((amount for _on, amount in self.payments), self.cost.currency)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle one debt.

    Attributes:
        id: Its key within the debt.
        kind: What kind of way it is.
        label: What to call it.
        high: What it comes to at the dear end.
        low: The same at the cheap end.
        opens_plan: Whether it is a plan that is open over time, by which "at most two open plans" counts.
        apply_by: The day by which the lender must have been asked; None if nothing has to be asked.
        notes: What to know before choosing it.
    """

    id: str
    kind: OptionKind
    label: Phrase
    high: Stream
    low: Stream
    opens_plan: bool = False
    apply_by: date | None = None
    notes: tuple[Phrase, ...] = ()

    @property
    def opens_new_plan(self) -> bool:
        """Whether it is a plan that does not run already."""
        return self.opens_plan and self.kind not in _RUNNING

    def at(self, end: End) -> Stream:
        """What it comes to at one end."""
        return self.high if end is End.HIGH else self.low


@dataclass(frozen=True, slots=True)
class Decision:
    """One debt, for which exactly one option is chosen.

    Attributes:
        id: The due, the plan or the projected bill.
        label: What to call it.
        account_id: Whose.
        lender: Who lends, by which "never lender X" counts.
        owed: What is owed without any cost to come.
        options: At least one, in the order in which they are listed.
        due_ids: The recorded dues it stands for.
        left_out: Ways that are not among the options, each with the reason.
        account: What the user calls the account; empty for what is none.
    """

    id: str
    label: Phrase
    account_id: str
    lender: str
    owed: Money
    options: tuple[Option, ...]
    due_ids: tuple[str, ...] = ()
    left_out: tuple[Phrase, ...] = ()
    account: str = ""

    @property
    def title(self) -> Phrase:
        """What to call it where debts of several accounts are named."""
        if not self.account:
            return self.label
        return titled(self.account, self.label)

    def option(self, option_id: str) -> Option:
        """The option with that id.

        Raises:
            KeyError: There is none.
        """
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the user does not want, whatever it saves.

    Attributes:
        most_plans: The most plans that may be open; None for no limit. It counts every chosen option that
            ``opens_plan``.
        no_new_plan_with: Lenders with whom no option that ``opens_plan`` may be chosen, unless the plan
            runs already.
        keeps_reserve: Whether the cash must stay on the reserve; else it must only not fall below nothing.
    """

    most_plans: int | None = None
    no_new_plan_with: frozenset[str] = frozenset()
    keeps_reserve: bool = True


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the optimum of one currency starts from.

    Income of a day arrives before the payments of that day.

    Attributes:
        currency: ISO 4217.
        today: The day of deciding.
        decisions: The debts.
        cash: The balance from each day on if none of them is paid: by date, the first is today or earlier,
            and each holds until the next.
        reserve: What should always be left.
        limits: What the user does not want.
        orders: The choices that snowball, avalanche and the user's own order come to: a name, and the id of
            the option for each decision. They are candidates, so the optimum is never worse.
    """

    currency: str
    today: date
    decisions: tuple[Decision, ...]
    cash: tuple[tuple[date, Money], ...]
    reserve: Money
    limits: Limits = NO_LIMITS
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def floor(self) -> Money:
        """What the balance must not fall below."""
        return self.reserve if self.limits.keeps_reserve else self.reserve.zero
