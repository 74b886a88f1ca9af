from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.late.acceleration import Called, acceleration_way, callable_from
from planner.domain.late.agreement import Agreement, agreement_way, equal_parts
from planner.domain.late.costing import Costing
from planner.domain.late.ends import late_ends
from planner.domain.late.item import LateItem
from planner.domain.late.way import (
    LITIGATION_NOTE,
    STAYS_RECORDED,
    WAY_WORDS,
    Way,
    WayKind,
    by_day,
    lawsuit_way,
    parts_way,
    unknown_way,
    whole_way,
)
from planner.domain.money import Money
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from tests.domain.late_cases import DUE, case, euro, item, known, own, terms, yuan


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def costing(found: Terms, *items: LateItem, **more: Any) -> Costing:
    which = case(*items, **more)
    return Costing(which, late_ends(found, which.country))


def single(text: str) -> Span[Money]:
    return Span.exactly(yuan(text))


def span(low: str, high: str) -> Span[Money]:
    return Span(yuan(low), yuan(high))


def cost_of(way: Way) -> Span[Money]:
    assert way.cost is not None
    return way.cost.value


def steps(way: Way) -> list[tuple[str, str]]:
    assert way.cost is not None
    return [
        (str(working.text), "" if working.result is None else str(working.result))
        for working in way.cost.derivation.workings
    ]


RANGE = known(late_rate=("0.0003", "0.0007"))


# --- all of it on a day ---


def test_all_on_one_day_is_one_payment_of_it_with_its_cost() -> None:
    found = costing(RANGE)
    way = whole_way(found, on(30), found.derived(on(30)))

    assert (way.kind, str(way.label)) == (WayKind.WHOLE, f"Everything on {on(30)}")
    assert cost_of(way) == span("9.00", "21.00")
    assert way.total == span("1009.00", "1021.00")
    assert way.payments == ((on(30), span("1009.00", "1021.00")),)
    assert way.last_on == on(30)
    assert way.is_recorded
    assert way.notes == (STAYS_RECORDED,)
    assert way.litigation is None


def test_in_time_nothing_is_recorded() -> None:
    found = costing(RANGE)
    way = whole_way(found, DUE, found.derived(DUE))

    assert not way.is_recorded
    assert way.notes == ()
    assert whole_way(found, on(1), found.derived(on(1))).is_recorded
    carried = costing(known(carry_rate="0.0005", carry_from="due"), item(is_carried=True))
    assert not whole_way(carried, on(30), carried.derived(on(30))).is_recorded
    two = costing(RANGE, item(), item(due_on=on(30)))
    assert whole_way(two, on(1), two.derived(on(1))).is_recorded  # one of them is enough


@pytest.mark.row("C032")
def test_the_costs_of_a_lawsuit_come_on_top_and_the_record_stays_after_a_judgement() -> None:
    found = costing(RANGE)
    way = lawsuit_way(whole_way(found, on(30), found.derived(on(30))), yuan("500.00"))

    assert cost_of(way) == span("509.00", "521.00")
    assert way.total == span("1509.00", "1521.00")
    assert way.payments[-1][1] == way.total
    assert way.litigation == yuan("500.00")
    assert way.notes == (STAYS_RECORDED, LITIGATION_NOTE)
    assert "Paying after a judgement does not erase the record." in str(LITIGATION_NOTE)


def test_an_unknown_cost_is_a_way_without_figures() -> None:
    way = whole_way(costing(Terms()), on(30), None)

    assert (way.cost, way.total, way.payments, way.last_on) == (None, None, (), None)
    assert way.is_recorded
    other = unknown_way(WayKind.AGREEMENT)
    assert (other.label, other.notes, other.missing) == (WAY_WORDS[WayKind.AGREEMENT], (STAYS_RECORDED,), ())
    assert set(WAY_WORDS) == set(WayKind)
    assert unknown_way(WayKind.PARTS, is_recorded=False).notes == ()


# --- in parts ---


def test_two_hundred_on_the_fifth_and_the_rest_on_the_thirtieth() -> None:
    way = parts_way(costing(known()), [(on(5), yuan("200.00"))], on(30))

    # 1,000 × 5 days = 2.50; 197.50 go to the debt: 802.50 × 25 days = 10.03.
    assert (way.kind, str(way.label)) == (WayKind.PARTS, f"2 payments, the last on {on(30)}")
    assert cost_of(way) == single("12.53")
    assert way.total == single("1012.53")
    assert way.payments == ((on(5), single("200.00")), (on(30), single("812.53")))
    assert way.is_recorded
    assert way.notes == (STAYS_RECORDED,)
    assert [step for step in steps(way) if "×" in step[0]][:2] == [
        ("Both ends: 1000.00 CNY × 0.0500 %/day × 5 days", "2.50 CNY"),
        ("Both ends: 802.50 CNY × 0.0500 %/day × 25 days", "10.03 CNY"),
    ]
    assert way.cost is not None
    given = [str(each.label) for each in way.cost.derivation.given]
    assert given[1] == f"Planned payment of {on(5)}"
    assert "Both ends: a payment goes to" in given


def test_parts_over_a_range_of_rates_leave_a_range_for_the_last_payment() -> None:
    way = parts_way(costing(RANGE), [(on(10), yuan("400.00")), (on(10), yuan("100.00"))], on(30))

    # Low: 3.00, 503.00 × 20 days = 3.018; high: 7.00, 507.00 × 20 days = 7.098.
    assert cost_of(way) == span("6.02", "14.10")
    assert way.payments == ((on(10), single("500.00")), (on(30), span("506.02", "514.10")))
    assert way.total == span("1006.02", "1014.10")
    assert way.notes == (STAYS_RECORDED,)
    assert way.litigation is None


def test_what_is_more_than_everything_owed_is_not_paid() -> None:
    way = parts_way(costing(RANGE), [(on(10), yuan("2000.00"))], on(30))

    assert cost_of(way) == span("3.00", "7.00")
    assert way.payments == ((on(10), span("1003.00", "1007.00")),)
    assert str(way.label) == f"1 payment, on {on(10)}"
    assert way.total == span("1003.00", "1007.00")


def test_a_part_above_what_is_late_goes_to_what_else_is_open_and_is_not_counted() -> None:
    way = parts_way(costing(known(), other=yuan("593.96")), [(on(10), yuan("1500.00"))], on(30))

    assert all(amount.low.minor >= 0 for _, amount in way.payments)
    assert way.total is not None
    assert way.total.low - cost_of(way).low == yuan("1000.00")
    assert sum(amount.high.minor for _, amount in way.payments) == way.total.high.minor


def test_parts_paid_in_time_leave_no_record() -> None:
    way = parts_way(costing(known()), [(DUE, yuan("1000.00"))], on(30))
    assert not way.is_recorded
    assert way.notes == ()
    assert cost_of(way) == single("0")

    assert parts_way(costing(known()), [(DUE, yuan("999.99"))], on(30)).is_recorded
    assert parts_way(costing(known()), [(on(1), yuan("1000.00"))], on(30)).is_recorded
    with_minimum = costing(known(carry_rate="0", carry_from="due"), item(minimum=yuan("100.00")))
    assert not parts_way(with_minimum, [(DUE, yuan("100.00"))], on(30)).is_recorded
    assert parts_way(with_minimum, [(DUE, yuan("99.99"))], on(30)).is_recorded
    assert not parts_way(costing(known()), [(DUE, yuan("5.00"))], DUE).is_recorded
    carried = costing(known(carry_rate="0", carry_from="due"), item(is_carried=True))
    assert not parts_way(carried, [(on(5), yuan("5.00"))], on(30)).is_recorded
    two = costing(known(), item("100.00"), item("100.00", due_on=on(40)))
    assert parts_way(two, [(on(5), yuan("5.00"))], on(30)).is_recorded
    assert "last on" in str(parts_way(two, [(on(5), yuan("5.00"))], on(30)).label)


def test_payments_of_one_day_are_taken_together() -> None:
    planned = [(on(9), yuan("1.00")), (on(5), yuan("2.00")), (on(9), yuan("3.00"))]

    assert by_day(planned) == ((on(5), yuan("2.00")), (on(9), yuan("4.00")))
    assert by_day([]) == ()


def test_being_carried_by_one_reading_only_still_gives_a_span_from_less_to_more() -> None:
    # With three days of grace the minimum is in time, and the rest costs more than being late does.
    found = known(late_rate="0.0003", carry_rate="0.0009", carry_from="due", grace_days=("0", "3"))
    way = parts_way(costing(found, item(minimum=yuan("100.00"))), [(on(3), yuan("100.00"))], on(30))

    assert cost_of(way).low < cost_of(way).high


def test_what_is_paid_in_all_and_each_time_tells_how_it_was_made() -> None:
    way = parts_way(costing(RANGE), [(on(10), yuan("400.00"))], on(30))

    total = way.made_total
    assert total is not None
    assert total.value == way.total
    assert [(str(each.label), each.plain) for each in total.derivation.given] == [
        ("What is owed", single("1000.00")),
        ("What this way costs", cost_of(way)),
    ]
    assert total.derivation.workings[-1].result == way.total
    assert str(total.derivation.rule) == "To pay in all = what is owed + what this way costs"
    first, last = way.made_payment(0), way.made_payment(1)
    assert (first.value, last.value) == (way.payments[0][1], way.payments[1][1])
    assert "never more than is owed by then" in str(first.derivation.rule)
    assert first.derivation.given == ()
    assert first.derivation.workings[0].result == single("400.00")
    assert str(first.derivation.workings[0].text) == f"To pay on {on(10)}"
    assert [(str(each.label), each.plain) for each in last.derivation.given] == [
        ("To pay in all", way.total),
        (f"Paid on {on(10)}", single("400.00")),
    ]
    assert last.derivation.workings[0].result == way.payments[1][1]
    assert str(last.derivation.rule).startswith("The last payment = everything that is paid")
    assert unknown_way(WayKind.PARTS).made_total is None


# --- an agreement ---


def test_equal_parts_leave_what_does_not_divide_to_the_last() -> None:
    assert equal_parts(yuan("10.00"), 3) == (yuan("3.33"), yuan("3.33"), yuan("3.34"))
    assert equal_parts(yuan("10.00"), 1) == (yuan("10.00"),)
    assert equal_parts(yuan("0.01"), 2) == (yuan("0"), yuan("0.01"))


def test_the_parts_of_an_agreement_are_a_month_apart_without_drifting() -> None:
    agreement = Agreement(3, date(2026, 12, 31), date(2026, 12, 1))

    assert agreement.days == (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))


def test_an_agreement_that_stops_what_is_charged_costs_what_has_been_charged_by_then() -> None:
    agreement = Agreement(3, on(20), on(10), stops=True)
    way = agreement_way(costing(known()), agreement)

    assert str(way.label) == f"Agreement on 3 equal parts, the last on {date(2027, 1, 30)}"
    assert cost_of(way) == single("5.00")
    assert way.total == single("1005.00")
    assert way.payments == (
        (date(2026, 11, 30), single("335.00")),
        (date(2026, 12, 30), single("335.00")),
        (date(2027, 1, 30), single("335.00")),
    )
    assert steps(way) == [
        (f"Both ends: late cost on {on(10)}, when it is agreed", "5.00 CNY"),
        ("Both ends: nothing is charged from then on", ""),
        ("Both ends in all", "5.00 CNY"),
    ]
    assert way.cost is not None
    assert [(str(given.label), given.value) for given in way.cost.derivation.given] == [
        ("Bill", yuan("1000.00")),
        ("Equal parts", 3),
    ]


def test_without_a_stop_it_goes_on_until_the_last_part() -> None:
    way = agreement_way(costing(known()), Agreement(2, on(10), on(0), stops=False))

    # Nothing by the due date: two parts of 500.00. 1,000 × 10 days = 5.00, of 500.00 go 495.00 to the debt:
    # 505.00 × 30 days = 7.575.
    assert cost_of(way) == single("12.58")
    assert way.payments == ((on(10), single("500.00")), (on(40), single("512.58")))
    assert steps(way)[:4] == [
        (f"Both ends: late cost on {DUE}, when it is agreed", "0.00 CNY"),
        ("Both ends: 1000.00 CNY × 0.0500 %/day × 10 days", "5.00 CNY"),
        ("Both ends: 505.00 CNY × 0.0500 %/day × 30 days", "7.58 CNY"),
        ("Both ends in all", "12.58 CNY"),
    ]


def test_where_nobody_knows_whether_it_stops_it_is_a_band() -> None:
    way = agreement_way(costing(known()), Agreement(2, on(10), on(0)))

    assert cost_of(way) == span("0", "12.58")
    assert way.total == span("1000.00", "1012.58")
    assert ("Low end: nothing is charged from then on", "") in steps(way)
    assert ("High end: nothing is charged from then on", "") not in steps(way)
    assert way.payments == ((on(10), single("500.00")), (on(40), span("500.00", "512.58")))
    assert LITIGATION_NOTE not in way.notes


def test_one_part_is_one_payment() -> None:
    way = agreement_way(costing(known()), Agreement(1, on(20), on(10), stops=False))

    assert str(way.label) == f"Agreement on 1 payment, on {on(20)}"
    assert cost_of(way) == single("10.00")
    assert way.payments == ((on(20), single("1010.00")),)


def test_an_agreement_before_the_due_date_leaves_no_record_and_one_after_it_does() -> None:
    for days, is_recorded in ((-1, False), (0, False), (1, True)):
        way = agreement_way(costing(known()), Agreement(2, on(10), on(days), stops=True))
        assert way.is_recorded is is_recorded
        assert (STAYS_RECORDED in way.notes) is is_recorded
    two = costing(known(), item(), item(due_on=on(30)))
    assert agreement_way(two, Agreement(2, on(10), on(1), stops=True)).is_recorded
    carried = costing(known(carry_rate="0", carry_from="due"), item(is_carried=True))
    assert not agreement_way(carried, Agreement(2, on(10), on(5), stops=True)).is_recorded


@pytest.mark.row("C040")
def test_an_agreement_does_not_undo_that_the_date_was_missed() -> None:
    way = agreement_way(costing(known()), Agreement(2, on(10), on(5), stops=True))

    assert "paying later does not undo it" in " ".join(map(str, way.notes))


@pytest.mark.parametrize(("count", "law", "is_said"), [(60, "", False), (61, "", True), (61, "FR", False)])
def test_more_than_five_years_meet_the_chinese_rule_for_cards(count: int, law: str, *, is_said: bool) -> None:
    way = agreement_way(costing(known(), law=law), Agreement(count, on(10), on(5), stops=True))

    said = [note for note in way.notes if "art. 70" in str(note)]
    assert bool(said) is is_said
    if said:
        assert said[0].values["months"] == 60
    assert "in writing" in str(way.notes[0])


def test_what_is_postponed_in_france_costs_four_per_cent_of_it() -> None:
    found = own(terms(late_indemnity__unpaid="0.08", late_indemnity__postponed="0.04", grace_days="0"))
    rows = [item(euro("120.00"), on(30 * number)) for number in range(-1, 3)]
    way = agreement_way(costing(found, *rows), Agreement(4, on(30), on(0), stops=True))

    # Due 30 days ago: 9.60; the one of the day itself is in time; two to come: 240.00 × 4 % = 9.60.
    assert cost_of(way) == Span.exactly(euro("19.20"))
    assert way.total == Span.exactly(euro("499.20"))
    assert ("Both ends: indemnity of 4.00 %/year on the postponed 240.00 EUR", "9.60 EUR") in steps(way)
    # Where charges go on, the one of the day itself becomes late too; what was put off costs its 4 % alone.
    goes_on = agreement_way(costing(found, *rows), Agreement(4, on(30), on(0), stops=False))
    assert cost_of(goes_on) == Span.exactly(euro("28.80"))
    asked = [text for text, _ in steps(goes_on) if ": indemnity" in text]
    assert asked == [
        "Both ends: indemnity of 4.00 %/year on the postponed 240.00 EUR",
        *["Both ends: indemnity of 8.00 %/year on the unpaid 120.00 EUR"] * 2,
    ]
    never_put_off = own(terms(late_indemnity__unpaid="0.08", grace_days="0"))
    all_late = agreement_way(costing(never_put_off, *rows), Agreement(4, on(30), on(0), stops=False))
    assert cost_of(all_late) == Span.exactly(euro("38.40"))
    settled = agreement_way(costing(found, rows[0]), Agreement(4, on(30), on(0), stops=True))
    assert cost_of(settled) == Span.exactly(euro("9.60"))
    assert not any("postponed" in text for text, _ in steps(settled))


# --- all of it is asked for at once ---


def test_everything_may_be_asked_for_after_so_many_missed_dates() -> None:
    missed = [on(0), on(30), on(61)]

    def after(*counts: str) -> Span[date] | None:
        return callable_from(missed, terms(acceleration_after=counts).acceleration_after)

    assert after() is None
    assert after("2") == Span.exactly(on(31))
    assert after("1") == Span.exactly(on(1))
    assert after("3") == Span.exactly(on(62))
    assert after("4") is None
    assert after("2", "3") == Span(on(31), on(62))
    assert after("2", "6") == Span(on(31), on(62))
    assert after("0") is None


LOAN = own(terms(interest_rate="0.10", late_indemnity__accelerated="0.08"))
ROWS = (
    item(euro("120.00"), principal=euro("100.00")),
    item(euro("120.00"), on(30), principal=euro("105.00")),
)
CALLED = Called(on(40), euro("3245.00"), euro("90.00"))


def test_a_french_lender_asks_for_the_capital_its_interest_and_eight_per_cent() -> None:
    way = acceleration_way(costing(LOAN, *ROWS), CALLED, LOAN, on(113))

    # Capital 100 + 105 + 3,245 = 3,450: 8 % are 276.00. A fifth of a year at 10 %: 69.00 on the capital,
    # 69.70 on it and the 35.00 of interest due.
    assert cost_of(way) == Span(euro("345.00"), euro("345.70"))
    assert way.total == Span(euro("3830.00"), euro("3830.70"))
    assert way.payments == ((on(113), way.total),)
    assert way.kind is WayKind.ACCELERATION
    assert way.is_recorded
    assert way.notes == (STAYS_RECORDED,)
    assert steps(way) == [
        ("Low end: 3450.00 EUR × 10.00 %/year a year × 73 ÷ 365 days", "69.00 EUR"),
        ("Low end: 3450.00 EUR × 8.00 %/year", "276.00 EUR"),
        ("Low end in all", "345.00 EUR"),
        ("High end: 3485.00 EUR × 10.00 %/year a year × 73 ÷ 365 days", "69.70 EUR"),
        ("High end: 3450.00 EUR × 8.00 %/year", "276.00 EUR"),
        ("High end in all", "345.70 EUR"),
    ]
    assert way.cost is not None
    given = {str(each.label): each.value for each in way.cost.derivation.given}
    assert given["Capital outstanding"] == euro("3450.00")
    assert given["Interest and fees that are due"] == euro("35.00")
    assert given["Principal that was not due yet"] == euro("3245.00")
    assert given["Fees and interest of what was not due yet"] == euro("90.00")
    for name in ("Low end", "High end"):
        assert f"{name}: rate of the loan" in given
        assert f"{name}: indemnity on the capital outstanding" in given
    assert str(way.cost.derivation.rule).startswith("Cost = interest at the rate of the loan")
    assert str(way.cost.derivation.rounding) == "Each product is rounded to the cent, half up."


def test_where_the_contract_says_nothing_the_french_indemnity_is_from_nothing_to_the_legal_most() -> None:
    found = terms(interest_rate=("0.10", "0.05"))
    way = acceleration_way(costing(found, *ROWS), CALLED, found, on(113))

    assert cost_of(way) == Span(euro("34.50"), euro("345.70"))
    assert ("Low end: no indemnity, which the lender may ask but need not", "0.00 EUR") in steps(way)
    assert way.cost is not None
    sources = [each.source.name for each in way.cost.derivation.given if each.source is not None]
    assert any("D312-16" in name for name in sources)


def test_before_it_is_asked_for_no_interest_runs_on_it() -> None:
    way = acceleration_way(costing(LOAN, *ROWS), CALLED, LOAN, on(39))

    assert cost_of(way) == Span.exactly(euro("276.00"))
    assert steps(way)[0] == ("Low end: 3450.00 EUR × 10.00 %/year a year × 0 ÷ 365 days", "0.00 EUR")


def test_without_the_rate_of_the_loan_nothing_can_be_said() -> None:
    way = acceleration_way(costing(known(), *ROWS), CALLED, known(), on(113))

    assert (way.cost, way.total) == (None, None)
    assert [str(text) for text in way.missing] == ["The rate of the loan is unknown."]
    chinese = acceleration_way(costing(Terms()), Called(on(10), yuan("5.00"), yuan("0")), Terms(), on(30))
    assert [str(text) for text in chinese.missing] == [
        "The late rate a day is unknown, so no cost can be worked out."
    ]


def test_elsewhere_the_late_rate_runs_on_what_is_asked_for_too() -> None:
    called = Called(on(10), yuan("2000.00"), yuan("100.00"))
    way = acceleration_way(costing(known()), called, known(), on(30))

    # 1,000 × 30 days = 15.00; 2,000 × 20 days = 20.00, or 2,100 × 20 days = 21.00.
    assert cost_of(way) == span("35.00", "36.00")
    assert way.total == span("3035.00", "3136.00")
    assert ("Low end: 2000.00 CNY × 0.0500 %/day × 20 days", "20.00 CNY") in steps(way)
    assert ("High end, with what is asked for early", "36.00 CNY") in steps(way)
    assert way.cost is not None
    labels = [str(each.label) for each in way.cost.derivation.given]
    assert labels[:3] == [
        "Bill",
        "Principal that was not due yet",
        "Fees and interest of what was not due yet",
    ]
    assert labels[3] == "Both ends: rate"


def test_where_everything_unpaid_is_charged_anyway_nothing_comes_on_top() -> None:
    found = known(late_base="all_unpaid")
    called = Called(on(10), yuan("2000.00"), yuan("0"))
    way = acceleration_way(costing(found, other=yuan("2000.00")), called, found, on(30))

    assert cost_of(way) == single("45.00")
    assert way.total == single("3045.00")
    assert way.cost is not None
    labels = [str(each.label) for each in way.cost.derivation.given]
    assert "Fees and interest of what was not due yet" not in labels


def test_what_is_asked_for_early_bears_interest_on_interest_where_the_rest_does() -> None:
    found = known(late_compounding="monthly", late_least_per_day="0.01")
    called = Called(on(0), yuan("10000.00"), yuan("0"))
    way = acceleration_way(costing(found), called, found, on(40))

    # 30 days: 15.00 and 150.00; 10 days on 1,015 and 10,150: 5.075 and 50.75.
    assert cost_of(way) == single("220.83")
    assert (
        "Both ends: 10150.00 CNY × 0.0500 %/day × 10 days; 150.00 CNY of it is interest that was added",
        "50.75 CNY",
    ) in steps(way)
    small = acceleration_way(costing(found), Called(on(0), yuan("1.00"), yuan("0")), found, on(10))
    assert cost_of(small) == single("5.10")
