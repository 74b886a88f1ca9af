from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.derivation import Derivation, Derived
from planner.domain.law.cap_flags import Flag, Standing
from planner.domain.offers.compared import Offer, OfferKind, Outcome
from planner.domain.rate import Rate
from planner.domain.sourced import Source
from planner.phrases import Phrase
from planner.services.legal_lines import (
    flag_words,
    law_of,
    line_words,
    made_flags,
    noted_words,
    short_words,
)

SOURCE = Source("A court")


def flag(standing: Standing, limit: str | None = "0.24", *, is_said: bool = True) -> Flag:
    height = None
    if limit is not None:
        height = Derived(Rate(Decimal(limit)), Derivation(Phrase("Compared.")))
    words = Phrase("{rate} stands there: {line}.", rate=Rate(Decimal("0.2")), line=Phrase("a line"))
    return Flag(
        "line", standing, words, Phrase("For banks."), height, SOURCE, date(2026, 1, 20), None, is_said
    )


def test_the_highest_line_of_each_standing_is_named() -> None:
    flags = (
        flag(Standing.OVER, "0.12"),
        flag(Standing.OVER, "0.24"),
        flag(Standing.MAYBE_OVER, "0.36"),
        flag(Standing.UNDER, "0.5", is_said=False),
    )
    assert str(short_words(flags)) == "Above 24.00 %; Perhaps above 36.00 %".replace(
        "24.00 %", str(Rate(Decimal("0.24")))
    ).replace("36.00 %", str(Rate(Decimal("0.36"))))


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ((), None),
        ((flag(Standing.UNDER, is_said=False),), Phrase("Not above")),
        ((flag(Standing.UNKNOWN, None),), Phrase("Line not known")),
        ((flag(Standing.UNKNOWN, None, is_said=False),), Phrase("Not above")),
    ],
)
def test_what_is_not_above_a_line_or_not_known_is_said_calmly(
    flags: tuple[Flag, ...], words: Phrase | None
) -> None:
    assert short_words(flags) == words


def test_a_compounded_rate_above_a_line_is_named_as_that() -> None:
    words = short_words([flag(Standing.COMPOUNDED_OVER)])
    assert words is not None
    assert words.msgid == "Compounded above {limit}"


def test_a_flag_tells_for_whom_its_line_holds_since_when_and_who_says_so() -> None:
    told = flag(Standing.OVER)
    (made,) = made_flags([told])
    assert made.value == told.words
    labels = [(str(given.label), given.value, given.source) for given in made.derivation.given]
    assert labels == [
        ("For whom the line holds", told.scope, None),
        ("Holds since", date(2026, 1, 20), SOURCE),
    ]
    assert str(made.derivation.rule) == "Compared."
    assert str(flag_words(told)).endswith("a line. For banks. Since 2026-01-20.")
    assert "For banks" not in str(noted_words(told))
    assert "For banks" in str(line_words(told))


def test_a_line_of_unknown_height_has_no_figure_and_says_so() -> None:
    told = flag(Standing.UNKNOWN, None)
    (made,) = made_flags([told])
    assert str(made.derivation.rule) == "Nobody here says how high the line is."
    assert str(line_words(told)) == "Not known: a line. For banks. Since 2026-01-20."


def test_a_note_stands_behind_the_flag_and_its_rule() -> None:
    told = replace(flag(Standing.OVER), note=Phrase("There may be a newer one."))
    (made,) = made_flags([told])
    assert str(made.derivation.rule) == "Compared. There may be a newer one."
    assert str(flag_words(told)).endswith("There may be a newer one.")


@pytest.mark.parametrize(
    ("whose", "country", "beside", "law"),
    [("", "FR", "CN", "FR"), ("Card", "FR", "CN", "CN"), ("", "", "FR", "CN"), ("Card", "FR", "", "CN")],
)
def test_the_law_of_the_one_who_lends_holds_and_else_that_of_the_currency(
    whose: str, country: str, beside: str, law: str
) -> None:
    outcome = Outcome(Offer(OfferKind.FLAT_FEE, 3, whose=whose))
    assert law_of(outcome, country, beside, "CNY") == law
