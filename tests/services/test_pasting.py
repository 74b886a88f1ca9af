from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Progress, Purchase
from planner.domain.rate import Per, Rate
from planner.i18n import explain
from planner.services.bills import AccountCurrencyError, pay, save_bill, save_purchase
from planner.services.failed_debits import open_failures
from planner.services.imports import Becomes, plan_import
from planner.services.pasted import JUST_THE_MESSAGE, NothingToRecordError, Outcome, Pasted, Said
from planner.services.pasted_purchases import refundable
from planner.services.pasting import account_of, accounts_for, propose, record_message
from planner.statements.messages.message import MessageDraft, Sender
from planner.statements.messages.parse import parse_message
from planner.statements.statement import (
    Direction,
    HeaderTotals,
    RowKind,
    RowState,
    Statement,
    StatementRow,
)
from planner.store.changes import inverse
from planner.store.store import Store

TODAY = date(2026, 11, 22)
BOUGHT = (
    "服务商户：某某小店\n交易类型：分3期\n交易订单：100200300\n"
    "交易时间：11月20日 09:05:07\n消费金额：{amount}元"
)
REPAID = "还款时间：11月20日\n还款金额：88.80元"
DEBITED = "【京东】白条自动还款成功，11月10日扣款88.80元"
BILLED = "白条本月应还 66.60 元，最后还款日：12月10日，最低还款额6.70元"
CLEARED = "白条本期账单已还清"
FEE = Rate(Decimal("0.005"), Per.MONTH)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def read(text: str) -> MessageDraft:
    draft = parse_message(text, TODAY)
    assert draft is not None
    return draft


@pytest.fixture
def account(store: Store) -> Account:
    """Baitiao, which bills on the 1st and is due on the 10th."""
    account = Account("Baitiao", "JD", "CNY", "jd-baitiao", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with store.transaction():
        store.accounts.save(account)
    return account


def paste(store: Store, account: Account, text: str, said: Said = JUST_THE_MESSAGE) -> Pasted:
    with store.transaction():
        return record_message(store, read(text), account.id, TODAY, said)


def proposed(store: Store, account: Account, text: str, said: Said = JUST_THE_MESSAGE) -> Pasted:
    return propose(store, read(text), account.id, TODAY, said)


def save(store: Store, value: Bill | Purchase | Payment) -> None:
    with store.transaction():
        if isinstance(value, Bill):
            save_bill(store, value)
        elif isinstance(value, Payment):
            pay(store, value)
        else:
            save_purchase(store, value)


def bill_of(account: Account, amount: str, due_on: date = date(2026, 12, 10)) -> Bill:
    line = BillLine(LineKind.UNITEMISED, yuan(amount))
    return Bill(account.id, date(due_on.year, due_on.month - 1, 20), due_on, (line,))


# --- which account ---------------------------------------------------------------------------------


def test_the_only_account_of_the_product_is_the_one(store: Store, account: Account) -> None:
    other = Account("Huabei", "Ant", "CNY", "huabei")
    with store.transaction():
        store.accounts.save(other)

    assert account_of(store, read(REPAID)) == account
    assert accounts_for(store, read(REPAID)) == (account,)


def test_of_several_accounts_of_the_product_the_user_chooses(store: Store, account: Account) -> None:
    second = replace(account, id="second", name="Baitiao of the family")
    with store.transaction():
        store.accounts.save(second)

    assert account_of(store, read(REPAID)) is None
    assert {one.id for one in accounts_for(store, read(REPAID))} == {account.id, "second"}


def test_without_an_account_of_the_product_all_in_yuan_are_offered_and_none_is_taken(
    store: Store, account: Account
) -> None:
    euro = Account("Alma", "Alma", "EUR", "huabei")
    with store.transaction():
        store.accounts.save(euro)
    draft = replace(read(REPAID), product=Sender.HUABEI)

    assert account_of(store, draft) is None
    assert accounts_for(store, draft) == (account,)


@pytest.mark.parametrize("text", [REPAID, CLEARED, BILLED])
def test_an_account_in_another_currency_is_refused(store: Store, text: str) -> None:
    euro = Account("Alma", "Alma", "EUR")
    with store.transaction():
        store.accounts.save(euro)

    with pytest.raises(AccountCurrencyError):
        proposed(store, euro, text)


# --- purchases -------------------------------------------------------------------------------------


def test_a_purchase_is_recorded_with_its_order_number_and_nothing_before_the_user_agrees(
    store: Store, account: Account
) -> None:
    assert proposed(store, account, BOUGHT.format(amount="90")).outcome is Outcome.PURCHASE
    assert store.purchases.all() == []

    paste(store, account, BOUGHT.format(amount="90"))

    (purchase,) = store.purchases.all()
    assert purchase == Purchase(
        account.id, yuan("90"), date(2026, 11, 20), "某某小店", order_number="100200300", id=purchase.id
    )


def test_without_a_fee_no_plan_is_guessed(store: Store, account: Account) -> None:
    assert paste(store, account, BOUGHT.format(amount="90")).plan is None
    assert store.plans.all() == []


def test_with_the_fee_that_the_user_says_its_instalments_follow_the_cycle(
    store: Store, account: Account
) -> None:
    paste(store, account, BOUGHT.format(amount="90"), Said(fee=FEE))

    (plan,) = store.plans.all()
    assert plan.origin_id == store.purchases.all()[0].id
    assert [(row.due_on, row.principal, row.fee) for row in plan.rows] == [
        (date(2026, 12, 10), yuan("30"), yuan("0.45")),
        (date(2027, 1, 10), yuan("30"), yuan("0.45")),
        (date(2027, 2, 10), yuan("30"), yuan("0.45")),
    ]


def test_the_first_due_date_of_the_user_is_taken(store: Store, account: Account) -> None:
    said = Said(fee=yuan("0"), first_due=date(2027, 1, 10))

    plan = proposed(store, account, BOUGHT.format(amount="90"), said).plan

    assert plan is not None
    assert [row.due_on for row in plan.rows] == [date(2027, 1, 10), date(2027, 2, 10), date(2027, 3, 10)]


def test_an_order_is_recorded_once(store: Store, account: Account) -> None:
    paste(store, account, BOUGHT.format(amount="90"), Said(fee=FEE))

    again = proposed(store, account, BOUGHT.format(amount="90"), Said(fee=FEE))

    assert again.outcome is Outcome.ALREADY_THERE
    assert str(again.reason) == "Order 100200300 is recorded already."
    with pytest.raises(NothingToRecordError), store.transaction():
        record_message(store, read(BOUGHT.format(amount="90")), account.id, TODAY)


def test_an_imported_order_gets_only_its_instalments(store: Store, account: Account) -> None:
    key = "2026-11-20T09:05:07|9000|expense|success|1|100200300"
    known = Purchase(account.id, yuan("90"), date(2026, 11, 20), order_number="100200300", source_key=key)
    save(store, known)

    found = paste(store, account, BOUGHT.format(amount="90"), Said(fee=FEE))

    assert found.outcome is Outcome.PLAN
    assert store.purchases.all() == [known]
    assert [plan.origin_id for plan in store.plans.all()] == [known.id]


def test_an_order_of_several_rows_is_known_by_their_sum(store: Store, account: Account) -> None:
    for part in ("40", "50"):
        save(store, Purchase(account.id, yuan(part), date(2026, 11, 20), order_number="100200300"))

    assert proposed(store, account, BOUGHT.format(amount="90")).outcome is Outcome.ALREADY_THERE
    assert proposed(store, account, BOUGHT.format(amount="91")).outcome is Outcome.PURCHASE


def test_a_pending_order_is_completed_with_what_the_message_says(store: Store, account: Account) -> None:
    pending = Purchase(
        account.id, yuan("95"), date(2026, 11, 19), order_number="100200300", progress=Progress.PENDING
    )
    save(store, pending)

    found = paste(store, account, BOUGHT.format(amount="90"))

    assert found.outcome is Outcome.COMPLETED
    assert store.purchases.all() == [replace(pending, amount=yuan("90"), progress=Progress.COMPLETED)]


def test_a_pending_order_of_another_account_is_paid_and_gets_no_instalments_here(
    store: Store, account: Account
) -> None:
    other = replace(account, id="other", name="Huabei", product="huabei")
    with store.transaction():
        store.accounts.save(other)
    save(
        store,
        Purchase(
            other.id, yuan("90"), date(2026, 11, 19), order_number="100200300", progress=Progress.PENDING
        ),
    )

    found = paste(store, account, BOUGHT.format(amount="90"), Said(fee=FEE))

    assert (found.outcome, found.plan) == (Outcome.COMPLETED, None)
    assert store.plans.all() == []


def test_a_purchase_without_an_order_number_is_known_by_day_and_amount_unless_it_is_another(
    store: Store, account: Account
) -> None:
    text = "您使用白条支付20.00元"
    paste(store, account, text)

    assert proposed(store, account, text).outcome is Outcome.ALREADY_THERE
    paste(store, account, text, Said(is_another=True))
    assert [one.bought_on for one in store.purchases.all()] == [TODAY, TODAY]


# --- refunds ---------------------------------------------------------------------------------------


def test_a_refund_goes_to_the_only_purchase_it_can_be_of_and_once(store: Store, account: Account) -> None:
    text = "【京东】白条11月21日退款30.00元"
    assert proposed(store, account, text).outcome is Outcome.UNANSWERED
    save(store, Purchase(account.id, yuan("20"), date(2026, 11, 1)))
    save(store, Purchase(account.id, yuan("90"), date(2026, 11, 22)))  # after the refund
    save(store, Purchase(account.id, yuan("90"), date(2026, 11, 20), id="mine"))

    paste(store, account, text)

    (refund,) = store.purchases.get("mine").refunds
    assert (refund.amount, refund.refunded_on) == (yuan("30"), date(2026, 11, 21))
    assert proposed(store, account, text).outcome is Outcome.ALREADY_THERE


def test_more_than_is_left_of_a_purchase_does_not_come_back(store: Store, account: Account) -> None:
    save(store, Purchase(account.id, yuan("50"), date(2026, 11, 20), id="mine"))
    paste(store, account, "【京东】白条11月21日退款30.00元")

    found = proposed(store, account, "【京东】白条11月22日退款30.00元")

    assert found.outcome is Outcome.UNANSWERED
    assert explain(found.reason) == ("More came back than is left of this purchase by your record: CN¥20.00.")
    with pytest.raises(NothingToRecordError), store.transaction():
        record_message(store, read("【京东】白条11月22日退款30.00元"), account.id, TODAY)
    assert len(store.purchases.get("mine").refunds) == 1


def test_of_several_purchases_the_user_says_which_came_back(store: Store, account: Account) -> None:
    text = "【京东】白条11月21日退款30.00元"
    for name, day in (("first", 1), ("second", 2)):
        save(store, Purchase(account.id, yuan("90"), date(2026, 11, day), id=name))

    assert proposed(store, account, text).outcome is Outcome.UNANSWERED
    assert [one.id for one in refundable(store, read(text), account.id)] == ["second", "first"]
    paste(store, account, text, Said(purchase_id="first"))
    assert store.purchases.get("first").net == yuan("60")
    assert store.purchases.get("second").net == yuan("90")


# --- bills -----------------------------------------------------------------------------------------


def test_a_bill_is_recorded_with_its_due_date_and_minimum(store: Store, account: Account) -> None:
    paste(store, account, BILLED)

    (bill,) = store.bills.all()
    assert (bill.amount, bill.minimum, bill.due_on) == (yuan("66.60"), yuan("6.70"), date(2026, 12, 10))
    assert bill.statement_on == TODAY  # the 1st of December is still to come


def test_what_would_stand_on_a_bill_goes_onto_it_and_is_not_due_twice(store: Store, account: Account) -> None:
    save(store, Purchase(account.id, yuan("60"), date(2026, 11, 20), id="bought"))

    paste(store, account, BILLED)

    assert [(line.refers_to, line.amount) for line in store.bills.all()[0].lines] == [
        ("bought", yuan("60")),
        ("", yuan("6.60")),
    ]
    assert store.ledgers.position(TODAY).owed["CNY"].value == yuan("66.60")


def test_a_bill_of_the_same_due_date_is_there_already(store: Store, account: Account) -> None:
    paste(store, account, BILLED)
    more = BILLED.replace("66.60", "67.60")

    same, other = proposed(store, account, BILLED), proposed(store, account, more)

    assert same.outcome is other.outcome is Outcome.ALREADY_THERE
    assert "66.60" not in str(same.reason)
    assert "66.60" in str(other.reason)


@pytest.mark.parametrize(
    ("day", "due_on"), [(22, date(2026, 11, 22)), (25, date(2026, 11, 25)), (6, date(2026, 12, 6))]
)
def test_a_due_day_of_each_month_is_the_next_one(
    store: Store, account: Account, day: int, due_on: date
) -> None:
    found = proposed(store, account, f"【京东】白条账单金额66.60元，还款日每月{day}日")

    assert found.bill is not None
    assert found.bill.due_on == due_on


def test_a_bill_without_any_due_date_is_asked_for_one(store: Store) -> None:
    blank = Account("Shop", "Shop", "CNY")
    with store.transaction():
        store.accounts.save(blank)
    text = "【京东】白条账单金额66.60元"

    assert proposed(store, blank, text).outcome is Outcome.UNANSWERED
    found = proposed(store, blank, text, Said(first_due=date(2026, 12, 5)))
    assert found.bill is not None
    assert found.bill.due_on == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("text", "made_on"),
    [
        ("【京东】白条12月账单66.60元，最后还款日12月27日", TODAY),  # it is there, so it was made by today
        ("【京东】白条10月账单66.60元，最后还款日11月27日", date(2026, 10, 31)),
        ("【京东】白条11月账单66.60元，最后还款日11月20日", date(2026, 11, 20)),
        ("【京东】白条12月账单66.60元，最后还款日2026年1月9日", date(2025, 12, 31)),
        ("【京东】白条账单金额66.60元，最后还款日12月27日", TODAY),
    ],
)
def test_a_bill_was_made_by_the_end_of_the_month_that_names_it_until_the_user_says_when(
    store: Store, text: str, made_on: date
) -> None:
    shop = Account("Shop", "Shop", "CNY")
    with store.transaction():
        store.accounts.save(shop)

    guessed = proposed(store, shop, text).bill
    said = paste(store, shop, text, Said(statement_on=date(2025, 12, 9))).bill

    assert guessed is not None
    assert guessed.statement_on == made_on
    assert said is not None
    assert store.bills.get(said.id).statement_on == date(2025, 12, 9)


# --- late and frozen -------------------------------------------------------------------------------


def test_a_notice_that_something_is_late_is_held_against_the_record_and_changes_nothing(
    store: Store, account: Account
) -> None:
    notice = "您的白条账单已逾期,逾期金额860.50元"
    assert str(proposed(store, account, notice).reason) == (
        "The lender says that 860.50 CNY is late. By this record nothing is."
    )
    late = bill_of(account, "850", date(2026, 11, 10))
    save(store, late)
    save(store, bill_of(account, "20", date(2026, 12, 10)))

    found = proposed(store, account, notice)

    assert str(found.reason) == ("The lender says that 860.50 CNY is late. By this record it is 850.00 CNY.")
    assert [due.id for due in found.late] == [late.id]
    assert str(proposed(store, account, "您的白条已逾期").reason) == (
        "The lender says that something is late. By this record it is 850.00 CNY."
    )
    with pytest.raises(NothingToRecordError), store.transaction():
        record_message(store, read(notice), account.id, TODAY)


def test_a_notice_that_the_account_is_frozen_is_recorded_with_its_day_and_once(
    store: Store, account: Account
) -> None:
    notice = "您的白条账户因逾期已于11月17日被冻结"

    with store.transaction() as journal:
        record_message(store, read(notice), account.id, TODAY)

    (state,) = store.accounts.get(account.id).states
    assert (state.state, state.since, state.until) == (State.FROZEN, date(2026, 11, 17), None)
    again = proposed(store, store.accounts.get(account.id), notice)
    assert again.outcome is Outcome.ALREADY_THERE
    assert str(again.reason) == ("The account is already recorded as frozen by the lender, since 2026-11-17.")
    store.apply(inverse(journal.changes))
    assert store.accounts.get(account.id).states == ()


def test_a_failed_debit_of_the_lender_alone_is_noted_of_its_bill(store: Store, account: Account) -> None:
    bill = bill_of(account, "1190.50", date(2026, 11, 22))
    save(store, bill)

    paste(store, account, "【京东金融】自动扣款失败，11月22日应还1190.50元")

    assert [(each.due_id, each.on) for each in store.failed_debits.all()] == [(bill.id, TODAY)]


# --- payments --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "on", "is_automatic"), [(REPAID, date(2026, 11, 20), False), (DEBITED, date(2026, 11, 10), True)]
)
def test_a_repayment_is_recorded_once(
    store: Store, account: Account, text: str, on: date, *, is_automatic: bool
) -> None:
    paste(store, account, text)

    (payment,) = store.payments.all()
    assert payment == Payment(account.id, yuan("88.80"), on, is_automatic, id=payment.id)
    assert proposed(store, account, text).outcome is Outcome.ALREADY_THERE
    paste(store, account, text, Said(is_another=True))
    assert len(store.payments.all()) == 2


@pytest.mark.row("C090")
@pytest.mark.row("C090", "C100")
def test_a_debit_that_failed_is_noted_of_its_bill_until_that_is_paid(store: Store, account: Account) -> None:
    bill = bill_of(account, "88.80", date(2026, 11, 10))
    save(store, bill)
    save(store, bill_of(account, "20", date(2026, 12, 10)))
    failed = "【京东】白条自动还款失败，应还88.80元"

    found = proposed(store, account, failed)
    assert found.outcome is Outcome.FAILED
    assert str(found.reason) == (
        "The automatic debit of what was due 2026-11-10 failed: 88.80 CNY stays open. It is noted until that "
        "is paid."
    )
    with store.transaction() as journal:
        record_message(store, read(failed), account.id, TODAY)

    (noted,) = store.failed_debits.all()
    assert (noted.due_id, noted.on) == (bill.id, TODAY)
    again = proposed(store, account, failed)
    assert (again.outcome, again.failed) == (Outcome.ALREADY_THERE, None)
    dues = store.ledgers.position(TODAY).dues
    assert open_failures(store, dues) == {bill.id: noted}

    paste(store, account, DEBITED)

    assert open_failures(store, store.ledgers.position(TODAY).dues) == {}
    store.apply(inverse(journal.changes))
    assert not store.has_failed_debits


def test_a_debit_that_failed_changes_nothing_where_nothing_was_to_be_debited_by_then(
    store: Store, account: Account
) -> None:
    save(store, bill_of(account, "20", TODAY + timedelta(days=4)))

    with pytest.raises(NothingToRecordError) as refused, store.transaction():
        record_message(store, read("【京东】白条自动还款失败，应还88.80元"), account.id, TODAY)

    assert "88.80" in str(refused.value)
    assert "stays open" in str(proposed(store, account, "白条自动还款失败").reason)
    save(store, bill_of(account, "30", TODAY + timedelta(days=3)))
    assert proposed(store, account, "白条自动还款失败").outcome is Outcome.FAILED


def test_a_bill_that_is_cleared_was_paid_with_what_is_open_of_it(store: Store, account: Account) -> None:
    newest = bill_of(account, "70", date(2026, 12, 10))
    not_made_yet = replace(bill_of(account, "30", date(2026, 12, 30)), statement_on=date(2026, 11, 23))
    for bill in (bill_of(account, "10", date(2026, 11, 10)), newest, not_made_yet):
        save(store, bill)
    save(store, Payment(account.id, yuan("5"), date(2026, 11, 21), aimed_at=newest.id))

    found = paste(store, account, CLEARED)

    assert found.payment is not None
    assert store.payments.all()[-1] == found.payment
    assert [figure.value for figure in found.figures] == [yuan("65")]
    assert (found.payment.aimed_at, found.payment.amount) == (newest.id, yuan("65"))
    assert found.payment.paid_on == TODAY


def test_a_bill_that_is_cleared_by_the_record_too_changes_nothing(store: Store, account: Account) -> None:
    assert proposed(store, account, CLEARED).outcome is Outcome.ALREADY_THERE


def test_a_bill_that_is_cleared_with_an_amount_was_paid_with_that(store: Store, account: Account) -> None:
    paste(store, account, "您的白条还款12.00元，本期账单已还清")

    assert [payment.amount for payment in store.payments.all()] == [yuan("12")]


def test_an_import_after_a_message_finds_its_order_recorded(store: Store, account: Account) -> None:
    paste(store, account, BOUGHT.format(amount="90"))
    row = StatementRow(
        line=23,
        at=datetime.combine(date(2026, 11, 20), time(9, 5, 7)),
        merchant="京东平台商户",
        description="Lamp",
        gross=yuan("90"),
        refunded=yuan("0"),
        method="京东白条",
        state=RowState.SUCCESS,
        direction=Direction.EXPENSE,
        kind=RowKind.PURCHASE,
        category="",
        order_number="100200300",
    )
    statement = Statement("jd", "utf-8", "CNY", None, 22, HeaderTotals(), (row,))

    plan = plan_import(store, statement, {"京东白条": account.id})

    assert [planned.becomes for planned in plan.rows] == [Becomes.ALREADY_THERE]


def test_a_draft_whose_amount_was_removed_asks_for_it(store: Store, account: Account) -> None:
    draft = replace(read(REPAID), amount=None)

    assert propose(store, draft, account.id, TODAY).outcome is Outcome.UNANSWERED


def test_one_undo_takes_all_of_a_message_back(store: Store, account: Account) -> None:
    with store.transaction() as journal:
        draft = read(BOUGHT.format(amount="90"))
        record_message(store, draft, account.id, TODAY, Said(fee=FEE))
    assert store.plans.all()

    store.apply(inverse(journal.changes))

    assert (store.purchases.all(), store.plans.all()) == ([], [])
