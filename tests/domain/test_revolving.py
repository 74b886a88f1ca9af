import pytest

from planner.domain.minimum.revolving import revolving_most_months
from planner.domain.money import Money


@pytest.mark.parametrize(
    ("credit", "months"),
    [("500.00", 36), ("2999.99", 36), ("3000.00", 36), ("3000.01", 60), ("10000.00", 60)],
)
def test_up_to_3000_euros_36_months_and_60_above(credit: str, months: int) -> None:
    assert revolving_most_months(Money.of(credit, "EUR")) == months
