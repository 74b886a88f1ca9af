"""Adopted plans with their payments and to-dos, and saved what-ifs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.money import Money
from planner.domain.optimum.problem import OptionKind
from planner.domain.payoff.scenario import Lump, Order, Scenario, Trial
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text, minor_of, money_of
from planner.store.db import Row
from planner.store.repository import Children, Repository


class AdoptedPlans(Repository[AdoptedPlan]):
    """The plans that were adopted, oldest first; the one that is followed has no end."""

    table = "adopted_plans"
    order = "adopted_on, rowid"
    parts: ClassVar[Mapping[str, str]] = {
        "planned_payments": "adopted_plan_id",
        "plan_todos": "adopted_plan_id",
    }

    def followed(self) -> list[AdoptedPlan]:
        """The plans that nothing has ended yet: one of each currency at most."""
        return self._select("ended_on IS NULL")

    def of_todo(self, todo_id: str) -> AdoptedPlan:
        """The plan that something to ask for belongs to.

        Raises:
            KeyError: There is none.
        """
        found = self._select("id IN (SELECT adopted_plan_id FROM plan_todos WHERE id = ?)", todo_id)
        if not found:
            raise KeyError(todo_id)
        return found[0]

    @staticmethod
    @override
    def to_row(value: AdoptedPlan) -> RowValues:
        return {
            "id": value.id,
            "currency": value.currency,
            "method": value.method.value,
            "adopted_on": value.adopted_on.isoformat(),
            "ended_on": day_text(value.ended_on),
            "cost_minor": value.cost.minor,
            "late_cost_minor": value.late_cost.minor,
            "is_proved": int(value.is_proved),
        }

    @override
    def part_rows(self, value: AdoptedPlan) -> Mapping[str, Sequence[RowValues]]:
        return {
            "planned_payments": [
                {
                    "id": payment.id,
                    "account_id": payment.account_id,
                    "due_id": payment.due_id,
                    "pay_on": payment.on.isoformat(),
                    "principal_minor": payment.principal.minor,
                    "fee_minor": payment.fee.minor,
                    "interest_minor": payment.interest.minor,
                    "to_come_minor": payment.to_come.minor if payment.to_come is not None else 0,
                    "todo_id": payment.todo_id,
                }
                for payment in value.payments
            ],
            "plan_todos": [
                {
                    "id": todo.id,
                    "account_id": todo.account_id,
                    "due_id": todo.due_id,
                    "kind": todo.kind.value,
                    "count": todo.count,
                    "ask_by": day_text(todo.by),
                    "state": todo.state.value,
                    "done_on": day_text(todo.done_on),
                    "note": todo.note,
                }
                for todo in value.todos
            ],
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> AdoptedPlan:
        currency = row["currency"]
        return AdoptedPlan(
            id=row["id"],
            currency=currency,
            method=Method(row["method"]),
            adopted_on=date.fromisoformat(row["adopted_on"]),
            ended_on=day_of(row["ended_on"]),
            cost=Money(row["cost_minor"], currency),
            late_cost=Money(row["late_cost_minor"], currency),
            is_proved=bool(row["is_proved"]),
            payments=tuple(_payment(part, currency) for part in parts["planned_payments"]),
            todos=tuple(_todo(part) for part in parts["plan_todos"]),
        )


def _payment(row: Row, currency: str) -> PlannedPayment:
    principal, fee, interest = (
        Money(row[f"{part}_minor"], currency) for part in ("principal", "fee", "interest")
    )
    return PlannedPayment(
        id=row["id"],
        account_id=row["account_id"],
        due_id=row["due_id"],
        on=date.fromisoformat(row["pay_on"]),
        amount=principal + fee + interest,
        principal=principal,
        fee=fee,
        interest=interest,
        to_come=Money(row["to_come_minor"], currency) if row["to_come_minor"] else None,
        todo_id=row["todo_id"],
    )


def _todo(row: Row) -> Todo:
    return Todo(
        id=row["id"],
        account_id=row["account_id"],
        due_id=row["due_id"],
        kind=OptionKind(row["kind"]),
        count=row["count"],
        by=day_of(row["ask_by"]),
        state=TodoState(row["state"]),
        done_on=day_of(row["done_on"]),
        note=row["note"],
    )


class Scenarios(Repository[Scenario]):
    """The what-ifs that were saved, in the order in which they were."""

    table = "scenarios"
    parts: ClassVar[Mapping[str, str]] = {"scenario_lumps": "scenario_id"}

    def of_currency(self, currency: str) -> list[Scenario]:
        """The what-ifs of one currency."""
        return self._select("currency = ?", currency)

    @staticmethod
    @override
    def to_row(value: Scenario) -> RowValues:
        trial = value.trial
        return {
            "id": value.id,
            "name": value.name,
            "currency": value.currency,
            "income_minor": minor_of(value.income),
            "reserve_minor": minor_of(value.reserve),
            "extra_minor": minor_of(value.extra),
            "new_purchases_minor": minor_of(value.new_purchases),
            "trial_account_id": trial.account_id if trial is not None else "",
            "trial_on": day_text(trial.on) if trial is not None else None,
            "trial_minor": trial.amount.minor if trial is not None else None,
            "sort_order": value.order.value,
            "most_plans": value.most_plans,
            "avoided": json.dumps(value.avoided, ensure_ascii=False),
            "keeps_reserve": int(value.keeps_reserve),
        }

    @override
    def part_rows(self, value: Scenario) -> Mapping[str, Sequence[RowValues]]:
        return {
            "scenario_lumps": [
                {
                    "id": f"{value.id}/{number}",
                    "comes_on": lump.on.isoformat(),
                    "amount_minor": lump.amount.minor,
                }
                for number, lump in enumerate(value.lumps)
            ]
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Scenario:
        currency = row["currency"]
        return Scenario(
            id=row["id"],
            name=row["name"],
            currency=currency,
            income=money_of(row["income_minor"], currency),
            reserve=money_of(row["reserve_minor"], currency),
            extra=money_of(row["extra_minor"], currency),
            new_purchases=money_of(row["new_purchases_minor"], currency),
            trial=_trial(row),
            order=Order(row["sort_order"]),
            most_plans=row["most_plans"],
            avoided=tuple(json.loads(row["avoided"])),
            keeps_reserve=bool(row["keeps_reserve"]),
            lumps=tuple(
                Lump(date.fromisoformat(lump["comes_on"]), Money(lump["amount_minor"], currency))
                for lump in parts["scenario_lumps"]
            ),
        )


def _trial(row: Row) -> Trial | None:
    on = day_of(row["trial_on"])
    if on is None:
        return None
    return Trial(row["trial_account_id"], on, Money(row["trial_minor"], row["currency"]))
