from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.apr import Convention
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome, own_loan, own_offer
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.rate import Per, Rate
from planner.phrases import Phrase
from planner.services.rate_names import MIXED, RATE_COLUMNS, named_rate, rate_words

TODAY = date(2026, 11, 22)


def found(currency: str) -> Outcome:
    account = Account("Card", "A bank", currency)
    question = Question(Money.of("1200", currency), TODAY, account, Phrase("Typed amount"))
    return outcome(question, own_loan("Bank", 12, Rate(Decimal("0.12"))), TODAY)


@pytest.mark.parametrize(
    ("currency", "convention", "titles"),
    [
        ("CNY", Convention.CHINA, ["True rate, 12 × monthly", "True rate, compounded"]),
        ("EUR", Convention.EU, ["APR (TAEG)"]),
        ("GBP", Convention.EU, ["APR (TAEG)"]),
        ("USD", Convention.US, ["APR (Reg Z)"]),
    ],
)
def test_a_rate_is_called_as_its_convention_has_it(
    currency: str, convention: Convention, titles: list[str]
) -> None:
    told = found(currency)
    assert told.ends[0].convention is convention
    columns = RATE_COLUMNS[convention]
    assert [column.title for column in columns] == titles
    made = [column.made(told) for column in columns]
    shown = [column.shown(told) for column in columns]
    assert all(each is not None and each.value == value for each, value in zip(made, shown, strict=True))


@pytest.mark.parametrize(
    ("currency", "name", "words"),
    [
        ("CNY", "True rate", "true rate {nominal} (12 × monthly), {effective} compounded"),
        ("EUR", "APR (TAEG)", "APR (TAEG) {rate}"),
        ("USD", "APR (Reg Z)", "APR (Reg Z) {rate}"),
    ],
)
def test_in_words_each_says_its_own_and_no_second_figure_is_made_up(
    currency: str, name: str, words: str
) -> None:
    told = found(currency)
    phrase = rate_words(told)
    assert phrase is not None
    assert phrase.msgid == words
    title, rate = named_rate(told)
    assert title == name
    assert rate is not None
    if currency != "CNY":
        assert list(rate.values) == ["rate"]
        assert MIXED.shown(told) == phrase


def test_a_way_without_a_rate_has_no_words_for_it() -> None:
    told = outcome(
        Question(Money.of("1200", "CNY"), TODAY, None, Phrase("Typed amount")),
        own_offer("", 1, Rate(Decimal("0.01"), Per.MONTH), at_once=True),
        TODAY,
    )
    assert told.rate is None
    assert rate_words(told) is None
    assert named_rate(told) == ("True rate", None)
