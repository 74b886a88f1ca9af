from datetime import date

import pytest

from planner.domain.law.credit_register import (
    NOT_STARTED,
    RECORD_LAW,
    REPAIR_NOTICE,
    Repair,
    one_time_repair,
    record_leaves,
    record_words,
)
from planner.domain.money import Money
from planner.phrases import Phrase


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.mark.row("C041")
@pytest.mark.parametrize(
    ("paid_off", "leaves"),
    [
        (date(2026, 3, 15), date(2031, 3, 15)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2023, 2, 28), date(2028, 2, 28)),
        (date(2025, 12, 31), date(2030, 12, 31)),
    ],
)
def test_a_record_leaves_five_years_after_all_was_paid(paid_off: date, leaves: date) -> None:
    assert record_leaves(paid_off) == leaves
    assert record_words(paid_off) == Phrase("until {date}", date=leaves)


@pytest.mark.row("C041")
def test_while_something_is_unpaid_the_five_years_have_not_started() -> None:
    assert record_leaves(None) is None
    assert record_words(None) == NOT_STARTED
    assert str(NOT_STARTED) == "the five years have not started"
    assert "art. 16" in RECORD_LAW


@pytest.mark.row("C041")
@pytest.mark.parametrize(
    ("overdue_on", "amount", "repaid_on", "found"),
    [
        (date(2019, 12, 31), "500.00", date(2025, 6, 1), Repair(reason="period")),
        (date(2020, 1, 1), "500.00", date(2025, 6, 1), Repair(hidden_from=date(2026, 1, 1))),
        (date(2025, 12, 31), "500.00", date(2026, 1, 2), Repair(hidden_by=date(2026, 2, 28))),
        (date(2026, 1, 1), "500.00", date(2026, 1, 2), Repair(reason="period")),
        (date(2023, 5, 10), "10000.00", date(2025, 11, 30), Repair(hidden_from=date(2026, 1, 1))),
        (date(2023, 5, 10), "10000.01", date(2025, 11, 30), Repair(reason="amount")),
        (date(2023, 5, 10), "1.00", date(2025, 12, 1), Repair(hidden_by=date(2026, 1, 31))),
        (date(2023, 5, 10), "1.00", date(2025, 12, 31), Repair(hidden_by=date(2026, 1, 31))),
        (date(2023, 5, 10), "1.00", date(2026, 3, 31), Repair(hidden_by=date(2026, 4, 30))),
        (date(2023, 5, 10), "1.00", date(2026, 4, 1), Repair(reason="repaid_too_late")),
        (date(2023, 5, 10), "1.00", None, Repair(reason="repaid_too_late")),
        (date(2026, 1, 1), "20000.00", None, Repair(reason="period")),
        (date(2023, 5, 10), "20000.00", None, Repair(reason="amount")),
    ],
)
def test_whom_the_one_time_repair_reached(
    overdue_on: date, amount: str, repaid_on: date | None, found: Repair
) -> None:
    repair = one_time_repair(overdue_on, yuan(amount), repaid_on)

    assert repair == found
    assert repair.is_hidden is (repair.reason == "")
    assert "2025-12-22" in REPAIR_NOTICE
