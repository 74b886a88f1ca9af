"""Cash accounts with what was seen on them, incomes and expenses, and what the user wants of the cash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Shift
from planner.domain.money import Money
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text, fraction_of, fraction_text, minor_of, money_of
from planner.store.db import Row
from planner.store.repository import Children, Repository


class CashAccounts(Repository[CashAccount]):
    """Where cash lies, oldest first."""

    table = "cash_accounts"
    parts: ClassVar[Mapping[str, str]] = {"cash_balances": "cash_account_id"}

    @staticmethod
    @override
    def to_row(value: CashAccount) -> RowValues:
        return {"id": value.id, "name": value.name, "currency": value.currency, "note": value.note}

    @override
    def part_rows(self, value: CashAccount) -> Mapping[str, Sequence[RowValues]]:
        return {
            "cash_balances": [
                {"id": seen.id, "seen_on": seen.on.isoformat(), "amount_minor": seen.amount.minor}
                for seen in value.balances
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> CashAccount:
        return CashAccount(
            id=row["id"],
            name=row["name"],
            currency=row["currency"],
            note=row["note"],
            balances=tuple(
                Balance(
                    date.fromisoformat(seen["seen_on"]),
                    Money(seen["amount_minor"], row["currency"]),
                    seen["id"],
                )
                for seen in parts["cash_balances"]
            ),
        )


class CashFlows(Repository[CashFlow]):
    """Incomes and expenses with what was said about their single times, oldest first."""

    table = "cash_flows"
    parts: ClassVar[Mapping[str, str]] = {"cash_occurrences": "cash_flow_id"}

    def of_cash_account(self, cash_account_id: str) -> list[CashFlow]:
        """What comes in on a cash account or goes out of it."""
        return self._select("cash_account_id = ?", cash_account_id)

    @staticmethod
    @override
    def to_row(value: CashFlow) -> RowValues:
        rule = value.recurrence
        return {
            "id": value.id,
            "name": value.name,
            "category": value.category.value,
            "amount_minor": value.amount.minor,
            "currency": value.amount.currency,
            "first_on": rule.first_on.isoformat(),
            "unit": rule.unit.value,
            "every": rule.every,
            "day": rule.day,
            "until": day_text(rule.until),
            "shift": rule.shift.value,
            "cash_account_id": value.cash_account_id,
            "note": value.note,
        }

    @override
    def part_rows(self, value: CashFlow) -> Mapping[str, Sequence[RowValues]]:
        return {
            "cash_occurrences": [
                {
                    "id": said.id,
                    "by_rule": said.by_rule.isoformat(),
                    "state": said.state.value,
                    "happened_on": day_text(said.on),
                    "amount_minor": minor_of(said.amount),
                }
                for said in value.occurrences
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> CashFlow:
        currency = row["currency"]
        return CashFlow(
            id=row["id"],
            name=row["name"],
            category=Category(row["category"]),
            amount=Money(row["amount_minor"], currency),
            recurrence=Recurrence(
                date.fromisoformat(row["first_on"]),
                Unit(row["unit"]),
                row["every"],
                row["day"],
                day_of(row["until"]),
                Shift(row["shift"]),
            ),
            cash_account_id=row["cash_account_id"],
            note=row["note"],
            occurrences=tuple(
                Occurrence(
                    date.fromisoformat(said["by_rule"]),
                    Happened(said["state"]),
                    day_of(said["happened_on"]),
                    money_of(said["amount_minor"], currency),
                    said["id"],
                )
                for said in parts["cash_occurrences"]
            ),
        )


class CashRulesOfAll(Repository[CashRules]):
    """What the user wants of the cash of each currency."""

    table = "cash_rules"

    def of(self, currency: str) -> CashRules:
        """What the user wants of the cash of a currency; nothing if they have not said."""
        return self.find(currency) or CashRules(currency)

    @staticmethod
    @override
    def to_row(value: CashRules) -> RowValues:
        return {
            "id": value.currency,
            "reserve_minor": minor_of(value.reserve),
            "spending_cap_minor": minor_of(value.spending_cap),
            "notice_share": fraction_text(value.notice_share),
            "high_share": fraction_text(value.high_share),
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> CashRules:
        currency = row["id"]
        return CashRules(
            currency,
            money_of(row["reserve_minor"], currency),
            money_of(row["spending_cap_minor"], currency),
            fraction_of(row["notice_share"]),
            fraction_of(row["high_share"]),
        )
