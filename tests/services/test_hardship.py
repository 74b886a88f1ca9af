from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.occurrences import times_of
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.dates import Shift, add_months
from planner.domain.derivation import Derived
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.shares import Sharing
from planner.domain.money import Money, sum_of
from planner.domain.payoff.scenario import Scenario
from planner.domain.purchase import Purchase
from planner.phrases import Phrase
from planner.services.accounts import account_from, save_account
from planner.services.cash_forecast import calendar_of
from planner.services.hardship import (
    FIRST_SETTING,
    Asking,
    budget_of,
    cash_without_debts,
    first_accounts,
    first_text,
    hardship_view,
    negotiation_view,
    plan_parts,
)
from planner.services.hardship_days import first_payment_on
from planner.store.catalogue import product
from planner.store.store import Store
from tests.stores import empty_store

TODAY = date(2026, 11, 22)
PAYDAY = Recurrence(date(2026, 1, 31), Unit.MONTH, 1, 31, None, Shift.PREVIOUS)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def account(store: Store, product_id: str, name: str, **more: Any) -> Account:
    sheet = product(product_id)
    assert sheet is not None
    found = replace(account_from(sheet, name), **more)
    with store.transaction():
        save_account(store, found)
    return found


def bill(store: Store, whose: Account, due_on: date, amount: str, minimum: str | None = None) -> Bill:
    line = BillLine(LineKind.UNITEMISED, Money.of(amount, whose.currency))
    least = Money.of(minimum, whose.currency) if minimum is not None else None
    found = Bill(whose.id, due_on - timedelta(days=9), due_on, (line,), minimum=least)
    with store.transaction():
        store.bills.save(found)
    return found


def flow(
    store: Store, name: str, category: Category, amount: str, when: Recurrence | None = None
) -> CashFlow:
    found = CashFlow(name, category, yuan(amount), when or Recurrence(date(2026, 1, 1)))
    with store.transaction():
        store.cash_flows.save(found)
    return found


def balance(store: Store, amount: str) -> None:
    with store.transaction():
        store.cash_accounts.save(CashAccount("工资卡", "CNY", (Balance(TODAY, yuan(amount)),)))


@pytest.fixture
def household(store: Store) -> Store:
    """Two debts, a salary at the end of the month, rent, food and electricity; 1,060.80 is left a month."""
    baitiao = account(store, "jd-baitiao", "白条")
    card = account(store, "cn-credit-card", "招行卡")
    bill(store, baitiao, date(2026, 11, 10), "4200", "420")
    bill(store, card, date(2026, 12, 5), "18250.40", "1825.04")
    flow(store, "工资", Category.SALARY, "5200", PAYDAY)
    flow(store, "房租", Category.HOUSING, "2300")
    flow(store, "吃饭", Category.FOOD, "330", Recurrence(date(2026, 1, 5), Unit.WEEK))
    flow(store, "水电", Category.ENERGY, "409.20")
    return store


def seen(store: Store, **more: Any) -> Hardship:
    found = hardship_view(store, TODAY, "CNY", **more)
    assert found is not None
    return found


def offers(found: Hardship) -> dict[str, str]:
    return {each.creditor.name: str(each.monthly.value.decimal) for each in found.proposals}


# --- when it is hardship -----------------------------------------------------------------------------


def test_where_cash_falls_short_of_the_minimums_the_view_says_when_and_by_how_much(household: Store) -> None:
    balance(household, "350")
    found = seen(household)

    assert found.shortage is not None
    assert (found.shortage.first_on, found.shortage.by.value) == (TODAY, yuan("70"))  # 420 late, 350 there
    assert (found.budget.month, found.until) == (date(2026, 12, 1), date(2027, 2, 22))
    assert found.budget.left.value == yuan("1060.80")
    assert [each.name for each in found.creditors] == ["白条", "招行卡"]


def test_each_lender_gets_the_same_from_a_day_on_which_the_salary_is_always_there(household: Store) -> None:
    balance(household, "600")
    found = seen(household)

    assert offers(found) == {"白条": "530.40", "招行卡": "530.40"}
    assert found.offered.value == found.budget.available.value
    assert {each.first_on for each in found.proposals} == {date(2026, 12, 1)}
    assert found.sharing is Sharing.EQUAL
    by_debt = seen(household, asked=Asking(sharing=Sharing.IN_PROPORTION))
    assert offers(by_debt) == {"白条": "198.45", "招行卡": "862.35"}  # 1060.80 × 4200 ÷ 22450.40 = 198.453…


def test_what_is_asked_is_what_is_late_and_the_minimums_of_a_month(household: Store) -> None:
    balance(household, "350")
    baitiao, card = seen(household).creditors

    # 420 late, and a tenth of the 3,780 that are carried to 10 December.
    assert (baitiao.owed.value, baitiao.asked.value) == (yuan("4200"), yuan("798"))
    assert (baitiao.asked_on, card.asked_on) == (date(2026, 11, 10), date(2026, 12, 5))
    assert card.asked.value == yuan("1825.04")
    assert [str(each.label) for each in baitiao.asked.derivation.given] == [
        "白条: Bill of 2026-11-01, by 2026-11-10",
        "白条: a bill still to come, by 2026-12-10",
    ]
    assert baitiao.owed.derivation.given


def test_a_bill_without_a_recorded_minimum_is_asked_for_whole_and_that_is_said(household: Store) -> None:
    huabei = account(household, "huabei", "花呗")
    found = bill(household, huabei, date(2026, 12, 10), "960")
    order = account(household, "alma", "no minimum at all", currency="CNY")
    bill(household, order, date(2026, 12, 10), "50")
    later = account(household, "cn-credit-card", "later")
    bill(household, later, date(2026, 12, 22), "700")
    note = (
        "花呗: no minimum is recorded, so all of the bill counts as asked for. If the statement asks for "
        "less, add its minimum to the bill."
    )

    seen_now = seen(household)
    said = [str(each) for each in seen_now.notes]
    assert [each.asked.value for each in seen_now.creditors if each.name == "花呗"] == [yuan("960")]
    assert [each for each in said if "no minimum is recorded" in each] == [note]
    with household.transaction():
        household.bills.save(replace(found, minimum=yuan("96")))
    recorded = seen(household)
    assert [each.asked.value for each in recorded.creditors if each.name == "花呗"] == [yuan("96")]
    assert not any("no minimum is recorded" in str(each) for each in recorded.notes)


def test_where_the_money_reaches_there_is_no_hardship_but_one_can_negotiate_all_the_same(
    household: Store,
) -> None:
    balance(household, "30000")

    assert hardship_view(household, TODAY, "CNY") is None
    found = negotiation_view(household, TODAY, "CNY")
    assert found is not None
    assert found.shortage is None
    assert offers(found) == {"白条": "530.40", "招行卡": "530.40"}


def test_where_nothing_is_owed_or_nothing_in_that_currency_there_is_nothing_to_share(
    store: Store, household: Store
) -> None:
    assert negotiation_view(empty_store(), TODAY, "CNY") is None
    assert negotiation_view(household, TODAY, "EUR") is None
    assert hardship_view(household, TODAY, "EUR") is None
    assert store is household


def test_where_no_balance_is_known_the_budget_decides(household: Store) -> None:
    found = seen(household)

    assert (found.shortage, found.knows_cash) == (None, False)
    assert cash_without_debts(household, TODAY, "CNY", date(2026, 12, 31)) is None
    flow(household, "奖金", Category.OTHER_INCOME, "1562.24")
    assert hardship_view(household, TODAY, "CNY") is None  # 2,623.04 are left for 2,623.04


def test_without_an_income_or_a_balance_nobody_can_say_that_it_is_hardship(store: Store) -> None:
    bill(store, account(store, "jd-baitiao", "白条"), date(2026, 12, 10), "4200", "420")

    assert hardship_view(store, TODAY, "CNY") is None
    found = negotiation_view(store, TODAY, "CNY")
    assert found is not None
    assert found.offered.value == yuan("0")
    assert [each.first_on for each in found.proposals] == [date(2026, 12, 1)]


def test_the_cash_of_a_forecast_or_what_if_can_be_handed_over(household: Store) -> None:
    balance(household, "30000")
    found = seen(household, cash=[(TODAY, yuan("400"))])

    assert found.shortage is not None
    assert found.shortage.by.value == yuan("20")
    assert hardship_view(household, TODAY, "CNY", [(TODAY, yuan("99999"))]) is None


def test_cash_without_debts_has_the_incomes_and_expenses_and_no_bill(household: Store) -> None:
    balance(household, "350")
    cash = cash_without_debts(household, TODAY, "CNY", date(2026, 12, 1))

    assert cash is not None
    # Food on 23 and 30 November, the salary on the 30th, rent and electricity on 1 December.
    assert [(on.day, str(amount.decimal)) for on, amount in cash] == [
        (22, "350.00"),
        (23, "20.00"),
        (30, "4890.00"),
        (1, "2180.80"),
    ]


# --- what the user may set ---------------------------------------------------------------------------


def test_the_first_payment_follows_the_last_income_of_the_coming_month(household: Store) -> None:
    # On the last working day: there on 30 November, but not on 30 December.
    assert first_payment_on(household, TODAY, "CNY") == date(2026, 12, 1)
    flow(household, "奖金", Category.OTHER_INCOME, "100", Recurrence(date(2026, 12, 22), Unit.ONCE))
    assert first_payment_on(household, TODAY, "CNY") == date(2026, 12, 22)
    flow(household, "later", Category.OTHER_INCOME, "100", Recurrence(date(2026, 12, 23), Unit.ONCE))
    assert first_payment_on(household, TODAY, "CNY") == date(2026, 12, 22)
    assert first_payment_on(household, TODAY, "EUR") == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("first_on", "day", "shift", "wanted"),
    [
        (date(2026, 11, 30), 31, Shift.NONE, date(2026, 12, 1)),
        (date(2026, 11, 30), None, Shift.NONE, date(2026, 11, 30)),
        (date(2026, 11, 30), 31, Shift.PREVIOUS, date(2026, 12, 1)),
        (date(2026, 12, 15), None, Shift.NONE, date(2026, 12, 15)),
        # A Saturday, so there on the 27th; in December on the 28th.
        (date(2026, 11, 28), None, Shift.PREVIOUS, date(2026, 11, 28)),
        (date(2027, 1, 15), None, Shift.NONE, date(2027, 1, 15)),
    ],
)
def test_an_offer_never_falls_on_a_day_before_the_income_of_its_month(
    store: Store, first_on: date, day: int | None, shift: Shift, wanted: date
) -> None:
    when = Recurrence(first_on, Unit.MONTH, 1, day, None, shift)
    salary = flow(store, "工资", Category.SALARY, "5200", when)
    found = first_payment_on(store, TODAY, "CNY")

    assert found == wanted
    times = times_of(salary, calendar_of(store, salary), TODAY, date(2027, 11, 20))
    assert all(add_months(found, ahead) >= time.on for ahead, time in enumerate(times))


def test_what_comes_once_a_week_or_in_some_months_only_moves_no_later_payment(store: Store) -> None:
    flow(store, "工资", Category.SALARY, "5200", Recurrence(date(2026, 12, 5)))
    flow(store, "补贴", Category.BENEFIT, "50", Recurrence(date(2026, 11, 26), Unit.WEEK))
    flow(store, "奖金", Category.SALARY, "900", Recurrence(date(2026, 12, 20), Unit.MONTH, 3))
    flow(store, "later", Category.OTHER_INCOME, "900", Recurrence(date(2027, 1, 21)))

    assert first_payment_on(store, TODAY, "CNY") == date(2026, 12, 20)


def test_a_skipped_salary_is_not_waited_for(store: Store) -> None:
    skipped = Occurrence(date(2026, 11, 30), Happened.SKIPPED)
    salary = flow(store, "工资", Category.SALARY, "5200", Recurrence(date(2026, 11, 30), day=31))
    with store.transaction():
        store.cash_flows.save(replace(salary, occurrences=(skipped,)))

    assert first_payment_on(store, TODAY, "CNY") == date(2026, 12, 31)


# --- the month of the budget -------------------------------------------------------------------------


def newcomer(store: Store, *, is_backdated: bool) -> Hardship:
    """Rent from 1 December, power from the 15th, food weekly from tomorrow, as somebody new types it."""
    back = 1 if is_backdated else 0
    bill(store, account(store, "jd-baitiao", "白条"), date(2026, 12, 5), "4200", "420")
    flow(store, "工资", Category.SALARY, "1300", Recurrence(date(2026, 11, 30)))
    flow(store, "房租", Category.HOUSING, "700", Recurrence(date(2026 - back, 12, 1)))
    flow(store, "水电", Category.ENERGY, "90", Recurrence(date(2026 - back, 12, 15)))
    first = date(2026, 11, 23) - back * timedelta(weeks=52)
    flow(store, "吃饭", Category.FOOD, "80", Recurrence(first, Unit.WEEK))
    balance(store, "140")
    return seen(store)


@pytest.mark.parametrize("is_backdated", [False, True])
def test_expenses_that_only_begin_are_in_the_budget_as_if_they_had_always_been(
    store: Store, *, is_backdated: bool
) -> None:
    found = newcomer(store, is_backdated=is_backdated)

    assert found.budget.month == date(2026, 12, 1)
    # 1,300 − 700 − 90 − 80 × 52 ÷ 12
    assert found.budget.left.value == found.offered.value == yuan("163.33")
    assert (found.budget.missing, found.budget.why) == ((), None)
    assert not found.is_timing_only
    assert not found.proposals[0].is_full


def test_what_begins_later_within_the_months_looked_at_is_kept_free_from_the_start(store: Store) -> None:
    newcomer(store, is_backdated=True)
    flow(store, "车位", Category.TRANSPORT, "60", Recurrence(date(2027, 2, 25)))
    flow(store, "补贴", Category.BENEFIT, "500", Recurrence(date(2027, 2, 1)))
    flow(store, "保险", Category.INSURANCE, "50", Recurrence(date(2027, 3, 1)))

    # The benefit is not there yet when the first payments are made.
    assert seen(store).budget.month == date(2026, 12, 1)
    flow(store, "电话", Category.COMMUNICATION, "30", Recurrence(date(2027, 1, 31)))
    found = seen(store).budget
    assert (found.month, found.left.value) == (date(2027, 1, 1), yuan("133.33"))
    assert "leaves the least" in str(found.why)


# --- what every day holds ----------------------------------------------------------------------------


def test_no_more_is_offered_than_every_day_holds(household: Store) -> None:
    balance(household, "350")
    found = seen(household)

    # On 28 December, before the salary: 350 + 5,200 − 2,300 − 409.20 − 6 × 330 = 860.80 and one payment.
    assert found.uncovered is None
    assert found.offered.value == found.budget.available.value == yuan("860.80")
    assert offers(found) == {"白条": "430.40", "招行卡": "430.40"}
    assert (
        "A month leaves 1060.80 CNY, but with more than 860.80 CNY a month for lenders the cash would fall "
        "below nothing on 2026-12-28."
    ) in [str(note) for note in found.notes]


def newly_paid(store: Store, first: date = date(2026, 12, 8)) -> None:
    """2,100 there, rent of 2,600 from 1 December, 350 a week for food, a salary of 4,400."""
    bill(store, account(store, "jd-baitiao", "白条"), date(2026, 12, 5), "1720")
    flow(store, "工资", Category.SALARY, "4400", Recurrence(first))
    flow(store, "房租", Category.HOUSING, "2600", Recurrence(date(2026, 12, 1)))
    flow(store, "吃饭", Category.FOOD, "350", Recurrence(date(2026, 11, 24), Unit.WEEK))
    balance(store, "2100")


def test_where_the_rent_is_not_covered_that_day_is_named_first_and_nothing_is_offered(store: Store) -> None:
    newly_paid(store)
    found = seen(store)

    # 2,100 − 2 × 350 − 2,600 on 1 December; 283.33 is left a month, but 1 January is short as well.
    assert found.uncovered is not None
    assert (found.uncovered.on, found.uncovered.by.value) == (date(2026, 12, 1), yuan("1200"))
    assert found.budget.left.value == yuan("283.33")
    assert found.offered.value == yuan("0")
    assert [each.starts_on for each in found.proposals] == [None]
    first, second = found.told_short((Phrase("The cash does not hold."),))
    assert str(first).startswith("On 2026-12-01, 1200.00 CNY is missing for essentials and other expenses")
    assert str(second) == "The cash does not hold."
    reason = "A month leaves 283.33 CNY, but on 2027-01-01 nothing is there to pay lenders from."
    assert reason in [str(note) for note in found.notes]


def test_expenses_that_are_not_covered_are_told_though_the_minimums_are(store: Store) -> None:
    newly_paid(store, date(2026, 12, 2))
    flow(store, "礼物", Category.OTHER_INCOME, "5000", Recurrence(date(2026, 12, 3), Unit.ONCE))
    found = seen(store)

    assert found.shortage is None
    assert found.uncovered is not None
    assert found.uncovered.on == date(2026, 12, 1)


def test_a_month_that_begins_today_is_whole(household: Store) -> None:
    first = negotiation_view(household, date(2026, 12, 1), "CNY", asked=Asking(first_on=date(2026, 12, 1)))
    second = negotiation_view(household, date(2026, 12, 2), "CNY", asked=Asking(first_on=date(2026, 12, 2)))

    assert first is not None
    assert second is not None
    assert (first.budget.month, second.budget.month) == (date(2026, 12, 1), date(2027, 1, 1))


def test_less_income_that_is_assumed_shows_in_the_month_with_every_expense(store: Store) -> None:
    newcomer(store, is_backdated=False)
    found = seen(store, asked=Asking(extra_income=yuan("-300")))

    assert found.budget.left.value == yuan("-136.67")
    assert found.offered.value == yuan("0")


def test_another_day_and_another_month_can_be_chosen(household: Store) -> None:
    chosen = seen(household, asked=Asking(first_on=date(2027, 1, 5)))
    month = seen(household, asked=Asking(month=date(2027, 3, 9)))

    assert [each.first_on for each in chosen.proposals] == [date(2027, 1, 5)] * 2
    assert chosen.budget.month == date(2027, 1, 1)
    assert month.budget.month == date(2027, 3, 1)
    assert [each.first_on for each in month.proposals] == [date(2026, 12, 1)] * 2
    assert month.budget.why is None


def test_how_far_minimums_are_looked_at_can_be_chosen(household: Store) -> None:
    balance(household, "2000")  # enough for a month, but not for two more
    assert hardship_view(household, TODAY, "CNY", asked=Asking(months=1)) is None
    assert seen(household, asked=Asking(months=3)).until == date(2027, 2, 22)


def test_what_a_what_if_assumes_counts_in_the_budget(household: Store) -> None:
    assumed = Asking.of(Scenario("CNY", income=yuan("-500")))

    assert seen(household, asked=assumed).budget.left.value == yuan("560.80")
    assert budget_of(household, TODAY, "CNY", yuan("1")).left.value == yuan("1061.80")
    assert Asking.of(Scenario("CNY")) == Asking()


def test_what_a_court_has_confirmed_is_kept_and_comes_first(household: Store) -> None:
    card = next(each for each in household.accounts.all() if each.name == "招行卡")
    assert first_accounts(household) == frozenset()
    with household.transaction():
        household.settings.put(FIRST_SETTING, first_text({card.id}))

    assert first_accounts(household) == {card.id}
    found = seen(household)
    assert [each.is_first for each in found.creditors] == [False, True]
    assert offers(found) == {"白条": "0.00", "招行卡": "1060.80"}
    assert offers(seen(household, asked=Asking(first=frozenset()))) == {"白条": "530.40", "招行卡": "530.40"}
    assert first_text({"b", "a"}) == "a,b"


def test_cards_of_no_particular_bank_are_lenders_of_their_own(household: Store) -> None:
    other = account(household, "cn-credit-card", "工行卡")
    bill(household, other, date(2026, 12, 8), "9000", "900")

    assert [each.lender for each in seen(household).creditors] == ["JD Finance", "", ""]
    assert offers(seen(household)) == {"白条": "353.60", "招行卡": "353.60", "工行卡": "353.60"}


def test_accounts_of_which_nothing_is_asked_yet_and_bills_that_are_missing_are_named(
    household: Store,
) -> None:
    later = account(household, "huabei", "花呗")
    bill(household, later, date(2027, 1, 9), "700")
    shop = account(household, "meituan", "美团")
    with household.transaction():
        household.purchases.save(Purchase(account_id=shop.id, bought_on=date(2026, 9, 5), amount=yuan("60")))
    notes = [str(note) for note in seen(household).notes]

    assert "花呗: nothing is asked in the coming month, so nothing is offered yet." in notes
    assert "美团: a bill should be there by now. Add it first, or its payment." in notes


def test_what_is_offered_becomes_parts_of_dues_for_a_plan(household: Store) -> None:
    found = seen(household)
    parts = plan_parts(household, found, months=2)

    dues = {due.id: due for due in household.ledgers.position(TODAY).open_dues}
    assert [on for _due, on, _amount in parts] == [date(2026, 12, 1)] * 2 + [date(2027, 1, 1)] * 2
    assert {dues[due_id].account_id for due_id, _on, _amount in parts} == {
        each.id for each in household.accounts.all()
    }
    assert sum_of((amount for _due, _on, amount in parts), "CNY") == yuan("2121.60")
    everything = plan_parts(household, found, months=1000)
    assert sum_of((amount for _due, _on, amount in everything), "CNY") == found.owed.value


def test_every_figure_of_the_view_says_how_it_was_made(household: Store) -> None:
    balance(household, "350")
    found = seen(household)
    assert found.shortage is not None
    figures_: list[Derived[Any]] = [
        found.owed,
        found.asked,
        found.offered,
        found.lacking,
        found.budget.left,
        found.budget.available,
        found.shortage.by,
        found.shortage.least_extra,
        *(each.monthly for each in found.proposals),
        *(each.in_proportion for each in found.proposals),
        *(each.owed for each in found.creditors),
        *(each.asked for each in found.creditors),
    ]

    for figure in figures_:
        assert figure.derivation.given
        assert str(figure.derivation.rule)
