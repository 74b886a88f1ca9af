"""The report pack: what it shows, and the PDF that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.account import Account
from planner.domain.law.cap_flags import Flag
from planner.domain.offers.cost_card import CostCard
from planner.domain.overdue import LateCost
from planner.domain.payment import Payment
from planner.domain.position import Position
from planner.reports.checklist import Checklist
from planner.reports.payoff_sheet import PayoffSheet
from planner.services.cash_view import CashView
from planner.services.compare import Comparison
from planner.services.today import TodayView, today_view
from planner.store.store import Store


class Part(StrEnum):
    """What a report may show."""

    FACTS = "facts"
    BILLS = "bills"
    COMPARISON = "comparison"
    COST_CARD = "cost_card"
    LATE = "late"
    CASH = "cash"
    PAYOFF = "payoff"
    PROCEDURE = "procedure"
    WORKINGS = "workings"


@dataclass(frozen=True, slots=True)
class PackParts:
    """What to show.

    Attributes:
        parts: Which parts.
        since: The first day of the period, for what was paid.
        until: Its last day, for what is still due; what is due later is one sum.
    """

    parts: frozenset[Part]
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """One account.

    Attributes:
        account: The account.
        position: What is open on it.
        payments: What was paid on it in the period, oldest first.
    """

    account: Account
    position: Position
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What other places worked out, as it was last shown there; None for what was not.

    Attributes:
        comparison: The ways to settle an amount.
        late: The late cost.
        checklist: A procedure.
        card: The cost card of an offer.
        card_flags: Where its true rate stands to the legal lines.
        cash: What is there, and whether it holds.
        payoff: The way through all debts.
    """

    comparison: Comparison | None = None
    late: LateCost | None = None
    checklist: Checklist | None = None
    card: CostCard | None = None
    card_flags: tuple[Flag, ...] = ()
    cash: CashView | None = None
    payoff: PayoffSheet | None = None


NOTHING_WORKED_OUT = WorkedOut()


@dataclass(frozen=True, slots=True)
class ReportPack:
    """Everything a report shows, as the windows show it.

    Attributes:
        parts: What to show.
        view: The results of the place Today.
        sheets: Each account.
        worked: What other places worked out.
    """

    parts: PackParts
    view: TodayView
    sheets: tuple[AccountSheet, ...]
    worked: WorkedOut = NOTHING_WORKED_OUT

    @property
    def today(self) -> date:
        """The day of its data."""
        return self.view.position.on

    def has(self, part: Part) -> bool:
        """Whether a part is wanted."""
        return part in self.parts.parts


def report_pack(
    store: Store,
    today: date,
    parts: PackParts,
    worked: WorkedOut = NOTHING_WORKED_OUT,
) -> ReportPack:
    """Collect what a report shows.

    Args:
        store: The open file.
        today: The day.
        parts: What to show.
        worked: What other places worked out.
    """
    view = today_view(store, today)
    sheets = tuple(
        AccountSheet(
            account,
            view.position.of_account(account.id),
            tuple(
                payment
                for payment in store.payments.since(account.id, parts.since)
                if payment.paid_on <= min(today, parts.until)
            ),
        )
        for account in view.accounts.values()
    )
    return ReportPack(parts, view, sheets, worked)


def compose(pack: ReportPack, language: str, number_format: str = "") -> bytes:
    """A report as a PDF; the same pack in the same language gives the same bytes.

    Args:
        pack: What it shows.
        language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    from planner.reports.document import written  # noqa: PLC0415 - brings matplotlib, half a second
    from planner.reports.typeset import typeset  # noqa: PLC0415 - brings typst, a tenth

    return typeset(written(pack, language, number_format))
