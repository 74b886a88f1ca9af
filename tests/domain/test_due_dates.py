"""Tests of how due dates were made."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain.bill import LineKind
from planner.domain.dates import Cycle, DaysAfter, DueRule, FixedDay, Mode
from planner.domain.due import Due, DueKind
from planner.domain.due_dates import due_rule_words, made_due_date, made_statement_date
from planner.domain.money import Money
from planner.domain.sourced import IMPORTED, Source
from planner.phrases import Phrase
from tests.domain.telling import given, rule, steps

BOUGHT, STATEMENT, DUE = date(2026, 11, 3), date(2026, 11, 16), date(2026, 11, 25)
CYCLE = Cycle(Mode.BILL, 16, FixedDay(25))
SAID = Source("help.jd.com")


def due(
    kind: DueKind, due_on: date | None = DUE, doubt: Phrase | None = None, *, is_imported: bool = False
) -> Due:
    parts = {LineKind.PURCHASE: Money.of("100", "CNY")}
    label = Phrase("What")
    return Due(kind, "id", "account", label, due_on, parts, doubt=doubt, is_imported=is_imported)


def test_a_bill_is_due_when_its_statement_says() -> None:
    figure = made_due_date(due(DueKind.BILL), CYCLE, STATEMENT, SAID)

    assert figure.value == DUE
    assert given(figure) == [("Statement of", STATEMENT), ("Due date, as the statement says", DUE)]
    assert rule(figure) == "A bill is due on the day that its statement names."
    assert given(made_due_date(due(DueKind.BILL), CYCLE, None)) == [("Due date, as the statement says", DUE)]


def test_an_instalment_is_due_when_its_plan_says_and_a_charge_when_it_was_posted() -> None:
    instalment = made_due_date(due(DueKind.INSTALMENT), CYCLE, None)
    charge = made_due_date(due(DueKind.CHARGE), CYCLE, None)

    assert given(instalment) == [("Due date, as the plan says", DUE)]
    assert rule(instalment) == "An instalment is due on the day that stands in its plan."
    assert given(charge) == [("Posted on", DUE)]
    assert rule(charge) == "A charge that stands on no bill is due on the day it was posted."


def test_a_purchase_follows_the_cycle_and_names_who_says_so() -> None:
    figure = made_due_date(due(DueKind.PURCHASE, is_imported=True), CYCLE, BOUGHT, SAID)

    assert figure.value == DUE
    assert given(figure) == [
        ("Bought on", BOUGHT),
        ("Statement day of the month", 16),
        ("Due date of a bill", Phrase("on day {day} of the month", day=25)),
    ]
    assert [each.source for each in figure.derivation.given] == [IMPORTED, SAID, SAID]
    assert steps(figure) == [("The statement that takes it up", STATEMENT), ("Due date by the rule", DUE)]
    assert rule(figure).startswith("What is on no bill yet is due when the bill will be that takes it up")


def test_a_correction_follows_the_cycle_from_the_day_it_was_recorded() -> None:
    figure = made_due_date(due(DueKind.ADJUSTMENT), CYCLE, BOUGHT)

    assert given(figure)[0] == ("Recorded on", BOUGHT)
    assert figure.derivation.given[0].source is None
    assert steps(figure)[-1] == ("Due date by the rule", DUE)


def test_a_lender_that_still_takes_up_what_is_bought_on_the_statement_day_says_so() -> None:
    cycle = Cycle(Mode.BILL, 16, DaysAfter(9), closes_after=True)
    figure = made_due_date(due(DueKind.PURCHASE), cycle, STATEMENT, SAID)

    assert given(figure)[2] == ("A purchase on the statement day", Phrase("is still in that bill"))
    assert str(given(figure)[3][1]) == "9 days after the statement"
    assert [each.source for each in figure.derivation.given] == [None, SAID, SAID, SAID]
    assert steps(figure) == [("The statement that takes it up", STATEMENT), ("Due date by the rule", DUE)]


def test_a_date_that_was_moved_says_so() -> None:
    moved = date(2026, 11, 26)
    doubt = Phrase("The due date may still move.")
    figure = made_due_date(due(DueKind.PURCHASE, moved, doubt), CYCLE, BOUGHT)

    assert figure.value == moved
    assert steps(figure)[1:] == [
        ("Due date by the rule", DUE),
        ("Moved off a day on which nobody works", moved),
        ("The due date may still move.", None),
    ]


def test_an_order_with_a_date_of_its_own_follows_from_its_day() -> None:
    figure = made_due_date(due(DueKind.PURCHASE), Cycle(Mode.ORDER), BOUGHT)

    assert given(figure) == [("Bought on", BOUGHT)]
    assert steps(figure) == [("Due date", DUE)]
    doubtful = made_due_date(due(DueKind.PURCHASE, doubt=Phrase("It may move.")), Cycle(Mode.ORDER), BOUGHT)
    assert steps(doubtful) == [("Due date", DUE), ("It may move.", None)]
    assert rule(figure) == "Each order has a due date of its own: one month after it was made."


@pytest.mark.parametrize("cycle", [Cycle(), Cycle(Mode.BILL, 16), Cycle(Mode.BILL, None, FixedDay(25))])
def test_an_unknown_cycle_says_that_it_is_unknown(cycle: Cycle) -> None:
    figure = made_due_date(due(DueKind.PURCHASE, None), cycle, BOUGHT)

    assert figure.value is None
    assert steps(figure) == [("The account’s cycle is not known in full", None)]
    assert steps(made_due_date(due(DueKind.PURCHASE), cycle, BOUGHT)) == steps(figure)
    assert steps(made_due_date(due(DueKind.PURCHASE, None), CYCLE, BOUGHT)) == steps(figure)


def test_without_a_day_to_count_from_nothing_is_made_up() -> None:
    figure = made_due_date(due(DueKind.PURCHASE), CYCLE, None)

    assert [label for label, _value in given(figure)] == ["Statement day of the month", "Due date of a bill"]
    assert steps(figure) == [("The account’s cycle is not known in full", None)]


@pytest.mark.parametrize(
    ("due_rule", "words"),
    [
        (FixedDay(10), "on day 10 of the month"),
        (DaysAfter(1), "1 day after the statement"),
        (DaysAfter(9), "9 days after the statement"),
        (None, "not known"),
    ],
)
def test_due_rules_are_said_in_words(due_rule: DueRule | None, words: str) -> None:
    assert str(due_rule_words(due_rule)) == words


def test_the_next_statement_names_its_cycle_and_its_due_date() -> None:
    figure = made_statement_date(CYCLE, BOUGHT, STATEMENT, DUE, SAID)

    assert figure.value == STATEMENT
    assert given(figure)[0] == ("Counted from", BOUGHT)
    assert figure.derivation.given[1].source is SAID
    assert steps(figure) == [("Next statement", STATEMENT), ("Its due date", DUE)]
    assert steps(made_statement_date(CYCLE, BOUGHT, STATEMENT, None)) == [("Next statement", STATEMENT)]
