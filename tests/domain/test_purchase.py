from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.ledger import Ledger, dues_of
from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.i18n import explain

ACCOUNT = Account("白条", "JD Finance", "CNY")


@pytest.mark.parametrize(
    ("merchant", "description", "label"),
    [
        ("Bookshop", "A novel", "Bookshop"),
        ("", "A novel", "A novel"),
        # As exports of JD and of WeChat name whoever sells on a platform (double-entry-generator, example/).
        ("京东平台商户", "示例牌 保温杯", "示例牌 保温杯"),
        ("美团平台商户", "外卖", "外卖"),
        ("京东外部商户", "", "京东外部商户"),
        ("京东物流", "京东外部商户", "京东物流"),
        ("", "", "900000000025"),
    ],
)
def test_a_purchase_is_called_by_the_shop_unless_that_may_be_any_shop(
    merchant: str, description: str, label: str
) -> None:
    purchase = Purchase(
        ACCOUNT.id, Money(7900, "CNY"), date(2026, 11, 15), merchant, description, order_number="900000000025"
    )

    assert purchase.label == label
    (due,) = dues_of(Ledger(ACCOUNT, purchases=(purchase,)))
    assert explain(due.label) == label


def test_a_purchase_of_which_nothing_is_known_is_called_by_its_day() -> None:
    purchase = Purchase(ACCOUNT.id, Money(7900, "CNY"), date(2026, 11, 15))

    (due,) = dues_of(Ledger(ACCOUNT, purchases=(purchase,)))
    assert explain(due.label) == "Purchase of 15 Nov 2026"
