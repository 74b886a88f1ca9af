"""The pages of a report on the way through all debts."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from planner.domain.money import Money
from planner.domain.payoff.best import BestPlan, best_plan
from planner.i18n import explain, show, show_month
from planner.reports.pack import PackParts, Part, ReportPack, WorkedOut, compose, report_pack
from planner.reports.payoff_sheet import payoff_sheet
from planner.services.payoff import payoff_question
from planner.store.store import Store
from tests.stores import fill_with_example

Extract = Callable[[bytes], str]


@pytest.fixture
def example(store: Store, today: date) -> Store:
    fill_with_example(store, today)
    return store


def planned(store: Store, today: date) -> BestPlan:
    return best_plan(payoff_question(store, today, "CNY"))


def packed(store: Store, today: date, plan: BestPlan) -> ReportPack:
    parts = PackParts(frozenset({Part.PAYOFF, Part.WORKINGS}), today, today)
    return report_pack(store, today, parts, WorkedOut(payoff=payoff_sheet(store, today, plan)))


def told(text: str) -> str:
    return " ".join(text.split())


def test_a_report_shows_the_plan_its_proof_and_what_to_pay_when(
    example: Store, today: date, text_of: Extract
) -> None:
    plan = planned(example, today)
    assert plan.is_proved

    text = text_of(compose(packed(example, today, plan), "en", "en_GB"))

    for phrase in (*plan.words, plan.proof, *plan.reasons, *plan.margins):
        assert told(explain(phrase)) in text
    assert plan.months
    for month in plan.months:
        assert show_month(month.first_on) in text
        assert f"Together {show(month.total)}" in text or show(month.total) in text
    for payable in plan.payables:
        assert f"{show(payable.on)} " in text
        assert show(payable.amount) in text
    assert "All debts over time" in text
    assert "Only the minimums" in text
    assert "What it costs = what each debt costs above what is owed, together" in text
    assert "Free help" not in text


def test_the_orders_keep_their_names_together_where_headings_are_long(example: Store, today: date) -> None:
    pdf = compose(packed(example, today, planned(example, today)), "fr", "fr_FR")

    # Squeezed, each word of a name would stand on a line of its own.
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    words = {line.strip() for page in pages for line in page.extract_text().split("\n")}
    assert any(word.startswith("Boule de neige (") for word in words)
    assert not words & {"Boule", "neige", "Avalanche"}


def test_where_nothing_holds_a_report_has_the_budget_and_where_help_is(
    example: Store, today: date, text_of: Extract
) -> None:
    with example.transaction():
        for flow in example.cash_flows.all():
            if flow.amount == Money(680_000, "CNY"):
                example.cash_flows.save(replace(flow, amount=Money(306_000, "CNY")))
    plan = planned(example, today)
    assert not plan.is_feasible

    sheet = payoff_sheet(example, today, plan)
    text = text_of(compose(packed(example, today, plan), "en", "en_GB"))

    assert sheet.hardship is not None
    assert sheet.hardship.offered.value <= sheet.hardship.budget.available.value
    assert told(explain(plan.short[0])) in text
    # Each month lacks something: a sum from today on would only put that off.
    assert sheet.hardship.budget.left.value.minor < 0
    assert told(explain(plan.short[1])) not in text
    assert "Budget sheet" in text
    assert "Free help" in text
    assert "Check before relying on it" in text
    assert "What to pay when" not in text


def test_a_report_without_the_part_has_nothing_of_it(example: Store, today: date, text_of: Extract) -> None:
    pack = packed(example, today, planned(example, today))
    without = replace(pack, parts=replace(pack.parts, parts=frozenset({Part.FACTS})))

    assert "The way through all debts" not in text_of(compose(without, "en"))
