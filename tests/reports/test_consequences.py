"""What a report says of lateness beside its cost: the counts, the days, and what it may lead to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.domain.consequences.card import NO_CARDS
from planner.domain.late.counts import LateCounts, LateTime
from planner.i18n import explain, show, speaking
from planner.phrases import Phrase
from planner.reports.consequences import late_so_far, what_may_follow
from planner.reports.pack import ReportPack, compose
from tests.reports.conftest import Extract


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.row("C030", "C031", "C095", "C106")
@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_pdf_has_every_card_and_every_span_of_days_that_the_window_has(
    language: str, pack: ReportPack, text_of: Extract
) -> None:
    text = plain(text_of(compose(pack, language)))

    late = pack.worked.late
    assert late is not None
    assert {card.id for card in late.cards.first} >= {"messages", "credit-record", "frozen"}
    with speaking(language):
        for card in late.cards.first:
            assert plain(explain(Phrase(card.title))) in text
            assert plain(explain(Phrase(card.text))) in text
        spans = [show(mark.when) for mark in late.milestones if mark.until not in {None, mark.on}]
        assert len(spans) == 2
        for span in spans:
            assert plain(span) in text
        for card in late.cards.others:
            assert plain(explain(Phrase(card.text))) not in text


def test_without_cards_or_counts_a_report_says_nothing_of_them() -> None:
    assert what_may_follow(NO_CARDS) == []
    assert late_so_far(None) == []
    assert late_so_far(LateCounts()) == []


@pytest.mark.row("C051")
def test_the_counts_stand_with_what_many_lenders_look_at_and_who_says_so() -> None:
    times = (LateTime(Phrase("Bill"), date(2026, 11, 10), 12, is_open=True),)

    few: Any = late_so_far(LateCounts(times, 1, 1, 1))
    many: Any = late_so_far(LateCounts(times, 6, 3, 3))

    assert [block["kind"] for block in few] == ["heading", "text"]
    assert few[1]["text"].startswith("1 late month in all, 1 in a row now")
    assert many[2]["items"][:2] == [
        "Many lenders look at 3 late months in a row or more.",
        "Many lenders look at 6 late months in all or more.",
    ]
    assert "weak sources" in many[2]["items"][2]
