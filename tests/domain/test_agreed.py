"""What an agreement comes to, and its instalments as rows of a plan."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.agreed import AgreedSums, equal_rows, instalments, monthly_days, to_repay
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.ledger import Ledger, dues_of
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.i18n import explain

DAY = date(2026, 12, 31)
AGREED_ON = date(2026, 11, 22)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def test_what_no_instalment_repays_is_no_longer_owed() -> None:
    sums = AgreedSums(covered=cny(101_234), repaid=cny(90_000), fees=cny(0))

    assert (sums.principal, sums.waived.value, sums.added.value) == (cny(90_000), cny(11_234), cny(0))
    assert [explain(words) for words in sums.words] == [
        "CN¥1,012.34 of it is open in the record; the instalments come to CN¥900.00.",
        "CN¥112.34 is no longer owed.",
    ]


def test_a_fee_comes_on_top_and_repays_nothing() -> None:
    sums = AgreedSums(covered=cny(100_000), repaid=cny(105_000), fees=cny(6_000))

    assert (sums.principal, sums.waived.value, sums.added.value) == (cny(99_000), cny(1_000), cny(6_000))


def test_more_than_is_open_is_a_charge_that_the_record_did_not_have() -> None:
    sums = AgreedSums(covered=cny(100_000), repaid=cny(105_000), fees=cny(0))

    assert (sums.principal, sums.waived.value, sums.added.value) == (cny(100_000), cny(0), cny(5_000))
    assert explain(sums.words[1]) == "CN¥50.00 comes on top."


def test_instalments_keep_the_last_day_of_the_month() -> None:
    assert monthly_days(DAY, 4) == (DAY, date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31))


def test_the_last_of_equal_instalments_takes_what_does_not_divide() -> None:
    assert equal_rows(date(2026, 12, 10), 3, cny(100_000)) == (
        (date(2026, 12, 10), cny(33_333)),
        (date(2027, 1, 10), cny(33_333)),
        (date(2027, 2, 10), cny(33_334)),
    )


def test_what_comes_on_top_is_spread_in_proportion() -> None:
    rows = instalments(
        ((date(2027, 1, 10), cny(20_000)), (date(2026, 12, 10), cny(10_000))),
        cny(100),
    )

    assert [(row.number, row.due_on, row.principal, row.fee) for row in rows] == [
        (1, date(2026, 12, 10), cny(9_967), cny(33)),
        (2, date(2027, 1, 10), cny(19_933), cny(67)),
    ]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.integers(0, 3_000))
def test_rows_come_to_what_was_agreed_and_nothing_in_them_is_below_nothing(
    amounts: list[int], added: int
) -> None:
    added = min(added, sum(amounts))
    rows = instalments([(DAY, cny(amount)) for amount in amounts], cny(added))

    assert [row.total.minor for row in rows] == amounts
    assert sum_of((row.fee for row in rows), "CNY") == cny(added)
    assert all(row.principal.minor >= 0 and row.fee.minor >= 0 for row in rows)


def test_a_due_that_was_taken_over_is_not_open_and_says_why() -> None:
    bill = Bill(
        "account", date(2026, 10, 1), date(2026, 10, 10), (BillLine(LineKind.UNITEMISED, cny(100_000)),)
    )
    paid = Payment("account", cny(20_000), date(2026, 11, 1))
    later = Payment("account", cny(5_000), date(2026, 12, 1))
    account = Account("Loan", "Lender", "CNY", id="account")
    ledger = Ledger(
        account, bills=(bill,), payments=(paid, later), taken_over={bill.id: (AGREED_ON, cny(80_000))}
    )
    found = position((ledger,), date(2026, 12, 2))
    due = found.dues[0]

    assert (due.open, due.closed_on, due.taken) == (cny(0), AGREED_ON, cny(80_000))
    assert found.late == ()
    assert due.paid_amount == cny(20_000)  # what was paid afterwards is for what was agreed
    assert found.credit == {"account": cny(5_000)}
    assert explain(due.standing(date(2026, 12, 2))) == "in the agreement of 22 Nov 2026"
    steps = [explain(step.text) for step in due.still_due.derivation.workings]
    assert steps[-1] == "The agreement of 22 Nov 2026 took over the rest"


def test_what_a_newer_bill_carried_before_an_agreement_stays_with_that_bill() -> None:
    old = Bill("account", date(2026, 9, 1), date(2026, 9, 10), (BillLine(LineKind.UNITEMISED, cny(100_000)),))
    new = Bill(
        "account",
        date(2026, 10, 1),
        date(2026, 10, 10),
        (BillLine(LineKind.CARRIED, cny(100_000), old.id),),
    )
    account = Account("Loan", "Lender", "CNY", id="account")
    ledger = Ledger(account, bills=(old, new), taken_over={old.id: (AGREED_ON, cny(1))})
    due = next(due for due in dues_of(ledger) if due.id == old.id)

    assert (due.closed_on, due.taken) == (date(2026, 10, 1), None)


@pytest.mark.row("C098")
def test_what_is_to_be_repaid_is_what_is_covered_without_what_is_waived_and_with_the_fee() -> None:
    assert to_repay(cny(120_000), cny(10_000), cny(5_000)) == cny(115_000)
    assert to_repay(cny(120_000), None, None) == cny(120_000)
    assert to_repay(cny(120_000), cny(130_000), None) == cny(0)
