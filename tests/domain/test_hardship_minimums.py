from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.hardship.minimums import Minimum, minimums, unbilled
from planner.domain.money import Money
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import MinimumRule, Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase
from tests.domain.hardship_cases import TODAY, yuan

UNTIL = date(2027, 2, 22)
OWN = Source("my contract", None, Reliability.CONTRACT, Origin.CONTRACT)
# A tenth of everything, at least 50.00.
TENTH = Terms(
    (
        TermClaim(Term.MINIMUM_RULE, "", MinimumRule.PART_OR_LEAST.value, OWN),
        TermClaim(Term.MINIMUM, "", "0.1", OWN),
        TermClaim(Term.MINIMUM_LEAST, "", "50", OWN),
    )
)


def due(due_on: date | None, amount: str, minimum: str | None = None, **more: Any) -> Due:
    given: dict[str, Any] = {
        "kind": DueKind.BILL,
        "id": f"{due_on}/{amount}",
        "label": Phrase("a bill"),
    } | more
    return Due(
        account_id="a",
        due_on=due_on,
        parts={LineKind.PURCHASE: yuan(amount)},
        minimum=yuan(minimum) if minimum is not None else None,
        **given,
    )


def bought(due_on: date, amount: str) -> Due:
    return due(due_on, amount, kind=DueKind.PURCHASE, projected=True)


def asked(*dues: Due, terms: Terms = TENTH, until: date = UNTIL) -> list[tuple[date, Decimal]]:
    account = Account("card", "Bank", "CNY", terms=terms, id="a")
    found = minimums(account, dues, TODAY, until)
    assert all(each.account_id == "a" for each in found)
    return [(each.on, each.amount.value.decimal) for each in found]


def only(found: Sequence[Minimum]) -> Minimum:
    (each,) = found
    return each


def test_what_is_late_is_asked_today_and_keeps_its_own_date() -> None:
    account = Account("card", "Bank", "CNY", id="a")
    found = only(minimums(account, [due(date(2026, 11, 3), "800")], TODAY, UNTIL))

    assert (found.on, found.due_on, found.amount.value) == (TODAY, date(2026, 11, 3), yuan("800"))
    assert str(found.label) == "card: a bill"


def test_a_bill_asks_for_its_minimum_and_carries_the_rest_into_those_that_follow() -> None:
    # 1000: 100 by 5 December; a tenth of 900, then of 810.
    assert asked(due(date(2026, 12, 5), "1000", "100")) == [
        (date(2026, 12, 5), Decimal("100.00")),
        (date(2027, 1, 5), Decimal("90.00")),
        (date(2027, 2, 5), Decimal("81.00")),
    ]


def test_a_rest_below_the_least_is_asked_whole_and_then_nothing() -> None:
    assert asked(due(date(2026, 12, 5), "120", "60")) == [
        (date(2026, 12, 5), Decimal("60.00")),
        (date(2027, 1, 5), Decimal("50.00")),
        (date(2027, 2, 5), Decimal("10.00")),
    ]


def test_purchases_still_to_be_billed_join_what_is_carried_on_the_day_of_their_bill() -> None:
    found = asked(
        due(date(2026, 12, 5), "1000", "100"),
        bought(date(2027, 1, 6), "500"),
        bought(date(2027, 1, 6), "600"),
    )

    assert found == [
        (date(2026, 12, 5), Decimal("100.00")),
        (date(2027, 1, 6), Decimal("200.00")),  # a tenth of 900 + 1100
        (date(2027, 2, 5), Decimal("180.00")),  # a tenth of 1800
    ]


def test_purchases_alone_make_a_bill_whose_rest_is_carried() -> None:
    assert asked(bought(date(2026, 12, 31), "1000")) == [
        (date(2026, 12, 31), Decimal("100.00")),
        (date(2027, 1, 31), Decimal("90.00")),
    ]


def test_an_instalment_is_asked_whole_beside_the_minimum() -> None:
    row = due(date(2026, 12, 20), "200", kind=DueKind.INSTALMENT, plan_id="p", projected=True)

    assert not unbilled(row)
    assert asked(row, bought(date(2026, 12, 20), "600"), until=date(2026, 12, 31)) == [
        (date(2026, 12, 20), Decimal("200.00")),
        (date(2026, 12, 20), Decimal("60.00")),
    ]


def test_what_should_be_on_a_bill_by_now_is_not_asked_for() -> None:
    assert unbilled(bought(date(2026, 11, 10), "600"))
    assert asked(bought(date(2026, 11, 21), "600")) == []
    assert asked(bought(TODAY, "600"), until=TODAY) == [(TODAY, Decimal("60.00"))]


def test_a_bill_whose_minimum_is_paid_asks_for_a_part_of_its_rest_later() -> None:
    paid = (Allocation("p", date(2026, 11, 1), yuan("100")),)
    assert asked(due(date(2026, 11, 5), "1000", "100", paid=paid)) == [
        (date(2026, 12, 5), Decimal("90.00")),
        (date(2027, 1, 5), Decimal("81.00")),
        (date(2027, 2, 5), Decimal("72.90")),
    ]


def test_a_month_without_its_bill_on_record_is_passed_over() -> None:
    paid = (Allocation("p", date(2026, 9, 1), yuan("100")),)
    assert asked(due(date(2026, 9, 5), "1000", "100", paid=paid), until=date(2026, 12, 31)) == [
        (date(2026, 12, 5), Decimal("90.00"))
    ]


def test_where_the_rule_is_unknown_the_same_part_as_on_the_bill_before_is_taken() -> None:
    account = Account("card", "Bank", "CNY", id="a")
    found = minimums(account, [due(date(2026, 12, 5), "1000", "125")], TODAY, date(2027, 1, 31))

    assert [each.amount.value for each in found] == [yuan("125"), yuan("109.38")]  # 875 ÷ 8, rounded up
    made = found[1].amount.derivation
    assert "the same part of it as of the bill before, rounded up" in str(made.rule)
    assert [each.plain for each in made.given] == [yuan("875")]
    assert [working.result for working in made.workings] == [yuan("109.38")]


def test_where_nothing_is_known_of_a_minimum_all_is_asked() -> None:
    account = Account("card", "Bank", "CNY", id="a")
    whole = only(minimums(account, [due(date(2026, 12, 5), "1000")], TODAY, UNTIL))
    coming = only(minimums(account, [bought(date(2026, 12, 5), "700")], TODAY, UNTIL))

    assert whole.amount.value == yuan("1000")
    assert coming.amount.value == yuan("700")
    assert str(coming.label) == "card: a bill still to come"
    assert "all of the bill still to come is counted" in str(coming.amount.derivation.rule)


def test_the_minimum_of_a_bill_still_to_come_says_how_it_was_made() -> None:
    account = Account("card", "Bank", "CNY", terms=TENTH, id="a")
    dues = [due(date(2026, 12, 5), "1000", "100"), bought(date(2027, 1, 5), "500")]
    made = minimums(account, dues, TODAY, UNTIL)[1].amount

    assert made.value == yuan("140")
    assert [(str(each.label), str(each.plain)) for each in made.derivation.given[:2]] == [
        ("Not billed yet", "500.00 CNY"),
        ("Carried from the bill before, without interest", "900.00 CNY"),
    ]
    assert str(made.derivation.given[2].label) == "The minimum by the rule of the account"
    assert [working.result for working in made.derivation.workings] == [yuan("140")]


@pytest.mark.parametrize("open_due", [due(None, "500"), due(date(2027, 2, 23), "500")])
def test_what_has_no_date_or_is_due_later_is_not_asked(open_due: Due) -> None:
    assert asked(open_due) == []


def test_by_date_and_nothing_of_what_is_paid() -> None:
    paid = (Allocation("p", TODAY, yuan("300")),)
    found = asked(
        due(date(2027, 1, 9), "400", id="b"),
        due(date(2026, 12, 9), "300", id="c", paid=paid),
        due(date(2026, 12, 1), "100", id="d"),
    )
    assert found == [(date(2026, 12, 1), Decimal("100.00")), (date(2027, 1, 9), Decimal("400.00"))]
    assert Money(0, "CNY") == yuan("0")
