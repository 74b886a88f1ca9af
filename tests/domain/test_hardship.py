from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.bill import LineKind
from planner.domain.cash.flow import Category
from planner.domain.due import Due, DueKind
from planner.domain.hardship.budget import Budget, budget
from planner.domain.hardship.hardship import SAFETY, Hardship, Situation, hardship
from planner.domain.hardship.help import CHECK_FIRST, HelpEntry
from planner.domain.hardship.minimums import Minimum
from planner.domain.hardship.parts import parts_of
from planner.domain.hardship.shares import Sharing
from planner.domain.late.way import STAYS_RECORDED
from planner.domain.sourced import Source
from planner.phrases import Phrase
from tests.domain.hardship_cases import MONTH, TODAY, creditor, flow, plain, yuan

FIRST = date(2026, 12, 10)
DEBTS = (creditor("card", "1000", "400"), creditor("loan", "5000", "250"))


def month(rent: str = "2700") -> Budget:
    return budget([flow(Category.SALARY, "3000"), flow(Category.HOUSING, rent)], MONTH, "CNY")


def situation(**more: Any) -> Situation:
    needed = tuple(
        Minimum(each.asked_on, each.asked, Phrase("a bill"), each.account_id, each.asked_on) for each in DEBTS
    )
    given: dict[str, Any] = {
        "today": TODAY,
        "until": TODAY + timedelta(days=90),
        "first_on": FIRST,
        "creditors": DEBTS,
        "minimums": needed,
        "cash": [(TODAY, yuan("100")), (FIRST, yuan("3100"))],
    }
    return Situation(**(given | more))


def said(found: Hardship) -> list[str]:
    return [str(note) for note in found.notes]


def test_it_says_what_is_asked_what_there_is_and_what_is_lacking() -> None:
    found = hardship(month(), situation())

    assert (found.currency, found.owed.value, found.asked.value) == ("CNY", yuan("6000"), yuan("650"))
    assert (found.lacking.value, found.offered.value) == (yuan("350"), yuan("300"))
    assert [each.monthly.value for each in found.proposals] == [yuan("150"), yuan("150")]
    assert found.proposal("loan").creditor is DEBTS[1]
    assert found.shortage is not None
    assert found.shortage.by.value == yuan("550")
    assert not found.is_timing_only
    assert found.knows_cash
    with pytest.raises(KeyError):
        found.proposal("other")


def test_its_sums_say_how_they_were_made() -> None:
    found = hardship(month(), situation())

    for figure, inputs in (
        (found.owed, [yuan("1000"), yuan("5000")]),
        (found.asked, [yuan("400"), yuan("250")]),
        (found.offered, [yuan("150"), yuan("150")]),
        (found.lacking, [yuan("650"), yuan("300")]),
    ):
        assert [each.plain for each in figure.derivation.given] == inputs
        assert [working.result for working in figure.derivation.workings] == [figure.value]


def test_it_can_be_shared_in_proportion() -> None:
    found = hardship(month(), situation(), Sharing.IN_PROPORTION)

    assert found.sharing is Sharing.IN_PROPORTION
    assert [each.monthly.value for each in found.proposals] == [yuan("50"), yuan("250")]


def test_money_that_only_comes_too_late_needs_another_day_and_no_smaller_payments() -> None:
    found = hardship(month("2350"), situation())

    assert found.is_timing_only
    assert found.lacking.value == yuan("0")
    assert any("Ask for another due date rather than for smaller payments" in note for note in said(found))
    assert not hardship(month("2350.01"), situation()).is_timing_only


def test_where_the_cash_reaches_there_is_no_shortage() -> None:
    found = hardship(month(), situation(cash=[(TODAY, yuan("650"))]))

    assert found.shortage is None
    assert not found.is_timing_only


def test_where_nobody_knows_what_is_there_that_is_said() -> None:
    found = hardship(month(), situation(cash=None))

    assert (found.shortage, found.knows_cash) == (None, False)
    assert said(found)[0].startswith("No balance of your accounts is recorded")


def test_where_essentials_are_more_than_the_income_free_advice_comes_next() -> None:
    found = hardship(month("3100"), situation())

    assert found.offered.value == yuan("0")
    (note,) = (note for note in said(found) if "more than the income" in note)
    assert "100.00 CNY" in note
    assert "free advice is the next step" in note
    assert not any("more than the income" in note for note in said(hardship(month("3000"), situation())))


def test_where_each_month_lacks_something_that_is_told_instead_of_a_sum_from_today_on() -> None:
    short = (Phrase("On that day something is missing."), Phrase("With so much more it would hold."))
    lacking = replace(month("3100"), always_lacking=plain(yuan("99")))

    day, each_month = hardship(lacking, situation()).told_short(short)
    assert day is short[0]
    assert str(each_month) == (
        "Each month lacks at least 99.00 CNY before any debt is paid, so no single sum would do for long."
    )
    assert hardship(month("3100"), situation()).told_short(short) == short


@pytest.mark.row("C042")
def test_the_lenders_are_to_be_contacted_first_and_nobody_is_paid_in_advance() -> None:
    notes = hardship(month(), situation()).notes

    assert [str(note) for note in notes] == [
        "Contact the lenders before the due date, or as soon as you can: more is possible then.",
        str(SAFETY),
    ]


@pytest.mark.row("C040")
def test_what_is_late_already_stays_recorded_and_that_is_said_once() -> None:
    assert STAYS_RECORDED in hardship(month(), situation(is_late=True)).notes
    assert STAYS_RECORDED not in hardship(month(), situation()).notes


def test_accounts_without_anything_to_pay_now_and_bills_that_are_missing_are_named() -> None:
    notes = said(hardship(month(), situation(idle=("Shop",), unrecorded=("Old card",))))

    assert "Shop: nothing is asked in the coming month, so nothing is offered yet." in notes
    assert "Old card: a bill should be there by now. Add it first, or its payment." in notes


# --- parts of dues -----------------------------------------------------------------------------------


def due(due_id: str, due_on: date | None, amount: str) -> Due:
    parts = {LineKind.PURCHASE: yuan(amount)}
    return Due(DueKind.BILL, due_id, "a", Phrase("a bill"), due_on, parts)


def test_payments_go_to_the_oldest_due_first_and_on_to_the_next() -> None:
    dues = [due("none", None, "50"), due("b", date(2026, 12, 5), "120"), due("a", date(2026, 11, 5), "100")]
    payments = [(FIRST, yuan("70")), (date(2027, 1, 10), yuan("70")), (date(2027, 2, 10), yuan("200"))]

    assert list(parts_of(payments, dues)) == [
        ("a", FIRST, yuan("70")),
        ("a", date(2027, 1, 10), yuan("30")),
        ("b", date(2027, 1, 10), yuan("40")),
        ("b", date(2027, 2, 10), yuan("80")),
        ("none", date(2027, 2, 10), yuan("50")),
    ]
    assert list(parts_of(payments, [])) == []


# --- help --------------------------------------------------------------------------------------------


def test_every_entry_asks_to_be_checked_with_the_day_on_which_somebody_looked() -> None:
    entry = HelpEntry("x", "GB", "X", "Helps", "", "0800 1", "x.org", (), Source("somebody", TODAY))
    undated = HelpEntry("x", "GB", "X", "Helps", "", "", "x.org", (), Source("somebody"))

    assert str(entry.check_first) == "Check before relying on it: last looked at on 2026-11-22."
    assert undated.check_first == CHECK_FIRST
    assert entry.reach == ("0800 1", "x.org")
    assert undated.reach == ("x.org",)
