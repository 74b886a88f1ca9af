from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Limits, Option, OptionKind, Problem, Stream
from planner.domain.optimum.why_not import why_not
from planner.phrases import Phrase

TODAY = date(2026, 11, 22)
DUE, LATER = date(2026, 12, 10), date(2027, 1, 10)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def option(
    key: str,
    *paid: tuple[date, str],
    owed: str = "1000",
    late: str = "0",
    opens: bool = False,
    kind: OptionKind = OptionKind.INSTALMENTS,
) -> Option:
    total = sum((cny(amount) for _on, amount in paid), cny("0"))
    stream = Stream(tuple((on, cny(amount)) for on, amount in paid), total - cny(owed), cny(late))
    return Option(key, kind, Phrase(f"Way {key}"), stream, stream, opens_plan=opens)


FULL = option("full", (DUE, "1000"), kind=OptionKind.FULL)
HALVES = option("halves", (DUE, "510"), (LATER, "510"), opens=True)


def problem(
    *options: Option, cash: str = "5000", reserve: str = "100", limits: Limits | None = None
) -> Problem:
    other = option("only", (DUE, "300"), owed="300", opens=True)
    return Problem(
        "CNY",
        TODAY,
        (
            Decision("a", Phrase("Bill A"), "acc", "JD", cny("1000"), options),
            Decision("b", Phrase("Bill B"), "acc2", "Ant", cny("300"), (other,)),
        ),
        ((TODAY, cny(cash)),),
        cny(reserve),
        limits or Limits(),
    )


def reasons(asked: Problem, chosen: str) -> dict[str, str]:
    found = why_not(asked, {"a": chosen, "b": "only"}, asked.decisions[0])
    return {key: str(phrase) for key, phrase in found.items()}


def test_what_costs_more_says_how_much_more() -> None:
    found = why_not(problem(FULL, HALVES), {"a": "full", "b": "only"}, problem(FULL, HALVES).decisions[0])

    assert {key: str(phrase) for key, phrase in found.items()} == {"halves": "It costs 20.00 CNY more."}
    made = found["halves"].values["more"]
    assert [(str(given.label), given.plain) for given in made.derivation.given] == [
        ("The debt", Phrase("Bill A")),
        ("Way halves", cny("20")),
        ("Way full", cny("0")),
    ]
    assert made.derivation.workings[0].result == cny("20")


def test_what_the_cash_does_not_hold_says_when_and_by_how_much() -> None:
    # On 10 December 1,300 goes out; of 1,399.99 then 99.99 is left, a cent less than the reserve.
    asked = problem(FULL, HALVES, cash="1399.99")
    found = why_not(asked, {"a": "halves", "b": "only"}, asked.decisions[0])

    assert str(found["full"]) == (
        "The cash would not hold: on 2026-12-10 it would be 0.01 CNY less than has to be left."
    )
    told = found["full"].values["missing"].derivation
    assert [(str(given.label), given.plain) for given in told.given] == [
        ("Has to be left", cny("100")),
        ("Left on 2026-12-10", cny("99.99")),
    ]
    assert reasons(problem(FULL, HALVES, cash="1400"), "halves") == {
        "full": "It may be better: the search ended before that was known."
    }


def test_without_the_reserve_the_cash_must_only_not_fall_below_nothing() -> None:
    asked = problem(FULL, HALVES, cash="1399.99", limits=Limits(keeps_reserve=False))
    assert "may be better" in reasons(asked, "halves")["full"]
    asked = problem(FULL, HALVES, cash="1299.99", limits=Limits(keeps_reserve=False))
    assert "it would be 0.01 CNY less" in reasons(asked, "halves")["full"]


def test_what_is_short_on_an_earlier_day_names_the_first_one() -> None:
    asked = replace(problem(FULL, HALVES), cash=((TODAY, cny("900")), (date(2027, 1, 1), cny("9000"))))

    found = reasons(asked, "full")

    assert found["halves"] == (
        "The cash would not hold: on 2026-12-10 it would be 10.00 CNY less than has to be left."
    )


def test_being_late_counts_before_all_other_cost() -> None:
    late = option("late", (LATER, "1005"), late="5", kind=OptionKind.LATE)

    assert reasons(problem(HALVES, late), "halves") == {
        "late": "It is later than has to be, and being late costs 5.00 CNY more."
    }
    assert reasons(problem(late, FULL, cash="0"), "late")["full"].startswith("The cash would not hold")


def test_what_the_user_does_not_want_says_so() -> None:
    no_plan = Limits(no_new_plan_with=frozenset({"JD"}))
    assert reasons(problem(FULL, HALVES, limits=no_plan), "full") == {
        "halves": "You want no new plan with JD."
    }
    running = replace(HALVES, kind=OptionKind.AS_AGREED)
    assert reasons(problem(FULL, running, limits=no_plan), "full") == {"halves": "It costs 20.00 CNY more."}
    settled = replace(HALVES, kind=OptionKind.SETTLEMENT)
    assert reasons(problem(FULL, settled, limits=no_plan), "full") == {"halves": "It costs 20.00 CNY more."}

    assert reasons(problem(FULL, HALVES, limits=Limits(most_plans=1)), "full") == {
        "halves": "With it 2 plans would be open, and you want 1 at most."
    }
    assert reasons(problem(FULL, HALVES, limits=Limits(most_plans=2)), "full") == {
        "halves": "It costs 20.00 CNY more."
    }
    closed = replace(HALVES, opens_plan=False)
    assert reasons(problem(FULL, closed, limits=Limits(most_plans=0)), "full") == {
        "halves": "It costs 20.00 CNY more."
    }


def test_what_costs_the_same_says_so() -> None:
    free = option("free", (DUE, "500"), (LATER, "500"))

    assert reasons(problem(FULL, free), "full") == {
        "free": "It costs the same, and its last payment is later."
    }
    assert reasons(problem(FULL, free), "free") == {
        "full": "It costs the same. Of equal ways the same one is taken every time."
    }


def test_the_chosen_way_needs_no_reason() -> None:
    assert reasons(problem(FULL), "full") == {}
