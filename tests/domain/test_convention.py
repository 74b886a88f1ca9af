import pytest

from planner.domain.apr import Convention
from planner.domain.convention import CONVENTION_WORDS, convention_of


@pytest.mark.parametrize(
    ("country", "currency", "expected"),
    [
        ("CN", "EUR", Convention.CHINA),
        ("US", "CNY", Convention.US),
        ("FR", "CNY", Convention.EU),
        ("GB", "USD", Convention.EU),
        ("DE", "USD", Convention.EU),
        ("", "CNY", Convention.CHINA),
        ("", "USD", Convention.US),
        ("", "EUR", Convention.EU),
        ("", "GBP", Convention.EU),
        ("", "JPY", Convention.EU),
        ("ZZ", "CNY", Convention.CHINA),
        ("ZZ", "USD", Convention.US),
        ("ZZ", "CHF", Convention.EU),
    ],
)
def test_the_country_decides_and_else_the_currency(country: str, currency: str, expected: Convention) -> None:
    assert convention_of(country, currency) is expected


def test_every_convention_has_words_that_name_its_rule() -> None:
    named = {convention: str(words) for convention, words in CONVENTION_WORDS.items()}

    assert set(named) == set(Convention)
    assert "[2021] No. 3" in named[Convention.CHINA]
    assert "2008/48/EC" in named[Convention.EU]
    assert "Appendix J" in named[Convention.US]
