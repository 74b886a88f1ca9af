"""The tables of the payoff and of the cash, as they go into files and onto a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from planner.domain.adopted.progress import Progress
from planner.domain.cash.line import CashDay, Line
from planner.domain.derivation import Derived
from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import Decision, Option
from planner.domain.payoff.calendar import Payable, PayableMonth
from planner.domain.payoff.side_by_side import ScenarioRow
from planner.domain.sourced import Span
from planner.i18n import show_month
from planner.phrases import Phrase
from planner.reports.sheet import Cell, Kind, Sheet, SheetColumn, with_totals

_YES, _NO = Phrase("yes"), Phrase("no")


def calendar_sheet(paid: Sequence[Payable], accounts: Mapping[str, str], currency: str) -> Sheet:
    """What to pay to whom when, a payment in each row.

    Args:
        paid: The payments, by date.
        accounts: What the user calls each account, by its id.
        currency: ISO 4217.
    """
    columns = (
        SheetColumn(Phrase("Month")),
        SheetColumn(Phrase("Date"), Kind.DATE),
        SheetColumn(Phrase("To whom")),
        SheetColumn(Phrase("What for")),
        SheetColumn(Phrase("How")),
        SheetColumn(Phrase("Amount"), Kind.MONEY, currency),
    )
    rows = [
        (
            f"{each.on:%Y-%m}",
            each.on,
            _called(accounts, each.decision),
            each.decision.label,
            each.option.label,
            each.amount.value,
        )
        for each in paid
    ]
    return with_totals(Phrase("What to pay when"), columns, rows)


def creditors_sheet(months: Sequence[PayableMonth], accounts: Mapping[str, str], currency: str) -> Sheet:
    """What each creditor gets in each month: a creditor in each row, a month in each column.

    Args:
        months: The payments, month by month.
        accounts: What the user calls each account, by its id.
        currency: ISO 4217.
    """
    columns = [SheetColumn(Phrase("To whom"))]
    # The name of a month is nobody's sentence, so it stands here as the reader writes it.
    columns += [SheetColumn(Phrase.own(show_month(month.first_on)), Kind.MONEY, currency) for month in months]
    columns.append(SheetColumn(Phrase("Together"), Kind.MONEY, currency))
    decisions = {each.decision.account_id: each.decision for month in months for each in month.payables}
    rows = []
    for account_id, decision in decisions.items():
        paid = [
            sum_of(
                (each.amount.value for each in month.payables if each.decision.account_id == account_id),
                currency,
            )
            for month in months
        ]
        rows.append(
            (_called(accounts, decision), *(amount or None for amount in paid), sum_of(paid, currency))
        )
    return with_totals(Phrase("What each creditor gets"), columns, rows)


def cash_sheet(line: Line) -> Sheet:
    """The forecast of the cash, a movement in each row, with what is there at the end of each day.

    Args:
        line: The forecast of a currency, or of one account.
    """
    columns = (
        SheetColumn(Phrase("Date"), Kind.DATE),
        SheetColumn(Phrase("What")),
        SheetColumn(Phrase("Amount"), Kind.MONEY, line.currency),
        SheetColumn(Phrase("Balance at the end of the day"), Kind.MONEY, line.currency),
        SheetColumn(Phrase("Below the reserve"), Kind.MONEY, line.currency),
    )
    rows = [row for day in line.days for row in _cash_rows(day, line.floor)]
    notes = [
        Phrase("It starts from {what}: {amount}.", what=start.given.label, amount=start.seen.amount)
        for start in line.starts
    ]
    notes.append(Phrase("Reserve: {amount}", amount=line.floor))
    return Sheet(Phrase("Forecast of the cash"), columns, tuple(rows), notes=tuple(notes))


def _cash_rows(day: CashDay, floor: Money) -> Iterator[tuple[Cell, ...]]:
    """The rows of a day: the balance stands on the last of them."""
    missing = max(floor - day.balance, floor.zero) or None
    if not day.movements:
        yield (day.on, Phrase("Balance"), None, day.balance, missing)
    last = len(day.movements)
    for number, moved in enumerate(day.movements, start=1):
        is_last = number == last
        yield (
            day.on,
            moved.label,
            moved.amount,
            day.balance if is_last else None,
            missing if is_last else None,
        )


def choices_sheet(
    chosen: Iterable[tuple[Decision, Option]], accounts: Mapping[str, str], currency: str
) -> Sheet:
    """The way that was chosen for each debt.

    Args:
        chosen: The debts, each with its way.
        accounts: What the user calls each account, by its id.
        currency: ISO 4217.
    """
    columns = (
        SheetColumn(Phrase("To whom")),
        SheetColumn(Phrase("What for")),
        SheetColumn(Phrase("Way")),
        SheetColumn(Phrase("Owed"), Kind.MONEY, currency),
        SheetColumn(Phrase("Cost, at least"), Kind.MONEY, currency),
        SheetColumn(Phrase("Cost, at most"), Kind.MONEY, currency),
        SheetColumn(Phrase("Last payment"), Kind.DATE),
        SheetColumn(Phrase("Ask by"), Kind.DATE),
    )
    rows = [
        (
            _called(accounts, decision),
            decision.label,
            option.label,
            decision.owed,
            *_cost(option),
            option.high.last_on,
            option.apply_by,
        )
        for decision, option in chosen
    ]
    return with_totals(Phrase("What to choose"), columns, rows)


def options_sheet(
    decisions: Iterable[Decision], chosen: Mapping[str, str], accounts: Mapping[str, str], currency: str
) -> Sheet:
    """Every way of every debt that was looked at, and which was chosen.

    Args:
        decisions: The debts.
        chosen: The id of the chosen option, by that of its debt; empty where nothing was chosen.
        accounts: What the user calls each account, by its id.
        currency: ISO 4217.
    """
    columns = (
        SheetColumn(Phrase("To whom")),
        SheetColumn(Phrase("What for")),
        SheetColumn(Phrase("Way")),
        SheetColumn(Phrase("Chosen")),
        SheetColumn(Phrase("Owed"), Kind.MONEY, currency),
        SheetColumn(Phrase("Cost, at least"), Kind.MONEY, currency),
        SheetColumn(Phrase("Cost, at most"), Kind.MONEY, currency),
        SheetColumn(Phrase("Late cost, at most"), Kind.MONEY, currency),
        SheetColumn(Phrase("To pay in all, at most"), Kind.MONEY, currency),
        SheetColumn(Phrase("How many payments"), Kind.COUNT),
        SheetColumn(Phrase("Last payment"), Kind.DATE),
        SheetColumn(Phrase("Ask by"), Kind.DATE),
    )
    rows: list[tuple[Cell, ...]] = []
    notes: list[Phrase] = []
    for decision in decisions:
        for option in decision.options:
            is_chosen = _YES if chosen.get(decision.id) == option.id else _NO
            about = (_called(accounts, decision), decision.label, option.label, is_chosen, decision.owed)
            rows.append((*about, *_comes_to(option)))
        notes += [
            Phrase("{debt}: {reason}", debt=decision.label, reason=reason) for reason in decision.left_out
        ]
    # Amounts of ways of which one is chosen do not add up to anything.
    return Sheet(Phrase("Ways of each debt"), columns, tuple(rows), notes=tuple(dict.fromkeys(notes)))


def _comes_to(option: Option) -> tuple[Cell, ...]:
    dear = option.high
    return (
        *_cost(option),
        dear.late_cost,
        dear.total,
        len(dear.payments),
        dear.last_on,
        option.apply_by,
    )


def _cost(option: Option) -> tuple[Money, Money]:
    """The least and the most it costs."""
    ends = (option.low.cost, option.high.cost)
    return min(ends), max(ends)


def progress_sheet(found: Progress) -> Sheet:
    """What was planned beside what was paid, a planned payment in each row.

    Args:
        found: The progress of an adopted plan.
    """
    currency = found.plan.currency
    columns = (
        SheetColumn(Phrase("What for")),
        SheetColumn(Phrase("Planned for"), Kind.DATE),
        SheetColumn(Phrase("Planned"), Kind.MONEY, currency),
        SheetColumn(Phrase("Paid"), Kind.MONEY, currency),
        SheetColumn(Phrase("Paid on"), Kind.DATE),
        SheetColumn(Phrase("Still to pay"), Kind.MONEY, currency),
        SheetColumn(Phrase("How it stands")),
    )
    rows = [
        (line.label, line.on, line.payment.amount, line.paid, line.paid_on, line.left, line.standing)
        for line in found.lines
    ]
    return with_totals(Phrase("Planned and paid"), columns, rows, found.words)


def scenarios_sheet(rows: Sequence[ScenarioRow], currency: str) -> Sheet:
    """What-ifs side by side.

    Args:
        rows: The what-ifs.
        currency: ISO 4217.
    """
    columns = (
        SheetColumn(Phrase("What if")),
        SheetColumn(Phrase("Cost"), Kind.MONEY, currency),
        SheetColumn(Phrase("Late cost"), Kind.MONEY, currency),
        SheetColumn(Phrase("More than the first"), Kind.MONEY, currency),
        SheetColumn(Phrase("Last payment"), Kind.DATE),
        SheetColumn(Phrase("Lowest cash"), Kind.MONEY, currency),
        SheetColumn(Phrase("Open plans"), Kind.COUNT),
        SheetColumn(Phrase("Proved to be the best")),
        SheetColumn(Phrase("Why there is no plan")),
    )
    told = [
        (
            row.result.name,
            row.result.cost,
            row.result.late_cost,
            row.more.value if row.more is not None else None,
            row.result.ends_on,
            row.result.lowest,
            row.result.open_plans,
            _YES if row.result.is_proved else _NO,
            row.result.not_feasible,
        )
        for row in rows
    ]
    return Sheet(Phrase("What-ifs side by side"), columns, tuple(told))


# What to call an order, what it costs, when all is paid (None where it never is), and whether the cash holds.
OrderRow = tuple[Phrase, Derived[Span[Money]] | None, Derived[Span[date]] | None, Phrase | None]


def orders_sheet(courses: Iterable[OrderRow], currency: str) -> Sheet:
    """What paying the debts in one order after another comes to.

    Args:
        courses: What is told of each.
        currency: ISO 4217.
    """
    columns = (
        SheetColumn(Phrase("Order")),
        SheetColumn(Phrase("Cost, at least"), Kind.MONEY, currency),
        SheetColumn(Phrase("Cost, at most"), Kind.MONEY, currency),
        SheetColumn(Phrase("All is paid, at the earliest"), Kind.DATE),
        SheetColumn(Phrase("All is paid, at the latest"), Kind.DATE),
        SheetColumn(Phrase("Whether it holds")),
    )
    rows = [
        (
            name,
            cost.value.low if cost is not None else None,
            cost.value.high if cost is not None else None,
            ends.value.low if ends is not None else None,
            ends.value.high if ends is not None else None,
            holds,
        )
        for name, cost, ends, holds in courses
    ]
    notes = (Phrase("An order without a day never pays everything."),)
    is_open = any(row[-2] is None for row in rows)
    return Sheet(Phrase("Orders of paying"), columns, tuple(rows), notes=notes if is_open else ())


def _called(accounts: Mapping[str, str], decision: Decision) -> str:
    return accounts.get(decision.account_id) or decision.lender
