from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.editing import Scope
from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Shift
from planner.domain.money import Money
from planner.services.bills import AmountNotPositiveError
from planner.services.cash import (
    CashCurrencyError,
    CashCurrencyFixedError,
    CashNameError,
    RulesAmountError,
    delete_cash_account,
    forget_balance,
    pay_from,
    pays_from,
    save_cash_account,
    save_rules,
    see_balance,
)
from planner.services.cash_flows import (
    NoSuchTimeError,
    OneTimeError,
    RecurrenceError,
    delete_flow,
    save_flow,
    say_occurrence,
)
from planner.store.changes import inverse
from planner.store.store import Store
from tests.domain.cash_cases import cny

BANK = CashAccount("Bank", "CNY", id="bank")
MONTH_END = Recurrence(date(2026, 8, 31))
SALARY = CashFlow("Salary", Category.SALARY, cny(100), MONTH_END, "bank", id="salary")
EUROS = Money(1, "EUR")


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with a bank account and a salary."""
    with store.transaction():
        save_cash_account(store, BANK)
        save_flow(store, SALARY)
    return store


# --- where cash lies -------------------------------------------------------------------------------


def test_a_balance_is_noted_by_day_and_the_last_word_of_a_day_counts(kept: Store) -> None:
    with kept.transaction():
        see_balance(kept, "bank", cny(5), date(2026, 11, 20))
        see_balance(kept, "bank", cny(7), date(2026, 11, 10))
        account = see_balance(kept, "bank", cny(-6), date(2026, 11, 20))

    assert kept.cash_accounts.get("bank") == account
    assert [(seen.on.day, seen.amount) for seen in account.balances] == [(10, cny(7)), (20, cny(-6))]
    with kept.transaction():
        left = forget_balance(kept, "bank", account.balances[1].id)
    assert left.balances == account.balances[:1]
    assert kept.cash_accounts.get("bank") == left


def test_a_balance_in_another_currency_is_refused(kept: Store) -> None:
    with (
        pytest.raises(CashCurrencyError, match="Bank is in CNY: an amount in EUR does not belong on it"),
        kept.transaction(),
    ):
        see_balance(kept, "bank", EUROS, date(2026, 11, 20))


def test_a_cash_account_has_a_name_and_keeps_its_currency_once_it_is_used(store: Store) -> None:
    with store.transaction():
        save_cash_account(store, BANK)
        save_cash_account(store, replace(BANK, currency="EUR"))
    assert store.cash_accounts.get("bank").currency == "EUR"
    with store.transaction():
        save_cash_account(store, BANK)
        see_balance(store, "bank", cny(0), date(2026, 11, 20))
    seen = store.cash_accounts.get("bank")

    with pytest.raises(CashCurrencyFixedError), store.transaction():
        save_cash_account(store, replace(seen, currency="EUR"))
    with pytest.raises(CashCurrencyFixedError), store.transaction():
        save_cash_account(store, replace(seen, currency="EUR", balances=()))
        # Nothing is lost: the transaction is rolled back.
    with pytest.raises(CashNameError), store.transaction():
        save_cash_account(store, replace(seen, name="  "))
    assert store.cash_accounts.get("bank") == seen


@pytest.mark.parametrize("tie", ["flow", "credit"])
def test_what_is_tied_to_an_account_keeps_its_currency_too(store: Store, tie: str) -> None:
    with store.transaction():
        save_cash_account(store, BANK)
        if tie == "flow":
            save_flow(store, SALARY)
        else:
            store.accounts.save(Account("Card", "Bank", "CNY", cash_account_id="bank"))

    with pytest.raises(CashCurrencyFixedError), store.transaction():
        save_cash_account(store, replace(BANK, currency="EUR"))


def test_deleting_a_cash_account_loosens_what_was_tied_to_it_in_one_step(kept: Store) -> None:
    card = Account("Card", "Bank", "CNY", cash_account_id="bank")
    other = Account("Other", "Bank", "CNY", cash_account_id="purse")
    with kept.transaction():
        see_balance(kept, "bank", cny(5), date(2026, 11, 20))
        kept.accounts.save_all([card, other])
    before = kept.cash_accounts.get("bank")

    with kept.transaction() as journal:
        delete_cash_account(kept, "bank")

    assert kept.cash_accounts.all() == []
    assert kept.cash_flows.get("salary").cash_account_id == ""
    assert [account.cash_account_id for account in kept.accounts.all()] == ["", "purse"]
    kept.apply(inverse(journal.changes))
    assert kept.cash_accounts.get("bank") == before
    assert kept.cash_flows.get("salary") == SALARY
    assert kept.accounts.get(card.id) == card


def test_an_account_is_paid_from_a_cash_account_of_its_currency(kept: Store) -> None:
    card, foreign = Account("Card", "Bank", "CNY"), Account("Carte", "Banque", "EUR")
    with kept.transaction():
        kept.accounts.save_all([card, foreign])
        assert pays_from(kept, card.id, "bank").cash_account_id == "bank"
    assert kept.accounts.get(card.id).cash_account_id == "bank"
    with pytest.raises(CashCurrencyError), kept.transaction():
        pays_from(kept, foreign.id, "bank")
    with kept.transaction():
        both = pay_from(kept, {card.id: "", foreign.id: ""})
    assert [account.cash_account_id for account in both] == ["", ""]
    assert kept.accounts.get(card.id) == card


# --- what comes and goes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "refusal"),
    [
        (replace(SALARY, name=" "), CashNameError),
        (replace(SALARY, amount=cny(0)), AmountNotPositiveError),
        (replace(SALARY, amount=cny(-1)), AmountNotPositiveError),
        (replace(SALARY, amount=EUROS), CashCurrencyError),
        (replace(SALARY, recurrence=replace(MONTH_END, every=0)), RecurrenceError),
        (replace(SALARY, recurrence=replace(MONTH_END, every=121)), RecurrenceError),
        (replace(SALARY, recurrence=replace(MONTH_END, day=0)), RecurrenceError),
        (replace(SALARY, recurrence=replace(MONTH_END, day=32)), RecurrenceError),
        (replace(SALARY, recurrence=replace(MONTH_END, until=date(2026, 8, 30))), RecurrenceError),
    ],
)
def test_what_can_never_come_or_has_no_amount_is_refused(
    kept: Store, flow: CashFlow, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), kept.transaction():
        save_flow(kept, replace(flow, id="other"))
    assert kept.cash_flows.count() == 1


def test_the_limits_of_a_rule_are_still_allowed(kept: Store) -> None:
    with kept.transaction():
        for number, rule in enumerate(
            (
                replace(MONTH_END, every=120, day=31),
                replace(MONTH_END, day=1, until=date(2026, 9, 1)),
                replace(MONTH_END, until=date(2026, 8, 31)),
            )
        ):
            save_flow(kept, replace(SALARY, recurrence=rule, id=str(number)))
    assert kept.cash_flows.count() == 4


def test_all_times_change_with_the_whole(kept: Store) -> None:
    with kept.transaction():
        say_occurrence(kept, "salary", Occurrence(date(2026, 9, 30), Happened.SKIPPED))
        changed = save_flow(kept, replace(SALARY, name="Wage", amount=cny(200)))

    assert kept.cash_flows.all() == [changed]
    assert (changed.name, changed.amount, len(changed.occurrences)) == ("Wage", cny(200), 1)


def test_this_and_later_splits_it_and_one_undo_joins_it_again(kept: Store) -> None:
    with kept.transaction():
        say_occurrence(kept, "salary", Occurrence(date(2026, 9, 30), Happened.CONFIRMED))
        say_occurrence(kept, "salary", Occurrence(date(2026, 11, 30), Happened.SKIPPED))
    before = kept.cash_flows.get("salary")

    with kept.transaction() as journal:
        later = save_flow(kept, replace(SALARY, amount=cny(150)), Scope.LATER, date(2026, 10, 31))

    earlier = kept.cash_flows.get("salary")
    assert earlier.recurrence == replace(MONTH_END, until=date(2026, 10, 30))
    assert earlier.amount == cny(100)
    assert [said.by_rule.month for said in earlier.occurrences] == [9]
    assert kept.cash_flows.all() == [earlier, later]
    assert (later.amount, later.recurrence.first_on, later.recurrence.day) == (
        cny(150),
        date(2026, 10, 31),
        31,
    )
    assert [said.by_rule.month for said in later.occurrences] == [11]
    kept.apply(inverse(journal.changes))
    assert kept.cash_flows.all() == [before]
    kept.apply(journal.changes)
    assert kept.cash_flows.all() == [earlier, later]


def test_this_and_later_from_the_first_time_on_is_all_of_it(kept: Store) -> None:
    with kept.transaction():
        changed = save_flow(kept, replace(SALARY, amount=cny(150)), Scope.LATER, date(2026, 8, 31))

    assert kept.cash_flows.all() == [changed]
    assert changed.id == "salary"


def test_a_rule_with_no_time_left_cannot_take_over(kept: Store) -> None:
    ended = replace(SALARY, recurrence=replace(MONTH_END, until=date(2026, 9, 30)))

    with pytest.raises(RecurrenceError), kept.transaction():
        save_flow(kept, ended, Scope.LATER, date(2026, 10, 31))
    assert kept.cash_flows.all() == [SALARY]


def test_one_time_gets_another_amount_and_day(kept: Store) -> None:
    with kept.transaction():
        amount = save_flow(kept, replace(SALARY, amount=cny(90)), Scope.THIS, date(2026, 9, 30))
        moved = replace(SALARY, recurrence=replace(MONTH_END, first_on=date(2026, 11, 2)))
        day = save_flow(kept, moved, Scope.THIS, date(2026, 10, 31))

    assert (amount.amount, amount.recurrence) == (SALARY.amount, SALARY.recurrence)
    assert kept.cash_flows.all() == [day]
    first, second = day.occurrences
    assert (first.by_rule, first.on, first.amount) == (date(2026, 9, 30), None, cny(90))
    assert (second.by_rule, second.on, second.amount) == (date(2026, 10, 31), date(2026, 11, 2), None)
    assert {first.state, second.state} == {Happened.EXPECTED}


def test_one_time_can_have_nothing_else_of_its_own(kept: Store) -> None:
    for other in (
        replace(SALARY, name="Bonus"),
        replace(SALARY, category=Category.BENEFIT),
        replace(SALARY, cash_account_id=""),
        replace(SALARY, recurrence=replace(MONTH_END, unit=Unit.WEEK)),
    ):
        with pytest.raises(OneTimeError), kept.transaction():
            save_flow(kept, other, Scope.THIS, date(2026, 9, 30))
    assert kept.cash_flows.all() == [SALARY]


@pytest.mark.parametrize("scope", [Scope.THIS, Scope.LATER])
def test_a_day_on_which_nothing_comes_is_no_time(kept: Store, scope: Scope) -> None:
    with (
        pytest.raises(NoSuchTimeError, match="Nothing of Salary is planned for 2026-09-29"),
        kept.transaction(),
    ):
        save_flow(kept, SALARY, scope, date(2026, 9, 29))
    with pytest.raises(NoSuchTimeError), kept.transaction():
        delete_flow(kept, "salary", scope, date(2026, 9, 29))


@pytest.mark.parametrize("scope", list(Scope))
def test_what_comes_once_changes_and_goes_as_a_whole(kept: Store, scope: Scope) -> None:
    once = CashFlow(
        "Bonus", Category.OTHER_INCOME, cny(5), Recurrence(date(2026, 12, 1), Unit.ONCE), id="once"
    )
    with kept.transaction():
        save_flow(kept, once)
        changed = save_flow(kept, replace(once, name="Gift", amount=cny(6)), scope, date(2026, 12, 1))
    assert kept.cash_flows.get("once") == changed
    assert (changed.name, changed.occurrences) == ("Gift", ())
    with kept.transaction():
        delete_flow(kept, "once", scope, date(2026, 12, 1))
    assert kept.cash_flows.find("once") is None


def test_one_time_later_ones_or_all_can_go(kept: Store) -> None:
    with kept.transaction():
        delete_flow(kept, "salary", Scope.THIS, date(2026, 9, 30))
    assert kept.cash_flows.get("salary").said_of(date(2026, 9, 30)).state is Happened.SKIPPED
    with kept.transaction():
        delete_flow(kept, "salary", Scope.LATER, date(2026, 11, 30))
    left = kept.cash_flows.get("salary")
    assert left.recurrence.until == date(2026, 11, 29)
    assert len(left.occurrences) == 1
    with kept.transaction() as journal:
        delete_flow(kept, "salary", Scope.LATER, date(2026, 8, 31))
    assert kept.cash_flows.all() == []
    kept.apply(inverse(journal.changes))
    with kept.transaction():
        delete_flow(kept, "salary")
    assert kept.cash_flows.all() == []


def test_a_flow_keeps_its_currency_once_something_is_said_of_it(kept: Store) -> None:
    loose = replace(SALARY, cash_account_id="", id="loose")
    with kept.transaction():
        save_flow(kept, loose)
        euros = save_flow(kept, replace(loose, amount=EUROS))
        say_occurrence(kept, "loose", Occurrence(date(2026, 9, 30), amount=EUROS))
    assert euros.amount == EUROS
    with pytest.raises(CashCurrencyFixedError), kept.transaction():
        save_flow(kept, loose)


# --- what became of a time -------------------------------------------------------------------------


def test_what_is_confirmed_keeps_its_day_and_amount_whatever_becomes_of_the_rule(kept: Store) -> None:
    # Sunday 31 May 2026: the working day before is Friday 29 May.
    rule = Recurrence(date(2026, 5, 31), shift=Shift.PREVIOUS)
    with kept.transaction():
        save_flow(kept, replace(SALARY, recurrence=rule))
        said = say_occurrence(kept, "salary", Occurrence(date(2026, 5, 31), Happened.CONFIRMED)).occurrences
        assert [(each.on, each.amount) for each in said] == [(date(2026, 5, 29), cny(100))]
        changed = save_flow(kept, replace(SALARY, amount=cny(999), recurrence=Recurrence(date(2026, 5, 10))))

    assert [(each.by_rule, each.on, each.amount) for each in changed.occurrences] == [
        (date(2026, 5, 10), date(2026, 5, 29), cny(100))
    ]


def test_a_time_is_confirmed_as_it_came_skipped_and_put_back(kept: Store) -> None:
    by_rule = date(2026, 9, 30)
    with kept.transaction():
        came = Occurrence(by_rule, Happened.CONFIRMED, date(2026, 10, 2), cny(98))
        flow = say_occurrence(kept, "salary", came)
    assert flow.occurrences == (came,)
    with kept.transaction():
        flow = say_occurrence(kept, "salary", Occurrence(by_rule, Happened.SKIPPED))
    assert [each.state for each in flow.occurrences] == [Happened.SKIPPED]
    with kept.transaction() as journal:
        say_occurrence(kept, "salary", Occurrence(by_rule))
    assert kept.cash_flows.all() == [SALARY]
    kept.apply(inverse(journal.changes))
    assert kept.cash_flows.all() == [flow]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (Occurrence(date(2026, 9, 29), Happened.SKIPPED), NoSuchTimeError),
        (Occurrence(date(2026, 9, 30), amount=cny(0)), AmountNotPositiveError),
        (Occurrence(date(2026, 9, 30), amount=EUROS), CashCurrencyError),
    ],
)
def test_what_cannot_be_is_refused(kept: Store, said: Occurrence, refusal: type[Exception]) -> None:
    with pytest.raises(refusal), kept.transaction():
        say_occurrence(kept, "salary", said)
    assert kept.cash_flows.all() == [SALARY]


# --- what should be left ---------------------------------------------------------------------------


def test_a_reserve_and_a_cap_are_kept_by_currency_and_taken_back_when_empty(store: Store) -> None:
    rules = CashRules("CNY", cny(500), cny(0))
    with store.transaction():
        assert save_rules(store, rules) == rules
        save_rules(store, CashRules("EUR", EUROS))
    assert store.cash_rules.all() == [rules, CashRules("EUR", EUROS)]
    with store.transaction():
        save_rules(store, CashRules("CNY"))
        save_rules(store, CashRules("USD"))
    assert store.cash_rules.all() == [CashRules("EUR", EUROS)]


@pytest.mark.parametrize(
    ("rules", "refusal"),
    [
        (CashRules("CNY", cny(-1)), RulesAmountError),
        (CashRules("CNY", None, cny(-1)), RulesAmountError),
        (CashRules("CNY", EUROS), CashCurrencyError),
    ],
)
def test_a_reserve_or_cap_below_nothing_or_in_another_currency_is_refused(
    store: Store, rules: CashRules, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), store.transaction():
        save_rules(store, rules)
    assert store.cash_rules.all() == []


def test_a_balance_keeps_its_identity_where_another_day_is_noted(kept: Store) -> None:
    first = Balance(date(2026, 11, 1), cny(1))
    with kept.transaction():
        save_cash_account(kept, replace(BANK, balances=(first,)))
        account = see_balance(kept, "bank", cny(2), date(2026, 11, 2))

    assert account.balances[0] == first
