"""What a letter says of what is late and of what is still to come, and where the money is there for it."""

from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.i18n import explain
from planner.reports.hardship_letter import letter_text
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.services.cases.letters import step_letter
from planner.services.cases.worksheet import worksheet_of
from planner.services.hardship import negotiation_view
from planner.services.hardship_script import phone_script
from planner.services.plans import save_plan
from planner.store import catalogue
from planner.store.store import Store
from tests.negotiating import yuan

LATER = date(2026, 12, 12)


@pytest.fixture
def account(store: Store) -> Account:
    """1,200 is due on 10 November; 5,000 comes in on the fifth, and 3,000 of it is needed."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        lines = (BillLine(LineKind.UNITEMISED, yuan("1200")),)
        save_bill(store, Bill(account.id, date(2026, 11, 1), date(2026, 11, 10), lines))
        for name, category, amount in (
            ("Salary", Category.SALARY, "5000"),
            ("Rent", Category.HOUSING, "3000"),
        ):
            store.cash_flows.save(CashFlow(name, category, yuan(amount), Recurrence(date(2026, 1, 5))))
    return account


def part(store: Store, account: Account, on: date) -> None:
    row = Instalment(1, on, yuan("300"), yuan("2"), yuan("0"))
    with store.transaction():
        save_plan(store, InstalmentPlan(account.id, "Fridge", yuan("300"), (row,), 1))


def cash(store: Store, on: date, amount: str) -> None:
    with store.transaction():
        store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(on, yuan(amount)),)))


def letter_of(store: Store, account: Account, today: date, **answers: str) -> str:
    with store.transaction():
        case = procedures.start_case(store, "negotiate", account.id, today)
        for question, chosen in {"lender": "jd", "wanted": "reinstalment", **answers}.items():
            case = procedures.answer(store, case.id, question, chosen)
    step = procedures.case_view(store, case, today).step("write-proposal")
    assert step is not None
    text = letter_text(step_letter(store, case, step.step, today).letter, "en")
    for name in ("November", "December", "January"):
        text = text.replace(name, name[:3])
    return text


def test_what_is_late_and_what_is_still_to_come_are_told_apart(
    store: Store, account: Account, today: date
) -> None:
    cash(store, today, "900")
    part(store, account, date(2026, 12, 10))
    text = letter_of(store, account, today)

    assert "By my own record CN¥1,200.00 of it is late, since 10 Nov 2026." in text
    assert "CN¥302.00 more falls due by 10 Dec 2026." in text
    assert "I will pay CN¥1,200.00 on 5 Dec 2026, when my income is there." in text
    assert "I will pay CN¥302.00 by 10 Dec 2026." in text
    assert "1,502" not in text.replace("CN¥1,502.00 is open", "")
    assert "not by that day" not in text


def test_what_is_due_before_the_income_and_after_it_are_told_apart_too(
    store: Store, account: Account
) -> None:
    today = date(2026, 11, 8)
    cash(store, today, "900")
    part(store, account, date(2026, 12, 7))
    text = letter_of(store, account, today)

    assert "CN¥1,200.00 of it is asked of me by 10 Nov 2026. I can pay that, but not by that day." in text
    assert "I will pay CN¥1,200.00 on 5 Dec 2026" in text
    assert "I will pay CN¥302.00 by 7 Dec 2026." in text


def test_where_less_is_offered_the_day_fits_the_amount(store: Store, account: Account, today: date) -> None:
    cash(store, today, "900")
    part(store, account, date(2026, 12, 10))
    with store.transaction():
        flow = CashFlow("Food", Category.FOOD, yuan("1500"), Recurrence(date(2026, 1, 5)))
        store.cash_flows.save(flow)
    text = letter_of(store, account, today)
    sheet = worksheet_of(store, account.id, today)

    assert "I offer to pay you CN¥500.00 a month" in text
    assert "CN¥1,200.00 of it is late, since 10 Nov 2026." in text
    assert "CN¥302.00 more falls due by 10 Dec 2026." in text
    assert next(explain(note) for note in sheet.notes).startswith("CN¥1,502.00 is asked by 10 Dec 2026.")


def test_where_the_money_is_there_nobody_is_asked_to_wait_for_it(store: Store, account: Account) -> None:
    cash(store, LATER, "3300")
    text = letter_of(store, account, LATER)
    notes = [explain(note) for note in worksheet_of(store, account.id, LATER).notes]

    assert "Subject: Payment for My Baitiao" in text
    assert "I will pay CN¥1,200.00 by 12 Dec 2026." in text
    assert "5 Jan 2027" not in text
    assert not any("only on" in note for note in notes)


@pytest.mark.parametrize(("amount", "reserve"), [("1199.99", None), ("3300", "2100.01")])
def test_nothing_is_promised_that_the_cash_or_the_reserve_does_not_hold(
    store: Store, account: Account, amount: str, reserve: str | None
) -> None:
    cash(store, LATER, amount)
    with store.transaction():
        store.cash_rules.save(CashRules("CNY", yuan(reserve) if reserve else None))
    text = letter_of(store, account, LATER)

    assert "I will pay CN¥1,200.00 on 5 Jan 2027, when my income is there." in text
    assert "since 10 Nov 2026" in text
    assert "not by that day" not in text


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        ("more-time", "I ask you for more time for what is due soon."),
        ("reinstalment", "I ask you to let me repay in instalments what is late."),
        ("accelerated", "I ask you to let me repay the whole in instalments."),
    ],
)
def test_the_answers_say_what_has_changed_and_what_is_asked(
    store: Store, account: Account, today: date, wanted: str, asked: str
) -> None:
    cash(store, today, "900")
    with store.transaction():
        flow = CashFlow("Food", Category.FOOD, yuan("1500"), Recurrence(date(2026, 1, 5)))
        store.cash_flows.save(flow)
    text = letter_of(store, account, today, wanted=wanted, reason="illness")

    assert "What has changed: Illness or an accident" in text
    assert "[Why less comes in" not in text
    assert asked in text
    assert text.count("I ask you") == 1


def test_the_last_line_of_the_worksheet_says_that_it_is_what_is_asked(
    store: Store, account: Account, today: date
) -> None:
    cash(store, today, "900")
    last = worksheet_of(store, account.id, today).lines[-1]

    assert (explain(last.name), last.amount.value) == ("Asked in the coming month", yuan("1200"))


def test_of_another_reason_only_the_user_can_tell(store: Store, account: Account, today: date) -> None:
    cash(store, today, "900")
    text = letter_of(store, account, today, reason="other")

    assert "[Why less comes in" in text
    assert "Something else" not in text


def test_in_a_call_too_only_what_is_missed_by_then_waits_for_the_income(
    store: Store, account: Account, today: date
) -> None:
    cash(store, today, "900")
    part(store, account, date(2026, 12, 10))
    found = negotiation_view(store, today, "CNY")
    assert found is not None
    text = letter_text(phone_script(found, account.id), "en")

    assert "“I can pay the CN¥1,200.00 that is asked, but on 5 Dec" in text
