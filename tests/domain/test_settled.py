from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.ledger import Ledger
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from planner.domain.settled import Settled, settled_before

# Bills of the 16th are due on the 25th.
ACCOUNT = Account("Card", "Bank", "CNY", cycle=Cycle(Mode.BILL, 16, FixedDay(25)), id="account")
UNKNOWN = replace(ACCOUNT, cycle=Cycle())
TODAY = date(2026, 11, 22)


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def bill(month: int, *lines: BillLine, named: str = "", amount: int = 100) -> Bill:
    kept = lines or (BillLine(LineKind.PURCHASE, yuan(amount)),)
    return Bill("account", date(2026, month, 16), date(2026, month, 25), kept, id=named or f"bill-{month}")


def carrying(month: int, earlier: str, amount: int = 100) -> Bill:
    return bill(month, BillLine(LineKind.CARRIED, yuan(amount), earlier))


def paid(month: int, day: int, amount: int = 100, aimed_at: str = "") -> Payment:
    on = date(2026, month, day)
    return Payment("account", yuan(amount), on, aimed_at=aimed_at, id=f"paid-{month}-{day}")


def bought(month: int, day: int, amount: int = 100, *refunds: Refund) -> Purchase:
    return Purchase("account", yuan(amount), date(2026, month, day), "Shop", refunds=refunds, id="purchase")


def until(
    bills: Sequence[Bill] = (),
    payments: Sequence[Payment] = (),
    purchases: Sequence[Purchase] = (),
    plans: Sequence[InstalmentPlan] = (),
    on: date = TODAY,
) -> str | None:
    """The first day that still has to be read, as month-day."""
    found = settled_before(Ledger(ACCOUNT, purchases, bills, plans, payments), on)
    return f"{found.before:%m-%d}" if found is not None else None


# --- the last clean cut ------------------------------------------------------------------------------


def test_nothing_recorded_and_nothing_paid_is_nothing_settled() -> None:
    assert until() is None
    assert until([bill(3)]) is None
    assert until([bill(3)], [paid(3, 20, 99)]) is None


def test_a_paid_bill_is_settled_the_day_after_the_later_of_its_due_day_and_its_payment() -> None:
    assert until([bill(3)], [paid(3, 20)]) == "03-26"
    assert until([bill(3)], [paid(3, 25)]) == "03-26"
    assert until([bill(3)], [paid(3, 28)]) == "03-29"
    assert until([bill(3)], [paid(3, 28, 60), paid(3, 26, 40)]) == "03-29"


def test_whose_it_is_and_from_which_purchases_on_all_must_be_read() -> None:
    ledger = Ledger(ACCOUNT, bills=[bill(3)], payments=[paid(3, 20)])

    # Bought from 16 March on: due on 25 April. Bought on the 15th: due on 25 March, which is settled.
    assert settled_before(ledger, TODAY) == Settled("account", date(2026, 3, 26), date(2026, 3, 16))
    # However many days the first one lies back.
    later = replace(ledger, payments=[paid(3, 28)])
    assert settled_before(later, TODAY) == Settled("account", date(2026, 3, 29), date(2026, 3, 16))
    # Without a cycle nobody knows.
    assert settled_before(replace(ledger, account=UNKNOWN), TODAY) == Settled(
        "account", date(2026, 3, 26), date.min
    )


def test_purchases_that_are_due_on_the_first_day_itself_are_read() -> None:
    # Paid on 24 April, the cut is that day, and 25 April is the first one to be read.
    ledger = Ledger(ACCOUNT, bills=[bill(3)], payments=[paid(4, 24)])

    assert settled_before(ledger, TODAY) == Settled("account", date(2026, 4, 25), date(2026, 3, 16))
    later = replace(ledger, payments=[paid(4, 25)])
    assert settled_before(later, TODAY) == Settled("account", date(2026, 4, 26), date(2026, 4, 16))


def test_the_day_itself_is_never_settled() -> None:
    assert until([bill(3)], [paid(3, 20)], on=date(2026, 3, 25)) is None
    assert until([bill(3)], [paid(3, 20)], on=date(2026, 3, 26)) == "03-26"
    assert until([bill(3), bill(4)], [paid(3, 20), paid(4, 20)], on=date(2026, 4, 25)) == "03-26"


def test_what_is_open_ends_it_though_a_later_bill_is_paid() -> None:
    payments = [paid(3, 20), paid(5, 20, aimed_at="bill-5")]

    assert until([bill(3), bill(4), bill(5)], payments) == "03-26"


def test_a_due_without_a_date_is_behind_the_cut_and_never_in_it() -> None:
    ledger = Ledger(UNKNOWN, [bought(5, 1)], [bill(3)], (), [paid(3, 20), paid(5, 20)])

    found = settled_before(ledger, TODAY)

    assert found is not None
    assert found.before == date(2026, 3, 26)


def test_a_payment_that_went_to_two_bills_keeps_them_together() -> None:
    bills = [bill(3), bill(4), bill(5)]

    assert until(bills, [paid(3, 20), paid(4, 20, 150)]) == "03-26"
    assert until(bills, [paid(3, 20, 200)]) == "04-26"
    assert until(bills, [paid(3, 20, 150), paid(4, 20, 50)]) == "04-26"


def test_money_left_in_hand_keeps_everything_it_might_still_pay() -> None:
    assert until([bill(3)], [paid(3, 20, 101)]) is None
    assert until([bill(3), bill(4)], [paid(3, 20), paid(4, 20, 101)]) == "03-26"
    # What is paid after the cut and left over belongs to what comes.
    assert until([bill(3)], [paid(3, 20), paid(3, 26, 7)]) == "03-26"
    assert until([bill(3)], [paid(3, 20), paid(3, 25, 7)]) is None


def test_two_bills_of_one_day_are_settled_together_or_not_at_all() -> None:
    twin = bill(3, named="twin")

    assert until([bill(3), twin], [paid(3, 20)]) is None
    assert until([bill(3), twin], [paid(3, 20), paid(3, 21)]) == "03-26"


def test_a_payment_after_the_next_due_day_settles_the_next_bill_with_it() -> None:
    bills = [bill(3), bill(4)]

    assert until(bills, [paid(4, 24)]) == "04-25"
    # On the due day of the next bill, which is open then.
    assert until(bills, [paid(4, 25)]) is None
    assert until(bills, [paid(4, 25), paid(4, 26)]) == "04-27"
    # The older bill was paid after the newer one.
    assert until(bills, [paid(4, 20, aimed_at="bill-4"), paid(4, 28, aimed_at="bill-3")]) == "04-29"


# --- what must be read together -----------------------------------------------------------------------


def test_a_bill_whose_rest_a_newer_one_carries_is_settled_with_the_newer_statement() -> None:
    bills = [bill(3), carrying(4, "bill-3")]

    assert until(bills) == "04-17"
    assert until(bills, [paid(3, 20, 40)]) == "04-17"
    assert until(bills, [paid(4, 20)]) == "04-26"
    assert until(bills, on=date(2026, 4, 16)) is None


def test_a_bill_that_carries_one_that_is_not_here_is_like_any_other() -> None:
    assert until([carrying(4, "elsewhere")], [paid(4, 20)]) == "04-26"


def test_a_bill_that_carries_the_rest_of_a_later_one_reaches_it() -> None:
    # Recorded with the wrong dates: the statement that carries is due before what it carries.
    early = bill(3, BillLine(LineKind.CARRIED, yuan(100), "bill-5"))

    assert until([early, bill(4), bill(5)], [paid(3, 20), paid(4, 20)]) == "05-26"


def holding(month: int, amount: int = 100) -> Bill:
    return bill(month, BillLine(LineKind.PURCHASE, yuan(amount), "purchase", "Shop"))


def test_a_purchase_that_nothing_came_back_of_joins_nothing() -> None:
    plan_row = Instalment(1, date(2026, 6, 25), yuan(50), yuan(0), yuan(0), "row")
    plan = InstalmentPlan("account", "P", yuan(50), (plan_row,), 1, OriginKind.PURCHASE, "purchase")

    assert until([holding(3, 50)], [paid(3, 20, 50)], [bought(3, 1)], [plan]) == "03-26"


def test_a_refund_after_its_bill_is_read_with_it() -> None:
    back = Refund(yuan(30), date(2026, 5, 5), id="back")
    bills, purchases = [holding(3), bill(4), bill(5)], [bought(3, 1, 100, back)]

    # The bill is paid in full before, so what came back goes to the bill of May.
    payments = [paid(3, 20), paid(4, 20), paid(5, 20, 70)]

    assert until(bills, payments, purchases) == "05-26"
    assert until(bills, payments[:2], purchases) is None


def test_a_refund_that_was_in_the_bill_already_keeps_nothing() -> None:
    back = Refund(yuan(30), date(2026, 3, 5), id="back")

    assert until([holding(3, 70)], [paid(3, 20, 70)], [bought(3, 1, 100, back)]) == "03-26"


def test_a_refund_that_a_later_bill_holds_keeps_both_bills_together() -> None:
    back = Refund(yuan(30), date(2026, 4, 5), id="back")
    later = bill(
        5, BillLine(LineKind.PURCHASE, yuan(80)), BillLine(LineKind.REFUND, yuan(-30), "back"), named="later"
    )
    payments = [paid(3, 20), paid(4, 20)]

    assert until([holding(3), bill(4), later], payments, [bought(3, 1, 100, back)]) is None
    assert (
        until([holding(3), bill(4), later], [*payments, paid(5, 20, 50)], [bought(3, 1, 100, back)])
        == "05-26"
    )


def test_a_refunded_purchase_is_read_with_the_rows_of_the_plan_made_of_it() -> None:
    back = Refund(yuan(30), date(2026, 3, 5), id="back")
    rows = tuple(Instalment(n, date(2026, 4 + n, 25), yuan(20), yuan(0), yuan(0), f"row-{n}") for n in (1, 2))
    plan = InstalmentPlan("account", "P", yuan(40), rows, 2, OriginKind.PURCHASE, "purchase", id="plan")
    bills, purchases = [holding(3, 30)], [bought(3, 1, 100, back)]
    payments = [paid(3, 20, 30), paid(5, 20, 20)]

    assert until(bills, payments, purchases, [plan]) is None
    assert until(bills, [*payments, paid(6, 20, 20)], purchases, [plan]) == "06-26"


def test_what_moved_into_a_plan_does_not_hide_a_refund_that_must_be_read() -> None:
    back = Refund(yuan(30), date(2026, 7, 5), id="back")
    row = Instalment(1, date(2026, 5, 25), yuan(40), yuan(0), yuan(0), "row")
    plan = InstalmentPlan("account", "P", yuan(40), (row,), 1, OriginKind.PURCHASE, "purchase", id="plan")
    bills = [holding(3, 60), bill(7, amount=50)]
    payments = [paid(3, 20, 60), paid(5, 20, 40)]

    assert until(bills, payments, [bought(3, 1, 100, back)], [plan]) is None
    assert until(bills, [*payments, paid(7, 20, 20)], [bought(3, 1, 100, back)], [plan]) == "07-26"
    assert until(bills, payments, [bought(3, 1)], [plan]) == "05-26"


def test_a_purchase_on_no_bill_whose_refund_has_a_line_is_read_with_that_bill() -> None:
    back = Refund(yuan(30), date(2026, 4, 5), id="back")
    later = bill(
        5, BillLine(LineKind.PURCHASE, yuan(80)), BillLine(LineKind.REFUND, yuan(-30), "back"), named="later"
    )
    purchase = bought(3, 1, 100, back)
    payments = [paid(3, 20)]

    assert until([later], payments, [purchase]) is None
    assert until([later], [*payments, paid(5, 20, 50)], [purchase]) == "05-26"
    # Without a cycle it is due on no known day: nothing with it is ever settled.
    ledger = Ledger(UNKNOWN, [purchase], [later], (), [paid(5, 20, 50), paid(5, 21)])
    assert settled_before(ledger, TODAY) is None


def test_a_purchase_in_a_stated_amount_is_read_with_its_bill_and_its_refunds() -> None:
    stated = bill(3, BillLine(LineKind.UNITEMISED, yuan(100)))
    back = Refund(yuan(30), date(2026, 4, 5), id="back")
    bills = [stated, bill(4), bill(5)]
    payments = [paid(3, 20, 70), paid(4, 20), paid(5, 20)]

    assert until(bills, payments, [bought(3, 1)]) is None  # 30 are open
    assert until([stated], [paid(3, 20)], [bought(3, 1)]) == "03-26"
    # Paid 70 and 30 back on 5 April: settled with that day.
    assert until([stated], [paid(3, 20, 70)], [bought(3, 1, 100, back)]) == "04-06"
    assert until([stated], [paid(3, 20, 70)], [bought(3, 1, 100, back)], on=date(2026, 4, 5)) is None


def test_without_a_cycle_a_purchase_in_a_stated_amount_keeps_its_bill() -> None:
    stated = bill(3, BillLine(LineKind.UNITEMISED, yuan(100)))
    ledger = Ledger(UNKNOWN, [bought(3, 1)], [stated], (), [paid(3, 20)])

    assert settled_before(ledger, TODAY) is None
    assert settled_before(replace(ledger, purchases=()), TODAY) is not None


@pytest.mark.parametrize(("day", "before"), [(24, "03-26"), (25, "03-26")])
def test_a_purchase_covered_by_a_bill_of_another_day_than_the_cycle_says(day: int, before: str) -> None:
    stated = replace(bill(3, BillLine(LineKind.UNITEMISED, yuan(100))), due_on=date(2026, 3, day))

    assert until([stated], [paid(3, 20)], [bought(3, 1)]) == (before if day == 25 else None)
