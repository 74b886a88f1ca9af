"""What a question about all debts takes for granted, in words for the line above its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.due_sums import together
from planner.domain.money import Money
from planner.domain.optimum.options.facts import MOST_MONTHS, Debts
from planner.domain.payoff.assumed import buying
from planner.domain.payoff.open_debt import DebtKind
from planner.domain.payoff.scenario import Scenario
from planner.domain.payoff.trial import TrialDue
from planner.phrases import Phrase


def assumptions(
    scenario: Scenario, debts: Debts, reserve: Derived[Money], trial: TrialDue | None
) -> tuple[Phrase, ...]:
    """What is taken for granted, the what-if first, then what the record leaves open.

    Args:
        scenario: The what-if.
        debts: The debts of the record.
        reserve: What should always be left.
        trial: The purchase that is thought of; None for none.
    """
    return (
        *_of_cash(scenario, reserve),
        *_of_purchases(scenario, debts, trial),
        *_of_limits(scenario),
        *_of_record(debts),
        Phrase(
            "Where the sources differ, the dear end counts. Nothing that takes longer than {months} months "
            "is looked at.",
            months=MOST_MONTHS,
        ),
    )


def assumed_beside(
    scenario: Scenario, debts: Debts, reserve: Derived[Money], trial: TrialDue | None
) -> tuple[Phrase, ...]:
    """What a what-if assumes beside the record, in sentences; empty for nothing.

    What is paid each month beyond the minimums is no assumption, but what is decided on.

    Args:
        scenario: The what-if.
        debts: The debts of the record.
        reserve: What should always be left.
        trial: The purchase that is thought of; None for none.
    """
    of_reserve, *of_cash = _of_cash(replace(scenario, extra=None), reserve)
    if scenario.reserve is not None or not scenario.keeps_reserve:
        of_cash.insert(0, of_reserve)
    return (*of_cash, *_of_purchases(scenario, debts, trial))


def assumed(label: Phrase, value: Money) -> Derived[Money]:
    """An amount of a what-if as a figure.

    Args:
        label: What it is.
        value: How much.
    """
    rule = Phrase("This is assumed in the what-if; nothing is worked out.")
    return Derived(value, Derivation(rule, (Given(label, value),)))


def _of_cash(scenario: Scenario, reserve: Derived[Money]) -> Iterator[Phrase]:
    if not reserve.value:
        yield Phrase("No reserve is set: the cash must only not fall below zero.")
    elif scenario.keeps_reserve:
        yield Phrase("On no day less than the reserve of {reserve} is left.", reserve=reserve)
    else:
        yield Phrase(
            "The reserve of {reserve} may be used: the cash must only not fall below zero.", reserve=reserve
        )
    income = scenario.income
    if income and income.minor > 0:
        amount = assumed(Phrase("More income a month"), income)
        yield Phrase("{amount} more comes in each month than is recorded.", amount=amount)
    elif income:
        amount = assumed(Phrase("Less income a month"), -income)
        yield Phrase("{amount} less comes in each month than is recorded.", amount=amount)
    for lump in scenario.lumps:
        amount = assumed(Phrase("What comes once"), lump.amount)
        yield Phrase("{amount} comes in on {date}.", amount=amount, date=lump.on)
    if scenario.extra:
        amount = assumed(Phrase("Extra a month"), scenario.extra)
        yield Phrase("The orders pay {amount} a month beyond all minimums.", amount=amount)


def _of_purchases(scenario: Scenario, debts: Debts, trial: TrialDue | None) -> Iterator[Phrase]:
    if scenario.new_purchases:
        accounts = buying(scenario, debts.accounts, debts.today)
        dated = [account for account in accounts if _is_dated(account, debts.today)]
        if dated:
            amount = assumed(Phrase("Bought anew a month"), scenario.new_purchases)
            yield Phrase.counted(
                "{amount} is bought anew each month with {count} account, and paid in full when due.",
                "{amount} is bought anew each month with each of {count} accounts, and paid when due.",
                len(dated),
                amount=amount,
            )
        yield from (
            Phrase(
                "{account}: what is bought anew is left out, because the cycle is not set.",
                account=Phrase.own(account.name),
            )
            for account in accounts
            if account not in dated
        )
    if trial is not None:
        amount = assumed(Phrase("A purchase that is thought of"), trial.amount)
        yield Phrase("A purchase of {amount} is thought of.", amount=amount)
        yield trial.words
    elif scenario.trial is not None:
        yield Phrase("The purchase that is thought of is left out: its account is not there.")


def _is_dated(account: Account, today: date) -> bool:
    return account.cycle.dues_of_purchase(today) is not None


def _of_limits(scenario: Scenario) -> Iterator[Phrase]:
    if scenario.most_plans is not None:
        yield Phrase.counted(
            "At most {count} instalment plan is open.",
            "At most {count} instalment plans are open.",
            scenario.most_plans,
        )
    yield from (
        Phrase("No new plan with {lender}.", lender=Phrase.own(lender)) for lender in scenario.avoided
    )


def _of_record(debts: Debts) -> Iterator[Phrase]:
    undated = debts.undated
    if undated:
        yield Phrase.counted(
            "{count} entry of {amount} is left out, because nobody knows when it is due.",
            "{count} entries of {amount} are left out, because nobody knows when they are due.",
            len(undated),
            amount=together(undated, debts.currency),
        )
    for each in debts.facts:
        if each.debt.kind is DebtKind.COMING_BILL and each.debt.due_on < debts.today:
            yield Phrase(
                "{account}: {amount} should be on a bill by now that is not recorded. It counts as still to "
                "pay, today.",
                account=Phrase.own(each.account.name),
                amount=together(each.debt.dues, debts.currency),
            )
