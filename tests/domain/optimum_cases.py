"""What the tests of the optimum's options share: bills and plans with terms, and what comes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.dates import Cycle, FixedDay, add_months
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.late.item import late_case, late_items
from planner.domain.minimum.figures import MinimumBill
from planner.domain.minimum.rule import BillParts
from planner.domain.money import Money
from planner.domain.offers.question import Question
from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.optimum.options.listed import DebtOptions, Listed
from planner.domain.optimum.problem import Stream
from planner.domain.payoff.open_debt import DebtKind, open_debts
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.phrases import Phrase
from tests.domain.late_cases import yuan

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)
CYCLE = Cycle(statement_day=1, due=FixedDay(10))


def account(found: Terms = Terms(), **more: Any) -> Account:
    """An account that bills on the 1st and is due on the 10th."""
    values: dict[str, Any] = {"cycle": CYCLE, "id": "account"} | more
    return Account("白条", "JD Finance", "CNY", terms=found, **values)


def bill_facts(
    found: Terms = Terms(),
    amount: str = "1200.00",
    due_on: date = DUE,
    *,
    minimum: str | None = None,
    paid: str | None = None,
    projected: bool = False,
    **more: Any,
) -> DebtFacts:
    """A bill of purchases, made on the 1st of the month of its due date."""
    whose = more.pop("account", None) or account(found)
    statement_on = due_on.replace(day=1)
    parts = (Allocation("payment", statement_on, yuan(paid)),) if paid else ()
    due = Due(
        DueKind.PURCHASE if projected else DueKind.BILL,
        "bill",
        whose.id,
        Phrase("Bill"),
        due_on,
        {LineKind.PURCHASE: yuan(amount)},
        minimum=yuan(minimum) if minimum else None,
        projected=projected,
        paid=parts,
    )
    (debt,) = open_debts([due], "CNY")
    is_late = due.is_late(TODAY)
    stated = due.open_minimum if due.minimum is not None and due.open_minimum else None
    question = Question(
        due.open,
        max(due_on, TODAY),
        whose,
        due.label,
        is_bill=debt.kind is not DebtKind.SINGLE,
        due_on=due_on,
        statement_on=statement_on,
        minimum=stated,
        bought=Span(add_months(statement_on, -1), statement_on),
        is_late=is_late,
    )
    least = due.open_minimum if due.minimum is not None else None
    as_minimum = MinimumBill(BillParts.of_purchases(due.open), due.open, least)
    case = late_case(late_items([due]), due.open.zero, whose.law)
    return DebtFacts(debt, whose, TODAY, case, question, None if is_late else as_minimum, **more)


def plan_facts(
    found: Terms = Terms(),
    rows: Sequence[tuple[date, str, str]] = (),
    *,
    started_on: date | None = None,
    **more: Any,
) -> DebtFacts:
    """A running plan: the day, the principal and the fee of each row."""
    whose = account(found, **more)
    zero = Money(0, "CNY")
    made = tuple(
        Instalment(number, on, yuan(principal), yuan(fee), zero, f"row-{number}")
        for number, (on, principal, fee) in enumerate(rows, 1)
    )
    principal = Money(sum(row.principal.minor for row in made), "CNY")
    plan = InstalmentPlan(whose.id, "Telephone", principal, made, len(made), started_on=started_on, id="plan")
    dues = [
        Due(
            DueKind.INSTALMENT,
            row.id,
            whose.id,
            Phrase("Row {number}", number=row.number),
            row.due_on,
            {LineKind.PURCHASE: row.principal, LineKind.FEE: row.fee},
            plan_id=plan.id,
        )
        for row in made
    ]
    (debt,) = open_debts(dues, "CNY")
    case = late_case(late_items(debt.dues), zero, whose.law)
    return DebtFacts(debt, whose, TODAY, case, plan=plan)


def listed(facts: DebtFacts, option_id: str) -> Listed:
    """One option of a debt."""
    return options_of(facts).of(option_id)


def ids(facts: DebtFacts) -> list[str]:
    """The ids of all options of a debt."""
    return [each.option.id for each in options_of(facts).listed]


def left_out(facts: DebtFacts) -> list[str]:
    """Why the other ways are left out, in English."""
    return [str(why) for why in options_of(facts).decision.left_out]


def paid(stream: Stream) -> list[tuple[str, str]]:
    """What is paid when, as text."""
    return [(on.isoformat(), str(amount.decimal)) for on, amount in stream.payments]


def costs(found: Listed) -> tuple[str, str]:
    """The cheap and the dear end of what an option costs."""
    return str(found.cost.value.low.decimal), str(found.cost.value.high.decimal)


def hold(found: DebtOptions, today: date) -> None:
    """Check what must be true of the options of any debt."""
    decision = found.decision
    assert found.listed
    assert tuple(each.option for each in found.listed) == decision.options
    assert len({option.id for option in decision.options}) == len(decision.options)
    for each in found.listed:
        option = each.option
        assert each.cost.value == Span(option.low.cost, option.high.cost), option.id
        assert option.low.cost <= option.high.cost, option.id
        assert each.cost.derivation.workings or each.cost.derivation.given, option.id
        for end in (option.low, option.high):
            assert end.cost == end.total - decision.owed, option.id
            assert end.late_cost.minor <= max(end.cost.minor, 0), option.id
            days = [on for on, _amount in end.payments]
            assert days == sorted(set(days)), option.id
            assert days[0] >= today, option.id
            assert all(amount.minor > 0 for _on, amount in end.payments), option.id
            by_day = dict(end.payments)
            for row in end.rows:
                total = row.principal + row.fee + row.interest
                assert total <= by_day[row.on], option.id
        if option.apply_by is not None:
            assert option.apply_by >= today, option.id
