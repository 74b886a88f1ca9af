"""Legal lines on the yearly cost of credit: by day, by amount, by reference rate, and in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.law.cap_flags import Flag, Standing, flags
from planner.domain.law.caps import Basis, Cap, CapTable, Limit, Observation, quarter_of
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Reliability, Source, Span
from planner.phrases import Phrase

LAW = Source("a law", date(2026, 11, 22), Reliability.HIGH)
NEWS = Source("a newspaper", date(2026, 11, 22), Reliability.MEDIUM)
HUNDRED = Money(10_000, "CNY")


@dataclass(frozen=True)
class Both:
    """A rate both ways."""

    nominal: Rate | None
    effective: Rate


def rate(nominal: str, effective: str = "") -> Both:
    return Both(Rate.percent(nominal), Rate.percent(effective or nominal))


def cap(line: str, since: date, until: date | None = None, **more: object) -> Cap:
    return replace(Cap(line, "CN", f"the line {line}", "for some", since, until, LAW), **more)  # type: ignore[arg-type]


FOUR = cap("4lpr", date(2020, 8, 20), basis=Basis.NOMINAL, times=Decimal(4), of="LPR1Y")
TWENTY_FOUR = cap("24", date(2025, 10, 1), basis=Basis.NOMINAL, value=Decimal("0.24"))
THIRTY_SIX = cap(
    "36",
    date(2015, 9, 1),
    date(2020, 8, 19),
    basis=Basis.NOMINAL,
    value=Decimal("0.36"),
    after="24",
    is_history=True,
)
LPR = Observation("LPR1Y", date(2026, 1, 20), Decimal("0.030"), NEWS)
CHINA = CapTable((FOUR, TWENTY_FOUR, THIRTY_SIX), (LPR,))


def band(quarter: date, above: str | None, up_to: str | None, percent: str) -> Cap:
    days = quarter_of(quarter)
    return replace(
        cap("usury", days.low, days.high),
        country="FR",
        currency="EUR",
        above=Decimal(above) if above else None,
        up_to=Decimal(up_to) if up_to else None,
        value=Decimal(percent) / 100,
    )


Q4, Q1 = date(2025, 12, 1), date(2026, 2, 1)
# Banque de France, by ymanci.fr and boursedescredits.com.
FRANCE = CapTable(
    (
        band(Q4, None, "3000", "23.49"),
        band(Q4, "3000", "6000", "15.71"),
        band(Q4, "6000", None, "8.73"),
        band(Q1, None, "3000", "23.56"),
        band(Q1, "3000", "6000", "15.87"),
        band(Q1, "6000", None, "8.67"),
    )
)


def china(*rates: Both, day: date = date(2026, 11, 22), table: CapTable = CHINA) -> tuple[Flag, ...]:
    return flags(rates, table, "CN", HUNDRED, day)


def standings(found: tuple[Flag, ...]) -> dict[str, Standing]:
    return {flag.line: flag.standing for flag in found}


def usury(amount: str, percent: str, day: date, table: CapTable = FRANCE) -> Flag:
    (flag,) = flags([rate("0", percent)], table, "FR", Money.of(amount, "EUR"), day)
    return flag


# --- when and for what a row holds -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 9, 30), False),
        (date(2025, 10, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(day: date, *, holds: bool) -> None:
    assert band(Q4, None, None, "20").holds_on(day) is holds


def test_a_row_without_an_end_holds_until_further_notice_and_history_is_looked_at_for_ever() -> None:
    assert TWENTY_FOUR.holds_on(date(2099, 1, 1))
    assert THIRTY_SIX.holds_on(date(2099, 1, 1))
    assert not THIRTY_SIX.holds_on(date(2015, 8, 31))
    assert not replace(THIRTY_SIX, is_history=False).holds_on(date(2020, 8, 20))


@pytest.mark.parametrize(
    ("amount", "percent"),
    [
        ("0.01", "23.56"),
        ("3000.00", "23.56"),
        ("3000.01", "15.87"),
        ("6000.00", "15.87"),
        ("6000.01", "8.67"),
        ("75000.00", "8.67"),
    ],
)
def test_an_amount_belongs_to_the_band_it_does_not_exceed(amount: str, percent: str) -> None:
    limit = FRANCE.limit(FRANCE.rows("FR", "usury", "EUR"), Money.of(amount, "EUR"), date(2026, 3, 31))

    assert limit is not None
    assert limit.rate == Rate.percent(percent)


def test_a_band_is_about_its_own_currency_and_a_row_without_one_about_any() -> None:
    assert not band(Q1, None, "3000", "20").holds_for(Money(100, "USD"))
    assert TWENTY_FOUR.holds_for(Money(100, "USD"))
    assert FRANCE.rows("FR", "usury", "USD") == ()
    assert flags([rate("30")], FRANCE, "FR", Money(100, "USD"), date(2026, 2, 1)) == ()


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2025, 12, 31), date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_quarter_goes_from_its_first_day_to_its_last(day: date, first: date, last: date) -> None:
    assert quarter_of(day) == Span(first, last)


def test_a_row_is_quarterly_if_it_lasts_exactly_a_quarter() -> None:
    assert band(Q1, None, None, "20").is_quarterly
    assert not TWENTY_FOUR.is_quarterly
    assert not cap("x", date(2026, 1, 1), date(2026, 3, 30)).is_quarterly
    assert not cap("x", date(2026, 1, 2), date(2026, 3, 31)).is_quarterly


# --- which row counts --------------------------------------------------------------------------------


def test_the_row_that_began_last_counts_whenever_it_was_checked() -> None:
    older = replace(TWENTY_FOUR, source=replace(LAW, checked=date(2027, 1, 1)))
    newer = replace(TWENTY_FOUR, since=date(2026, 1, 1), value=Decimal("0.20"))
    table = CapTable((newer, older))

    def height(day: date) -> Rate | None:
        limit = table.limit(table.rows("CN", "24", "CNY"), HUNDRED, day)
        return limit.rate if limit is not None else None

    assert height(date(2026, 1, 1)) == Rate(Decimal("0.20"))
    assert height(date(2025, 12, 31)) == Rate(Decimal("0.24"))
    assert height(date(2025, 9, 30)) is None


def test_of_two_rows_of_one_day_the_one_checked_last_counts_and_then_the_later_one() -> None:
    one = replace(TWENTY_FOUR, source=replace(LAW, checked=date(2026, 11, 23)), value=Decimal("0.21"))
    two = replace(TWENTY_FOUR, value=Decimal("0.22"))
    three = replace(TWENTY_FOUR, value=Decimal("0.23"))
    never = replace(TWENTY_FOUR, source=replace(LAW, checked=None), value=Decimal("0.25"))

    def height(*caps: Cap) -> Decimal | None:
        table = CapTable(caps)
        limit = table.limit(table.rows("CN", "24", "CNY"), HUNDRED, date(2026, 11, 22))
        return limit.rate.fraction if limit is not None else None

    assert height(one, two) == height(two, one) == Decimal("0.21")
    assert height(two, three) == Decimal("0.23")
    assert height(three, two) == Decimal("0.22")
    assert height(two, never) == height(never, two) == Decimal("0.22")


def test_two_tables_are_added_with_the_second_counting_last() -> None:
    added = CapTable((TWENTY_FOUR,), (LPR,)) + CapTable((FOUR,), (replace(LPR, value=Decimal("0.031")),))

    assert added.lines("CN") == ("24", "4lpr")
    assert [seen.value for seen in added.observations] == [Decimal("0.030"), Decimal("0.031")]
    assert standings(china(rate("12.01"), table=added)) == {"24": Standing.UNDER, "4lpr": Standing.UNDER}


def test_the_lines_of_a_country_come_once_in_the_order_they_are_written() -> None:
    assert CHINA.lines("CN") == ("4lpr", "24", "36")
    assert FRANCE.lines("FR") == ("usury",)
    assert FRANCE.lines("GB") == ()
    assert [row.since for row in FRANCE.rows("FR", "usury", "EUR")][:1] == [date(2026, 1, 1)]


# --- four times the loan prime rate ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "percent", "is_last_known"),
    [
        (date(2026, 1, 20), "12.0", False),
        (date(2026, 2, 19), "12.0", False),
        (date(2026, 2, 20), "12.0", True),
        (date(2026, 11, 22), "12.0", True),
    ],
)
def test_the_last_fixing_counts_and_says_so_once_a_newer_one_is_due(
    day: date, percent: str, *, is_last_known: bool
) -> None:
    limit = CHINA.limit(CHINA.rows("CN", "4lpr", "CNY"), HUNDRED, day)

    assert limit == Limit(FOUR, Rate.percent(percent), LPR, is_last_known)


def test_a_line_with_a_height_of_its_own_waits_for_no_fixing() -> None:
    limit = CHINA.limit(CHINA.rows("CN", "24", "CNY"), HUNDRED, date(2026, 11, 22))

    assert limit is not None
    assert (limit.cap, limit.rate, limit.observation) == (TWENTY_FOUR, Rate(Decimal("0.24")), None)
    assert limit.is_last_known is False
    assert (TWENTY_FOUR.times, TWENTY_FOUR.of, TWENTY_FOUR.after) == (Decimal(0), "", "")


def test_a_fixing_of_another_day_or_name_is_no_fixing() -> None:
    later = Observation("LPR1Y", date(2026, 6, 20), Decimal("0.025"), NEWS)
    other = Observation("LPR5Y", date(2026, 6, 20), Decimal("0.035"), NEWS)
    table = CapTable((FOUR,), (later, LPR, other))
    rows = table.rows("CN", "4lpr", "CNY")

    def observed(day: date) -> Decimal | None:
        limit = table.limit(rows, HUNDRED, day)
        return limit.rate.fraction if limit is not None else None

    assert observed(date(2026, 6, 20)) == Decimal("0.100")
    assert observed(date(2026, 6, 19)) == Decimal("0.120")
    assert observed(date(2026, 1, 19)) is None


def test_of_two_fixings_of_one_day_the_one_checked_last_counts() -> None:
    again = replace(LPR, value=Decimal("0.029"), source=replace(NEWS, checked=date(2026, 11, 23)))

    for observations in ((LPR, again), (again, LPR)):
        table = CapTable((FOUR,), observations)
        limit = table.limit(table.rows("CN", "4lpr", "CNY"), HUNDRED, date(2026, 11, 22))
        assert limit is not None
        assert limit.rate == Rate(Decimal("0.116"))


# --- flags of China ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "four", "twenty_four", "thirty_six"),
    [
        ("11.99", Standing.UNDER, Standing.UNDER, None),
        ("12.00", Standing.UNDER, Standing.UNDER, None),
        ("12.01", Standing.OVER, Standing.UNDER, None),
        ("24.00", Standing.OVER, Standing.UNDER, None),
        ("24.01", Standing.OVER, Standing.OVER, Standing.UNDER),
        ("36.00", Standing.OVER, Standing.OVER, Standing.UNDER),
        ("36.01", Standing.OVER, Standing.OVER, Standing.OVER),
    ],
)
def test_a_rate_stands_to_each_line_and_being_equal_is_being_under_it(
    percent: str, four: Standing, twenty_four: Standing, thirty_six: Standing | None
) -> None:
    wanted = {"4lpr": four, "24": twenty_four} | ({"36": thirty_six} if thirty_six else {})

    assert standings(china(rate(percent))) == wanted


@pytest.mark.row("C069")
def test_what_only_crosses_a_line_when_compounded_is_said_and_is_not_above_it() -> None:
    # 1.2 % a month over 6 instalments: 24.28 % nominal, 27.17 % effective; 0.5 %: 10.21 and 10.71 %.
    four, twenty_four = china(rate("23.99", "26.81"))
    (cheap, _cheap_too) = china(rate("11.99", "12.68"))

    assert (four.standing, twenty_four.standing) == (Standing.OVER, Standing.COMPOUNDED_OVER)
    assert cheap.standing is Standing.COMPOUNDED_OVER
    assert twenty_four.is_said
    assert str(twenty_four.words).startswith("Compounded over a year the true rate is 26.81")
    assert twenty_four.words.values["compounded"] == Rate.percent("26.81")
    assert twenty_four.words.values["rate"] == Span.exactly(Rate.percent("23.99"))


def test_without_equal_periods_there_is_only_the_effective_rate_to_compare() -> None:
    assert china(Both(None, Rate.percent("24.01")))[1].standing is Standing.OVER
    assert china(Both(None, Rate.percent("24.00")))[1].standing is Standing.UNDER


def test_a_compounded_rate_that_equals_the_line_is_not_above_it() -> None:
    assert china(rate("22.00", "24.00"))[1].standing is Standing.UNDER
    assert china(rate("22.00", "24.01"))[1].standing is Standing.COMPOUNDED_OVER


def test_an_effective_line_knows_no_compounding_and_a_nominal_one_only_by_its_own_rate() -> None:
    effective = CapTable((replace(TWENTY_FOUR, basis=Basis.EFFECTIVE),))

    assert standings(china(rate("22", "24.01"), table=effective)) == {"24": Standing.OVER}
    assert standings(china(rate("24.01", "24"), table=effective)) == {"24": Standing.UNDER}
    assert cap("x", date(2020, 1, 1)).basis is Basis.EFFECTIVE


def test_a_range_may_be_above_a_line_with_its_dear_end_and_is_above_it_with_both() -> None:
    def of(low: str, high: str) -> Standing:
        return standings(china(rate(high), rate(low)))["24"]

    assert of("20", "24") is Standing.UNDER
    assert of("20", "24.01") is Standing.MAYBE_OVER
    assert of("24", "24.01") is Standing.MAYBE_OVER
    assert of("24.01", "30") is Standing.OVER


def test_a_range_names_both_its_ends() -> None:
    flag = china(rate("8.98", "9.36"), rate("24.28", "27.17"))[1]

    assert flag.words.msgid == "The true rate, {rate}, may be above {limit}: {line}."
    assert flag.words.values["rate"] == Span(Rate.percent("8.98"), Rate.percent("24.28"))
    assert flag.words.values["line"] == Phrase("the line 24")


def test_history_is_only_looked_at_above_the_line_it_follows_for_sure() -> None:
    assert "36" not in standings(china(rate("20"), rate("40")))
    assert "36" not in standings(china(rate("23", "25")))
    assert "36" in standings(china(rate("24.01")))


def test_a_line_that_was_not_drawn_yet_says_nothing() -> None:
    assert standings(china(rate("30"), day=date(2025, 9, 30))) == {"4lpr": Standing.UNKNOWN}
    assert standings(china(rate("30"), day=date(2020, 8, 19))) == {}
    assert "24" in standings(china(rate("30"), day=date(2025, 10, 1)))


def test_without_a_fixing_of_its_time_the_line_is_unknown() -> None:
    flag = china(rate("30"), day=date(2026, 1, 19))[0]

    assert (flag.line, flag.standing, flag.limit, flag.note) == ("4lpr", Standing.UNKNOWN, None, None)
    assert str(flag.words) == "Not known for 2026-01-19: the line 4lpr. It can be added by hand."
    assert (flag.source, flag.dated, flag.scope) == (LAW, date(2020, 8, 20), Phrase("for some"))
    assert flag.is_said


def test_no_rate_and_no_line_have_no_flag() -> None:
    assert china() == ()
    assert flags([rate("99")], CHINA, "GB", HUNDRED, date(2026, 11, 22)) == ()
    assert flags([rate("99")], CapTable(), "CN", HUNDRED, date(2026, 11, 22)) == ()


def test_rates_are_compared_as_they_are_shown() -> None:
    assert china(rate("24.004"))[1].standing is Standing.UNDER
    assert china(rate("24.005"))[1].standing is Standing.OVER
    monthly = Both(Rate(Decimal("0.02"), Per.MONTH), Rate(Decimal("0.0200001"), Per.MONTH))
    assert china(monthly)[1].standing is Standing.UNDER


def test_a_flag_says_how_high_the_line_is_since_when_and_by_whom() -> None:
    four, twenty_four = china(rate("10"))

    assert four.limit is not None
    assert twenty_four.limit is not None
    assert (four.limit.value, twenty_four.limit.value) == (Rate.percent("12.0"), Rate.percent("24"))
    assert (four.dated, twenty_four.dated) == (date(2026, 1, 20), date(2025, 10, 1))
    assert (four.source, four.scope) == (LAW, Phrase("for some"))
    assert not four.is_said
    assert four.note == Phrase(
        "The last fixing that is known here is {rate} of {date}; there may be a newer one.",
        rate=Rate(Decimal("0.030")),
        date=date(2026, 1, 20),
    )
    assert china(rate("10"), day=date(2026, 2, 19))[0].note is None
    assert twenty_four.note is None
    assert four.words.msgid == "The true rate of {rate} is not above {limit}: {line}."
    assert china(rate("13"))[0].words.msgid == "The true rate of {rate} is above {limit}: {line}."
    assert four.words.values["limit"] is four.limit


def test_the_line_tells_how_it_was_made_and_how_the_rate_was_compared() -> None:
    four, twenty_four = china(rate("10.21", "10.71"), rate("9", "9.5"))
    assert four.limit is not None
    assert twenty_four.limit is not None
    made = four.limit.derivation

    assert [(str(given.label), given.value, given.source) for given in made.given] == [
        ("Amount", HUNDRED, None),
        ("Day", date(2026, 11, 22), None),
        ("LPR1Y, fixed on 2026-01-20", Rate(Decimal("0.030")), NEWS),
        ("Times", Decimal(4), LAW),
    ]
    assert [(str(working.text), working.result) for working in made.workings] == [
        ("4 × LPR1Y", Rate(Decimal("0.12"))),
        ("True rate, nominal: this one is compared", Span(Rate.percent("9"), Rate.percent("10.21"))),
        ("True rate, effective, at most", Rate.percent("10.71")),
    ]
    assert made.rule.msgid.startswith("The true rate is compared with the line that holds on the day")
    assert made.rounding == Phrase("Rates are compared as they are shown, to a hundredth of a per cent.")
    assert twenty_four.limit.derivation.given[2:] == (
        type(made.given[0])(Phrase("the line 24"), Rate(Decimal("0.24")), LAW),
    )


# --- flags of France ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "percent", "day", "standing"),
    [
        ("2500.00", "23.56", date(2026, 1, 1), Standing.UNDER),
        ("2500.00", "23.57", date(2026, 3, 31), Standing.OVER),
        ("3000.00", "23.50", date(2025, 12, 31), Standing.OVER),
        ("3000.00", "23.49", date(2025, 10, 1), Standing.UNDER),
        ("4500.00", "15.80", date(2026, 3, 31), Standing.UNDER),
        ("4500.00", "15.80", date(2025, 12, 31), Standing.OVER),
        ("6000.01", "8.70", date(2026, 1, 1), Standing.OVER),
        ("6000.01", "8.70", date(2025, 12, 31), Standing.UNDER),
    ],
)
def test_usury_goes_by_the_effective_rate_the_quarter_and_the_amount(
    amount: str, percent: str, day: date, standing: Standing
) -> None:
    assert usury(amount, percent, day).standing is standing


@pytest.mark.parametrize(
    ("day", "quarter", "year"),
    [
        (date(2025, 9, 30), "3", "2025"),
        (date(2026, 4, 1), "2", "2026"),
        (date(2026, 11, 22), "4", "2026"),
        (date(2027, 1, 1), "1", "2027"),
    ],
)
def test_a_quarter_that_nobody_knows_is_unknown_and_no_other_one_is_taken(
    day: date, quarter: str, year: str
) -> None:
    flag = usury("2500.00", "99", day)

    assert (flag.standing, flag.limit) == (Standing.UNKNOWN, None)
    assert flag.words == Phrase(
        "Not known for quarter {quarter} of {year}: {line}. It can be added by hand.",
        quarter=quarter,
        year=year,
        line=Phrase("the line usury"),
    )
    assert flag.dated == date(2026, 1, 1), "of the newest row that is known"


def test_what_costs_nothing_needs_no_word_about_a_line_that_nobody_knows() -> None:
    day = date(2026, 11, 22)

    assert usury("2500.00", "0.01", day).is_said
    assert not usury("2500.00", "0", day).is_said
    assert usury("2500.00", "0", day).standing is Standing.UNKNOWN


def test_an_amount_of_which_the_quarter_says_nothing_is_unknown() -> None:
    only_small = CapTable((band(Q1, None, "3000", "23.56"),))

    assert usury("3000.00", "10", date(2026, 2, 1), only_small).standing is Standing.UNDER
    assert usury("3000.01", "10", date(2026, 2, 1), only_small).standing is Standing.UNKNOWN


def test_a_french_line_tells_which_rate_it_compares() -> None:
    flag = usury("2500.00", "23.57", date(2026, 2, 1))
    assert flag.limit is not None

    assert [(str(working.text), working.result) for working in flag.limit.derivation.workings] == [
        ("True rate, effective: this one is compared", Span.exactly(Rate.percent("23.57")))
    ]


def test_a_line_with_an_end_beside_one_without_is_not_drawn_before_it_begins() -> None:
    # Only where every row has an end is a day outside all of them one that somebody should know.
    early = cap("x", date(2024, 1, 1), date(2024, 12, 31), value=Decimal("0.2"))
    late = cap("x", date(2026, 1, 1), value=Decimal("0.3"))

    assert china(rate("50"), day=date(2025, 6, 1), table=CapTable((early, late))) == ()
    assert standings(china(rate("50"), day=date(2025, 6, 1), table=CapTable((early,)))) == {
        "x": Standing.UNKNOWN
    }
