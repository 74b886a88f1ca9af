"""What if: other income, another reserve, more each month, a purchase; to be looked at side by side."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.money import Money


class Order(StrEnum):
    """In which order what is left over goes to the debts."""

    SNOWBALL = "snowball"
    AVALANCHE = "avalanche"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Lump:
    """Money that comes once and goes to the debts.

    Attributes:
        on: When.
        amount: How much; above nothing.
    """

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Trial:
    """A purchase that is only thought of: "spend now, due when?".

    Attributes:
        account_id: The account it would be bought with.
        on: When.
        amount: How much.
    """

    account_id: str
    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed beside the record. Everything is optional: an empty one is the record itself.

    Attributes:
        currency: ISO 4217.
        name: What the user calls it; empty for the one at hand.
        income: What comes in more each month than recorded; below nothing for less. None for no change.
        reserve: Another reserve; None for the recorded one.
        extra: What is paid each month beyond all minimums; None for what the user has not said.
        lumps: Money that comes once.
        new_purchases: What is bought on credit anew each month, on each account; None for nothing.
        trial: A purchase that is thought of; None for none.
        order: In which order what is left over goes to the debts.
        most_plans: The most plans open at once; None for no limit.
        avoided: Lenders with whom no new plan is wanted.
        keeps_reserve: Whether the cash must stay on the reserve.
        id: Its identity.
    """

    currency: str
    name: str = ""
    income: Money | None = None
    reserve: Money | None = None
    extra: Money | None = None
    lumps: tuple[Lump, ...] = ()
    new_purchases: Money | None = None
    trial: Trial | None = None
    order: Order = Order.AVALANCHE
    most_plans: int | None = None
    avoided: tuple[str, ...] = ()
    keeps_reserve: bool = True
    id: str = field(default_factory=new_id)

    @property
    def as_recorded(self) -> Scenario:
        """The same without what is not in the record; what the user wants or rules out stays."""
        return replace(
            self, income=None, reserve=None, lumps=(), new_purchases=None, trial=None, keeps_reserve=True
        )

    @property
    def is_recorded(self) -> bool:
        """Whether nothing beside the record is assumed."""
        has_money = bool(self.income or self.lumps or self.new_purchases)
        return not has_money and self.reserve is None and self.trial is None and self.keeps_reserve
