from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import CashAccount
from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.forecast import UnknownBalanceError
from planner.domain.cash.movement import MovementKind
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Cycle, FixedDay, Mode, Shift
from planner.domain.money import Money
from planner.domain.optimum.problem import OptionKind
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from planner.services.accounts import save_account
from planner.services.bills import pay, save_bill, save_purchase
from planner.services.cash import pays_from, save_cash_account, save_rules, see_balance
from planner.services.cash_flows import save_flow, say_occurrence
from planner.services.cash_forecast import NoCashAccountError, calendar_of, forecast_of
from planner.services.cash_view import CurrencyCash, MonthsError, cash_view, next_times
from planner.services.prompts import Act, Prompt
from planner.services.today import today_view
from planner.store.store import Store
from tests.domain.cash_cases import cny, moves
from tests.stores import empty_store, fill_with_example

TODAY = date(2026, 11, 22)
BANK = CashAccount("Bank", "CNY", id="bank")
PURSE = CashAccount("Purse", "CNY", id="purse")
CARD = Account("Card", "A bank", "CNY", automatic=True, id="card")
HUABEI = Account("Huabei", "Ant", "CNY", id="huabei")


def bill(account_id: str, due_on: date, amount: str, bill_id: str = "") -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, cny(amount)),)
    stated = due_on - timedelta(days=20)
    return Bill(account_id, stated, due_on, lines, id=bill_id or f"{account_id}-{due_on}")


def monthly(name: str, category: Category, amount: str, day: date, shift: Shift = Shift.NONE) -> CashFlow:
    return CashFlow(name, category, cny(amount), Recurrence(day, shift=shift), id=name)


@pytest.fixture
def kept(store: Store) -> Store:
    """A bank account with 1,000 as of 20 November, a card debited from it, a late and a coming bill."""
    with store.transaction():
        save_cash_account(store, BANK)
        see_balance(store, "bank", cny(1000), date(2026, 11, 20))
        save_account(store, CARD)
        save_account(store, HUABEI)
        pays_from(store, "card", "bank")
        save_bill(store, bill("card", date(2026, 12, 10), "700"))
        save_bill(store, bill("huabei", date(2026, 11, 18), "250"))
    return store


def only(store: Store, months: int = 3) -> CurrencyCash:
    (found,) = cash_view(store, TODAY, months).currencies
    return found


def days(found: CurrencyCash) -> list[tuple[str, str]]:
    assert found.forecast is not None
    return [(str(day.on), str(day.balance.decimal)) for day in found.forecast.days]


# --- the forecast from the record ------------------------------------------------------------------


def test_dues_payments_incomes_and_expenses_make_the_line_with_overdue_carried_in(kept: Store) -> None:
    with kept.transaction():
        save_flow(kept, monthly("Salary", Category.SALARY, "3000", date(2026, 10, 21)))
        save_flow(kept, monthly("Rent", Category.HOUSING, "1200", date(2026, 11, 1)))
        # Paid on the day of the balance: in it already. Paid the day after: not.
        pay(kept, Payment("huabei", cny(40), date(2026, 11, 20)))
        pay(kept, Payment("huabei", cny(60), date(2026, 11, 21)))

    found = only(kept)

    assert days(found) == [
        # 1000 − 60 + 3000 of the 21st, less the 150 of the bill of the 18th that are left.
        ("2026-11-22", "3790.00"),
        ("2026-12-01", "2590.00"),
        ("2026-12-10", "1890.00"),
        ("2026-12-21", "4890.00"),
        ("2027-01-01", "3690.00"),
        ("2027-01-21", "6690.00"),
        ("2027-02-01", "5490.00"),
        ("2027-02-21", "8490.00"),
    ]
    assert found.now is not None
    assert found.now.value == cny(3940)
    assert [str(note) for note in found.notes] == [
        "1 payment whose date has passed counts as of today: 150.00 CNY."
    ]


def test_a_payment_recorded_ahead_of_its_day_does_not_count_beside_its_due(kept: Store) -> None:
    with kept.transaction():
        pay(kept, Payment("card", cny(700), date(2026, 12, 9)))

    assert days(only(kept)) == [("2026-11-22", "750.00"), ("2026-12-10", "50.00")]


def test_what_was_said_about_single_times_counts(kept: Store) -> None:
    with kept.transaction():
        save_flow(kept, monthly("Salary", Category.SALARY, "3000", date(2026, 11, 21)))
        say_occurrence(kept, "Salary", Occurrence(date(2026, 11, 21), Happened.CONFIRMED, amount=cny(2900)))
        say_occurrence(kept, "Salary", Occurrence(date(2026, 12, 21), Happened.SKIPPED))
        say_occurrence(kept, "Salary", Occurrence(date(2027, 1, 21), on=date(2027, 1, 23), amount=cny(1)))

    assert days(only(kept)) == [
        ("2026-11-22", "3650.00"),
        ("2026-12-10", "2950.00"),
        ("2027-01-23", "2951.00"),
        ("2027-02-21", "5951.00"),
    ]


def test_a_salary_moves_by_the_working_days_of_its_currency(kept: Store) -> None:
    # 28 February 2026, a Saturday, was worked in China; in France it was not.
    rule = Recurrence(date(2026, 2, 28), Unit.ONCE, shift=Shift.PREVIOUS)
    chinese = CashFlow("S", Category.SALARY, cny(1), rule)
    french = CashFlow("S", Category.SALARY, Money(1, "EUR"), rule)

    found = [next_times(kept, flow, date(2026, 2, 1), 3) for flow in (chinese, french)]

    assert [[time.on for time in times] for times in found] == [[date(2026, 2, 28)], [date(2026, 2, 27)]]
    assert calendar_of(kept, replace(chinese, recurrence=replace(rule, shift=Shift.NONE))) is None


def test_a_day_in_a_year_without_a_calendar_is_noted_once_for_each_income(kept: Store) -> None:
    rule = Recurrence(date(2026, 11, 30), day=31, shift=Shift.PREVIOUS)
    with kept.transaction():
        save_flow(kept, CashFlow("Salary", Category.SALARY, cny(1), rule))

    notes = [str(note) for note in only(kept, 36).notes]

    assert notes[1:] == [
        "Salary, 2027-01-29: The day may still move. The holiday calendar for 2027 has not been published."
    ]


def test_a_due_without_a_date_is_named_as_left_out(kept: Store) -> None:
    with kept.transaction():
        save_purchase(kept, Purchase("huabei", cny(33), date(2026, 11, 20), "Shop"))

    found = only(kept)

    assert [due.open for due in found.left_out] == [cny(33)]
    assert str(found.notes[-1]) == "1 payment has no date and is left out: 33.00 CNY."
    assert days(found)[-1] == ("2026-12-10", "50.00")


def test_a_plan_that_is_followed_says_when_lenders_are_paid(kept: Store) -> None:
    zero, half = cny(0), cny(350)
    payments = tuple(
        PlannedPayment("card", "card-2026-12-10", on, half, half, zero, zero)
        for on in (date(2026, 12, 10), date(2027, 1, 10))
    )
    plan = AdoptedPlan("CNY", Method.OPTIMUM, TODAY, zero, zero, is_proved=True, payments=payments)
    with kept.transaction():
        kept.adopted_plans.save(plan)

    found = only(kept)

    assert days(found) == [("2026-11-22", "750.00"), ("2026-12-10", "400.00"), ("2027-01-10", "50.00")]
    assert str(found.notes[-1]) == "Lenders are paid as in the plan of 2026-11-22, as far as it goes."
    with kept.transaction():
        kept.adopted_plans.save(replace(plan, ended_on=TODAY))
    assert days(only(kept))[1:] == [("2026-12-10", "50.00")]
    given = forecast_of(kept, "CNY", TODAY, date(2027, 2, 22), plan=plan)
    assert given.balance(date(2027, 1, 9)) == cny(400)


def test_what_lenders_have_not_agreed_to_is_named_until_they_answer(kept: Store) -> None:
    zero, half = cny(0), cny(350)
    todo = Todo("card", "card-2026-12-10", OptionKind.INSTALMENTS, 2)
    debit = Todo("huabei", "huabei-2026-11-10", OptionKind.MINIMUM, 0)
    payments = tuple(
        PlannedPayment("card", "card-2026-12-10", on, half, half, zero, zero, todo.id)
        for on in (date(2026, 12, 10), date(2027, 1, 10))
    )
    plan = AdoptedPlan("CNY", Method.OPTIMUM, TODAY, zero, zero, is_proved=True, payments=payments)

    def with_state(state: TodoState) -> CurrencyCash:
        with kept.transaction():
            kept.adopted_plans.save(replace(plan, todos=(replace(todo, state=state), debit)))
        return only(kept)

    assert only(kept).counts_on is None
    words = "It counts on what lenders have not agreed to yet: Card."
    for state in (TodoState.OPEN, TodoState.ASKED):
        found = with_state(state)
        assert str(found.counts_on) == words
        assert found.counts_on in found.notes
    for state in (TodoState.ACCEPTED, TodoState.REFUSED):
        assert with_state(state).counts_on is None


def test_a_what_if_adds_movements_and_another_floor_and_writes_nothing(kept: Store) -> None:
    more = (moves(date(2026, 12, 1), "25"), moves(date(2026, 12, 11), "-100", MovementKind.DUE))

    found = forecast_of(kept, "CNY", TODAY, date(2026, 12, 31), more=more, floor=cny(10))

    assert found.floor == cny(10)
    assert found.balance(date(2026, 12, 31)) == cny(-25)
    assert found.first_short is not None
    assert found.first_short.on == date(2026, 12, 11)


def test_where_no_balance_is_known_nothing_is_made_up(kept: Store) -> None:
    with kept.transaction():
        save_cash_account(kept, PURSE)

    found = only(kept)

    assert (found.forecast, found.now) == (None, None)
    assert [str(words) for words in found.unknown] == [
        "The balance of Purse is unknown, so there is no forecast. Note what is on it."
    ]
    assert [row.line for row in found.accounts] == [None, None]
    assert [str(needed.words) for needed in found.needed] == [
        "Balance needed on 2026-12-10 on Bank: 700.00 CNY"
    ]
    with pytest.raises(UnknownBalanceError):
        forecast_of(kept, "CNY", TODAY, TODAY)


def test_a_currency_of_which_no_cash_is_recorded_says_so(kept: Store) -> None:
    with kept.transaction():
        save_account(kept, Account("Carte", "Banque", "EUR"))
        save_flow(kept, CashFlow("Job", Category.SALARY, Money(5, "USD"), Recurrence(TODAY)))
        save_rules(kept, CashRules("GBP", Money(5, "GBP")))

    found = {each.currency: each for each in cash_view(kept, TODAY).currencies}

    assert list(found) == ["CNY", "USD", "GBP", "EUR"]
    assert [str(words) for words in found["EUR"].unknown] == [
        "Where your cash in EUR lies is not recorded yet."
    ]
    assert (found["EUR"].needed, found["EUR"].accounts) == ((), ())
    assert [row.next.on if row.next else None for row in found["USD"].flows] == [TODAY]
    assert found["GBP"].rules.floor == Money(5, "GBP")
    with pytest.raises(NoCashAccountError, match="No account with cash in EUR"):
        forecast_of(kept, "EUR", TODAY, TODAY)


def test_an_empty_file_has_no_currency(store: Store) -> None:
    assert cash_view(store, TODAY).currencies == ()


def test_a_forecast_has_three_to_thirty_six_months(kept: Store) -> None:
    assert [cash_view(kept, TODAY, months).until for months in (3, 36)] == [
        date(2027, 2, 22),
        date(2029, 11, 22),
    ]
    for months in (2, 37):
        with pytest.raises(MonthsError, match="3 to 36 months"):
            cash_view(kept, TODAY, months)


# --- rows ------------------------------------------------------------------------------------------


def test_each_account_shows_what_was_seen_its_own_line_and_whom_it_pays(kept: Store) -> None:
    with kept.transaction():
        save_cash_account(kept, PURSE)
        see_balance(kept, "purse", cny(30), TODAY)
        pays_from(kept, "card", "purse")

    bank, purse = only(kept).accounts

    assert ([each.name for each in bank.pays], [each.name for each in purse.pays]) == (["Huabei"], ["Card"])
    assert bank.seen is not None
    assert bank.seen.amount == cny(1000)
    assert purse.line is not None
    assert purse.line.first_short is not None
    assert purse.line.first_short.on == date(2026, 12, 10)


def test_a_flow_shows_its_times_the_next_one_and_those_to_confirm(kept: Store) -> None:
    weekly = CashFlow("Food", Category.FOOD, cny(50), Recurrence(date(2026, 10, 1), Unit.WEEK), id="food")
    with kept.transaction():
        save_flow(kept, replace(weekly, recurrence=Recurrence(date(2026, 10, 18), Unit.WEEK)))
        say_occurrence(kept, "food", Occurrence(TODAY, Happened.SKIPPED))
        say_occurrence(kept, "food", Occurrence(date(2026, 11, 15), on=date(2026, 11, 21)))

    (row,) = only(kept).flows

    assert row.next is not None
    assert row.next.on == date(2026, 11, 29)
    # From 31 days back; the balance was seen on the 20th.
    assert [time.on.isoformat() for time in row.times[:6]] == [
        *("2026-10-25", "2026-11-01", "2026-11-08", "2026-11-21", "2026-11-22", "2026-11-29"),
    ]
    assert row.times[-1].on == date(2027, 2, 21)
    assert [time.on for time in row.unconfirmed] == [date(2026, 11, 21)]
    assert [time.on.day for time in next_times(kept, row.flow, TODAY, 2)] == [29, 6]


def test_without_a_balance_the_times_of_the_last_month_are_to_be_confirmed(store: Store) -> None:
    with store.transaction():
        save_flow(store, monthly("Rent", Category.HOUSING, "5", date(2026, 9, 22)))

    (row,) = only(store).flows

    assert [time.on for time in row.unconfirmed] == [TODAY]


# --- C100 and C120 ---------------------------------------------------------------------------------


@pytest.mark.row("C100")
def test_the_balance_needed_for_the_automatic_debits_of_a_day_is_summed_and_compared(kept: Store) -> None:
    with kept.transaction():
        save_account(kept, replace(HUABEI, automatic=True))
        save_bill(kept, bill("huabei", date(2026, 12, 10), "99.50"))

    found = only(kept)

    assert [str(each.words) for each in found.needed] == [
        "Balance needed on 2026-11-22 on Bank: 250.00 CNY",
        "Balance needed on 2026-12-10 on Bank: 799.50 CNY; by the forecast, 49.50 CNY is missing",
    ]
    assert [debit.refers_to for debit in found.needed[1].debits] == ["card-2026-12-10", "huabei-2026-12-10"]
    assert [str(each) for each in found.warnings] == [
        "By the forecast, cash does not suffice on 2026-12-10: 49.50 CNY is missing."
    ]


@pytest.mark.row("C100")
def test_cash_on_another_account_does_not_cover_a_debit_and_that_is_said(kept: Store) -> None:
    with kept.transaction():
        save_cash_account(kept, PURSE)
        see_balance(kept, "purse", cny(500), TODAY)
        pays_from(kept, "card", "purse")

    assert [str(each) for each in only(kept).warnings] == [
        "Balance needed on 2026-12-10 on Purse: 700.00 CNY; by the forecast, 200.00 CNY is missing"
    ]


@pytest.mark.row("C120")
def test_what_was_bought_on_credit_this_month_stands_against_the_cap(kept: Store) -> None:
    back = Refund(cny(20), TODAY)
    with kept.transaction():
        save_rules(kept, CashRules("CNY", spending_cap=cny(100)))
        save_purchase(kept, Purchase("card", cny(90), date(2026, 11, 1), "Shop", refunds=(back,)))
        save_purchase(kept, Purchase("huabei", cny(40), date(2026, 11, 30), source_key="file"))
        save_purchase(kept, Purchase("card", cny(500), date(2026, 10, 31)))

    found = only(kept)

    assert found.spending.spent.value == cny(110)
    assert [str(each.label) for each in found.spending.spent.derivation.given] == [
        "Card, 2026-11-01: Shop",
        "Huabei, 2026-11-30",
    ]
    assert [str(each) for each in found.warnings] == [
        "110.00 CNY was bought on credit this month, 10.00 CNY more than the 100.00 CNY you set."
    ]


def test_a_balance_of_more_than_thirty_days_ago_asks_to_be_looked_at_again(kept: Store) -> None:
    warnings = {
        ago: [
            str(each)
            for each in cash_view(kept, date(2026, 11, 20) + timedelta(days=ago)).currencies[0].warnings
        ]
        for ago in (30, 31)
    }

    words = "The newest balance of Bank is of 2026-11-20. Note what is on it now."
    assert words not in warnings[30]
    assert words in warnings[31]


# --- Today -----------------------------------------------------------------------------------------


def prompts(store: Store, on: date = TODAY) -> list[Prompt]:
    return [each for each in today_view(store, on).warnings if each.act is Act.CASH]


def test_today_warns_of_a_shortfall_with_a_way_to_cash(kept: Store) -> None:
    assert prompts(kept) == []
    with kept.transaction():
        save_rules(kept, CashRules("CNY", cny(100)))

    (prompt,) = prompts(kept)

    assert str(prompt.text) == (
        "By the forecast, cash falls below the reserve of 100.00 CNY on 2026-12-10: 50.00 CNY is missing."
    )
    assert (prompt.target, str(prompt.button)) == ("CNY", "Open Cash")
    assert today_view(kept, TODAY).warnings[0].act is Act.LATE


def test_today_looks_ninety_days_ahead(kept: Store) -> None:
    with kept.transaction():
        save_flow(kept, CashFlow("Trip", Category.OTHER, cny(51), Recurrence(date(2027, 2, 20), Unit.ONCE)))

    assert len(prompts(kept)) == 1
    with kept.transaction():
        (trip,) = kept.cash_flows.all()
        save_flow(kept, replace(trip, recurrence=Recurrence(date(2027, 2, 21), Unit.ONCE)))
    assert prompts(kept) == []


@pytest.mark.row("C120")
def test_today_warns_when_more_was_bought_than_was_meant(kept: Store) -> None:
    with kept.transaction():
        save_rules(kept, CashRules("CNY", spending_cap=cny(30)))
        save_purchase(kept, Purchase("card", cny(31), TODAY, "Shop"))

    assert [str(each.text) for each in prompts(kept)] == [
        "31.00 CNY was bought on credit this month, 1.00 CNY more than the 30.00 CNY you set."
    ]
    assert prompts(kept, date(2026, 12, 1)) == []


def test_today_takes_an_unknown_balance_for_no_shortfall(kept: Store) -> None:
    with kept.transaction():
        save_rules(kept, CashRules("CNY", cny(10_000)))
        save_cash_account(kept, PURSE)

    assert prompts(kept) == []


# --- never written, and the same as a replay -------------------------------------------------------


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    execute = store.connection.execute
    tables = sorted(row["name"] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    return {table: [tuple(row) for row in execute(f"SELECT * FROM {table}")] for table in tables}  # noqa: S608 - our own names


@pytest.fixture
def example() -> Iterator[Store]:
    """The example as of the day."""
    store = empty_store()
    with closing(store.connection):
        fill_with_example(store, TODAY)
        yield store


def test_a_forecast_is_never_written_into_the_record(example: Store) -> None:
    before, written = content(example), example.connection.total_changes

    view = cash_view(example, TODAY, 36)
    today_view(example, TODAY)
    forecast_of(example, "CNY", TODAY, date(2029, 11, 22))

    assert len(view.currencies[0].flows) == 4
    assert content(example) == before
    assert example.connection.total_changes == written


def test_looking_twice_or_on_a_read_only_file_gives_the_same(example: Store) -> None:
    first = cash_view(example, TODAY)
    example.is_read_only = True

    assert cash_view(example, TODAY) == first


def test_a_record_of_60_000_times_is_forecast_as_a_day_by_day_replay_says(store: Store) -> None:
    chance = random.Random(7)  # noqa: S311 - rows of a test
    categories = (Category.SALARY, Category.FOOD, Category.TRANSPORT)
    flows = [
        CashFlow(
            f"Flow {number}",
            chance.choice(categories),
            Money(chance.randrange(100, 90_000), "CNY"),
            Recurrence(date(2026, 10, 1) + timedelta(days=chance.randrange(60)), Unit.WEEK),
            chance.choice(["bank", "purse", ""]),
            id=str(number),
        )
        for number in range(392)
    ]
    with store.transaction():
        save_cash_account(store, BANK)
        save_cash_account(store, PURSE)
        see_balance(store, "bank", cny(1000), date(2026, 11, 18))
        see_balance(store, "purse", cny(20), TODAY)
        store.cash_flows.save_all(flows)
        save_account(store, CARD)
        for number in range(37):
            due_on = date(2026 + (10 + number) // 12, (10 + number) % 12 + 1, 15)
            save_bill(store, bill("card", due_on, str(100 + number)))
    until = date(2029, 11, 22)

    found = forecast_of(store, "CNY", TODAY, until)

    assert sum(len(day.movements) for day in found.days) > 60_000
    balance, on = 100_000, date(2026, 11, 19)
    while on <= until:
        for flow in flows:
            since = (on - flow.recurrence.first_on).days
            is_later = on > TODAY or flow.cash_account_id != "purse"
            if since >= 0 and since % 7 == 0 and is_later:
                balance += flow.amount.minor if flow.category is Category.SALARY else -flow.amount.minor
        if on == TODAY:
            # The other balance is of today, and the bill of 15 November is late.
            balance += 2_000 - 10_000
        elif on > TODAY and on.day == 15:
            balance -= 100 * (100 + (on.year - 2026) * 12 + on.month - 11)
        if on >= TODAY:
            assert found.balance(on).minor == balance, on
        on += timedelta(days=1)


def test_what_is_bought_this_month_is_due_by_its_cycle_and_counts_there(kept: Store) -> None:
    cycle = Cycle(Mode.BILL, 1, FixedDay(10))
    with kept.transaction():
        save_account(kept, replace(HUABEI, cycle=cycle))
        save_purchase(kept, Purchase("huabei", cny(11), date(2026, 11, 21), "Shop"))

    assert days(only(kept))[1:] == [("2026-12-10", "39.00")]


# --- the example -----------------------------------------------------------------------------------


def test_the_example_has_cash_that_nearly_does(example: Store) -> None:
    found = only(example)

    assert found.forecast is not None
    assert found.forecast.first_short is not None
    assert found.forecast.lowest.balance.minor > 0
    assert [row.account.name for row in found.accounts] == ["Current account"]
    assert [row.flow.name for row in found.flows] == [
        *("Salary", "Rent", "Food and household", "Electricity and gas")
    ]
    assert {each.name for each in found.accounts[0].pays} == {each.name for each in example.accounts.all()}
    assert [account.cash_account_id != "" for account in example.accounts.all()] == [False, True, False]
    assert found.spending.over is None
    assert found.unknown == ()
    assert [needed.is_short for needed in found.needed] == [False] * len(found.needed)
    assert len(found.needed) >= 2
    assert [each.act for each in prompts(example)] == [Act.CASH]
