from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.purchase import Progress, Purchase, PurchaseState, Refund
from planner.services import imports
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_purchase
from planner.services.imports import (
    BAITIAO_REPAID,
    Becomes,
    CannotReadError,
    ImportPlan,
    OtherCurrencyError,
    RecordChangedError,
    UnansweredError,
    apply_import,
    plan_import,
    read_file,
    suggest_mapping,
)
from planner.statements.detect import read_statement
from planner.statements.statement import RowKind, Statement, StatementError
from planner.store import catalogue
from planner.store.changes import Changes, inverse
from planner.store.store import Store
from tests.stores import empty_store

OURS = Path(__file__).parents[1] / "data/jd/baitiao.csv"
REAL = Path(__file__).parents[2].parent / "shared/samples/jd/example-jd-records.csv"

NAMES = "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注"
BAITIAO, WALLET, TRY_FIRST = "京东白条", "钱包余额", "先享后付"

Mapping_ = Mapping[str, str | None]


def cny(amount: str | int) -> Money:
    return Money.of(amount, "CNY")


def export(*rows: str) -> Statement:
    """An export with nothing before its columns."""
    return read_statement("\n".join((NAMES, *rows, "")).encode())


def row(
    at: str,
    amount: str,
    *,
    what: str = "示例牌 水杯",
    method: str = BAITIAO,
    order: str = "9001",
    direction: str = "支出",
    state: str = "交易成功",
) -> str:
    return f"{at},京东平台商户,{what},{amount},{method},{state},{direction},网购,{order},8001, "


def refund(
    at: str, amount: str, *, what: str = "示例牌 水杯", method: str = BAITIAO, order: str = "9001"
) -> str:
    return row(
        at, amount, what=f"退款-{what}", method=method, order=order, direction="不计收支", state="退款成功"
    )


def provisional(at: str, amount: str, *, what: str = "示例牌 水杯", order: str = "9001") -> str:
    return row(at, amount, what=what, method=TRY_FIRST, order=order, direction="不计收支")


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    execute = store.connection.execute
    tables = [name for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return {table: sorted(map(tuple, execute(f"SELECT * FROM {table}")), key=repr) for table in tables}  # noqa: S608


def run(store: Store, statement: Statement, mapping: Mapping_) -> tuple[ImportPlan, Changes]:
    with store.transaction() as journal:
        plan = apply_import(store, plan_import(store, statement, mapping), mapping)
    return plan, journal.changes


def kinds(plan: ImportPlan) -> list[Becomes]:
    return [planned.becomes for planned in plan.rows]


@pytest.fixture
def baitiao(store: Store) -> Account:
    """The one account of JD Baitiao."""
    return opened(store, "jd-baitiao", "JD Baitiao")


def opened(store: Store, product_id: str, name: str) -> Account:
    product = catalogue.product(product_id)
    assert product is not None
    with store.transaction():
        return save_account(store, account_from(product, name))


@pytest.fixture
def ours() -> Statement:
    """Our sample, in which Baitiao was paid with."""
    return read_file(OURS)


def answers(store: Store, statement: Statement) -> dict[str, str | None]:
    """Baitiao by its name, everything else not credit."""
    return {planned.row.method: None for planned in plan_import(store, statement, {}).rows} | suggest_mapping(
        store, statement
    )


# --- the whole story of our sample -----------------------------------------------------------------


def test_the_rows_of_our_sample_become_what_they_are(store: Store, baitiao: Account, ours: Statement) -> None:
    plan, _ = run(store, ours, answers(store, ours))

    assert plan.counts == {
        Becomes.PURCHASE: 11,
        Becomes.REFUND: 2,
        Becomes.PAYMENT: 2,
        Becomes.NOT_CREDIT: 8,
        Becomes.IGNORED: 4,
    }
    purchases = store.purchases.of_account(baitiao.id)
    paid = [row for row in ours.rows if row.kind is RowKind.PURCHASE and "白条" in row.method]
    assert sum_of((p.amount for p in purchases), "CNY") == sum_of((row.gross for row in paid), "CNY")
    assert sum_of((p.refunded for p in purchases), "CNY") == sum_of((row.refunded for row in paid), "CNY")
    assert [(p.amount, p.paid_on, p.automatic) for p in store.payments.of_account(baitiao.id)] == [
        (cny("386.20"), date(2026, 10, 12), True),
        (cny("412.35"), date(2026, 11, 12), False),
    ]


def test_every_row_becomes_something_or_is_skipped_with_a_reason(store: Store, ours: Statement) -> None:
    plan = plan_import(store, ours, {})

    assert plan.recorded + plan.skipped == len(ours.rows) == len(plan.rows)
    assert sum(plan.counts.values()) == len(ours.rows)
    assert [planned.row for planned in plan.rows] == list(ours.rows)
    assert all(str(planned.reason) for planned in plan.rows)


def test_the_same_file_twice_adds_nothing(store: Store, baitiao: Account, ours: Statement) -> None:
    mapping = answers(store, ours)
    run(store, ours, mapping)
    before = dump(store)

    plan, changes = run(store, ours, mapping)

    assert plan.recorded == 0
    assert changes == ()
    assert dump(store) == before
    assert plan.counts[Becomes.ALREADY_THERE] == 15
    assert baitiao.id in {planned.account_id for planned in plan.rows}


def test_one_undo_leaves_an_identical_file(store: Store, baitiao: Account, ours: Statement) -> None:
    before = dump(store)
    _, changes = run(store, ours, answers(store, ours))
    after = dump(store)
    assert after != before
    assert store.purchases.of_account(baitiao.id)

    store.apply(inverse(changes))
    assert dump(store) == before

    store.apply(changes)
    assert dump(store) == after


def test_the_answers_are_remembered(store: Store, baitiao: Account, ours: Statement) -> None:
    run(store, ours, answers(store, ours))

    assert store.methods.all() == {
        BAITIAO: baitiao.id,
        "白条": baitiao.id,
        BAITIAO_REPAID: baitiao.id,
        WALLET: None,
        "招商银行信用卡(0000)": None,
        "微信-招商银行信用卡": None,
    }
    assert plan_import(store, ours, suggest_mapping(store, ours)).unanswered == ()


# --- a real export ---------------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.is_file(), reason="the sample is not part of the project")
@pytest.mark.parametrize("method", ["中国银行信用卡(1875)", "中国银行信用卡(1341)"])
def test_a_real_export_agrees_with_its_own_annotations(store: Store, method: str) -> None:
    card = opened(store, "cn-credit-card", method)
    statement = read_file(REAL)
    mapping = {planned.row.method: None for planned in plan_import(store, statement, {}).rows} | {
        method: card.id
    }

    plan, _ = run(store, statement, mapping)

    annotated = sorted(
        (row.at.date(), row.gross.minor, row.refunded.minor)
        for row in statement.rows
        if row.method == method and row.kind is RowKind.PURCHASE
    )
    recorded = store.purchases.all()
    assert sorted((p.bought_on, p.amount.minor, p.refunded.minor) for p in recorded) == annotated
    # Every refund has its own row in this file, so none had to be assumed.
    rows = sorted(row.key for row in statement.rows if row.method == method and row.kind is RowKind.REFUND)
    assert sorted(refund.source_key for p in recorded for refund in p.refunds) == rows
    assert plan.counts[Becomes.PURCHASE] == len(annotated)
    assert plan.counts[Becomes.REFUND] == len(rows)


@pytest.mark.skipif(not REAL.is_file(), reason="the sample is not part of the project")
def test_the_refunds_of_a_real_export_find_their_purchases(store: Store) -> None:
    method = "中国银行信用卡(1875)"
    card = opened(store, "cn-credit-card", method)
    statement = read_file(REAL)
    run(store, statement, {row.method: None for row in statement.rows} | {method: card.id})

    refunds = {
        p.amount.minor: [r.amount.minor for r in p.refunds] for p in store.purchases.all() if p.refunds
    }

    assert refunds == {13177: [8984], 44832: [7048], 46832: [39784, 7048]}


# --- what the user says about methods --------------------------------------------------------------


def test_no_method_is_guessed(store: Store, ours: Statement) -> None:
    opened(store, "cn-credit-card", "招商银行信用卡(0000)")

    assert suggest_mapping(store, ours) == {}


def test_a_method_that_names_baitiao_is_its_only_account(
    store: Store, baitiao: Account, ours: Statement
) -> None:
    suggested = suggest_mapping(store, ours)

    assert suggested == dict.fromkeys((BAITIAO, "白条", BAITIAO_REPAID), baitiao.id)


def test_of_two_accounts_none_is_guessed(store: Store, baitiao: Account, ours: Statement) -> None:
    opened(store, "jd-baitiao", f"{baitiao.name} 2")

    assert suggest_mapping(store, ours) == {}


def test_what_the_user_said_before_wins_over_a_name(store: Store, baitiao: Account, ours: Statement) -> None:
    with store.transaction():
        store.methods.put("白条", None)

    assert suggest_mapping(store, ours)["白条"] is None
    assert suggest_mapping(store, ours)[BAITIAO] == baitiao.id


def test_an_import_without_all_answers_is_refused_and_stores_nothing(
    store: Store, baitiao: Account, ours: Statement
) -> None:
    mapping = {BAITIAO: baitiao.id}
    plan = plan_import(store, ours, mapping)
    before = dump(store)

    with pytest.raises(UnansweredError) as refusal, store.transaction():
        apply_import(store, plan, mapping)

    assert WALLET in str(refusal.value)
    assert dump(store) == before


def test_only_methods_on_which_a_row_depends_are_asked_about(store: Store, ours: Statement) -> None:
    asked = {use.method: (use.rows, use.total) for use in plan_import(store, ours, {}).methods}

    assert asked == {
        BAITIAO: (10, cny("2699.60")),
        "白条": (3, cny("329.00")),
        BAITIAO_REPAID: (2, cny("798.55")),
        WALLET: (2, cny("27.50")),
        "招商银行信用卡(0000)": (5, cny("368.30")),
        "微信-招商银行信用卡": (1, cny("59.90")),
    }


def test_repayments_follow_the_methods_that_name_baitiao(
    store: Store, baitiao: Account, ours: Statement
) -> None:
    plan = plan_import(store, ours, {BAITIAO: baitiao.id, "白条": baitiao.id})

    paid = [planned for planned in plan.rows if planned.becomes is Becomes.PAYMENT]
    assert [planned.account_id for planned in paid] == [baitiao.id] * 2


def test_a_repayment_of_something_else_is_asked_about(store: Store, baitiao: Account) -> None:
    loan = row("2026-11-01 08:00:00", "100.00", what="金条主动还款", method="储蓄卡(1)", direction="不计收支")
    statement = export(loan)

    plan = plan_import(store, statement, {"储蓄卡(1)": None, BAITIAO: baitiao.id})

    assert [use.method for use in plan.unanswered] == ["金条还款"]


def test_an_account_that_is_gone_is_no_answer(store: Store, ours: Statement) -> None:
    plan = plan_import(store, ours, {BAITIAO: "gone"})

    assert BAITIAO in {use.method for use in plan.unanswered}


def test_an_account_in_another_currency_is_refused(store: Store, ours: Statement) -> None:
    product = catalogue.product("blank")
    assert product is not None
    with store.transaction():
        euros = save_account(store, account_from(product, "Carte", "EUR"))

    with pytest.raises(OtherCurrencyError, match="EUR"):
        plan_import(store, ours, {BAITIAO: euros.id})


def test_a_new_account_is_made_in_the_same_step_if_it_is_used(store: Store, ours: Statement) -> None:
    product = catalogue.product("jd-baitiao")
    assert product is not None
    used, unused = account_from(product, "Mine"), account_from(product, "Not this one")
    mapping = {**dict.fromkeys((row.method for row in ours.rows), None), BAITIAO: used.id, "白条": used.id}
    plan = plan_import(store, ours, mapping, (used, unused))
    before = dump(store)

    with store.transaction() as journal:
        apply_import(store, plan, mapping)

    assert [account.name for account in store.accounts.all()] == ["Mine"]
    assert store.accounts.get(used.id).terms.claims
    store.apply(inverse(journal.changes))
    assert dump(store) == before


def test_a_plan_that_is_out_of_date_is_refused(store: Store, baitiao: Account, ours: Statement) -> None:
    mapping = answers(store, ours)
    plan = plan_import(store, ours, mapping)
    run(store, ours, mapping)
    before = dump(store)

    with pytest.raises(RecordChangedError), store.transaction():
        apply_import(store, plan, mapping)

    assert dump(store) == before
    assert store.purchases.of_account(baitiao.id)


# --- refunds ---------------------------------------------------------------------------------------


def test_a_later_export_adds_only_the_refund(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id}
    run(store, export(row("2026-10-01 09:00:00", "100.00")), mapping)
    [bought] = store.purchases.all()

    later = export(
        refund("2026-10-05 09:00:00", "100.00"),
        row("2026-10-01 09:00:00", "100.00(已全额退款)", direction="不计收支"),
    )
    plan, _ = run(store, later, mapping)

    assert kinds(plan) == [Becomes.REFUND, Becomes.ALREADY_THERE]
    [now] = store.purchases.all()
    assert replace(now, refunds=()) == bought
    assert [(r.amount, r.refunded_on) for r in now.refunds] == [(cny(100), date(2026, 10, 5))]
    assert now.state is PurchaseState.REFUNDED


def test_a_refund_without_a_row_is_taken_from_the_amount_and_says_so(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id}

    plan, _ = run(store, export(row("2026-10-01 09:00:00", "100.00(已退款30.00)")), mapping)

    assert "30.00 CNY of it came back; no row says when" in str(plan.rows[0].reason)
    [bought] = store.purchases.all()
    assert [(r.amount, r.refunded_on) for r in bought.refunds] == [(cny(30), date(2026, 10, 1))]


def test_a_refund_without_a_row_in_a_later_export_is_added_to_what_is_there(
    store: Store, baitiao: Account
) -> None:
    mapping = {BAITIAO: baitiao.id}
    run(store, export(row("2026-10-01 09:00:00", "100.00")), mapping)

    plan, _ = run(store, export(row("2026-10-01 09:00:00", "100.00(已退款30.00)")), mapping)

    assert kinds(plan) == [Becomes.REFUND_ADDED]
    assert store.purchases.all()[0].refunded == cny(30)
    again, changes = run(store, export(row("2026-10-01 09:00:00", "100.00(已退款30.00)")), mapping)
    assert kinds(again) == [Becomes.ALREADY_THERE]
    assert changes == ()


def test_the_row_of_a_refund_takes_the_place_of_the_assumed_one(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id}
    run(store, export(row("2026-10-01 09:00:00", "100.00(已退款30.00)")), mapping)

    plan, _ = run(store, export(refund("2026-10-08 10:00:00", "30.00")), mapping)

    assert kinds(plan) == [Becomes.REFUND]
    assert [(r.amount, r.refunded_on) for r in store.purchases.all()[0].refunds] == [
        (cny(30), date(2026, 10, 8))
    ]


def test_an_older_export_takes_no_refund_back(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id}
    run(store, export(row("2026-10-01 09:00:00", "100.00(已退款30.00)")), mapping)

    plan, changes = run(store, export(row("2026-10-01 09:00:00", "100.00")), mapping)

    assert kinds(plan) == [Becomes.ALREADY_THERE]
    assert changes == ()


def test_a_refund_of_an_order_that_is_not_there_is_not_recorded(store: Store, baitiao: Account) -> None:
    plan, _ = run(store, export(refund("2026-10-08 10:00:00", "30.00")), {BAITIAO: baitiao.id})

    assert kinds(plan) == [Becomes.IGNORED]
    assert "9001" in str(plan.rows[0].reason)
    assert store.purchases.count() == 0


def test_a_refund_of_more_than_is_left_is_not_recorded(store: Store, baitiao: Account) -> None:
    statement = export(refund("2026-10-08 10:00:00", "130.00"), row("2026-10-01 09:00:00", "100.00"))

    plan, _ = run(store, statement, {BAITIAO: baitiao.id})

    assert kinds(plan) == [Becomes.IGNORED, Becomes.PURCHASE]
    assert "More than what is left" in str(plan.rows[0].reason)


def test_a_refund_before_the_purchase_belongs_to_another(store: Store, baitiao: Account) -> None:
    statement = export(
        row("2026-10-09 09:00:00", "100.00", what="示例牌 水杯 B"),
        refund("2026-10-08 10:00:00", "30.00", what="配件"),
        row("2026-10-01 09:00:00", "200.00", what="示例牌 水杯 A"),
    )

    run(store, statement, {BAITIAO: baitiao.id})

    assert {p.amount.minor: p.refunded.minor for p in store.purchases.all()} == {10000: 0, 20000: 3000}


def test_a_refund_goes_to_the_item_it_names(store: Store, baitiao: Account) -> None:
    statement = export(
        refund("2026-10-03 10:00:00", "50.00", what="示例牌 毛巾"),
        row("2026-10-02 09:00:00", "50.00(已全额退款)", what="示例牌 毛巾 等多件", direction="不计收支"),
        row("2026-10-01 09:00:00", "50.00(已全额退款)", what="示例牌 水杯", direction="不计收支"),
    )

    run(store, statement, {BAITIAO: baitiao.id})

    dates = {p.description: [r.refunded_on for r in p.refunds] for p in store.purchases.all()}
    assert dates["示例牌 毛巾 等多件"] == [date(2026, 10, 3)]
    assert dates["示例牌 水杯"] == [date(2026, 10, 1)]  # no row says when: the day of the purchase


def test_a_refund_to_something_that_is_not_credit_is_ignored_with_it(store: Store) -> None:
    statement = export(
        refund("2026-10-08 10:00:00", "30.00", method=WALLET),
        row("2026-10-01 09:00:00", "100.00", method=WALLET),
    )

    plan, _ = run(store, statement, {WALLET: None})

    assert kinds(plan) == [Becomes.NOT_CREDIT] * 2


def test_a_refund_of_what_a_bill_holds_asks_to_check_the_bill(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id}
    run(store, export(row("2026-10-01 09:00:00", "100.00")), mapping)
    [bought] = store.purchases.all()
    line = BillLine(LineKind.PURCHASE, bought.amount, bought.id)
    with store.transaction():
        store.bills.save(Bill(baitiao.id, date(2026, 10, 5), date(2026, 10, 14), (line,)))

    plan = plan_import(store, export(refund("2026-10-08 10:00:00", "30.00")), mapping)

    assert "check that bill" in str(plan.rows[0].reason)


# --- rows that are there already -------------------------------------------------------------------


def test_two_identical_rows_are_two_purchases(store: Store, baitiao: Account) -> None:
    twins = export(*[row("2026-10-25 14:02:11", "39.90")] * 2)
    mapping = {BAITIAO: baitiao.id}

    run(store, twins, mapping)
    plan, _ = run(store, twins, mapping)

    assert len(store.purchases.all()) == 2
    assert kinds(plan) == [Becomes.ALREADY_THERE] * 2


def test_one_of_two_identical_purchases_can_come_back(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id}
    run(store, export(*[row("2026-10-25 14:02:11", "39.90")] * 2), mapping)

    later = export(
        refund("2026-10-27 14:02:11", "39.90"),
        row("2026-10-25 14:02:11", "39.90"),
        row("2026-10-25 14:02:11", "39.90(已全额退款)", direction="不计收支"),
    )
    run(store, later, mapping)

    assert sorted(p.refunded.minor for p in store.purchases.all()) == [0, 3990]


def test_what_was_moved_to_another_account_is_not_imported_again(store: Store, baitiao: Account) -> None:
    other = opened(store, "blank", "Another")
    statement = export(row("2026-10-01 09:00:00", "100.00"))
    run(store, statement, {BAITIAO: baitiao.id})
    with store.transaction():
        save_purchase(store, replace(store.purchases.all()[0], account_id=other.id))

    plan, changes = run(store, statement, {BAITIAO: baitiao.id})

    assert kinds(plan) == [Becomes.ALREADY_THERE]
    assert plan.rows[0].account_id == other.id
    assert changes == ()


def test_what_the_user_typed_is_not_imported_again(store: Store, baitiao: Account) -> None:
    day = date(2026, 10, 1)
    typed = Purchase(
        baitiao.id, cny(100), day, order_number="9001", refunds=(Refund(cny(30), date(2026, 10, 9)),)
    )
    with store.transaction():
        save_purchase(store, typed)
        pay(store, Payment(baitiao.id, cny(80), date(2026, 10, 12)))
    statement = export(
        row("2026-10-12 08:00:00", "80.00", what="白条主动还款", method="储蓄卡(1)", direction="不计收支"),
        refund("2026-10-08 10:00:00", "30.00"),
        row("2026-10-01 09:00:00", "100.00(已退款30.00)"),
    )
    before = dump(store)

    plan, _ = run(store, statement, {BAITIAO: baitiao.id})

    assert kinds(plan) == [Becomes.ALREADY_THERE] * 3
    assert {key: rows for key, rows in dump(store).items() if key != "payment_methods"} == {
        key: rows for key, rows in before.items() if key != "payment_methods"
    }


def test_a_typed_purchase_stands_for_one_row_only(store: Store, baitiao: Account) -> None:
    with store.transaction():
        save_purchase(store, Purchase(baitiao.id, cny("39.90"), date(2026, 10, 25), order_number="9001"))

    plan, _ = run(store, export(*[row("2026-10-25 14:02:11", "39.90")] * 2), {BAITIAO: baitiao.id})

    assert sorted(kinds(plan)) == [Becomes.ALREADY_THERE, Becomes.PURCHASE]


# --- pay after trying ------------------------------------------------------------------------------


def test_a_provisional_row_gives_way_to_its_paid_row(store: Store, baitiao: Account) -> None:
    statement = export(row("2026-10-05 09:00:00", "89.00"), provisional("2026-10-01 09:00:00", "89.00"))

    plan, _ = run(store, statement, {BAITIAO: baitiao.id, TRY_FIRST: baitiao.id})

    assert kinds(plan) == [Becomes.PURCHASE, Becomes.IGNORED]
    assert len(store.purchases.all()) == 1


def test_an_order_that_is_not_paid_yet_is_recorded_only_if_its_method_is_an_account(
    store: Store, baitiao: Account
) -> None:
    statement = export(provisional("2026-10-01 09:00:00", "89.00"))

    assert kinds(plan_import(store, statement, {})) == [Becomes.UNANSWERED]
    assert kinds(plan_import(store, statement, {TRY_FIRST: None})) == [Becomes.NOT_CREDIT]
    run(store, statement, {TRY_FIRST: baitiao.id})
    assert [p.state for p in store.purchases.all()] == [PurchaseState.PENDING]


def test_the_paid_row_completes_the_pending_order(store: Store, baitiao: Account) -> None:
    mapping = {BAITIAO: baitiao.id, TRY_FIRST: baitiao.id}
    run(store, export(provisional("2026-10-01 09:00:00", "89.00")), mapping)
    [pending] = store.purchases.all()

    run(store, export(row("2026-10-05 09:00:00", "85.00")), mapping)

    [paid] = store.purchases.all()
    assert paid.id == pending.id
    assert (paid.progress, paid.amount, paid.bought_on) == (Progress.COMPLETED, cny(85), date(2026, 10, 5))
    again = plan_import(store, export(provisional("2026-10-01 09:00:00", "89.00")), mapping)
    assert kinds(again) == [Becomes.IGNORED]


def test_a_pending_order_that_was_paid_otherwise_is_taken_off(store: Store, baitiao: Account) -> None:
    mapping = {WALLET: None, TRY_FIRST: baitiao.id}
    run(store, export(provisional("2026-10-01 09:00:00", "89.00")), mapping)

    plan, _ = run(store, export(row("2026-10-05 09:00:00", "89.00", method=WALLET)), mapping)

    assert kinds(plan) == [Becomes.WITHDRAWN]
    assert plan.recorded == 1
    assert store.purchases.all() == []


def test_a_pending_order_that_was_sent_back_is_taken_off(store: Store, baitiao: Account) -> None:
    mapping = {TRY_FIRST: baitiao.id}
    run(store, export(provisional("2026-10-01 09:00:00", "89.00")), mapping)

    plan, _ = run(store, export(provisional("2026-10-01 09:00:00", "0.00")), mapping)

    assert kinds(plan) == [Becomes.WITHDRAWN]
    assert store.purchases.all() == []


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param((row("2026-10-05 09:00:00", "85.00"),), id="paid on credit"),
        pytest.param(
            (row("2026-10-05 09:00:00", "85.00(已全额退款)", direction="不计收支"),), id="sent back"
        ),
        pytest.param(
            (
                row("2026-10-05 09:00:00", "89.00", method=WALLET),
                provisional("2026-10-01 09:00:00", "89.00"),
            ),
            id="paid otherwise",
        ),
        pytest.param((provisional("2026-10-01 09:00:00", "0.00"),), id="cancelled"),
        pytest.param((provisional("2026-10-01 09:00:00", "89.00(已全额退款)"),), id="given back"),
    ],
)
@pytest.mark.parametrize("is_older_first", [True, False])
def test_an_older_export_never_makes_an_order_pending_again(
    store: Store, baitiao: Account, newer: tuple[str, ...], *, is_older_first: bool
) -> None:
    mapping = {BAITIAO: baitiao.id, TRY_FIRST: baitiao.id, WALLET: None}
    older = export(provisional("2026-10-01 09:00:00", "89.00"))
    if is_older_first:
        run(store, older, mapping)
    run(store, export(*newer), mapping)
    before = dump(store)
    assert not [p for p in store.purchases.all() if p.progress is Progress.PENDING]

    plan, changes = run(store, older, mapping)

    assert kinds(plan) == [Becomes.IGNORED]
    assert (changes, dump(store)) == ((), before)


def test_a_typed_order_that_is_paid_does_not_become_pending_by_an_older_export(
    store: Store, baitiao: Account
) -> None:
    mapping = {BAITIAO: baitiao.id, TRY_FIRST: baitiao.id}
    with store.transaction():
        save_purchase(
            store,
            Purchase(baitiao.id, cny(89), date(2026, 10, 5), description="Kettle", order_number="9001"),
        )

    plan, _ = run(store, export(provisional("2026-10-01 09:00:00", "89.00")), mapping)

    assert kinds(plan) == [Becomes.IGNORED]
    assert [p.progress for p in store.purchases.all()] == [Progress.COMPLETED]


def test_of_two_items_of_one_order_and_price_the_unpaid_one_stays_pending(
    store: Store, baitiao: Account
) -> None:
    mapping = {BAITIAO: baitiao.id, TRY_FIRST: baitiao.id}
    run(store, export(row("2026-10-05 09:00:00", "89.00", what="示例牌 水杯")), mapping)

    both = [provisional("2026-10-01 09:00:00", "89.00", what=what) for what in ("示例牌 水杯", "示例牌 茶壶")]
    plan, _ = run(store, export(*both), mapping)

    assert kinds(plan) == [Becomes.IGNORED, Becomes.PENDING]


def test_undoing_the_import_forgets_that_an_order_ended(store: Store, baitiao: Account) -> None:
    mapping = {TRY_FIRST: baitiao.id}
    older = export(provisional("2026-10-01 09:00:00", "89.00"))
    run(store, older, mapping)
    _, changes = run(store, export(provisional("2026-10-01 09:00:00", "0.00")), mapping)

    store.apply(inverse(changes))

    assert [p.state for p in store.purchases.all()] == [PurchaseState.PENDING]
    assert store.ended_orders.all() == frozenset()


def test_amounts_of_zero_and_income_are_ignored(store: Store, baitiao: Account) -> None:
    statement = export(
        provisional("2026-10-01 09:00:00", "0.00"),
        row("2026-10-02 09:00:00", "0.00"),
        refund("2026-10-03 09:00:00", "0.00"),
        row("2026-10-04 09:00:00", "1.26", what="收益", direction="收入"),
    )

    plan = plan_import(store, statement, {BAITIAO: baitiao.id})

    assert kinds(plan) == [Becomes.IGNORED] * 4
    assert plan.methods == ()


# --- files that are not what they seem -------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda data: data[: len(data) // 2], "records|cut short|line"),
        (
            lambda data: data.replace("退款成功".encode(), "已关闭".encode(), 1),
            "Line 24 is in the state “已关闭”",
        ),
        (lambda data: data[:2000] + b"\xff\xfe\xfd" + data[2000:], "line"),
        (lambda _data: b"%PDF-1.7", "PDF"),
        (lambda _data: b"", "empty"),
    ],
    ids=["cut", "unknown state", "damaged", "pdf", "empty"],
)
def test_a_bad_file_is_refused_in_words_and_stores_nothing(
    store: Store, baitiao: Account, tmp_path: Path, change: object, names: str
) -> None:
    assert callable(change)
    path = tmp_path / "export.csv"
    path.write_bytes(change(OURS.read_bytes()))
    before = dump(store)

    with pytest.raises(StatementError, match=names):
        read_file(path)

    assert dump(store) == before
    assert store.accounts.get(baitiao.id) == baitiao


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError, match=r"gone\.csv"):
        read_file(tmp_path / "gone.csv")
    with pytest.raises(CannotReadError):
        read_file(tmp_path)


def test_a_failure_on_the_way_stores_nothing(
    store: Store, baitiao: Account, ours: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = answers(store, ours)
    before = dump(store)
    written: list[int] = []

    def refuse(payment: Payment) -> None:
        written.append(store.purchases.count())
        message = f"disk full at {payment.id}"
        raise OSError(message)

    monkeypatch.setattr(store.payments, "save", refuse)
    with pytest.raises(OSError, match="disk full"), store.transaction():
        apply_import(store, plan_import(store, ours, mapping), mapping)

    assert written == [11]
    assert dump(store) == before
    assert baitiao.id


def test_the_plan_as_json_says_what_every_row_becomes(
    store: Store, baitiao: Account, ours: Statement
) -> None:
    plan = plan_import(store, ours, answers(store, ours))

    told = json.loads(json.dumps(plan.as_json(), ensure_ascii=False))

    assert (told["rows"], told["recorded"], told["skipped"]) == (27, 15, 12)
    assert told["counts"]["purchase"] == 11
    assert told["period"] == ["2026-09-15", "2026-11-15"]
    first = told["entries"][0]
    assert (first["line"], first["becomes"], first["amount"], first["account"]) == (
        23,
        "purchase",
        "79.00",
        baitiao.id,
    )


# --- any exports in any order ----------------------------------------------------------------------

START = datetime(2026, 9, 1, 12)  # noqa: DTZ001 - exports have no zone


@dataclass(frozen=True)
class Order:
    """What really happened to one purchase."""

    number: int
    hour: int
    fen: int
    method: str
    copies: int
    tried_first: bool
    refunds: tuple[tuple[int, int], ...]  # hours after the purchase, and how much

    @property
    def shares(self) -> bool:
        """Whether another purchase has the same order number."""
        return self.number < 4

    @property
    def at(self) -> datetime:
        """When it was ordered."""
        return START + timedelta(hours=self.hour, seconds=self.number)

    @property
    def paid_at(self) -> datetime:
        """When it was paid."""
        return self.at + timedelta(hours=30) if self.tried_first else self.at

    def refund_times(self) -> Iterable[tuple[datetime, int]]:
        """When how much of it came back."""
        for order, (hours, fen) in enumerate(self.refunds):
            yield self.paid_at + timedelta(hours=hours, seconds=order), fen

    def rows(self, first: datetime, taken: datetime) -> Iterable[tuple[datetime, str]]:
        """Its rows in an export that starts on one moment and was taken at another."""
        what, order = (
            f"示例 {self.number}",
            f"{900 + self.number // 2}",
        )  # two purchases share an order number
        if self.tried_first and first <= self.at <= taken:
            yield self.at, provisional(text(self.at), yuan(self.fen), what=what, order=order)
        back = sum(fen for at, fen in self.refund_times() if at <= taken)
        if first <= self.paid_at <= taken:
            mark = "(已全额退款)" if back == self.fen else f"(已退款{yuan(back)})" if back else ""
            bought = row(
                text(self.paid_at),
                yuan(self.fen) + mark,
                what=what,
                method=self.method,
                order=order,
                direction="不计收支" if back == self.fen else "支出",
            )
            for _ in range(self.copies):
                yield self.paid_at, bought
        for at, fen in self.refund_times():
            if first <= at <= taken:
                # Under one number two purchases are told apart by what came back.
                item = what if self.shares else "配件"
                yield at, refund(text(at), yuan(fen), what=item, method=self.method, order=order)


def text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


@st.composite
def orders(draw: st.DrawFn) -> list[Order]:
    made = []
    for number in range(draw(st.integers(1, 7))):
        fen = draw(st.integers(1, 99_999))
        left, refunds = fen, []
        copies = draw(st.sampled_from([1, 1, 1, 2]))
        # Which of two identical purchases came back cannot be told from a refund alone.
        for _ in range(draw(st.integers(0, 2)) if copies == 1 else 0):
            part = draw(st.integers(1, left)) if left else 0
            if part:
                refunds.append((draw(st.integers(1, 400)), part))
                left -= part
        tried = draw(st.booleans()) and copies == 1
        method = draw(st.sampled_from([BAITIAO, WALLET])) if not tried else BAITIAO
        # One order of the pair has no refunds: which of the two came back is then known by its row.
        made.append(Order(number * 2, draw(st.integers(0, 500)), fen, method, copies, tried, tuple(refunds)))
    return made


spans = st.lists(st.tuples(st.integers(0, 700), st.integers(1, 900)), min_size=1, max_size=4)


def exported(world: list[Order], span: tuple[int, int]) -> Statement:
    first = START + timedelta(hours=span[0])
    taken = first + timedelta(hours=span[1])
    rows = sorted((at, line) for order in world for at, line in order.rows(first, taken))
    return export(*[line for _, line in reversed(rows)])


Told = tuple[str, int, str, tuple[tuple[int, date, str], ...]]


def told(store: Store) -> list[Told]:
    """The record without identities."""
    return sorted(
        (
            p.source_key,
            p.amount.minor,
            p.progress.value,
            tuple((r.amount.minor, r.refunded_on, r.source_key) for r in p.refunds),
        )
        for p in store.purchases.all()
    )


def after(files: Iterable[Statement], rounds: int) -> list[Told]:
    store = empty_store()
    account = opened(store, "jd-baitiao", "JD Baitiao")
    mapping = {BAITIAO: account.id, WALLET: None, TRY_FIRST: account.id}
    kept = list(files)
    for _ in range(rounds):
        for statement in kept:
            plan, _ = run(store, statement, mapping)
            assert plan.recorded + plan.skipped == len(statement.rows)
    last = dump(store)
    for statement in kept:
        plan, changes = run(store, statement, mapping)
        assert changes == ()
        assert plan.recorded == 0
    assert dump(store) == last
    result = told(store)
    store.connection.close()
    return result


@settings(max_examples=60, deadline=None)
@given(world=orders(), periods=spans, data=st.data())
def test_exports_in_any_order_end_the_same(
    world: list[Order], periods: list[tuple[int, int]], data: st.DataObject
) -> None:
    files = [exported(world, period) for period in periods]
    order = data.draw(st.sampled_from(list(permutations(files))))

    # Two rounds: a refund waits for the export that has its purchase.
    assert after(order, 2) == after(files, 2)


@settings(max_examples=60, deadline=None)
@given(world=orders(), ends=st.lists(st.integers(1, 1500), min_size=1, max_size=4), data=st.data())
def test_exports_from_the_beginning_end_with_what_happened_in_any_order(
    world: list[Order], ends: list[int], data: st.DataObject
) -> None:
    files = [exported(world, (0, end)) for end in data.draw(st.permutations(ends))]
    taken = START + timedelta(hours=max(ends))

    expected = sorted(
        (order.fen, sum(fen for at, fen in order.refund_times() if at <= taken))
        for order in world
        if order.method == BAITIAO and order.at <= taken
        for _ in range(order.copies)
    )
    assert sorted((fen, sum(part[0] for part in parts)) for _, fen, _, parts in after(files, 1)) == expected


@pytest.mark.row("C078")
def test_fifty_thousand_rows_are_recorded_and_taken_back_in_seconds(store: Store, baitiao: Account) -> None:
    lines = (
        row(text(START + timedelta(minutes=n)), f"{n % 900 + 1}.00", what=f"示例 {n}", order=str(10_000 + n))
        for n in range(50_000)
    )
    plan = plan_import(store, export(*lines), {BAITIAO: baitiao.id})
    started = datetime.now()  # noqa: DTZ005 - a stopwatch

    with store.transaction() as journal:
        apply_import(store, plan, {BAITIAO: baitiao.id})
    assert store.purchases.count() == 50_000
    store.apply(inverse(journal.changes))

    assert (datetime.now() - started).total_seconds() < 10  # noqa: DTZ005 - a stopwatch
    assert store.purchases.count() == 0


def test_what_was_previewed_is_recorded_without_planning_again(
    store: Store, baitiao: Account, ours: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = answers(store, ours)
    plan = plan_import(store, ours, mapping)
    with monkeypatch.context() as patch:
        patch.setattr(imports, "plan_from", None)  # a call would fail
        with store.transaction():
            apply_import(store, plan, mapping)
    assert {p.id for p in store.purchases.all()} == {p.id for p in plan.purchases}

    # Something else that was written meanwhile changes nothing in the record: the plan still holds.
    again = plan_import(store, ours, mapping)
    with store.transaction():
        store.settings.put("language", "fr")
    with monkeypatch.context() as patch:
        patch.setattr(imports, "plan_from", None)
        with store.transaction() as journal:
            apply_import(store, again, mapping)
    assert journal.changes == ()
    assert baitiao.id


@pytest.mark.row("C078")
def test_fifty_thousand_rows_under_one_order_number_are_planned_in_seconds(
    store: Store, baitiao: Account
) -> None:
    world = [
        Order(0, n, 1000 + n % 7, BAITIAO, 1, tried_first=False, refunds=((1, 500),) if n % 5 == 0 else ())
        for n in range(42_000)
    ]
    statement = exported(world, (0, 50_000))
    assert len(statement.rows) > 50_000
    started = datetime.now()  # noqa: DTZ005 - a stopwatch

    plan = plan_import(store, statement, {BAITIAO: baitiao.id})

    assert (datetime.now() - started).total_seconds() < 20  # noqa: DTZ005 - a stopwatch
    assert plan.counts == {Becomes.PURCHASE: 42_000, Becomes.REFUND: 8_400}
