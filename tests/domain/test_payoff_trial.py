"""A purchase that is only thought of: when it would be due."""

from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode
from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.options.facts import Debts
from planner.domain.payoff.open_debt import DebtKind
from planner.domain.payoff.scenario import Trial
from planner.domain.payoff.trial import TRIAL_ID, trial_due, trial_facts
from planner.domain.sourced import Source
from tests.domain.late_cases import terms, yuan
from tests.domain.optimum_cases import CYCLE, TODAY, account, bill_facts, hold

JUNE_18 = date(2027, 6, 18)


def tried(cycle: Cycle, on: date = JUNE_18) -> tuple[Trial, Account]:
    return Trial("account", on, yuan("600.00")), account(terms(fee_rate__3="0.005"), cycle=cycle)


def debts(whose: Account) -> Debts:
    facts = bill_facts(account=whose)
    return Debts(TODAY, "CNY", {whose.id: whose}, {whose.id: None}, (facts,), ())


@pytest.mark.row("C015")
@pytest.mark.parametrize(
    ("cycle", "statement", "due", "words"),
    [
        (
            CYCLE,
            date(2027, 7, 1),
            date(2027, 7, 10),
            "白条 on 2027-06-18, it is on the bill of 2027-07-01 and due on 2027-07-10, 22 days later.",
        ),
        (Cycle(statement_day=18, due=DaysAfter(9)), date(2027, 7, 18), date(2027, 7, 27), "39 days later."),
        (
            Cycle(statement_day=18, due=DaysAfter(9), closes_after=True),
            date(2027, 6, 18),
            date(2027, 6, 27),
            "9 days later.",
        ),
        (Cycle(Mode.ORDER), None, date(2027, 7, 18), "it is due on 2027-07-18, 30 days later."),
    ],
)
def test_spent_on_the_18th_of_june_it_is_due_by_the_cycle_of_its_account(
    cycle: Cycle, statement: date | None, due: date, words: str
) -> None:
    trial, whose = tried(cycle)
    found = trial_due(trial, whose, TODAY)

    assert found.due is not None
    assert (found.due.value, found.statement_on, found.bought_on) == (due, statement, JUNE_18)
    assert words in str(found.words)
    assert found.due.derivation.given[0].value == JUNE_18


def test_who_says_what_the_cycle_is_is_only_asked_when_somebody_wants_to_know() -> None:
    trial, whose = tried(CYCLE)
    asked: list[str] = []

    def source(of: Account) -> Source:
        asked.append(of.id)
        return Source("page of the lender")

    found = trial_due(trial, whose, TODAY, cycle_source=source)
    assert not asked
    assert found.due is not None
    assert any(given.source == Source("page of the lender") for given in found.due.derivation.given)
    assert asked == ["account"]


def test_without_a_cycle_nobody_knows_when_it_is_due_and_that_is_said() -> None:
    trial, whose = tried(Cycle())
    found = trial_due(trial, whose, TODAY)

    assert found.due is None
    assert "nobody knows when it is due" in str(found.words)
    assert trial_facts(found, debts(whose)) is None


def test_a_day_that_has_passed_is_taken_to_be_today() -> None:
    trial, whose = tried(CYCLE, date(2026, 6, 18))

    found = trial_due(trial, whose, TODAY)
    assert found.bought_on == TODAY
    assert found.due is not None
    assert found.due.value == date(2026, 12, 10)


@pytest.mark.row("C015")
def test_it_is_one_more_debt_with_the_options_of_its_account() -> None:
    trial, whose = tried(CYCLE)
    facts = trial_facts(trial_due(trial, whose, TODAY), debts(whose))

    assert facts is not None
    assert (facts.debt.id, facts.debt.kind) == (TRIAL_ID, DebtKind.COMING_BILL)
    found = options_of(facts)
    hold(found, TODAY)
    option = found.of("flat_fee-3").option
    assert [on for on, _amount in option.high.payments] == [
        date(2027, 8, 10),
        date(2027, 9, 10),
        date(2027, 10, 10),
    ]
    assert option.high.cost == yuan("9.00")
    # What else is open on the account counts for lenders that charge on all of it.
    assert facts.case.other == yuan("1200.00")


def test_an_order_with_a_date_of_its_own_has_no_minimum() -> None:
    trial, whose = tried(Cycle(Mode.ORDER))
    facts = trial_facts(trial_due(trial, whose, TODAY), debts(whose))

    assert facts is not None
    assert (facts.debt.kind, facts.minimum) == (DebtKind.SINGLE, None)
    assert facts.question is not None
    assert not facts.question.is_bill
    assert options_of(facts).of("flat_fee-3").option.high.payments[0][0] == date(2027, 7, 18)


def test_a_fixed_due_day_keeps_its_month_end() -> None:
    trial, whose = tried(Cycle(statement_day=8, due=FixedDay(31)), date(2027, 2, 1))
    found = trial_due(trial, whose, TODAY)

    assert found.due is not None
    assert found.due.value == date(2027, 2, 28)
