"""Tests of how the figures around a late cost were made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from planner.domain.derivation import Derivation, Derived
from planner.domain.late_figures import (
    made_milestone,
    made_posted,
    made_rate,
    made_record_leaves,
    made_to_pay,
    made_unpaid,
)
from planner.domain.money import Money
from planner.domain.overdue import LateCost, LateItem, Milestone, SourceSpan
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.phrases import Phrase
from tests.domain.telling import given, inner, rule, steps

DUE = date(2026, 11, 10)
COST = Derived(Span(Money.of("9", "CNY"), Money.of("21", "CNY")), Derivation(Phrase("Late cost")))


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def found(*rates: SourceSpan, posted: Money | None = None) -> LateCost:
    items = (LateItem(Phrase("One"), DUE, yuan("100")), LateItem(Phrase("Two"), DUE, yuan("50")))
    return LateCost(items, (), None, (), (), (), (), rates, posted)


def test_what_is_late_is_the_sum_of_what_was_chosen() -> None:
    figure = made_unpaid(found())

    assert figure.value == yuan("150")
    assert given(figure) == [("One", yuan("100")), ("Two", yuan("50"))]
    assert rule(figure) == "What is paid late = everything that was chosen, together"


def test_what_is_to_pay_in_all_leads_to_what_is_late_and_to_its_cost() -> None:
    figure = made_to_pay(found(), COST)

    assert figure.value == Span(yuan("159"), yuan("171"))
    assert given(figure) == [("What is paid late", yuan("150")), ("Late cost", COST.value)]
    assert inner(figure, "Late cost") is COST
    assert inner(figure, "What is paid late") == made_unpaid(found())
    assert steps(figure) == [("To pay in all", figure.value)]


def test_a_late_record_names_the_law() -> None:
    figure = made_record_leaves(date(2026, 12, 1), date(2031, 12, 1))

    assert figure.value == date(2031, 12, 1)
    assert given(figure) == [
        ("Everything paid on", date(2026, 12, 1)),
        ("Kept for", Phrase("five years")),
    ]
    source = figure.derivation.given[1].source
    assert source is not None
    assert (source.name, source.reliability) == (
        "征信业管理条例 (credit reporting regulation), art. 16",
        Reliability.HIGH,
    )
    assert steps(figure) == [("It leaves the report on", date(2031, 12, 1))]


def test_posted_penalties_are_told_only_where_there_are_any() -> None:
    figure = made_posted(found(posted=yuan("4")))

    assert figure is not None
    assert (figure.value, given(figure)) == (yuan("4"), [("Penalties posted", yuan("4"))])
    assert made_posted(found()) is None
    assert made_posted(found(posted=yuan("0"))) is None


def test_the_late_rate_names_what_each_source_says() -> None:
    low, high = (Rate(Decimal(text), Per.DAY) for text in ("0.0003", "0.0005"))
    said = (
        SourceSpan(Source("one"), Span.exactly(low)),
        SourceSpan(Source("two"), Span(low, high)),
    )

    figure = made_rate(found(*said))

    assert figure is not None
    assert figure.value == Span(low, high)
    assert [(each.value, each.source) for each in figure.derivation.given] == [
        (Span.exactly(low), Source("one")),
        (Span(low, high), Source("two")),
    ]
    assert [label for label, _value in given(figure)] == ["Late rate", "Late rate"]
    assert steps(figure) == [("Late rate over all sources", Span(low, high))]
    assert made_rate(found()) is None


def test_a_milestone_names_its_source() -> None:
    mark = Milestone(DUE, Phrase("Something"), "the law")

    figure = made_milestone(mark)

    assert figure.value == DUE
    assert given(figure) == [("Something", DUE)]
    source = figure.derivation.given[0].source
    assert source is not None
    assert (source.name, source.reliability, source.checked) == ("the law", mark.reliability, None)


def test_a_milestone_by_the_terms_keeps_their_sources() -> None:
    own = Source("my letter", DUE, Reliability.CONTRACT, Origin.CONTRACT)
    page = Source("a page", None, Reliability.LOW)

    mark = Milestone.by(DUE, Phrase("Something"), own, page, own)

    assert (mark.source, mark.reliability) == ("my letter; a page", Reliability.CONTRACT)
    assert mark.sources == mark.said == (own, page)
    assert [given.source for given in made_milestone(mark).derivation.given] == [own, page]
    twice = Milestone.by(None, Phrase("Something"), page, replace(page, checked=DUE))
    assert (twice.source, twice.reliability) == ("a page", Reliability.LOW)
