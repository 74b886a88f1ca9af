"""Tests of how the figures of obligations were made, and of how an obligation stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.bill import LineKind
from planner.domain.due import Allocation, Due, DueKind, days_from
from planner.domain.due_figures import made_amount, made_paid, still_costs, still_least, still_principal
from planner.domain.due_sums import costs_of, least_of, principal_of, together, total_of
from planner.domain.money import Money
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase
from tests.domain.telling import given, inner, rule, steps

DUE = date(2026, 11, 10)
PAID_ON = date(2026, 11, 8)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def due(**changes: object) -> Due:
    """A bill of 100 principal, 5 fee, 3 interest and 2 penalty, of which 10 is the minimum."""
    parts = {
        LineKind.PENALTY: yuan("2"),
        LineKind.FEE: yuan("5"),
        LineKind.INTEREST: yuan("3"),
        LineKind.PURCHASE: yuan("100"),
        LineKind.ADJUSTMENT: yuan("0"),
    }
    made = Due(DueKind.BILL, "bill", "account", Phrase("Bill"), DUE, parts, yuan("10"))
    return replace(made, **changes)  # type: ignore[arg-type]


def paid(amount: str, *, is_refund: bool = False, is_imported: bool = False) -> Allocation:
    return Allocation(f"paid-{amount}", PAID_ON, yuan(amount), is_refund, is_imported)


PARTS = [
    ("Penalties", yuan("2")),
    ("Fees", yuan("5")),
    ("Interest", yuan("3")),
    ("Purchases and principal", yuan("100")),
]


def test_the_amount_is_the_sum_of_its_parts_and_parts_of_nothing_are_left_out() -> None:
    figure = made_amount(due())

    assert figure.value == yuan("110")
    assert given(figure) == PARTS
    assert steps(figure) == [("Together", yuan("110"))]
    assert rule(figure) == "What is due = all its parts together"


def test_what_a_file_told_of_is_said_to_come_from_it() -> None:
    assert {each.source for each in due().given_parts} == {None}
    assert {each.source for each in due(is_imported=True).given_parts} == {IMPORTED}
    assert paid("1").given.source is None
    assert paid("1", is_imported=True).given.source is IMPORTED


def test_payments_and_refunds_are_named_apart() -> None:
    figure = made_paid(due(paid=(paid("6"), paid("4", is_refund=True))))

    assert figure.value == yuan("10")
    assert given(figure) == [("Payment of 2026-11-08", yuan("6")), ("Refund of 2026-11-08", yuan("4"))]
    assert rule(figure) == "Paid = the payments and refunds that went to it, in the order of their dates"


def test_still_to_pay_of_what_nobody_paid_is_all_of_it() -> None:
    figure = due().still_due

    assert figure.value == yuan("110")
    assert given(figure) == PARTS
    assert steps(figure) == [("All parts together", yuan("110"))]


def test_still_to_pay_is_told_with_what_was_paid() -> None:
    figure = due(paid=(paid("20"), paid("30"))).still_due

    assert figure.value == yuan("60")
    assert given(figure) == [
        *PARTS,
        ("Payment of 2026-11-08", yuan("20")),
        ("Payment of 2026-11-08", yuan("30")),
    ]
    assert steps(figure) == [
        ("All parts together", yuan("110")),
        ("Payments and refunds together", yuan("-50")),
        ("Still to pay", yuan("60")),
    ]
    assert rule(figure) == (
        "Still to pay = what was recorded as due − the payments and refunds that went to it"
    )


def test_what_a_newer_bill_carries_is_told_as_that() -> None:
    figure = due(closed_on=date(2026, 12, 1)).still_due

    assert figure.value == yuan("0")
    assert steps(figure) == [
        ("All parts together", yuan("110")),
        ("A newer bill of 2026-12-01 carries the rest", yuan("0")),
    ]


def test_what_was_corrected_to_nothing_still_tells_what_is_to_pay() -> None:
    figure = due(parts={LineKind.PURCHASE: yuan("5"), LineKind.ADJUSTMENT: yuan("-7")}).still_due

    assert figure.value == yuan("0")
    assert steps(figure) == [("All parts together", yuan("-2")), ("Still to pay", yuan("0"))]
    assert given(figure)[1] == ("Corrections, because the app says otherwise", yuan("-7"))


def test_why_it_is_still_to_pay_is_put_together_once() -> None:
    one = due()

    assert one.still_due is one.still_due


@pytest.mark.parametrize(
    ("payments", "left", "least"),
    [
        ((), "10", "10"),
        ((paid("4"),), "6", "6"),
        ((paid("4"), paid("3", is_refund=True)), "6", "6"),
        ((paid("10"),), "0", "0"),
        ((paid("105"),), "0", "0"),
    ],
)
def test_the_least_to_pay_is_the_minimum_less_the_payments(
    payments: tuple[Allocation, ...], left: str, least: str
) -> None:
    figure = still_least(due(paid=payments))

    assert figure.value == yuan(least)
    assert given(figure)[0] == ("Minimum, as the statement says", yuan("10"))
    own = [("Payment of 2026-11-08", part.amount) for part in payments if not part.is_refund]
    assert given(figure)[1:-1] == own
    assert given(figure)[-1][0] == "Still to pay"
    assert steps(figure) == [
        ("Minimum − payments, at least nothing", yuan(left)),
        ("The least to pay", yuan(least)),
    ]


def test_the_least_to_pay_is_never_more_than_is_still_to_pay() -> None:
    figure = still_least(due(minimum=yuan("50"), paid=(paid("80", is_refund=True),)))

    assert figure.value == yuan("30")
    assert steps(figure) == [
        ("Minimum − payments, at least nothing", yuan("50")),
        ("The least to pay", yuan("30")),
    ]


def test_without_a_minimum_all_of_it_is_the_least_to_pay() -> None:
    one = due(minimum=None, paid=(paid("10"),))
    figure = still_least(one)

    assert figure.value == yuan("100")
    assert rule(figure) == "No minimum is known, so the least to pay is all that is still to pay."
    assert given(figure) == [("Still to pay", yuan("100"))]
    assert inner(figure, "Still to pay") is one.still_due
    assert steps(figure) == [("The least to pay", yuan("100"))]


@pytest.mark.parametrize(
    ("amount", "told", "principal"),
    [
        ("1", [("Paid on: Penalties", yuan("1")), ("Left of it for the principal", yuan("0"))], "100"),
        (
            "7",
            [
                ("Paid on: Penalties", yuan("2")),
                ("Paid on: Fees", yuan("5")),
                ("Left of it for the principal", yuan("0")),
            ],
            "100",
        ),
        (
            "25",
            [
                ("Paid on: Penalties", yuan("2")),
                ("Paid on: Fees", yuan("5")),
                ("Paid on: Interest", yuan("3")),
                ("Left of it for the principal", yuan("15")),
            ],
            "85",
        ),
    ],
)
def test_payments_reach_the_principal_last(
    amount: str, told: list[tuple[str, object]], principal: str
) -> None:
    one = due(paid=(paid(amount),))

    figure = still_principal(one)

    assert figure.value == yuan(principal)
    assert steps(figure) == [*told, ("Principal still to pay", yuan(principal))]
    assert given(figure) == [*PARTS, ("Payment of 2026-11-08", yuan(amount))]
    costs = still_costs(one)
    assert costs.value == one.open - yuan(principal)
    assert given(costs) == [("Still to pay", one.open), ("Principal still to pay", yuan(principal))]
    assert steps(costs) == [("Still to pay − principal", one.open - yuan(principal))]


def test_of_what_nobody_touched_the_principal_and_the_costs_are_its_parts() -> None:
    principal, costs = still_principal(due()), still_costs(due())

    assert (principal.value, costs.value) == (yuan("100"), yuan("10"))
    assert given(principal) == PARTS[3:]
    assert steps(principal) == []
    assert given(costs) == PARTS[:3]
    assert steps(costs) == [("Together", yuan("10"))]


def test_what_was_corrected_tells_its_principal_in_full() -> None:
    one = due(parts={LineKind.PURCHASE: yuan("100"), LineKind.ADJUSTMENT: yuan("-40")})

    figure = still_principal(one)

    assert figure.value == yuan("60")
    assert steps(figure) == [
        ("Left of it for the principal", yuan("0")),
        ("Principal still to pay", yuan("60")),
    ]


def test_what_is_closed_tells_its_principal_in_full() -> None:
    assert steps(still_principal(due(closed_on=PAID_ON)))[-1] == ("Principal still to pay", yuan("0"))


# --- sums ----------------------------------------------------------------------------------------------


def dues() -> list[Due]:
    euros = {LineKind.PURCHASE: Money.of("7", "EUR")}
    free = {LineKind.PURCHASE: yuan("20")}
    return [
        due(id="one", label=Phrase("One"), paid=(paid("4"),)),
        due(id="two", label=Phrase("Two"), parts=free, minimum=None),
        due(id="three", label=Phrase("Three"), parts=euros, minimum=None),
    ]


def test_there_is_one_sum_per_currency_and_each_names_its_parts() -> None:
    found = total_of(dues())

    assert {currency: figure.value for currency, figure in found.items()} == {
        "CNY": yuan("126"),
        "EUR": Money.of("7", "EUR"),
    }
    assert given(found["CNY"]) == [("One", yuan("106")), ("Two", yuan("20"))]
    assert rule(found["CNY"]) == "The sum of what is still to pay, one total per currency"
    assert total_of([]) == {}
    assert together(dues(), "EUR").value == Money.of("7", "EUR")
    assert together([], "CNY").value == yuan("0")
    assert together(dues(), "CNY") == found["CNY"]
    assert given(together(dues(), "EUR", lambda _due: Phrase("Named"))) == [("Named", Money.of("7", "EUR"))]


def test_the_parts_of_a_sum_can_be_named_with_their_account() -> None:
    found = total_of(dues(), lambda each: Phrase("Mine: {what}", what=each.label))

    assert [label for label, _amount in given(found["CNY"])] == ["Mine: One", "Mine: Two"]


def test_the_other_sums_are_made_of_the_same_dues() -> None:
    least, principal, costs = least_of(dues()), principal_of(dues()), costs_of(dues())

    assert (least["CNY"].value, least["EUR"].value) == (yuan("26"), Money.of("7", "EUR"))
    assert given(least["CNY"]) == [("One", yuan("6")), ("Two", yuan("20"))]
    assert principal["CNY"].value == yuan("120")
    assert given(principal["CNY"]) == [("One", yuan("100")), ("Two", yuan("20"))]
    assert costs["CNY"].value == yuan("6")
    assert given(costs["CNY"]) == [("One", yuan("6"))]  # what costs nothing is not listed
    assert costs["EUR"].value == Money.of("0", "EUR")
    assert given(costs["EUR"]) == [("Three", Money.of("0", "EUR"))]
    assert rule(least["CNY"]).startswith("The sum of the least to pay")
    assert rule(principal["CNY"]).startswith("The sum of the principal still to pay")
    assert rule(costs["CNY"]) == "The sum of fees, interest and penalties still to pay"


# --- how it stands --------------------------------------------------------------------------------------

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closed_on": date(2026, 12, 1)}, "carried into the bill of 2026-12-01"),
        ({"paid": (paid("110"),)}, "paid"),
        ({"due_on": None}, "date unknown"),
        ({"due_on": TODAY}, "today"),
        ({"due_on": TODAY + timedelta(days=1)}, "tomorrow"),
        ({"due_on": TODAY + timedelta(days=2)}, "in 2 days"),
        ({"due_on": TODAY - timedelta(days=1)}, "1 day late"),
        ({"due_on": TODAY - timedelta(days=2)}, "2 days late"),
        ({"due_on": TODAY - timedelta(days=1), "projected": True}, "its bill is not recorded"),
        (
            {"due_on": TODAY - timedelta(days=1), "paid": (paid("10"),)},
            "the minimum is paid, so it is not late",
        ),
        ({"due_on": TODAY + timedelta(days=2), "paid": (paid("10"),)}, "in 2 days, the minimum is paid"),
        ({"due_on": TODAY + timedelta(days=2), "projected": True}, "in 2 days, not billed yet"),
        (
            {"due_on": TODAY + timedelta(days=2), "doubt": Phrase("Holidays are not published")},
            "in 2 days (the date may move)",
        ),
    ],
)
def test_how_it_stands_is_said_in_one_phrase(changes: dict[str, object], words: str) -> None:
    assert str(due(**changes).standing(TODAY)) == words


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 12),
        ({"due_on": TODAY - timedelta(days=1)}, 1),
        ({"due_on": TODAY}, 0),
        ({"due_on": TODAY + timedelta(days=1)}, 0),
        ({"due_on": None}, 0),
        ({"paid": (paid("9"),)}, 12),
        ({"paid": (paid("10"),)}, 0),
        ({"projected": True}, 0),
    ],
)
def test_the_days_late_are_counted_from_the_due_day_unless_it_is_not_late(
    changes: dict[str, object], days: int
) -> None:
    assert due(**changes).days_late(TODAY) == days


def test_how_far_away_a_date_is() -> None:
    days = {number: str(days_from(TODAY + timedelta(days=number), TODAY)) for number in (-2, -1, 0, 1, 2)}

    assert days == {-2: "2 days late", -1: "1 day late", 0: "today", 1: "tomorrow", 2: "in 2 days"}
