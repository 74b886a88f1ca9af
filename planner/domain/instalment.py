"""Instalment plans: a principal in dated rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.money import Money, sum_of


class OriginKind(StrEnum):
    """What a plan was made from."""

    NONE = "none"
    PURCHASE = "purchase"
    BILL = "bill"
    PLAN = "plan"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One dated row of a plan.

    Attributes:
        number: Its place in the plan, from 1.
        due_on: When it is due.
        principal: What it repays.
        fee: The lender's fee in it.
        interest: The interest in it.
        id: Its identity.
    """

    number: int
    due_on: date
    principal: Money
    fee: Money
    interest: Money
    id: str = field(default_factory=new_id)

    @property
    def total(self) -> Money:
        """What is to pay on that day."""
        return self.principal + self.fee + self.interest


@dataclass(frozen=True, slots=True)
class InstalmentPlan:
    """A principal in dated rows.

    Attributes:
        account_id: Whose.
        name: What it paid for.
        principal: What the rows here repay.
        rows: The rows, in order; the first may be row k of a plan that was already running.
        count: How many rows the lender's plan has in all, those before row k included.
        origin: What it was made from.
        origin_id: The purchase, bill or plan it was made from; empty if none.
        started_on: When it was agreed; None if unknown.
        id: Its identity.
    """

    account_id: str
    name: str
    principal: Money
    rows: tuple[Instalment, ...]
    count: int
    origin: OriginKind = OriginKind.NONE
    origin_id: str = ""
    started_on: date | None = None
    id: str = field(default_factory=new_id)

    @property
    def fees(self) -> Money:
        """All fees of the rows."""
        return sum_of((row.fee for row in self.rows), self.principal.currency)

    @property
    def interest(self) -> Money:
        """All interest of the rows."""
        return sum_of((row.interest for row in self.rows), self.principal.currency)

    @property
    def total(self) -> Money:
        """What all rows come to."""
        return sum_of((row.total for row in self.rows), self.principal.currency)
