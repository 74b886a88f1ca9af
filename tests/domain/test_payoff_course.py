from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.business_days import BusinessCalendar, CalendarYear
from planner.domain.dates import Cycle, FixedDay, Shift
from planner.domain.derivation import Derivation, Derived
from planner.domain.due import Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.late.item import late_case, late_items
from planner.domain.minimum.path import Fate
from planner.domain.minimum.typed import typed_minimum
from planner.domain.money import Money
from planner.domain.offers.question import Question
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.optimum.problem import End
from planner.domain.over_time.baseline import least_extra_of
from planner.domain.over_time.course import Course, DebtCourse
from planner.domain.over_time.course_words import course_derivation, made_extra, never_words
from planner.domain.over_time.followed import Followed, Unfollowed
from planner.domain.over_time.following import follow_debt, promotion
from planner.domain.over_time.path import Budget, worst
from planner.domain.over_time.run import run
from planner.domain.over_time.running import PayDays, Revolving, Rows
from planner.domain.payoff.open_debt import DebtKind, OpenDebt
from planner.domain.payoff.scenario import Order
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.phrases import Phrase
from tests.domain.payoff_cases import TODAY, budget, debt, usd

PAGE = Source("a page")
TENTH = ((Term.MINIMUM_RULE, "part_of_bill"), (Term.MINIMUM, "0.10"))


def terms(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, PAGE) for term, text in claims))


def facts(known: Terms, amount: int = 1000, due_on: date = date(2026, 12, 10)) -> DebtFacts:
    """A bill to come of purchases alone."""
    account = Account("Card", "Bank", "USD", terms=known, cycle=Cycle(statement_day=1, due=FixedDay(10)))
    due = Due(
        DueKind.PURCHASE,
        "due",
        account.id,
        Phrase.own("Shop"),
        due_on,
        {LineKind.PURCHASE: usd(amount)},
        projected=True,
    )
    open_debt = OpenDebt(DebtKind.COMING_BILL, "bill", account.id, due.label, (due,))
    question = Question(usd(amount), due_on, account, due.label, due_on=due_on)
    case = late_case(late_items((due,)), usd(0), "US")
    return DebtFacts(open_debt, account, TODAY, case, question, typed_minimum(question)[1])


def followed(known: Terms) -> Followed:
    found = follow_debt(facts(known), None)
    assert isinstance(found, Followed)
    return found


def revolving(found: Followed, end: End = End.HIGH) -> Revolving:
    way = found.at(end).way
    assert isinstance(way, Revolving)
    return way


# --- How rates are read ------------------------------------------------------------------------------


def test_a_charge_on_the_rest_is_counted_by_days_however_it_is_stated() -> None:
    found = revolving(followed(terms(*TENTH, (Term.CARRY_RATE, "0.015/month"), (Term.CARRY_FROM, "due"))))

    (balance,) = found.balances
    assert balance.rate.per is Per.DAY
    assert balance.rate.fraction == pytest.approx(Decimal("0.18") / 365)
    assert found.since is None  # free before the first payment


def test_interest_that_is_stated_for_a_day_has_run_for_a_month() -> None:
    found = followed(terms(*TENTH, (Term.INTEREST_RATE, "0.0005/day")))

    assert revolving(found).balances[0].rate == Rate(Decimal("0.0005"), Per.DAY)
    assert revolving(found).since == date(2026, 11, 10)
    (path,) = run((found.high,), budget()).paths
    # 30 days of 1,000.00 at 0.05 %.
    assert path.payments[0].interest == usd(15)


def test_the_debt_at_each_end_is_its_own() -> None:
    found = followed(terms(*TENTH, (Term.INTEREST_RATE, "0.12"), (Term.INTEREST_RATE, "0.24")))

    assert [revolving(found, end).balances[0].rate.fraction for end in End] == [
        Decimal("0.12"),
        Decimal("0.24"),
    ]
    assert found.label == found.high.label


def test_a_promotion_holds_on_its_last_day() -> None:
    known = terms((Term.PROMO_RATE, "0.05"), (Term.PROMO_UNTIL, "2026-11-22"))

    assert promotion(known, TODAY, is_high=True) == (Rate(Decimal("0.05")), TODAY)
    assert promotion(known, date(2026, 11, 23), is_high=True) is None
    assert promotion(terms((Term.PROMO_RATE, "0.05")), TODAY, is_high=True) is None
    assert promotion(terms((Term.PROMO_UNTIL, "2026-11-22")), TODAY, is_high=True) is None


def test_a_plan_of_one_row_leaves_nothing_to_roll_on() -> None:
    given = facts(terms())
    row = Instalment(1, date(2026, 12, 10), usd(100), usd(2), usd(0), "row")
    due = Due(
        DueKind.INSTALMENT,
        "row",
        given.account.id,
        Phrase.own("Sofa"),
        row.due_on,
        {LineKind.PURCHASE: usd(100), LineKind.FEE: usd(2)},
        plan_id="plan",
    )
    open_debt = OpenDebt(DebtKind.PLAN, "plan", given.account.id, due.label, (due,))
    for count, wanted in ((1, usd(0)), (12, usd(102))):
        plan = InstalmentPlan(given.account.id, "Sofa", usd(100), (row,), count, id="plan")
        found = follow_debt(replace(given, debt=open_debt, plan=plan), None)
        assert isinstance(found, Followed)
        assert isinstance(found.high.way, Rows)
        assert found.high.regular == wanted


def test_what_is_unknown_is_a_sentence_for_each_thing() -> None:
    found = follow_debt(facts(terms((Term.MINIMUM_RULE, "part_of_bill"))), None)

    assert isinstance(found, Unfollowed)
    assert str(found.words) == (
        "Card: Shop cannot be followed. It is unknown what part of the bill the minimum is. The charge on "
        "what is carried on is unknown."
    )


# --- Days that may still move --------------------------------------------------------------------------


def test_days_may_move_until_after_the_last_year_that_is_known() -> None:
    calendar = BusinessCalendar("FR", {2027: CalendarYear(frozenset(), frozenset())})
    days = PayDays(date(2026, 12, 10), Cycle(shift=Shift.NEXT), calendar)

    assert days.may_shift_from(date(2026, 12, 10))
    assert days.may_shift_from(date(2028, 12, 31))
    assert not days.may_shift_from(date(2029, 1, 1))
    assert not PayDays(date(2026, 12, 10)).may_shift_from(date(2026, 12, 10))


def test_nothing_is_said_never_to_end_while_days_may_move() -> None:
    calendar = BusinessCalendar(
        "FR", {year: CalendarYear(frozenset(), frozenset()) for year in range(2026, 2040)}
    )
    one = debt("A", 1000, "24", 5, days=PayDays(date(2026, 12, 10), Cycle(shift=Shift.NEXT), calendar))

    assert run((one,), budget(), most=150).fate is Fate.TOO_LONG
    assert run((one,), budget(), most=250).fate is Fate.NEVER


# --- In words -------------------------------------------------------------------------------------------


MORE = Derived(Span.exactly(usd(5)), Derivation(Phrase("")))


@pytest.mark.parametrize(
    ("low", "fate", "more", "wanted"),
    [
        (Fate.NEVER, Fate.NEVER, None, "A is never paid off this way."),
        (
            Fate.CLEARS,
            Fate.NEVER,
            None,
            "A may never be paid off this way: it depends on what the sources say.",
        ),
        (
            Fate.CLEARS,
            Fate.TOO_LONG,
            None,
            "A may never be paid off this way: it depends on what the sources say.",
        ),
        (Fate.TOO_LONG, Fate.TOO_LONG, None, "A is not paid off within 200 years this way."),
    ],
)
def test_what_is_not_paid_says_why(low: Fate, fate: Fate, more: None, wanted: str) -> None:
    assert str(never_words(Phrase.own("A"), low, fate, more)) == wanted


def test_what_is_not_paid_says_what_would_pay_it() -> None:
    words = never_words(Phrase.own("A"), Fate.NEVER, Fate.NEVER, MORE)

    assert str(words).startswith("A is never paid off this way. ")
    assert words.values["second"].values["amount"] is MORE
    assert str(words).endswith(" more each month would pay it off some day.")


def test_what_would_pay_it_soon_is_said_beside_what_would_some_day() -> None:
    soon = Derived(Span.exactly(usd(90)), Derivation(Phrase("")))
    words = never_words(Phrase.own("A"), Fate.NEVER, Fate.NEVER, MORE, soon)

    assert words.values["second"].values["amount"] is MORE
    assert str(words).endswith(" more would do so within 36 months.")
    assert words.values["second"].values["sooner"] is soon


def test_the_payment_that_ends_a_debt_within_36_months_is_the_least_that_does() -> None:
    given = followed(terms(*TENTH, (Term.INTEREST_RATE, "0.12")))
    low, found = given.at(End.LOW), least_extra_of(given.at(End.LOW), TODAY, 36)
    assert found is not None
    for less, is_over in ((0, True), (1, False)):
        tried = Budget(TODAY, found - Money(less, found.currency), rolls_on=False)
        (path,) = run((low,), tried, most=36).paths
        assert (path.fate is Fate.CLEARS) is is_over
    made = made_extra([found, found], (given,), found.zero, 36)
    assert made is not None
    assert "nothing is owed after 36 months" in str(made.derivation.rule)
    assert made_extra([found, None], (given,), found.zero, 36) is None


def test_the_worst_of_some_fates_counts() -> None:
    assert worst([Fate.CLEARS, Fate.TOO_LONG, Fate.CLEARS]) is Fate.TOO_LONG
    assert worst([Fate.NEVER, Fate.TOO_LONG]) is Fate.NEVER
    assert worst([]) is Fate.CLEARS


def test_how_an_order_was_made_tells_each_debt_and_how_it_ends() -> None:
    given = followed(terms(*TENTH, (Term.INTEREST_RATE, "0.12")))
    slow, grows, quick = (
        debt("Slow", 1000, "12", "10.01"),
        debt("Grows", 1000, "24", 5),
        debt("Quick", 5, "0", 5),
    )
    found = run((slow, grows, quick), budget(rolls_on=False), most=30)

    made = course_derivation(Order.SNOWBALL, (given,), found, found)

    texts = [str(each.text) for each in made.workings]
    assert texts[0].startswith("Up to 2026-11-30: minimums 0.00 USD")
    assert texts[1] == (
        "Up to 2026-12-31: minimums 20.01 USD, beyond them 0.00 USD, interest 30.00 USD; still to pay"
    )
    assert texts[3:] == [
        "Slow: not over after 200 years, still to pay",
        "Grows: what is paid does not lower it, so it is never over",
        "Quick: paid on 2026-12-10, interest and fees",
    ]
    assert [str(each.label) for each in made.given] == [
        "Order",
        "Card: Shop: still to pay",
        "Extra each month",
    ]
    only = course_derivation(None, (given,), found, found)
    assert [str(each.label) for each in only.given] == ["Card: Shop: still to pay"]
    assert str(only.rule).endswith("Nothing more is paid.")


def test_a_debt_of_a_course_is_found_by_its_id() -> None:
    given = followed(terms(*TENTH, (Term.INTEREST_RATE, "0.12")))
    found = run((given.high,), budget())
    course = Course(Order.OWN, (DebtCourse(given, 1, found.paths[0], found.paths[0]),), found, found)

    assert course.debt("bill").at(End.LOW) is found.paths[0]
    assert course.at(End.HIGH) is found
    with pytest.raises(KeyError):
        course.debt("other")
    assert course.total is not None
    assert course.total.value == Span.exactly(found.total)
    assert isinstance(course.debts[0].paid, Derived)
    assert Money(0, "USD") < found.cost
