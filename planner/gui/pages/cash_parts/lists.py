"""The lists of the place Cash: what lenders debit when, the cash accounts, incomes and expenses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from planner.domain.cash.needed import Needed
from planner.domain.cash.words import CATEGORY_WORDS, made_flow, made_seen, when_words
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.gui.pages.bills_tab import RecordTab, RowAct
from planner.gui.pages.cash_parts.acts import CashActs
from planner.gui.session import Session
from planner.gui.tables import Column
from planner.i18n import _, explain, joined, show, show_date
from planner.phrases import N_, Phrase
from planner.services.cash_view import CashAccountRow, FlowRow

T = TypeVar("T")

_OLD = 30  # days after which a balance says how old it is


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A row of a list.

    Attributes:
        value: What it shows.
        id: Its identity.
    """

    value: T
    id: str


def needed_rows(needed: Sequence[Needed]) -> list[Row[Needed]]:
    """What has to be where on which day."""
    return [Row(each, f"{each.account.id} {each.on}") for each in needed]


def account_rows(rows: Sequence[CashAccountRow]) -> list[Row[CashAccountRow]]:
    """The cash accounts."""
    return [Row(row, row.account.id) for row in rows]


def flow_rows(rows: Sequence[FlowRow]) -> list[Row[FlowRow]]:
    """The incomes and expenses."""
    return [Row(row, row.flow.id) for row in rows]


# --- what lenders debit ----------------------------------------------------------------------------


def needed_tab() -> RecordTab:
    """The list of the days on which lenders debit."""
    columns: tuple[Column[Row[Needed]], ...] = (
        Column(N_("Date"), lambda row: row.value.on),
        Column(N_("On account"), lambda row: row.value.account.name),
        Column(N_("Needed"), lambda row: row.value.needed.value, made=lambda row: row.value.needed),
        Column(
            N_("Expected there"),
            lambda row: _plain(row.value.there),
            made=lambda row: row.value.there,
            is_number=True,
        ),
        Column(
            N_("Short by"),
            lambda row: _plain(row.value.missing),
            made=lambda row: row.value.missing,
            is_number=True,
        ),
        Column(N_("What is debited"), _debited, is_wide=True),
    )
    return RecordTab(
        columns,
        (),
        empty=N_("No lender debits anything by itself in this time."),
        total=lambda rows: Phrase.counted(
            "{count} day on which lenders debit", "{count} days on which lenders debit", len(rows)
        ),
    )


def _plain(figure: Derived[Money] | None) -> Money | None:
    return figure.value if figure is not None else None


def _debited(row: Row[Needed]) -> str:
    return joined(explain(debit.label) for debit in row.value.debits)


# --- cash accounts ---------------------------------------------------------------------------------


def accounts_tab(acts: CashActs, session: Session) -> RecordTab:
    """The list of the cash accounts."""
    columns: tuple[Column[Row[CashAccountRow]], ...] = (
        Column(N_("Account"), lambda row: row.value.account.name, is_wide=True),
        Column(N_("Balance"), _balance, made=_made_balance, is_number=True),
        Column(N_("Seen on"), _seen_on, partial(_aged, session)),
        Column(N_("Expected today"), _today, made=_made_today, is_number=True),
        Column(N_("Pays"), lambda row: joined(account.name for account in row.value.pays) or "–"),
    )
    return RecordTab(
        columns,
        (
            RowAct(N_("The balance is…"), lambda row: acts.see_balance(row.id)),
            RowAct(N_("Change…"), lambda row: acts.change_account(row.id), key="change"),
            RowAct(N_("Delete"), lambda row: acts.delete_account(row.id), key="delete"),
        ),
        empty=N_("No cash account is recorded."),
        total=lambda rows: Phrase.counted("{count} cash account", "{count} cash accounts", len(rows)),
    )


def _balance(row: Row[CashAccountRow]) -> Money | None:
    return row.value.seen.amount if row.value.seen is not None else None


def _made_balance(row: Row[CashAccountRow]) -> Derived[Money] | None:
    return made_seen(row.value.seen) if row.value.seen is not None else None


def _seen_on(row: Row[CashAccountRow]) -> date | None:
    return row.value.seen.on if row.value.seen is not None else None


def _aged(session: Session, seen_on: date | None) -> str:
    """A day, and how long ago it was where that is long."""
    days = (session.today - seen_on).days if seen_on is not None else 0
    if days <= _OLD:
        return show(seen_on)
    age = Phrase.counted("{date}, {count} day ago", "{date}, {count} days ago", days, date=seen_on)
    return explain(age)


def _made_today(row: Row[CashAccountRow]) -> Derived[Money] | None:
    return row.value.line.now if row.value.line is not None else None


def _today(row: Row[CashAccountRow]) -> Money | None:
    return _plain(_made_today(row))


# --- incomes and expenses --------------------------------------------------------------------------


def flows_tab(acts: CashActs) -> RecordTab:
    """The list of the incomes and expenses."""
    columns: tuple[Column[Row[FlowRow]], ...] = (
        Column(N_("Income or expense"), lambda row: row.value.flow.name, is_wide=True),
        Column(N_("What for"), lambda row: _(CATEGORY_WORDS[row.value.flow.category])),
        Column(N_("Amount"), lambda row: made_flow(row.value.flow).value, made=_made_flow),
        Column(N_("When"), lambda row: when_words(row.value.flow.recurrence), explain),
        Column(N_("Next time"), lambda row: row.value.next.on if row.value.next else None, _next),
    )
    return RecordTab(
        columns,
        (
            RowAct(N_("Change…"), lambda row: acts.change_flow(row.value), key="change"),
            RowAct(N_("One time…"), lambda row: acts.say_time(row.value), _has_times),
            RowAct(N_("Delete"), lambda row: acts.delete_flow(row.value), key="delete"),
        ),
        empty=N_("Add what comes in and what goes out, such as salary and rent. The forecast needs both."),
        total=lambda rows: Phrase.counted(
            "{count} income or expense", "{count} incomes and expenses", len(rows)
        ),
    )


def _made_flow(row: Row[FlowRow]) -> Derived[Money]:
    return made_flow(row.value.flow)


def _next(on: date | None) -> str:
    return show_date(on) if on is not None else "–"


def _has_times(row: Row[FlowRow]) -> bool:
    return bool(row.value.times or row.value.unconfirmed)
