"""The Baitiao story of an import, from an empty record to a second export, as its owner would check it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, PurchaseState
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay
from planner.services.imports import (
    Becomes,
    ImportPlan,
    apply_import,
    plan_import,
    read_file,
    suggest_mapping,
)
from planner.statements.statement import TruncatedError, UnknownStateError
from planner.store import catalogue
from planner.store.changes import Changes, inverse
from planner.store.store import Store

EXPORT = Path(__file__).parents[1] / "data/jd/baitiao.csv"
NOT_CREDIT = ("钱包余额", "招商银行信用卡(0000)", "微信-招商银行信用卡")


@pytest.fixture
def baitiao(store: Store) -> Account:
    """The person's Baitiao, opened from the catalogue."""
    product = catalogue.product("jd-baitiao")
    assert product is not None
    with store.transaction():
        return save_account(store, account_from(product, "JD Baitiao"))


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """The export with some of its text changed."""

    def write(*changes: tuple[str, str]) -> Path:
        text = EXPORT.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "export.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def imported(store: Store, path: Path) -> tuple[ImportPlan, Changes]:
    """Import a file, with every method answered that is not known."""
    statement = read_file(path)
    mapping = {**dict.fromkeys(NOT_CREDIT), **suggest_mapping(store, statement)}
    with store.transaction() as journal:
        plan = apply_import(store, plan_import(store, statement, mapping), mapping)
    return plan, journal.changes


def under(store: Store, account: Account, order_number: str) -> list[Purchase]:
    """The purchases of an account under one order number."""
    bought = store.purchases.of_account(account.id)
    return [purchase for purchase in bought if purchase.order_number == order_number]


def contents(store: Store) -> list[object]:
    """Everything in the file."""
    return [
        store.accounts.all(),
        store.purchases.all(),
        store.payments.all(),
        store.bills.all(),
        store.methods.all(),
        store.settings.all(),
    ]


def test_an_export_says_what_is_owed_on_baitiao(store: Store, baitiao: Account, today: date) -> None:
    plan, _ = imported(store, EXPORT)

    assert plan.statement.differences == ()
    assert plan.recorded + plan.skipped == 27
    owed = store.ledgers.position(today).of_account(baitiao.id).owed["CNY"].value
    # By the file itself: what 京东白条 and 白条 bought, without what came back, less the two repayments.
    bought = 7900 + 139900 + (56880 - 12990) + 0 + 8900 + 4690 + 6990 + 25900 + 32900 + 4990 + 26800
    assert owed == Money(bought - 41235 - 38620, "CNY")


def test_a_refund_and_the_provisional_row_are_grouped_with_their_purchase(
    store: Store, baitiao: Account
) -> None:
    imported(store, EXPORT)
    by_order = {
        number: under(store, baitiao, number) for number in ("900000000022", "900000000020", "900000000018")
    }

    assert [p.state for p in by_order["900000000022"]] == [PurchaseState.PARTLY_REFUNDED]
    assert [p.state for p in by_order["900000000020"]] == [PurchaseState.REFUNDED]
    assert [(p.amount.minor, p.state) for p in by_order["900000000018"]] == [(8900, PurchaseState.COMPLETED)]


def test_importing_again_adds_nothing_and_one_undo_takes_all_back(store: Store, baitiao: Account) -> None:
    before = contents(store)
    _, changes = imported(store, EXPORT)
    after = contents(store)

    again, nothing = imported(store, EXPORT)

    assert again.counts[Becomes.ALREADY_THERE] == 15
    assert nothing == ()
    assert contents(store) == after
    store.apply(inverse(changes))
    assert contents(store) == before
    assert store.accounts.get(baitiao.id) == baitiao


def test_a_later_export_adds_the_refund_to_the_purchase_that_is_there(
    store: Store, baitiao: Account, changed: Callable[..., Path]
) -> None:
    earlier = changed(
        ("等多件,568.80(已退款129.90)", "等多件,568.80"),
        (
            ",退款-示例牌 鼠标垫 加厚 防滑,129.90,京东白条,退款成功,",
            ",退款-示例牌 鼠标垫 加厚 防滑,0.00,京东白条,退款成功,",
        ),
    )
    imported(store, earlier)

    plan, _ = imported(store, EXPORT)

    assert plan.counts[Becomes.REFUND] == 1
    assert Becomes.PURCHASE not in plan.counts
    [keyboard] = under(store, baitiao, "900000000022")
    assert [refund.amount for refund in keyboard.refunds] == [Money(12990, "CNY")]


@pytest.mark.row("C094")
def test_a_repayment_that_was_typed_is_found_again_in_the_file(store: Store, baitiao: Account) -> None:
    with store.transaction():
        pay(store, Payment(baitiao.id, Money(41235, "CNY"), date(2026, 11, 12)))

    plan, _ = imported(store, EXPORT)

    assert plan.counts[Becomes.PAYMENT] == 1
    assert sorted(payment.amount.minor for payment in store.payments.of_account(baitiao.id)) == [38620, 41235]


def test_a_truncated_file_and_an_unknown_state_are_refused_and_nothing_is_kept(
    store: Store, baitiao: Account, changed: Callable[..., Path], tmp_path: Path
) -> None:
    before = contents(store)
    cut = tmp_path / "cut.csv"
    cut.write_bytes(b"\n".join(EXPORT.read_bytes().splitlines()[:40]) + b"\n")

    with pytest.raises(TruncatedError, match="27 records"):
        imported(store, cut)
    with pytest.raises(UnknownStateError, match="Line 24"):
        imported(store, changed(("防滑,129.90,京东白条,退款成功", "防滑,129.90,京东白条,等待处理")))

    assert contents(store) == before
    assert store.accounts.all() == [baitiao]


def test_sums_that_differ_from_the_header_are_said_and_not_refused(
    store: Store, baitiao: Account, changed: Callable[..., Path]
) -> None:
    plan, _ = imported(store, changed(("3484.30元", "3484.31元")))

    [difference] = plan.statement.differences
    assert (str(difference.header), str(difference.ours)) == ("3484.31 CNY", "3484.30 CNY")
    assert store.purchases.of_account(baitiao.id)
