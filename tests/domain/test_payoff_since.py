"""What changed since a plan was adopted."""

from dataclasses import replace
from datetime import date

from planner.domain.adopted.misfit import Misfit, MisfitKind
from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.adopted.since import ChangeKind, PlanChanges, changes_since
from planner.domain.money import sum_of
from planner.domain.optimum.options.listed import stream
from planner.domain.optimum.problem import Decision, Option, OptionKind
from planner.phrases import Phrase
from tests.domain.late_cases import yuan

ADOPTED, TODAY = date(2026, 11, 1), date(2026, 11, 22)
DECEMBER, JANUARY = date(2026, 12, 10), date(2027, 1, 10)
NAMES = {"card": "Card"}


def plan(*payments: tuple[date, str]) -> AdoptedPlan:
    """A plan for a bill of 1,000; what its payments are above that is a cost that comes with the last one."""
    made = [
        PlannedPayment("card", "bill", on, yuan(amount), yuan(amount), yuan("0"), yuan("0"))
        for on, amount in payments
    ]
    cost = sum_of((payment.amount for payment in made), "CNY") - yuan("1000.00")
    if cost.minor > 0:
        made[-1] = replace(made[-1], to_come=cost)
    return AdoptedPlan(
        "CNY", Method.OPTIMUM, ADOPTED, yuan("0"), yuan("0"), is_proved=True, payments=tuple(made)
    )


def choice(*payments: tuple[date, str], owed: str = "1000.00") -> tuple[Decision, Option]:
    end = stream([(on, yuan(amount)) for on, amount in payments], yuan(owed))
    option = Option("way", OptionKind.INSTALMENTS, Phrase("2 instalments"), end, end)
    return Decision("bill", Phrase("Bill"), "card", "Bank", yuan(owed), (option,), ("bill",)), option


def changed(
    adopted: AdoptedPlan,
    *choices: tuple[Decision, Option],
    misfits: tuple[Misfit, ...] = (),
    still_open: str = "1000.00",
) -> PlanChanges:
    dues = dict.fromkeys(("bill", "another"), yuan(still_open))
    return changes_since(adopted, misfits, choices, TODAY, NAMES, dues)


def said(found: PlanChanges) -> list[str]:
    return [str(words) for words in found.words]


def test_a_plan_that_is_still_best_has_not_changed() -> None:
    found = changed(
        plan((DECEMBER, "505.00"), (JANUARY, "505.00")), choice((DECEMBER, "505.00"), (JANUARY, "505.00"))
    )

    assert found.changes == ()
    assert said(found) == ["Nothing has changed since the plan of 2026-11-01."]


def test_another_way_that_costs_less_says_by_how_much() -> None:
    found = changed(plan((DECEMBER, "505.00"), (JANUARY, "505.00")), choice((DECEMBER, "1000.00")))

    (change,) = found.changes
    assert (change.kind, change.decision_id, change.account_id) == (ChangeKind.CHEAPER, "bill", "card")
    (words,) = said(found)
    assert words.startswith("Card: Bill: 2 instalments is best now. It costs 10.00 CNY less than going on")
    assert [str(given.value) for given in change.words.values["amount"].derivation.given] == [
        "10.00 CNY",
        "0.00 CNY",
    ]


def test_another_way_that_costs_more_says_by_how_much() -> None:
    found = changed(plan((DECEMBER, "1000.00")), choice((DECEMBER, "505.00"), (JANUARY, "505.00")))

    assert found.of(ChangeKind.DEARER) == found.changes
    assert said(found) == [
        "Card: Bill: 2 instalments is best now. It costs 10.00 CNY more than was planned on 2026-11-01."
    ]


def test_another_way_at_the_same_cost_is_another_way_too() -> None:
    found = changed(plan((DECEMBER, "1000.00")), choice((JANUARY, "1000.00")))

    assert [change.kind for change in found.changes] == [ChangeKind.OTHER]
    assert "at the same cost" in said(found)[0]


def test_what_was_planned_before_today_and_is_still_open_counts_as_meant_for_today() -> None:
    missed = plan((date(2026, 11, 10), "505.00"), (DECEMBER, "505.00"))

    assert changed(missed, choice((TODAY, "495.00"), (DECEMBER, "505.00"))).changes == ()
    (change,) = changed(missed, choice((DECEMBER, "1000.00"))).changes
    assert change.kind is ChangeKind.OTHER


def test_what_was_paid_ahead_is_no_cost_of_going_on() -> None:
    adopted = plan((DECEMBER, "96.00"), (JANUARY, "917.39"))

    # 60 of the 96 are paid: 36 and 917.39 are left of it, which is 13.39 above the 940 that are open.
    found = changed(
        adopted, choice((DECEMBER, "36.00"), (JANUARY, "916.56"), owed="940.00"), still_open="940"
    )
    (change,) = found.changes
    assert change.kind is ChangeKind.CHEAPER
    assert "It costs 0.83 CNY less than going on" in str(change.words)
    made = change.words.values["amount"].derivation
    assert [each.plain for each in made.given] == [yuan("13.39"), yuan("12.56")]

    on = choice((DECEMBER, "36.00"), (JANUARY, "917.39"), owed="940.00")
    assert changed(adopted, on, still_open="940").changes == ()
    # What is paid ahead of everything of December leaves no payment of nothing.
    on = choice((JANUARY, "903.39"), owed="890.00")
    assert changed(adopted, on, still_open="890").changes == ()


def test_a_cost_that_is_recorded_by_now_is_not_missing() -> None:
    adopted = plan((DECEMBER, "96.00"), (JANUARY, "917.39"))
    on = choice((DECEMBER, "96.00"), (JANUARY, "917.39"), owed="1010.00")

    assert changed(adopted, on, still_open="1010").changes == ()


def test_what_a_lender_has_refused_is_no_way_to_go_on_that_could_be_compared() -> None:
    adopted = plan((DECEMBER, "505.00"), (JANUARY, "505.00"))
    todo = Todo("card", "bill", OptionKind.INSTALMENTS, 2, state=TodoState.REFUSED)

    assert changed(replace(adopted, todos=(todo,)), choice((DECEMBER, "1000.00"))).changes == ()


def test_what_is_due_today_is_still_meant() -> None:
    assert changed(plan((TODAY, "1000.00")), choice((TODAY, "1000.00"))).changes == ()


def test_a_debt_that_the_plan_does_not_know_is_not_compared() -> None:
    decision, option = choice((DECEMBER, "1000.00"))
    adopted = plan((DECEMBER, "505.00"))
    other = Decision("x", decision.label, "card", "Bank", decision.owed, decision.options, ("another",))

    assert changed(adopted, (other, option)).changes == ()


def test_where_the_record_changed_it_comes_first_with_its_debt() -> None:
    misfits = tuple(
        Misfit(kind, due_id, "card", yuan("1.00"), Phrase("Something about it"))
        for kind, due_id in ((MisfitKind.NEW, "bill"), (MisfitKind.GONE, ""), (MisfitKind.REFUSED, "x"))
    )
    found = changed(plan((DECEMBER, "1000.00")), choice((JANUARY, "1000.00")), misfits=misfits)

    assert [(change.kind, change.decision_id) for change in found.changes] == [
        (ChangeKind.NEW, "bill"),
        (ChangeKind.GONE, ""),
        (ChangeKind.REFUSED, ""),
        (ChangeKind.OTHER, "bill"),
    ]
    assert said(found)[0] == "Something about it"
    every = {kind.value for kind in MisfitKind}
    assert every <= {kind.value for kind in ChangeKind}
