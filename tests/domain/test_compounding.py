from decimal import Decimal

import pytest

from planner.domain.interest.compounding import compounded, effective, nominal, restated, yearly_of_360
from planner.domain.rate import Per, Rate


@pytest.mark.parametrize(
    ("daily", "simple", "of_360", "by_month", "by_day"),
    [
        ("0.0003", "10.95", "10.8", "11.516617", "11.570175"),
        ("0.00065", "23.725", "23.4", "26.482674", "26.766031"),
        ("0.0007", "25.55", "25.2", "28.764889", "29.099161"),
        ("0.001", "36.5", "36", "43.269748", "44.025131"),
    ],
)
def test_a_daily_rate_as_a_yearly_one(
    daily: str, simple: str, of_360: str, by_month: str, by_day: str
) -> None:
    rate = Rate(Decimal(daily), Per.DAY)
    close = Decimal("0.000001")

    assert restated(rate, Per.YEAR) == Rate(Decimal(simple) / 100)
    assert yearly_of_360(rate) == Rate(Decimal(of_360) / 100)
    assert abs(compounded(rate, Per.MONTH).fraction * 100 - Decimal(by_month)) <= close
    assert abs(compounded(rate, Per.DAY).fraction * 100 - Decimal(by_day)) <= close
    assert compounded(rate, Per.YEAR) == Rate(Decimal(simple) / 100)
    assert compounded(rate, Per.MONTH).per is Per.YEAR


def test_a_month_is_a_twelfth_of_a_year_and_365_twelfths_of_a_day() -> None:
    assert restated(Rate(Decimal("0.12")), Per.MONTH) == Rate(Decimal("0.01"), Per.MONTH)
    assert restated(Rate(Decimal("0.01"), Per.MONTH), Per.YEAR) == Rate(Decimal("0.12"))
    assert restated(Rate(Decimal("0.0365"), Per.MONTH), Per.DAY) == Rate(Decimal("0.0012"), Per.DAY)
    assert restated(Rate(Decimal("0.0012"), Per.DAY), Per.MONTH) == Rate(Decimal("0.0365"), Per.MONTH)


def test_effective_and_nominal_as_formulajs_has_them() -> None:
    assert abs(effective(Decimal("0.1"), 4) - Decimal("0.10381289062499977")) < Decimal("1e-12")
    assert abs(nominal(Decimal("0.1"), 4) - Decimal("0.09645475633778045")) < Decimal("1e-12")
    # support.microsoft.com: EFFECT(0.0525, 4) and NOMINAL(0.053543, 4).
    assert abs(effective(Decimal("0.0525"), 4) - Decimal("0.0535427")) < Decimal("1e-7")
    assert abs(nominal(Decimal("0.053543"), 4) - Decimal("0.0525003")) < Decimal("1e-7")
    assert effective(Decimal("0.1"), 1) == Decimal("0.1")
    assert abs(nominal(effective(Decimal("0.3"), 12), 12) - Decimal("0.3")) < Decimal("1e-24")


def test_the_band_of_chinese_cards_is_12_775_to_18_25_per_cent() -> None:
    # 银发〔2016〕111号: 0.035 % to 0.05 % a day (wodefinance.com, nlqcpgqpgz).
    low, high = (restated(Rate(Decimal(text), Per.DAY), Per.YEAR) for text in ("0.00035", "0.0005"))

    assert (low, high) == (Rate(Decimal("0.12775")), Rate(Decimal("0.1825")))
    assert round(compounded(high, Per.MONTH).fraction * 100, 2) == Decimal("19.86")
    assert round(compounded(high, Per.DAY).fraction * 100, 2) == Decimal("20.02")
