from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr.america import apr_of_dates, apr_of_single
from planner.domain.apr.solver import NothingLentError, NothingPaidBackError, SeveralRatesError
from planner.domain.apr.unit_period import Interval, Kind, UnitPeriod, times
from planner.domain.apr.value import Apr, Convention, rounded_percent
from planner.domain.dates import add_months

DAY, WEEK, SEMIMONTH, MONTH, YEAR = (UnitPeriod(kind) for kind in Kind)


def on(text: str) -> date:
    return date.fromisoformat(text)


def stream(
    start: str, count: int, amount: str, *, months: int = 0, days: int = 0
) -> list[tuple[date, Decimal | int]]:
    first = on(start)
    return [
        (add_months(first, months * n, first.day) + timedelta(days=days * n), Decimal(amount))
        for n in range(count)
    ]


def semimonths(start: str, count: int, amount: str) -> list[tuple[date, Decimal | int]]:
    first = on(start)
    days = (add_months(first, n // 2) + timedelta(days=15 * (n % 2)) for n in range(count))
    return [(day, Decimal(amount)) for day in days]


def nominal(found: Apr) -> float:
    assert found.convention is Convention.US
    assert found.nominal is not None
    assert found.headline == found.nominal
    return float(found.nominal.yearly) * 100


EXAMPLES = [
    (
        "Appendix J (c)(1)(i): monthly payments",
        [("1978-01-10", "5000")],
        stream("1978-02-10", 24, "230", months=1),
        MONTH,
        "9.69",
    ),
    (
        "Appendix J (c)(1)(iii): semimonthly payments, irregular first period",
        [("1978-02-23", "5000")],
        semimonths("1978-03-01", 24, "219.17"),
        SEMIMONTH,
        "10.34",
    ),
    (
        "Appendix J (c)(1)(iv): quarterly payments, irregular first period",
        [("1978-05-23", "10000")],
        stream("1978-10-01", 40, "385", months=3),
        UnitPeriod(Kind.MONTH, 3),
        "8.97",
    ),
    (
        "Appendix J (c)(2)(i): monthly payments, irregular first payment",
        [("1978-01-10", "5000")],
        [*stream("1978-02-10", 1, "250"), *stream("1978-03-10", 23, "230", months=1)],
        MONTH,
        "10.08",
    ),
    (
        "Appendix J (c)(2)(ii): every four weeks, irregular first period and payment",
        [("1978-03-18", "400")],
        [*stream("1978-04-20", 1, "39.50"), *stream("1978-05-18", 11, "38.31", days=28)],
        UnitPeriod(Kind.WEEK, 4),
        "28.50",
    ),
    (
        "Appendix J (c)(3)(ii): every two weeks, irregular first period and last payment",
        [("1978-04-03", "200")],
        [*stream("1978-04-11", 19, "9.50", days=14), *stream("1979-01-02", 1, "30")],
        UnitPeriod(Kind.WEEK, 2),
        "12.22",
    ),
    (
        "Appendix J (c)(4)(i): monthly payments, irregular first and last payment",
        [("1978-01-10", "5000")],
        [
            *stream("1978-02-10", 1, "250"),
            *stream("1978-03-10", 22, "230", months=1),
            *stream("1980-01-10", 1, "280"),
        ],
        MONTH,
        "10.90",
    ),
    (
        "Appendix J (c)(6)(ii): payments in the season",
        [("1978-03-03", "7350")],
        [
            *stream("1978-09-15", 3, "1000", months=1),
            *stream("1979-03-15", 1, "2000"),
            *stream("1979-09-15", 3, "750", months=1),
            *stream("1980-02-01", 1, "1000"),
        ],
        MONTH,
        "10.22",
    ),
    (
        "Appendix J (c)(7)(i): several advances",
        [("1979-04-10", "20000"), ("1979-06-12", "20000"), ("1979-09-18", "20000")],
        stream("1979-12-10", 240, "612.36", months=1),
        MONTH,
        "10.25",
    ),
]


@pytest.mark.parametrize(
    ("advances", "payments", "unit", "expected"),
    [example[1:] for example in EXAMPLES],
    ids=[example[0] for example in EXAMPLES],
)
def test_the_examples_of_appendix_j(
    advances: list[tuple[str, str]],
    payments: list[tuple[date, Decimal | int]],
    unit: UnitPeriod,
    expected: str,
) -> None:
    lent = [(on(day), Decimal(amount)) for day, amount in advances]
    found = apr_of_dates(lent, payments, unit)

    assert found.nominal is not None
    assert rounded_percent(found.nominal, 2) == Decimal(expected)
    assert apr_of_dates(lent, payments) == found
    assert apr_of_dates(lent, payments[::-1]).nominal == pytest.approx(found.nominal)


TOOL = [
    ("yearly", "2026-04-27", 100_000, 1000, stream("2027-04-30", 3, "40215", months=12), 10.528415),
    ("half-yearly", "2026-04-27", 100_000, 1000, stream("2026-10-31", 6, "19700", months=6), 10.569370),
    ("quarterly", "2026-04-27", 100_000, 1000, stream("2026-07-31", 8, "13946.73", months=3), 10.859928),
    ("monthly", "2026-01-10", 10_000, 200, stream("2026-02-15", 12, "884.91", months=1), 14.692037),
    ("fortnightly", "2025-12-06", 10_000, 100, stream("2025-12-25", 26, "394.68", days=14), 6.776891),
    ("weekly", "2025-12-06", 10_000, 100, stream("2025-12-13", 52, "197.25", days=7), 6.996096),
    ("once after 42 days", "2025-12-06", 10_000, 0, stream("2026-01-17", 1, "10170"), 14.773810),
]


@pytest.mark.parametrize(
    ("start", "amount", "prepaid", "payments", "expected"),
    [row[1:] for row in TOOL],
    ids=[row[0] for row in TOOL],
)
def test_loans_that_were_validated_with_the_tool_of_the_ffiec(
    start: str, amount: int, prepaid: int, payments: list[tuple[date, Decimal | int]], expected: float
) -> None:
    # curo 65ad93ba, us_appendix_j_test.dart; fortnightly as its comment gives the tool's figure, 6.7769.
    found = apr_of_dates([(on(start), amount)], payments, prepaid=prepaid)
    netted = apr_of_dates([(on(start), amount - prepaid)], payments)
    paid_at_once = apr_of_dates([(on(start), amount)], [(on(start), prepaid), *payments])

    assert nominal(found) == pytest.approx(expected, abs=1.1e-6)
    assert found == netted == paid_at_once


def test_the_prepaid_charge_is_taken_off_the_first_advance() -> None:
    lent = [(on("2026-03-10"), 500), (on("2026-01-10"), 500)]
    payments = stream("2026-05-10", 6, "180", months=1)
    found = apr_of_dates(lent, payments, prepaid=20)

    assert found == apr_of_dates([(on("2026-03-10"), 500), (on("2026-01-10"), 480)], payments)


SINGLE = [
    ("(c)(5)(i): 255 days", "1978-01-01", "1978-09-13", "1000", "1080", "11.45"),
    ("(c)(5)(ii): six months", "1978-01-15", "1978-07-15", "1000", "1044", "8.80"),
    ("(c)(5)(iii): a year and a half", "1978-01-15", "1979-07-15", "1000", "1135.19", "8.76"),
    ("(c)(5)(iv): two years", "1978-01-15", "1980-01-15", "1000", "1240", "11.36"),
    ("a year", "1978-01-15", "1979-01-15", "1000", "1100", "10.00"),
    ("a day less than a year", "1978-01-15", "1979-01-14", "1000", "1100", "10.03"),
    ("a month", "2026-02-10", "2026-03-10", "1000", "1010", "12.00"),
    ("30 days", "2026-01-10", "2026-02-09", "1000", "1010", "12.17"),
    ("a year and a day", "2026-01-10", "2027-01-11", "1000", "1100", "9.97"),
]


@pytest.mark.parametrize(
    ("start", "end", "amount", "payment", "expected"),
    [row[1:] for row in SINGLE],
    ids=[row[0] for row in SINGLE],
)
def test_a_single_advance_and_a_single_payment(
    start: str, end: str, amount: str, payment: str, expected: str
) -> None:
    found = apr_of_dates([(on(start), Decimal(amount))], [(on(end), Decimal(payment))])

    assert found.nominal is not None
    assert rounded_percent(found.nominal, 2) == Decimal(expected)
    # Its unit-period is its term, whatever is said: (b)(4)(ii).
    assert apr_of_dates([(on(start), Decimal(amount))], [(on(end), Decimal(payment))], DAY) == found


def test_the_forms_of_a_single_payment() -> None:
    days = apr_of_single(1000, 1080, Fraction(365, 255))
    months = apr_of_single(1000, 1044, 2)
    years = apr_of_single(1000, Decimal("1135.19"), 1, Interval(1, 6, 12))

    assert nominal(days) == pytest.approx(8 * 365 / 255, rel=1e-12)
    assert nominal(months) == pytest.approx(8.8, rel=1e-12)
    assert float(months.effective.yearly) == pytest.approx(1.044**2 - 1, rel=1e-12)
    assert nominal(years) == pytest.approx(8.757047, abs=6e-7)
    assert nominal(apr_of_single(1000, 1240, 1, Interval(2))) == pytest.approx(11.355287, abs=6e-7)


def test_several_amounts_on_one_day_are_one() -> None:
    lent = [(on("2026-01-10"), 400), (on("2026-01-10"), 600)]
    paid = [(on("2026-07-10"), 600), (on("2026-07-10"), 444)]

    assert nominal(apr_of_dates(lent, paid)) == pytest.approx(8.8, rel=1e-12)


def test_two_advances_make_no_single_one() -> None:
    lent = [(on("2026-01-10"), 500), (on("2026-07-10"), 500)]
    found = apr_of_dates(lent, [(on("2027-01-10"), 1100)], UnitPeriod(Kind.MONTH, 6))

    # In half-years: 500 y² + 500 y = 1100
    growth = (-500 + (500**2 + 4 * 500 * 1100) ** 0.5) / 1000
    assert nominal(found) == pytest.approx(200 * (growth - 1), rel=1e-12)
    # Its periods are of six and of twelve months, so that it is found for nine: (b)(4)(i)(B).
    unsaid = apr_of_dates(lent, [(on("2027-01-10"), 1100)])
    assert unsaid == apr_of_dates(lent, [(on("2027-01-10"), 1100)], UnitPeriod(Kind.MONTH, 9))
    late = apr_of_dates([(on("2026-01-10"), 500), (on("2027-01-10"), 500)], [(on("2027-01-10"), 1100)])
    assert nominal(late) == pytest.approx(20, rel=1e-12)


def test_a_first_payment_before_the_first_advance_begins_the_term() -> None:
    lent = [(on("2026-03-10"), 1000)]
    paid = [(on("2026-02-10"), 10), *stream("2026-04-10", 3, "340", months=1)]
    found = apr_of_dates(lent, paid, MONTH)

    i = float(found.monthly or 0)
    assert 10 * (1 + i) + sum(340 / (1 + i) ** n for n in (1, 2, 3)) == pytest.approx(1000, rel=1e-12)


def test_the_effective_rate_stands_beside_and_months_have_a_monthly_one() -> None:
    found = apr_of_dates([(on("2026-01-10"), 1000)], stream("2026-02-10", 2, "510", months=1))

    assert found.monthly is not None
    assert found.nominal is not None
    assert found.nominal.fraction == found.monthly * 12
    assert found.effective.fraction == (1 + found.monthly) ** 12 - 1
    weekly = apr_of_dates([(on("2026-01-10"), 1000)], stream("2026-01-17", 2, "510", days=7))
    assert weekly.monthly is None
    assert weekly.nominal is not None
    assert weekly.effective.fraction == pytest.approx((1 + weekly.nominal.fraction / 52) ** 52 - 1)


def test_the_reason_is_said_where_there_is_no_rate() -> None:
    day = on("2026-01-10")

    for lent, paid in (
        ([], []),
        ([], [(day, 100)]),
        ([(day, 100)], [(day, 100)]),
        ([(day, 100)], [(day, 200)]),
    ):
        with pytest.raises(NothingLentError):
            apr_of_dates(lent, paid)
    with pytest.raises(NothingPaidBackError):
        apr_of_dates([(day, 100)], [])
    with pytest.raises(NothingPaidBackError):
        apr_of_single(100, 0, 1)
    with pytest.raises(SeveralRatesError):
        apr_of_dates(
            [(on("2026-02-10"), 230)], [(day, 100), (on("2026-03-10"), 132)]
        )  # 10 % and 20 % a month


def test_an_early_charge_may_lead_to_a_second_rate_beyond_a_thousand_per_cent_a_year_only() -> None:
    # -100 (y - 1.01)(y - r) with r as growth a month; 1.2212^12 is 11.
    for growth, refused in ((Decimal("1.22"), True), (Decimal("1.23"), False)):
        lent = [(on("2026-02-10"), 100 * (growth + Decimal("1.01")))]
        paid = [(on("2026-01-10"), Decimal(100)), (on("2026-03-10"), 101 * growth)]
        if refused:
            with pytest.raises(SeveralRatesError):
                apr_of_dates(lent, paid, MONTH)
        else:
            assert nominal(apr_of_dates(lent, paid, MONTH)) == pytest.approx(12, abs=1e-9)


@given(
    st.integers(2, 48),
    st.integers(0, 45),
    st.fractions(Fraction(1, 1000), Fraction(1, 20), max_denominator=1000),
    st.sampled_from([MONTH, SEMIMONTH, WEEK, UnitPeriod(Kind.MONTH, 3), YEAR]),
)
def test_what_is_made_from_a_rate_gives_it_back(
    count: int, late: int, made_from: Fraction, unit: UnitPeriod
) -> None:
    start = on("2026-01-10")
    days = [day for day, _ in stream("2026-01-20", count, "1", months=1)]
    days = [day + timedelta(days=late) for day in days]
    lent = sum(
        Fraction(10**9) / ((1 + t.part * made_from) * (1 + made_from) ** t.whole)
        for t in times(start, days, unit)
    )
    found = apr_of_dates([(start, round(lent))], [(day, 10**9) for day in days], unit)

    assert nominal(found) == pytest.approx(float(100 * made_from * unit.per_year), abs=1e-4)
