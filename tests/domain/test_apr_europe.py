from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr.europe import (
    Frequency,
    Interval,
    apr_of_dates,
    effective_rate,
    frequency_of,
    interval,
)
from planner.domain.apr.solver import NothingLentError, NothingPaidBackError, SeveralRatesError
from planner.domain.apr.value import Apr, Convention
from planner.domain.dates import add_months
from planner.domain.rate import Rate

GUIDELINES = "SWD(2012) 128 final, 4.1.1"
CURO = "curo 65ad93ba, eu_2008_48_ec_test.dart"
DAY, WEEK, MONTH, YEAR = Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.YEAR


def on(text: str) -> date:
    return date.fromisoformat(text)


def percent(found: Rate | None) -> float:
    assert found is not None
    return float(found.yearly) * 100


@pytest.mark.parametrize(
    ("source", "start", "end", "frequency", "expected"),
    [
        (GUIDELINES, "2012-01-12", "2012-02-15", MONTH, "1/12+3/365"),
        (GUIDELINES, "2012-01-12", "2012-03-15", MONTH, "2/12+3/365"),
        (GUIDELINES, "2013-01-12", "2013-02-15", MONTH, "1/12+3/366"),
        (GUIDELINES, "2013-02-25", "2013-03-28", MONTH, "1/12+3/366"),
        (GUIDELINES, "2013-02-26", "2013-03-29", MONTH, "1/12+2/366"),
        (GUIDELINES, "2012-02-26", "2012-03-29", MONTH, "1/12+3/366"),
        (GUIDELINES, "2012-12-01", "2013-02-02", MONTH, "2/12+1/366"),
        (GUIDELINES, "2012-01-12", "2012-02-15", YEAR, "0/1+34/365"),
        (GUIDELINES, "2012-01-12", "2014-02-15", YEAR, "2/1+34/365"),
        (GUIDELINES, "2012-01-12", "2012-01-30", WEEK, "2/52+4/365"),
        (CURO, "2012-01-12", "2013-01-10", WEEK, "52/52"),
        (CURO, "2012-01-12", "2013-01-12", WEEK, "52/52+2/365"),
        (CURO, "2019-01-12", "2020-01-12", MONTH, "12/12"),
        (CURO, "2019-01-31", "2019-02-28", MONTH, "1/12"),
        (CURO, "2020-01-31", "2020-02-29", MONTH, "1/12"),
        (CURO, "2019-01-31", "2019-03-01", MONTH, "1/12+1/365"),
        (CURO, "2020-03-01", "2021-08-15", MONTH, "17/12+14/366"),
        (CURO, "2024-02-28", "2024-03-31", MONTH, "1/12+1/366"),
        (CURO, "2024-02-29", "2024-03-31", MONTH, "1/12"),
        (CURO, "2024-01-31", "2025-02-28", MONTH, "13/12"),
        (CURO, "2020-01-01", "2021-03-15", YEAR, "1/1+74/366"),
        (CURO, "2024-02-27", "2025-02-28", YEAR, "1/1+1/365"),
        (CURO, "2024-02-29", "2025-03-31", YEAR, "1/1+31/366"),
        (CURO, "2024-02-28", "2025-02-27", YEAR, "0/1+365/366"),
        (CURO, "2024-02-28", "2025-02-28", YEAR, "1/1"),
        (CURO, "2023-02-28", "2024-02-29", YEAR, "1/1"),
        ("Directive 98/7/EC", "1994-01-01", "1995-07-01", DAY, "546/365"),
        ("remark (c): days alone", "2012-01-12", "2013-01-12", DAY, "366/365"),
        ("no time at all", "2012-01-12", "2012-01-12", MONTH, "0/12"),
        ("no time at all", "2012-01-12", "2012-01-12", DAY, "0/365"),
    ],
)
def test_the_time_between_two_dates(
    source: str, start: str, end: str, frequency: Frequency, expected: str
) -> None:
    found = interval(on(start), on(end), frequency)

    assert str(found) == expected, source
    assert found.years == sum(Fraction(part) for part in expected.split("+"))


@pytest.mark.parametrize(
    ("start", "last", "year"),
    [
        # The year ends with the last of the days: 28 February of a leap year, 29, 1 March, and a year later.
        ("2024-02-20", "2024-02-28", 365),
        ("2024-02-20", "2024-02-29", 366),
        ("2024-02-20", "2024-03-01", 366),
        ("2025-02-20", "2025-02-27", 366),
        ("2025-02-20", "2025-02-28", 366),
        ("2025-02-20", "2025-03-01", 365),
        ("2023-12-20", "2023-12-31", 365),
    ],
)
def test_the_year_of_the_days_ends_with_the_last_of_them(start: str, last: str, year: int) -> None:
    later = add_months(on(last), 24) if on(last).day != 29 else on("2026-03-29")
    found = interval(on(start), later, MONTH)

    assert (found.days, found.year_days) == ((on(last) - on(start)).days, year)


def test_dates_of_a_string_are_measured_by_the_day_they_aim_at() -> None:
    assert str(interval(on("2026-01-30"), on("2026-02-28"), MONTH, 30)) == "1/12"
    assert str(interval(on("2026-01-30"), on("2026-02-28"), MONTH)) == "0/12+29/365"
    assert str(interval(on("2024-02-20"), on("2025-02-28"), YEAR, 30)) == "1/1+9/366"


@pytest.mark.parametrize(
    ("start", "payments", "expected"),
    [
        ("2012-01-12", ["2012-02-15", "2012-03-15", "2012-04-15"], MONTH),
        ("2012-01-12", ["2012-01-12", "2012-02-15", "2012-03-15"], MONTH),
        ("2012-01-12", ["2011-12-01", "2012-02-15", "2012-03-15"], MONTH),
        ("2012-01-12", ["2012-02-15", "2013-02-15", "2014-02-15"], YEAR),
        ("2012-01-12", ["2012-02-15", "2013-02-15", "2013-08-15"], MONTH),
        ("2012-01-12", ["2012-02-15", "2012-02-22", "2012-03-07"], WEEK),
        ("2012-01-12", ["2012-02-15", "2012-02-22", "2012-03-01"], DAY),
        ("2012-01-12", ["2012-02-28", "2012-03-31"], DAY),
        ("2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"], MONTH),
        ("2026-01-30", ["2026-01-30", "2026-02-28", "2026-03-28"], MONTH),
        ("2026-01-01", ["2026-01-31", "2026-02-28", "2026-03-28"], MONTH),  # it has drifted, by months
        ("2025-01-01", ["2025-02-28", "2026-02-28", "2028-02-29"], YEAR),
        # A single payment is measured from the beginning.
        ("2012-01-12", ["2013-01-12"], YEAR),
        ("2012-01-12", ["2012-07-12"], MONTH),
        ("2012-01-12", ["2012-01-12", "2012-07-12"], MONTH),
        ("2012-01-12", ["2012-01-26"], WEEK),
        ("2012-01-12", ["2012-02-11"], DAY),
        ("2012-01-12", [], YEAR),
        # 28 days are a month here, and four weeks.
        ("2026-02-10", ["2026-03-10"], MONTH),
        ("2026-02-10", ["2026-03-10", "2026-04-07"], WEEK),
    ],
)
def test_time_is_counted_in_the_periods_of_the_payments(
    start: str, payments: list[str], expected: Frequency
) -> None:
    assert frequency_of(on(start), [on(text) for text in payments]) is expected
    assert frequency_of(on(start), [on(text) for text in reversed(payments)]) is expected


@pytest.mark.parametrize(
    ("name", "drawdowns", "payments", "expected"),
    [
        ("98/7/EC example 1", [(0, 1000)], [(Fraction(546, 365), 1200)], 12.962038),
        ("98/7/EC example 2", [(0, 950)], [(Fraction(3, 2), 1200)], 16.852613),
        ("98/7/EC example 3", [(0, 1000)], [(1, 600), (2, 600)], 13.066239),
        (
            "98/7/EC example 4",
            [(0, 1000)],
            [(Decimal("0.25"), 272), (Decimal("0.5"), 272), (1, 544)],
            13.185495,
        ),
        (
            "Markt/2014/107 example 1",
            [(0, 200_000)],
            [(0, 4000), *((Fraction(k, 12), Decimal("1432.86")) for k in range(1, 241))],
            6.434412,
        ),
        (
            "Markt/2014/107 example 40",
            [(0, 200_000)],
            [(0, 4000), (Decimal("0.5"), Decimal("207618.17"))],
            12.206644,
        ),
        (
            "Markt/2014/107 example 43: a fee a year before the loan",
            [(0, 30_000)],
            [(-1, 150), (0, 450), *((Fraction(k, 12), Decimal("356.11")) for k in range(1, 121))],
            8.269278,
        ),
    ],
)
def test_the_published_examples(
    name: str,
    drawdowns: list[tuple[int, int]],
    payments: list[tuple[Fraction | int, Decimal | int]],
    expected: float,
) -> None:
    assert percent(effective_rate(drawdowns, payments)) == pytest.approx(expected, abs=1.5e-6), name


def monthly(first: str, count: int, amount: str) -> list[tuple[date, Decimal]]:
    return [(add_months(on(first), month), Decimal(amount)) for month in range(count)]


LOAN = [(on("2012-01-12"), Decimal(200_000))]
FEE = [(on("2012-01-12"), Decimal(4000))]


@pytest.mark.parametrize("frequency", [MONTH, None])
def test_example_2_1_of_the_commission_with_its_dates(frequency: Frequency | None) -> None:
    found = apr_of_dates(LOAN, [*FEE, *monthly("2012-02-15", 240, "1433.57")], frequency)

    assert percent(found.effective) == pytest.approx(6.434185, abs=1e-6)
    assert found.convention is Convention.EU
    assert found.nominal is None
    assert found.monthly is None
    assert found.headline == found.effective


@pytest.mark.parametrize("frequency", [YEAR, None])
def test_example_2_3_of_the_commission_with_its_dates(frequency: Frequency | None) -> None:
    yearly = [(add_months(on("2012-02-15"), 12 * year), Decimal("16541.86")) for year in range(20)]
    found = apr_of_dates(LOAN, [*FEE, *yearly], frequency)

    assert percent(found.effective) == pytest.approx(6.282070, abs=1e-6)


def test_a_fee_a_year_before_the_loan_counts_below_nothing() -> None:
    early = [(on("2011-01-12"), Decimal(150)), (on("2012-01-12"), Decimal(450))]
    payments = [*early, *monthly("2012-02-12", 120, "356.11")]
    found = apr_of_dates([(on("2012-01-12"), Decimal(30_000))], payments)

    assert percent(found.effective) == pytest.approx(8.269278, abs=1e-6)
    assert found.nominal is not None


def test_days_before_the_loan_count_below_nothing() -> None:
    # 100 have grown to 101.11399 in 10/366 years when 1100 are drawn, and (1100 - 101.11399) · 1.5 is repaid.
    drawn = [(on("2012-07-12"), Decimal(1100))]
    paid = [(on("2012-07-02"), Decimal(100)), (on("2013-07-12"), Decimal("1498.3290"))]

    assert percent(apr_of_dates(drawn, paid).effective) == pytest.approx(50, abs=1e-4)


def test_whole_months_have_a_monthly_and_a_nominal_rate_as_well() -> None:
    found = apr_of_dates([(on("2026-01-31"), 1000)], [(on("2026-02-28"), 505), (on("2026-03-31"), 510)])

    # 1000 y² - 505 y - 510 = 0
    growth = (505 + (505**2 + 4 * 1000 * 510) ** 0.5) / 2000
    assert found.monthly is not None
    assert float(found.monthly) == pytest.approx(growth - 1, rel=1e-12)
    assert percent(found.nominal) == pytest.approx(1200 * (growth - 1), rel=1e-12)
    assert percent(found.effective) == pytest.approx(100 * (growth**12 - 1), rel=1e-12)
    assert found.headline == found.effective


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2026-01-10", "2027-01-10", 1.0),
        ("2026-01-10", "2026-07-10", 0.5),
        ("2026-01-10", "2026-01-24", 2 / 52),
        ("2026-01-10", "2026-02-09", 30 / 365),
        ("2023-06-01", "2024-06-01", 1.0),
        ("2024-01-10", "2024-06-14", 156 / 365),
    ],
)
def test_a_single_payment(start: str, end: str, years: float) -> None:
    found = apr_of_dates([(on(start), 1000)], [(on(end), 1050)])

    assert percent(found.effective) == pytest.approx(100 * (1.05 ** (1 / years) - 1), rel=1e-12)
    assert (found.monthly is None) is (years != 0.5)


def test_months_of_a_string_on_the_30th_are_all_alike() -> None:
    payments = [(on(day), 340) for day in ("2026-02-28", "2026-03-30", "2026-04-30")]
    same = [(on(day), 340) for day in ("2026-02-10", "2026-03-10", "2026-04-10")]

    assert apr_of_dates([(on("2026-01-30"), 1000)], payments) == apr_of_dates(
        [(on("2026-01-10"), 1000)], same
    )


def test_several_drawdowns_are_measured_from_the_first() -> None:
    drawn = [(on("2026-03-10"), 500), (on("2026-01-10"), 500)]
    found = apr_of_dates(drawn, [(on("2026-05-10"), 515), (on("2026-07-10"), 515)])

    # In two months: 500 y³ + 500 y² = 515 y + 515, so that y² = 1.03 (and y = -1).
    assert percent(found.effective) == pytest.approx(100 * (1.03**3 - 1), rel=1e-12)


def test_the_reason_is_said_where_there_is_no_rate() -> None:
    day = on("2026-01-10")

    with pytest.raises(NothingLentError):
        apr_of_dates([], [])
    with pytest.raises(NothingLentError):
        apr_of_dates([], [(day, 100)])
    with pytest.raises(NothingLentError):
        apr_of_dates([(day, 100)], [(day, 100)])
    with pytest.raises(NothingPaidBackError):
        apr_of_dates([(day, 100)], [])
    with pytest.raises(SeveralRatesError):
        effective_rate([(1, 230)], [(0, 100), (2, 132)])  # 10 % and 20 % a year


def test_an_early_charge_may_lead_to_a_second_rate_beyond_a_thousand_per_cent_only() -> None:
    # -a (y - 1.1)(y - r): 1.1 and r as growth a year
    for growth, refused in ((Decimal("10.9"), True), (Decimal("11.1"), False)):
        drawn, repaid = 100 * (growth + Decimal("1.1")), 110 * growth
        if refused:
            with pytest.raises(SeveralRatesError):
                effective_rate([(1, drawn)], [(0, 100), (2, repaid)])
        else:
            assert percent(effective_rate([(1, drawn)], [(0, 100), (2, repaid)])) == pytest.approx(10)


def test_an_interval_may_be_said_shortly() -> None:
    assert Interval(3, MONTH) == Interval(3, MONTH, 0, 365)
    assert Interval(3, MONTH).years == Fraction(1, 4)


@given(
    st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 4000), st.sampled_from([WEEK, MONTH, YEAR])
)
def test_any_time_is_about_as_long_as_its_days(start: date, days: int, frequency: Frequency) -> None:
    found = interval(start, start + timedelta(days=days), frequency).years

    assert float(found) == pytest.approx(days / 365.25, abs=0.008 + days / 365 * 0.004)


@given(st.integers(1, 60), st.integers(0, 30), st.integers(1, 400))
def test_what_is_made_from_a_rate_gives_it_back(count: int, late: int, per_mille: int) -> None:
    start, first = on("2026-01-10"), on("2026-02-10") + timedelta(days=late)
    rate = per_mille / 1000
    payments = [(add_months(first, month, first.day), 10**9) for month in range(count)]
    times = [float(interval(start, day, MONTH).years) for day, _ in payments]
    lent = round(sum(10**9 / (1 + rate) ** time for time in times))

    assert percent(apr_of_dates([(start, lent)], payments, MONTH).effective) == pytest.approx(
        100 * rate, abs=1e-5
    )


def test_an_effective_rate_is_an_apr_without_equal_periods() -> None:
    found = apr_of_dates([(on("2026-01-10"), 1000)], [(on("2026-01-17"), 1001)])

    assert found == Apr(Convention.EU, None, found.effective)
