from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.bill import LineKind
from planner.domain.derivation import Derived
from planner.domain.due import Allocation, Due, DueKind
from planner.domain.late.acceleration import Called
from planner.domain.late.agreement import Agreement
from planner.domain.late.costing import Costing
from planner.domain.late.counts import LateCounts
from planner.domain.late.ends import late_ends
from planner.domain.late.item import late_items
from planner.domain.money import Money
from planner.domain.overdue import LITIGATION_NOTE, LateCost, WayKind, Wishes, cost_of_case, late_cost
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.phrases import Phrase
from tests.domain.late_cases import DUE, TODAY, case, euro, item, known, own, terms, yuan

UNTIL = DUE + timedelta(days=30)


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def cost(by: Terms, *items: Any, scenarios: tuple[date, ...] = (), **wishes: Any) -> LateCost:
    return cost_of_case(case(*items), by, TODAY, UNTIL, scenarios, Wishes(**wishes))


def workings(derived: Derived[Any] | None) -> list[tuple[str, str]]:
    assert derived is not None
    return [
        (str(step.text), "" if step.result is None else str(step.result))
        for step in derived.derivation.workings
    ]


def given(derived: Derived[Any] | None) -> list[tuple[str, str, str]]:
    assert derived is not None
    return [
        (str(each.label), str(each.value), each.source.name if each.source else "")
        for each in derived.derivation.given
    ]


# --- how it was made ---


def test_every_term_stands_with_its_source_and_every_product_with_its_numbers() -> None:
    by = known(late_from="due", late_compounding="none")
    found = cost(by).at

    assert given(found) == [
        ("Bill", "1000.00 CNY", ""),
        *(
            (f"Both ends: {label}", value, source)
            for label, value, source in (
                ("rate", "0.0500 %/day", "page of 0.0005"),
                ("that rate over a year", "18.2500 %/year", "page of 0.0005"),
                ("charged on", "what is late", "page of overdue"),
                ("charged from", "the due date", "page of due"),
                ("unpaid interest is", "not added to the debt", "page of none"),
                ("days of grace", "0", "page of 0"),
            )
        ),
    ]
    assert workings(found) == [
        ("Both ends: 1000.00 CNY × 0.0500 %/day × 30 days", "15.00 CNY"),
        ("Both ends in all", "15.00 CNY"),
    ]
    assert found is not None
    assert str(found.derivation.rule) == (
        "Late cost = what is charged × daily rate × days, once the days of grace have passed"
    )
    assert str(found.derivation.rounding) == "Each product is rounded to the cent, half up."


def test_what_nobody_says_is_a_step_that_says_so() -> None:
    found = cost(terms(late_rate="0.0005"))

    assert workings(found.at)[:3] == [
        ("Low end: charged on: what is late, taken for granted because nobody says", ""),
        ("Both ends: charged from: the due date, taken for granted because nobody says", ""),
        ("Low end: days of grace: 3, taken for granted because nobody says", ""),
    ]
    assert not any("unpaid interest is" in label for label, _, _ in given(found.at))
    monthly = cost(known(late_compounding="monthly"))
    assert ("Both ends: unpaid interest is", "added to the debt each month", "page of monthly") in given(
        monthly.at
    )


def test_what_is_asked_once_stands_with_its_source_and_changes_the_rule() -> None:
    by = own(
        known(
            late_fee="0.05",
            late_fee_fixed="5",
            late_fee_most_part="0.25",
            late_fee_most_times="2",
            late_indemnity__unpaid="0.08",
        )
    )
    found = cost(by, item(minimum=yuan("100.00"))).at

    assert given(found)[-5:] == [
        ("Both ends: fee on the unpaid minimum", "5.00 %/year", "my contract"),
        ("Both ends: fixed fee for a missed payment", "5.00 CNY", "my contract"),
        ("Both ends: such a fee is at most this part", "25.00 %/year", "my contract"),
        ("Both ends: such fees on one order, at most", "2", "my contract"),
        ("Both ends: indemnity on what is unpaid", "8.00 %/year", "my contract"),
    ]
    assert [result for text, result in workings(found) if text.startswith("Both ends")][1:] == [
        "15.00 CNY",
        "5.00 CNY",
        "5.00 CNY",
        "80.00 CNY",
        "105.00 CNY",
    ]
    assert found is not None
    assert "what is charged once" in str(found.derivation.rule)
    for once in ({"late_fee": "0.05"}, {"late_fee_fixed": "5"}, {"late_indemnity__unpaid": "0.08"}):
        one = cost(known(**once)).at
        assert one is not None
        assert "what is charged once" in str(one.derivation.rule)


def test_a_fixed_fee_without_caps_names_none() -> None:
    labels = [label for label, _, _ in given(cost(known(late_fee_fixed="5")).at)]

    assert "Both ends: fixed fee for a missed payment" in labels
    assert not any("at most" in label for label in labels)


def test_a_carried_rest_names_its_own_charge_only() -> None:
    by = known(carry_rate="0.0004", carry_from="due")

    assert given(cost(by, item(is_carried=True)).at) == [
        ("Bill", "1000.00 CNY", ""),
        ("Both ends: charge on the rest", "0.0400 %/day", "page of 0.0004"),
    ]


def test_beside_something_late_a_carried_rest_names_the_terms_of_being_late() -> None:
    by = known(carry_rate="0.0004", carry_from="due")

    labels = [label for label, _, _ in given(cost(by, item(), item(is_carried=True)).at)]
    assert "Both ends: rate" in labels


def test_where_a_planned_payment_goes_is_told_in_words() -> None:
    (way,) = cost(known(), parts=((on(20), yuan("200.00")),)).ways

    told = ("Both ends: a payment goes to", "penalties, fees, interest, then what was bought")
    assert told in [(label, value) for label, value, _ in given(way.cost)]


def test_a_fee_alone_needs_no_rate_and_names_none() -> None:
    found = cost(terms(late_fee_fixed="5", grace_days="0"))

    assert found.at is not None
    assert found.at.value == Span.exactly(yuan("5.00"))
    assert not any("rate" in label for label, _, _ in given(found.at))
    assert [str(text) for text in found.missing] == [
        "Whether a late rate a day is charged beside the fee is unknown. It is not in this."
    ]
    assert found.rate is None


def test_penalties_that_are_posted_are_a_step_where_something_is_charged() -> None:
    posted = cost_of_case(case(item(), posted=yuan("4.00")), known(), TODAY, UNTIL)
    nothing = cost_of_case(case(item(), posted=yuan("4.00")), known(), TODAY, DUE)

    step = ("Both ends: penalties posted already, recorded by themselves", "-4.00 CNY")
    assert step in workings(posted.at)
    assert ("Both ends in all", "11.00 CNY") in workings(posted.at)
    assert step not in workings(nothing.at)
    assert posted.posted == yuan("4.00")


def test_an_end_that_is_in_time_can_cost_more_than_one_that_is_late() -> None:
    by = known(late_rate="0.0003", carry_rate="0.0009", carry_from="due", grace_days=("0", "3"))
    costing = Costing(case(item(minimum=yuan("100.00"))), late_ends(by, "CN"))
    courses = costing.courses([(on(3), yuan("100.00"))])

    # In time: 1,000 × 0.09 % × 3 days, 900 × 27 days; late: 0.90, then 900.90 × 0.03 % × 27 days.
    assert costing.cost(UNTIL, courses) == Span(yuan("8.20"), yuan("24.57"))


# --- a fee that the minimum caps ---


def test_a_fee_is_capped_by_the_minimum_of_the_terms_where_no_bill_states_one() -> None:
    by = terms(
        late_fee_fixed="32",
        late_fee_most_part="1",
        minimum_rule="part_plus_interest",
        minimum="0.01",
        minimum_least=("25", "40"),
        grace_days="0",
    )
    found = cost(by, item(Money.of("1000.00", "USD"))).at

    assert found is not None
    assert found.value == Span(Money.of("25.00", "USD"), Money.of("32.00", "USD"))
    assert [each for each in workings(found) if "fixed fee" in each[0]] == [
        ("Low end: fixed fee, at most 100 %/year of the minimum of 25.00 USD by the terms", "25.00 USD"),
        ("High end: fixed fee, at most 100 %/year of the minimum of 40.00 USD by the terms", "32.00 USD"),
    ]
    assert ("The least it may be", "25.00 USD", "page of 25") in given(found)
    stated = cost(by, item(Money.of("1000.00", "USD"), minimum=Money.of("30.00", "USD"))).at
    assert stated is not None
    assert stated.value == Span.exactly(Money.of("30.00", "USD"))
    assert not any("The least it may be" in label for label, _, _ in given(stated))
    assert ("Both ends: fixed fee, at most 100 %/year of 30.00 USD", "30.00 USD") in workings(stated)
    of_order = cost(by, item(Money.of("1000.00", "USD"), order=Money.of("20.00", "USD"))).at
    assert of_order is not None
    assert of_order.value == Span.exactly(Money.of("20.00", "USD"))
    small = cost(by, item(Money.of("10.00", "USD"))).at
    assert small is not None
    assert small.value == Span.exactly(Money.of("10.00", "USD"))  # all of it is due


# --- what both ends share ---


def test_one_value_is_told_once_and_what_differs_by_its_end() -> None:
    found = cost(known(grace_days=("0", "3"))).at

    assert found is not None
    assert found.value == Span.exactly(yuan("15.00"))
    labels = [label for label, _, _ in given(found) if "days of grace" in label or label.endswith(": rate")]
    assert labels == ["Both ends: rate", "Low end: days of grace", "High end: days of grace"]
    band = cost(known(late_rate=("0.0003", "0.0007"))).at
    assert not any("Both ends" in label for label, _, _ in given(band))
    assert not any("Both ends" in text for text, _ in workings(band))


# --- a lawsuit ---


@pytest.mark.row("C032")
def test_a_lawsuit_is_one_way_of_its_own_on_the_chosen_day_and_in_no_other() -> None:
    asked: dict[str, Any] = {
        "scenarios": (on(12), UNTIL),
        "agreement": Agreement(6, on(20), on(12), stops=True),
    }
    without = cost(known(), **asked)
    found = cost(known(), litigation=yuan("300.00"), **asked)

    *others, court = found.ways
    assert tuple(others) == without.ways
    assert (court.kind, str(court.label)) == (WayKind.LAWSUIT, f"With a lawsuit: everything on {UNTIL}")
    assert court.cost is not None
    assert court.cost.value == Span.exactly(yuan("315.00"))
    assert court.total == Span.exactly(yuan("1315.00"))
    assert court.payments == ((UNTIL, Span.exactly(yuan("1315.00"))),)
    assert court.is_recorded
    assert court.notes[-1] is LITIGATION_NOTE
    assert [(str(each.label), each.plain) for each in court.cost.derivation.given] == [
        ("The cost without a lawsuit", Span.exactly(yuan("15.00"))),
        ("Costs of a lawsuit, as you gave them", yuan("300.00")),
    ]
    assert all(LITIGATION_NOTE not in way.notes for way in others)
    assert cost(known(), litigation=yuan("0"), **asked).ways == without.ways


# --- the whole result ---


def test_every_day_from_the_first_due_date_or_today_to_the_chosen_one_has_its_cost() -> None:
    assert [day.day for day in cost(known()).days] == [on(number) for number in range(31)]
    ahead = cost(known(), item(due_on=TODAY + timedelta(days=5)))
    assert (ahead.days[0].day, ahead.days[-1].day) == (TODAY, UNTIL)
    today = cost_of_case(case(), known(), TODAY, TODAY)
    assert (today.days[0].day, today.days[-1].day) == (DUE, TODAY)
    past = cost_of_case(case(item(due_on=TODAY)), known(), TODAY, DUE)
    assert [day.day for day in past.days] == [TODAY]


def test_each_day_of_paying_is_a_scenario_and_a_way() -> None:
    found = cost(known(), scenarios=(on(12), UNTIL))

    assert [day for day, _ in found.scenarios] == [on(12), UNTIL]
    assert [(way.kind, way.last_on) for way in found.ways] == [
        (WayKind.WHOLE, on(12)),
        (WayKind.WHOLE, UNTIL),
    ]
    assert [way.cost for way in found.ways] == [derived for _, derived in found.scenarios]


def test_what_is_asked_for_comes_after_the_days_of_paying() -> None:
    found = cost(
        known(),
        scenarios=(UNTIL,),
        parts=((on(20), yuan("200.00")),),
        agreement=Agreement(3, on(20), on(12), stops=True),
        called=Called(on(12), yuan("500.00"), yuan("0")),
        litigation=yuan("300.00"),
        counts=LateCounts(in_all=2, in_row=1),
    )

    assert [way.kind for way in found.ways] == list(WayKind)
    assert [way.litigation for way in found.ways] == [None] * 4 + [yuan("300.00")]
    called, court = found.ways[-2:]
    assert called.cost is not None
    assert court.cost is not None
    assert called.total is not None
    assert court.cost.value == called.cost.value.map(lambda end: end + yuan("300.00"))
    assert court.total == called.total.map(lambda end: end + yuan("300.00"))
    assert found.counts == LateCounts(in_all=2, in_row=1)
    assert any("Here: 1 in a row now, 2 in all" in str(mark.text) for mark in found.milestones)
    assert found.to_pay(Span(yuan("1.00"), yuan("2.00"))) == Span(yuan("1001.00"), yuan("1002.00"))
    assert cost(known()).to_pay(Span.exactly(yuan("1.00"))) == Span.exactly(yuan("1001.00"))


def test_without_a_rate_every_way_stays_unknown() -> None:
    found = cost(
        Terms(),
        scenarios=(UNTIL,),
        parts=((on(20), yuan("200.00")),),
        agreement=Agreement(3, on(20), on(12)),
        called=Called(on(12), yuan("500.00"), yuan("0")),
        litigation=yuan("300.00"),
    )

    assert (found.at, found.days, found.scenarios) == (None, (), ((UNTIL, None),))
    assert [way.kind for way in found.ways] == list(WayKind)
    assert [way.cost for way in found.ways] == [None] * 5
    assert [way.litigation for way in found.ways] == [None] * 4 + [yuan("300.00")]
    assert str(found.ways[-1].label) == "With a lawsuit"


def test_planned_parts_that_pay_the_minimum_need_the_charge_on_the_rest() -> None:
    bill = item(due_on=on(20), minimum=yuan("100.00"))

    found = cost(known(), bill, parts=((on(20), yuan("60.00")), (on(20), yuan("40.00"))))
    assert found.ways[0].cost is None
    assert [str(text) for text in found.ways[0].missing] == [
        "The charge a day on a rest after the minimum is unknown."
    ]
    less = cost(known(), bill, parts=((on(20), yuan("99.99")),))
    assert less.ways[0].cost is not None
    with_carry = cost(known(carry_rate="0.0005"), bill, parts=((on(20), yuan("100.00")),))
    assert with_carry.ways[0].cost is not None
    by_grace = known(grace_days=("0", "3"))  # in time by one reading is enough
    assert cost(by_grace, bill, parts=((on(23), yuan("100.00")),)).ways[0].cost is None


def test_the_law_is_that_of_the_case() -> None:
    chinese, french = cost(known()), cost(known(), item(euro("100.00")))

    assert (chinese.country, french.country) == ("CN", "FR")
    assert chinese.record_leaves(UNTIL) == date(2031, 12, 10)
    assert french.record_leaves(UNTIL) is None
    assert chinese.record_leaves(DUE) is None
    assert chinese.record_leaves(on(1)) == date(2031, 11, 11)
    two = cost(known(), item(), item(due_on=on(40)))
    assert two.record_leaves(on(1)) == date(2031, 11, 11)  # one that is late is enough
    assert cost(known(carry_rate="0.0005"), item(is_carried=True)).record_leaves(UNTIL) is None
    abroad = cost_of_case(case(law="GB"), known(), TODAY, UNTIL)
    assert abroad.record_leaves(UNTIL) is None


def test_the_short_way_in_is_the_same() -> None:
    short = late_cost([item()], yuan("5.00"), known(), TODAY, UNTIL, [UNTIL], posted=yuan("1.00"))
    whole = cost_of_case(case(other=yuan("5.00"), posted=yuan("1.00")), known(), TODAY, UNTIL, [UNTIL])

    assert short == whole


@pytest.mark.row("C043", "C054")
def test_within_the_free_time_before_the_due_date_paying_costs_nothing() -> None:
    ahead = cost_of_case(
        case(item(due_on=TODAY + timedelta(days=30))), known(), TODAY, TODAY + timedelta(days=31)
    )

    assert {day.cost for day in ahead.days[:-1]} == {Span.exactly(yuan("0"))}
    assert ahead.days[-1].cost == Span.exactly(yuan("0.50"))


# --- from dues to items ---


def test_a_due_becomes_an_item_with_what_was_paid_and_its_principal() -> None:
    due = Due(
        DueKind.BILL,
        "bill",
        "account",
        Phrase("Bill"),
        DUE,
        {LineKind.PURCHASE: yuan("900.00"), LineKind.PENALTY: yuan("60.00"), LineKind.FEE: yuan("40.00")},
        minimum=yuan("150.00"),
        paid=(Allocation("a", on(-2), yuan("50.00")), Allocation("b", on(3), yuan("20.00"))),
    )
    (found,) = late_items([due])

    assert (found.unpaid, found.minimum) == (yuan("930.00"), yuan("80.00"))
    assert found.paid == ((on(-2), yuan("50.00")), (on(3), yuan("20.00")))
    assert found.penalties == yuan("0")  # 60.00, of which all are paid
    assert (found.principal, found.owed_principal) == (yuan("900.00"), yuan("900.00"))
    assert not found.is_carried
    assert item(principal=yuan("2000.00")).owed_principal == yuan("1000.00")
    assert item().owed_principal == yuan("1000.00")


def test_minimum_and_penalties_of_an_item_follow_those_of_its_due() -> None:
    parts = {LineKind.PURCHASE: Money.of("900.00", "CNY"), LineKind.PENALTY: yuan("60.00")}
    bill = Due(DueKind.BILL, "bill", "account", Phrase("Bill"), DUE, parts)
    row = Due(DueKind.INSTALMENT, "row", "account", Phrase("Row"), DUE, parts)
    paid_minimum = Due(
        DueKind.BILL,
        "other",
        "account",
        Phrase("Bill"),
        DUE,
        parts,
        minimum=yuan("100.00"),
        paid=(Allocation("a", DUE, yuan("100.00")),),
    )
    undated = Due(DueKind.BILL, "undated", "account", Phrase("Bill"), None, parts)
    settled = Due(
        DueKind.BILL,
        "paid",
        "account",
        Phrase("Bill"),
        DUE,
        parts,
        paid=(Allocation("a", DUE, yuan("960.00")),),
    )

    found = late_items([bill, row, paid_minimum, undated, settled])

    assert [each.minimum for each in found] == [None, yuan("960.00"), yuan("0")]
    assert [each.is_carried for each in found] == [False, False, True]
    assert [each.penalties for each in found] == [yuan("60.00"), yuan("60.00"), yuan("0")]
