"""What the orders of debts pay, as options beside those of the lenders."""

from collections.abc import Mapping
from datetime import date

from planner.domain.optimum.options.every import options_of
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.optimum.options.streams import Streams, WithOrders, with_orders
from planner.domain.optimum.problem import OptionKind, Stream
from planner.domain.payoff.scenario import Order
from planner.domain.sourced import Span
from tests.domain.late_cases import terms, yuan
from tests.domain.optimum_cases import DUE, TODAY, bill_facts, hold, paid, plan_facts

JANUARY, FEBRUARY = date(2027, 1, 10), date(2027, 2, 10)
ROWS = [(DUE, "400.00", "6.00"), (JANUARY, "400.00", "6.00")]


def pays(*payments: tuple[date, str], owed: str = "1200.00") -> Stream:
    made = tuple((on, yuan(amount)) for on, amount in payments)
    total = sum(amount.minor for _on, amount in made)
    cost = yuan("0.01").times(total) - yuan(owed)
    return Stream(made, cost, yuan("0"))


def exactly(stream: Stream | None) -> Span[Stream | None]:
    return Span(stream, stream)


def found(facts: list[DebtFacts], streams: Mapping[Order, Streams]) -> WithOrders:
    return with_orders(facts, [options_of(each) for each in facts], streams)


def test_what_an_order_pays_is_one_more_option_and_the_order_names_it() -> None:
    bill = bill_facts(minimum="120.00")
    way = pays((DUE, "700.00"), (JANUARY, "510.00"))
    result = found([bill], {Order.SNOWBALL: {"bill": exactly(way)}})

    (debt,) = result.debts
    option = debt.of("stream-snowball").option
    assert (option.kind, option.opens_plan, option.apply_by) == (OptionKind.STREAM, False, None)
    assert paid(option.high) == [("2026-12-10", "700.00"), ("2027-01-10", "510.00")]
    assert option.high.cost == yuan("10.00")
    assert result.orders == {"snowball": ("stream-snowball",)}
    assert str(option.label) == "As with the smallest debt first (snowball)"
    hold(debt, TODAY)


def test_what_an_order_pays_like_another_option_is_that_option() -> None:
    bill, plan = bill_facts(), plan_facts(terms(), ROWS)
    result = found(
        [bill, plan],
        {
            Order.AVALANCHE: {
                "bill": exactly(pays((DUE, "1200.00"))),
                "plan": exactly(pays((DUE, "406.00"), (JANUARY, "406.00"), owed="800.00")),
            }
        },
    )

    assert result.orders == {"avalanche": ("full", "as_agreed")}
    assert [len(debt.listed) for debt in result.debts] == [1, 1]


def test_two_orders_that_pay_the_same_share_an_option() -> None:
    way = exactly(pays((DUE, "700.00"), (JANUARY, "510.00")))
    result = found(
        [bill_facts(minimum="120.00")], {Order.SNOWBALL: {"bill": way}, Order.AVALANCHE: {"bill": way}}
    )

    assert result.orders == {"snowball": ("stream-snowball",), "avalanche": ("stream-snowball",)}


def test_a_debt_that_an_order_cannot_follow_is_paid_as_it_stands() -> None:
    result = found([bill_facts()], {Order.OWN: {}})

    assert result.orders == {"own": ("full",)}


def test_an_order_by_which_a_debt_is_not_over_in_time_is_no_candidate_and_says_so() -> None:
    late = exactly(pays((DUE, "700.00"), (date(2029, 11, 23), "510.00")))
    half: Span[Stream | None] = Span(pays((DUE, "1200.00")), None)
    for ends in (exactly(None), half, late):
        result = found([bill_facts(minimum="120.00")], {Order.SNOWBALL: {"bill": ends}})

        assert result.orders == {}
        (debt,) = result.debts
        assert str(debt.decision.left_out[-1]) == (
            "As with the smallest debt first (snowball): It is not over within 36 months."
        )
    in_time = exactly(pays((DUE, "700.00"), (date(2029, 11, 22), "510.00")))
    assert found([bill_facts(minimum="120.00")], {Order.SNOWBALL: {"bill": in_time}}).orders


def test_an_order_that_the_record_would_call_late_is_no_candidate_and_says_so() -> None:
    def orders(streams: Stream, minimum: str | None = None) -> WithOrders:
        return found([bill_facts(minimum=minimum)], {Order.SNOWBALL: {"bill": exactly(streams)}})

    tenth = pays((DUE, "120.00"), (JANUARY, "1090.00"))
    refused = orders(tenth)
    assert refused.orders == {}
    assert str(refused.debts[0].decision.left_out[-1]) == (
        "As with the smallest debt first (snowball): It pays less by the due date than the record asks for, "
        "because the minimum is not recorded. Add it to the bill."
    )
    assert orders(tenth, minimum="120.00").orders == {"snowball": ("stream-snowball",)}
    # All of it by the date, in two payments or with a cent less.
    assert orders(pays((TODAY, "200.00"), (DUE, "1000.00"))).orders == {"snowball": ("stream-snowball",)}
    assert orders(pays((TODAY, "200.00"), (DUE, "999.99"), (JANUARY, "0.01"))).orders == {}


def test_a_long_plan_that_an_order_lets_go_on_stays_in_it() -> None:
    rows = [(DUE, "400.00", "6.00"), (date(2030, 1, 10), "400.00", "6.00")]
    plan = plan_facts(terms(), rows)
    agreed = exactly(pays((DUE, "406.00"), (date(2030, 1, 10), "406.00"), owed="800.00"))

    assert found([plan], {Order.SNOWBALL: {"plan": agreed}}).orders == {"snowball": ("as_agreed",)}


def test_what_is_late_pays_what_the_delay_has_cost_today_in_every_order() -> None:
    # 1,000.00 due on 12 November: 10 days of 0.50.
    facts = bill_facts(
        terms(late_rate="0.0005", late_base="overdue", grace_days="0"), "1000.00", date(2026, 11, 12)
    )
    way = pays((TODAY, "100.00"), (DUE, "910.00"), owed="1000.00")
    (debt,) = found([facts], {Order.SNOWBALL: {"bill": exactly(way)}}).debts
    option = debt.of("stream-snowball").option

    assert paid(option.high) == [("2026-11-22", "105.00"), ("2026-12-10", "910.00")]
    assert (option.high.cost, option.high.late_cost) == (yuan("15.00"), yuan("5.00"))
    kinds = [each.kind for each in debt.decision.options]
    assert kinds.index(OptionKind.STREAM) < kinds.index(OptionKind.LATE)


def test_the_dearer_end_is_the_high_one_whatever_end_it_came_from() -> None:
    cheap, dear = pays((DUE, "700.00"), (JANUARY, "505.00")), pays((DUE, "700.00"), (JANUARY, "515.00"))
    both: list[Span[Stream | None]] = [Span(cheap, dear), Span(dear, cheap)]
    for ends in both:
        (debt,) = found([bill_facts(minimum="120.00")], {Order.SNOWBALL: {"bill": ends}}).debts

        hold(debt, TODAY)
        assert debt.of("stream-snowball").cost.value == Span(yuan("5.00"), yuan("15.00"))


def test_a_plan_that_an_order_settles_later_is_open_until_then_and_no_new_one() -> None:
    plan = plan_facts(terms(), ROWS)
    later = exactly(pays((DUE, "806.00"), owed="800.00"))
    (debt,) = found([plan], {Order.SNOWBALL: {"plan": later}}).debts

    option = debt.of("stream-snowball").option
    assert (option.opens_plan, option.opens_new_plan) == (True, False)
    now = exactly(pays((TODAY, "800.00"), owed="800.00"))
    (debt,) = found([plan], {Order.SNOWBALL: {"plan": now}}).debts
    assert not debt.of("stream-snowball").option.opens_plan
