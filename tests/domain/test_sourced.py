"""Sources: how old they are, and which of them do not count."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced, is_stale

PAGE = Source("a page", date(2025, 11, 22), Reliability.LOW)
INVENTED = Source("an article", date(2026, 11, 22), Reliability.FICTITIOUS)
MINE = Source("page 4", date(2020, 1, 1), Reliability.CONTRACT, Origin.CONTRACT)


@pytest.mark.parametrize(
    ("checked", "today", "stale"),
    [
        (date(2025, 11, 22), date(2026, 11, 22), False),
        (date(2025, 11, 21), date(2026, 11, 22), True),
        (date(2025, 11, 23), date(2026, 11, 22), False),
        (date(2025, 12, 1), date(2026, 11, 22), False),
        (date(2025, 10, 31), date(2026, 11, 22), True),
        (date(2024, 12, 31), date(2026, 1, 1), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
        (date(2027, 1, 1), date(2026, 11, 22), False),
    ],
)
def test_what_was_checked_more_than_a_year_ago_is_stale(checked: date, today: date, *, stale: bool) -> None:
    assert is_stale(checked, today) is stale
    assert Source("a page", checked).is_stale_on(today) is stale
    assert Source("an app", checked, Reliability.HIGH, Origin.APP_SCREEN).is_stale_on(today) is stale


def test_a_contract_and_what_nobody_dated_never_grow_stale() -> None:
    assert not MINE.is_stale_on(date(2026, 11, 22))
    assert not Source("a page").is_stale_on(date(2026, 11, 22))


@pytest.mark.row("C060")
def test_what_declares_itself_fictitious_is_kept_and_does_not_count() -> None:
    both = Sourced((Claim(1, INVENTED), Claim(2, PAGE)))

    assert both.claims == (Claim(1, INVENTED), Claim(2, PAGE))
    assert both.counting == (Claim(2, PAGE),)
    assert (both.value, both.is_range, both.is_unknown) == (2, False, False)
    assert both.lowest() == both.highest() == Claim(2, PAGE)


@pytest.mark.row("C060")
def test_what_is_only_said_by_what_declares_itself_fictitious_is_unknown() -> None:
    alone = Sourced((Claim(1, INVENTED),))

    assert alone.is_unknown
    assert (alone.value, alone.is_range, alone.counting) == (None, False, ())


def test_the_own_value_counts_beside_an_invented_one() -> None:
    own = Sourced((Claim(1, INVENTED), Claim(3, MINE)))

    assert (own.value, own.counting, own.own) == (3, (Claim(3, MINE),), Claim(3, MINE))
