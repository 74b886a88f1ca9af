"""Data files of the user: read exactly, and refused with the line and the field that are wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode, Shift
from planner.domain.law.caps import Basis
from planner.domain.published import Published, PublishedKind
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Reliability, Source
from planner.domain.term import Indemnity
from planner.errors import PlannerError
from planner.paths import resources
from planner.store import catalogue
from planner.store.published import read
from planner.store.sheets import Sheet, read_sheet
from planner.store.store import Store
from planner.store.toml_part import Part

PRODUCT = """\
id = "my-card"
name_text = "My card"
lender_text = "My bank"
country = "FR"
currency = "EUR"
checked = 2026-03-01

[cycle]
mode = "order"
statement_day = 31
due_day = 8
closes_after = true
shift = "next"
source = "my bank's page"

[[contact]]
text = "The bank"
number = "01 23 45"

[[service]]
text = "Automatic repayment"

[[claim]]
term = "interest_rate"
value = "0.18/year"
source = "the price list"
checked = 2026-02-01
reliability = "high"

[[claim]]
term = "late_rate"
value = "0.015/month"
source = "the price list"

[[claim]]
term = "late_indemnity"
about = "unpaid"
value = "0.08"
source = "the law"

[[claim]]
term = "grace_cutoff"
value = "24:00"
source = "the price list"

[[claim]]
term = "fee_rate"
about = 3
value = 0.005
source = "the price list"
"""

CAPS = """\
id = "fr-2026-q2"
title = "Usury, second quarter"
country = "FR"
checked = 2026-05-01

[[cap]]
line = "usury"
title = "the usury threshold"
quarter = "2026-Q2"
above = "3000"
up_to = 6000
currency = "EUR"
value = "0.1590"
source = "Banque de France"
"""

NO_CAPS = 'id = "x"\ntitle = "x"\ncountry = "FR"\nchecked = 2026-05-01\ncap = []\n'

CALENDAR = """\
title = "Nowhere"
country = "XX"

[[year]]
year = 2027
status = "official"
source = "a notice"
checked = 2026-11-01
off = [2027-01-01]
work = [2027-01-02]

[[year]]
year = 2028
status = "expected"
source = "a guess"
checked = 2026-11-02
off = [2028-01-01]
work = []
"""


# --- what is read ------------------------------------------------------------------------------------


def test_a_product_is_read_with_its_cycle_its_contacts_and_its_claims() -> None:
    sheet = read_sheet(PRODUCT)
    product = sheet.product
    assert product is not None

    assert (sheet.kind, sheet.key, sheet.title) == (PublishedKind.PRODUCT, "my-card", "My card")
    assert (sheet.dated, sheet.sources) == (date(2026, 3, 1), 6)
    assert (product.lender, product.country, product.currency) == ("My bank", "FR", "EUR")
    assert product.cycle == Cycle(Mode.ORDER, 31, FixedDay(8), closes_after=True, shift=Shift.NEXT)
    assert product.cycle_source == Source("my bank's page", date(2026, 3, 1), Reliability.LOW)
    assert [(contact.label, contact.number, contact.source) for contact in product.contacts] == [
        ("The bank", "01 23 45", "")
    ]
    assert product.services == ("Automatic repayment",)
    terms = product.terms
    assert terms.interest_rate.value == Rate(Decimal("0.18"), Per.YEAR)
    assert terms.late_rate.value == Rate(Decimal("0.015"), Per.MONTH)
    assert terms.late_indemnity(Indemnity.UNPAID).value == Decimal("0.08")
    assert terms.grace_cutoff.counting[0].value is None
    assert terms.fee_rate(3).value == Rate(Decimal("0.005"), Per.MONTH)
    assert [claim.source for claim in terms.claims][:2] == [
        Source("the price list", date(2026, 2, 1), Reliability.HIGH),
        Source("the price list", date(2026, 3, 1), Reliability.LOW),
    ]


def test_a_product_that_says_nothing_more_is_unknown_in_all_else() -> None:
    sheet = read_sheet('id = "x"\nname_text = "X"\ncurrency = "EUR"\nchecked = 2026-03-01\n')
    product = sheet.product
    assert product is not None

    assert (product.lender, product.country, product.cycle, product.cycle_source) == ("", "", Cycle(), None)
    assert (product.terms.claims, product.services, product.contacts, sheet.sources) == ((), (), (), 0)


def test_a_promotion_may_be_read_with_its_last_day() -> None:
    text = (
        'id = "a"\nname_text = "A"\ncountry = "CN"\ncurrency = "CNY"\nchecked = 2026-03-01\n'
        '[[claim]]\nterm = "promotion"\nabout = 3\nvalue = "0"\nsource = "b"\n'
        '[[claim]]\nterm = "promotion_until"\nabout = 3\nvalue = "2026-11-30"\nsource = "b"\n'
    )
    sheet = read_sheet(text).product
    assert sheet is not None
    terms = sheet.terms

    assert terms.promotion_until(3).value == date(2026, 11, 30)
    assert terms.promotion_until(6).is_unknown


def test_a_due_date_may_come_some_days_after_the_statement() -> None:
    text = PRODUCT.replace("due_day = 8", "due_days_after = 0")
    product = read_sheet(text).product

    assert product is not None
    assert product.cycle.due == DaysAfter(0)


def test_a_legal_line_is_read_with_its_quarter_its_band_and_its_height() -> None:
    sheet = read_sheet(CAPS)
    assert sheet.caps is not None
    (cap,) = sheet.caps.caps

    assert (sheet.kind, sheet.key, sheet.sources) == (PublishedKind.CAPS, "fr-2026-q2", 1)
    assert (cap.line, cap.country, cap.scope) == ("usury", "FR", "")
    assert (cap.since, cap.until) == (date(2026, 4, 1), date(2026, 6, 30))
    assert (cap.above, cap.up_to, cap.currency) == (Decimal(3000), Decimal(6000), "EUR")
    assert (cap.value, cap.basis, cap.after, cap.is_history) == (
        Decimal("0.1590"),
        Basis.EFFECTIVE,
        "",
        False,
    )
    assert cap.source == Source("Banque de France", date(2026, 5, 1), Reliability.LOW)


@pytest.mark.parametrize("formula", ["4 × LPR1Y", "4*LPR1Y", "4 x LPR1Y"])
def test_a_line_may_be_some_times_a_reference_rate(formula: str) -> None:
    text = CAPS.replace('value = "0.1590"', f'formula = "{formula}"').replace(
        'quarter = "2026-Q2"', "from = 2026-01-01"
    )
    sheet = read_sheet(
        text + '\n[[rate]]\nname = "LPR1Y"\non = 2026-02-20\nvalue = "0.0295"\nsource = "a newspaper"\n'
    )
    assert sheet.caps is not None
    (cap,), (seen,) = sheet.caps.caps, sheet.caps.observations

    assert (cap.times, cap.of, cap.value) == (Decimal(4), "LPR1Y", None)
    assert (cap.since, cap.until) == (date(2026, 1, 1), None)
    assert (seen.name, seen.on, seen.value) == ("LPR1Y", date(2026, 2, 20), Decimal("0.0295"))
    assert sheet.sources == 2


def test_a_calendar_counts_the_years_that_are_certain() -> None:
    sheet = read_sheet(CALENDAR)
    assert sheet.calendar is not None

    assert (sheet.kind, sheet.key, sheet.dated) == (PublishedKind.CALENDAR, "XX", date(2026, 11, 2))
    assert set(sheet.calendar.years) == {2027}
    assert sheet.calendar.is_business_day(date(2027, 1, 2))
    assert not sheet.calendar.is_business_day(date(2027, 1, 1))


@pytest.mark.parametrize(
    "path", sorted(resources().glob("[pc]*s/*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_sheet_that_comes_with_the_program_could_be_loaded_by_a_user(path: Path) -> None:
    if path.parent.name not in {"products", "caps", "calendars"}:
        return
    sheet = read_sheet(path.read_text(encoding="utf-8"))

    assert sheet in catalogue.sheets(sheet.kind)


def test_the_lines_that_come_with_the_program_are_those_of_china_and_france() -> None:
    table = catalogue.caps()

    assert (table.lines("CN"), table.lines("FR")) == (("4lpr", "24", "36"), ("usury",))
    assert len(table.rows("FR", "usury", "EUR")) == 6
    assert all(cap.source.checked is not None for cap in table.caps)
    assert [seen.on for seen in table.observations] == [date(2026, 1, 20)]


# --- what is refused ---------------------------------------------------------------------------------


def refusal(text: str) -> str:
    with pytest.raises(PlannerError) as refused:
        read_sheet(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "my-card"\n', "", "Line 1: “id” is missing."),
        ('id = "my-card"', 'id = "My card"', "Line 1: “id” cannot be “My card”."),
        ('id = "my-card"', f'id = "{"a" * 61}"', f"Line 1: “id” cannot be “{'a' * 60}…”."),
        ('name_text = "My card"', 'name_text = ""', "Line 2: “name_text” cannot be “”."),
        ('name_text = "My card"', 'name_text = " My card"', "Line 2: “name_text” cannot be “ My card”."),
        ('name_text = "My card"', 'name_text = "a\\nb"', "Line 2: “name_text” cannot be “a\nb”."),
        ('currency = "EUR"', 'currency = "euro"', "Line 5: “currency” cannot be “euro”."),
        ('country = "FR"', 'country = "France"', "Line 4: “country” cannot be “France”."),
        ("checked = 2026-03-01\n\n", 'checked = "today"\n\n', "Line 6: “checked” cannot be “today”."),
        (
            "checked = 2026-03-01\n\n",
            "checked = 2026-03-01T08:00:00\n\n",
            "Line 6: “checked” cannot be “2026-03-01 08:00:00”.",
        ),
        ("statement_day = 31", "statement_day = 32", "Line 10: “statement_day” cannot be “32”."),
        ("statement_day = 31", "statement_day = 0", "Line 10: “statement_day” cannot be “0”."),
        ("statement_day = 31", "statement_day = true", "Line 10: “statement_day” cannot be “True”."),
        ("statement_day = 31", "statment_day = 31", "Line 10: nothing here is called “statment_day”."),
        ("closes_after = true", "closes_after = 1", "Line 12: “closes_after” cannot be “1”."),
        ('mode = "order"', 'mode = "both"', "Line 9: “mode” cannot be “both”."),
        ('shift = "next"', 'shift = "tomorrow"', "Line 13: “shift” cannot be “tomorrow”."),
        ('term = "interest_rate"', 'term = "interest"', "Line 24: “term” cannot be “interest”."),
        ('value = "0.18/year"', 'value = "18 %"', "Line 25: “value” cannot be “18 %”."),
        ('value = "0.18/year"', 'value = "-0.18"', "Line 25: “value” cannot be “-0.18”."),
        ('value = "0.18/year"', 'value = "1e999999999"', "Line 25: “value” cannot be “1e999999999”."),
        ('value = "0.18/year"', 'value = "1e-999999999"', "Line 25: “value” cannot be “1e-999999999”."),
        ('value = "0.18/year"', 'value = "10.01"', "Line 25: “value” cannot be “10.01”."),
        ('value = "0.015/month"', 'value = "9"', "Line 32: “value” cannot be “9”."),
        ('value = "0.015/month"', 'value = "1.01/day"', "Line 32: “value” cannot be “1.01/day”."),
        ('value = "0.015/month"', 'value = "1.01/month"', "Line 32: “value” cannot be “1.01/month”."),
        (
            "due_day = 8",
            "due_day = 8\ndue_days_after = 9",
            "Line 12: nothing here is called “due_days_after”.",
        ),
        ("[cycle]", "[[cycle]]\n[[cycle]]", "Line 8: “cycle” cannot be "),
        ("due_day = 8", "due_days_after = 3661", "Line 11: “due_days_after” cannot be “3661”."),
        ('value = "0.18/year"', 'value = "nan"', "Line 25: “value” cannot be “nan”."),
        ('value = "0.18/year"', 'value = "0.18/week"', "Line 25: “value” cannot be “0.18/week”."),
        ('value = "0.18/year"', "value = true", "Line 25: “value” cannot be “True”."),
        ('value = "0.18/year"', "value = [1]", "Line 25: “value” cannot be “[1]”."),
        ('reliability = "high"', 'reliability = "sure"', "Line 28: “reliability” cannot be “sure”."),
        ('reliability = "high"', 'reliability = "contract"', "Line 28: “reliability” cannot be “contract”."),
        ('reliability = "high"', 'origin = "contract"', "Line 28: nothing here is called “origin”."),
        ('about = "unpaid"\n', "", "Line 35: “about” is missing."),
        ('about = "unpaid"', 'about = "3"', "Line 37: “about” cannot be “3”."),
        ('value = "24:00"', 'value = "25:00"', "Line 43: “value” cannot be “25:00”."),
        ('value = "24:00"\nsource = "the price list"', 'value = "24:00"', "Line 41: “source” is missing."),
        ("about = 3", "about = 0", "Line 48: “about” cannot be “0”."),
        ("about = 3", "about = 601", "Line 48: “about” cannot be “601”."),
        ('text = "Automatic repayment"', 'test = "x"', "Line 20: “text” is missing."),
        ("[[service]]", "[[services]]", "Line 20: nothing here is called “services”."),
        ("[cycle]", "[circle]", "Line 8: nothing here is called “circle”."),
        ('name_text = "My card"', "name_text", "Line 2: this is not written as a data file is (TOML)."),
    ],
)
def test_a_product_is_refused_with_the_line_and_the_field_that_are_wrong(
    old: str, new: str, said: str
) -> None:
    assert PRODUCT.count(old) >= 1

    assert refusal(PRODUCT.replace(old, new, 1)).startswith(said)


def test_nothing_in_a_sheet_was_checked_after_the_sheet() -> None:
    later = _with_term("late_fee", "0.05") + "checked = 2026-03-02\n"

    assert "“checked” cannot be “2026-03-02”." in refusal(later)
    assert read_sheet(later.replace("2026-03-02", "2026-03-01")).product is not None


def _with_term(term: str, value: str, about: str = "") -> str:
    more = f'about = "{about}"\n' if about else ""
    return PRODUCT + f'\n[[claim]]\nterm = "{term}"\n{more}value = "{value}"\nsource = "a page"\n'


@pytest.mark.parametrize(
    ("term", "most", "about"),
    [
        ("late_rate", "1", ""),
        ("late_rate", "1/month", ""),
        ("late_rate", "10/year", ""),
        ("interest_rate", "10", ""),
        ("fee_rate", "1", "7"),
        ("late_fee", "1", ""),
        ("late_fee_most_part", "1", ""),
        ("late_indemnity", "1", "postponed"),
        ("minimum", "1", ""),
        ("fee_whole", "1", "7"),
        ("split_part", "1", ""),
        ("deferral_fee", "1", ""),
        ("grace_days", "3660", ""),
        ("free_days", "3660", ""),
    ],
)
def test_a_figure_that_no_lender_has_is_refused_and_the_most_is_not(term: str, most: str, about: str) -> None:
    number, slash, per = most.partition("/")
    over = f"{number}.000001{slash}{per}" if number != "3660" else "3661"

    assert read_sheet(_with_term(term, most, about)).product is not None
    assert f"“value” cannot be “{over}”." in refusal(_with_term(term, over, about))
    assert read_sheet(_with_term("late_fee_least", "500")).product is not None, "an amount is no part"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2026-Q2", "2026-Q5", "Line 9: “quarter” cannot be “2026-Q5”."),
        ("2026-Q2", "Q2 2026", "Line 9: “quarter” cannot be “Q2 2026”."),
        ('quarter = "2026-Q2"\n', "", "Line 6: “from” is missing."),
        (
            'quarter = "2026-Q2"',
            'quarter = "2026-Q2"\nfrom = 2026-01-01',
            "Line 10: nothing here is called “from”.",
        ),
        (
            'quarter = "2026-Q2"',
            "from = 2026-04-02\nuntil = 2026-04-01",
            "Line 10: “until” cannot be “2026-04-01”.",
        ),
        ('value = "0.1590"', 'value = "15.90"', "Line 13: “value” cannot be “15.90”."),
        ('value = "0.1590"', 'value = "1"', "Line 13: “value” cannot be “1”."),
        ('value = "0.1590"', 'value = "0"', "Line 13: “value” cannot be “0”."),
        ('value = "0.1590"', "value = -0.1", "Line 13: “value” cannot be “-0.1”."),
        ('value = "0.1590"', 'formula = "LPR1Y × 4"', "Line 13: “formula” cannot be “LPR1Y × 4”."),
        (
            'value = "0.1590"',
            'formula = "4 × LPR1Y"\nvalue = "0.1"',
            "Line 14: nothing here is called “value”.",
        ),
        ('value = "0.1590"\n', "", "Line 6: “value” is missing."),
        ('currency = "EUR"\n', "", "Line 6: “currency” is missing."),
        ('above = "3000"', 'above = "6000"', "Line 11: “up_to” cannot be “6000”."),
        ('value = "0.1590"', 'formula = "0 × LPR1Y"', "Line 13: “formula” cannot be “0 × LPR1Y”."),
        ('value = "0.1590"', 'formula = "1001 × LPR1Y"', "Line 13: “formula” cannot be “1001 × LPR1Y”."),
        ('above = "3000"', 'above = "-1"', "Line 10: “above” cannot be “-1”."),
        ('above = "3000"', 'above = "12345678901234"', "Line 10: “above” cannot be “12345678901234”."),
        ('line = "usury"', 'line = ""', "Line 7: “line” cannot be “”."),
        ('source = "Banque de France"', 'basis = "daily"', "Line 6: “source” is missing."),
        ('title = "Usury, second quarter"\n', "", "Line 1: “title” is missing."),
    ],
)
def test_a_legal_line_is_refused_with_the_line_and_the_field_that_are_wrong(
    old: str, new: str, said: str
) -> None:
    assert CAPS.count(old) >= 1

    assert refusal(CAPS.replace(old, new, 1)).startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("off = [2027-01-01]", "off = [2026-01-01]", "Line 9: “off” cannot be "),
        ("off = [2027-01-01]", "off = 2027-01-01", "Line 9: “off” cannot be “2027-01-01”."),
        ("off = [2027-01-01]", 'off = ["1 January"]', "Line 9: “off” cannot be "),
        ("off = [2027-01-01]\n", "", "Line 4: “off” is missing."),
        ("year = 2027", "year = 1989", "Line 5: “year” cannot be “1989”."),
        ("year = 2027", "year = 2101", "Line 5: “year” cannot be “2101”."),
        ('status = "expected"', 'status = "likely"', "Line 14: “status” cannot be “likely”."),
        ("[[year]]\nyear = 2028", "[[jear]]\nyear = 2028", "Line 12: nothing here is called “jear”."),
    ],
)
def test_a_calendar_is_refused_with_the_line_and_the_field_that_are_wrong(
    old: str, new: str, said: str
) -> None:
    assert refusal(CALENDAR.replace(old, new, 1)).startswith(said)


@pytest.mark.parametrize(
    "text", ["", 'title = "x"', "year = []\ntitle = 'x'\ncountry = 'XX'", "[[step]]\nid = 'x'", NO_CAPS]
)
def test_a_file_of_another_kind_is_refused(text: str) -> None:
    assert (
        refusal(text) == "This file holds no product, no legal lines, no calendar and no list of free help."
    )


@pytest.mark.parametrize(
    "text", ["[" * 5000, "x = " + "[" * 5000, f"x = {'9' * 5000}", "a = 1\na = 2", "\x00"]
)
def test_nothing_that_is_written_to_do_harm_gets_further_than_a_refusal(text: str) -> None:
    assert "not written as a data file" in refusal(text)


def test_a_field_is_found_where_it_stands_even_if_it_is_written_inline() -> None:
    assert refusal(
        'name_text = "X"\nid = "x"\ncurrency = "EUR"\nchecked = 2026-01-01\nclaim = [{term = "x"}]'
    ) == ("Line 1: “term” cannot be “x”.")
    assert refusal('name_text = "X"\nid = "x"\ncurrency = "EUR"\nchecked = 2026-01-01\nclaim = 3') == (
        "Line 5: “claim” cannot be “3”."
    )


def test_a_part_without_its_text_names_the_line_it_begins_on() -> None:
    part = Part({"a": 1})

    with pytest.raises(PlannerError) as refused:
        part.done()

    assert refused.value.values["line"] == "1"


# --- kept in the file --------------------------------------------------------------------------------


def published(text: str, sheet: Sheet, **more: object) -> Published:
    return Published(sheet.kind, sheet.key, sheet.dated, date(2026, 11, 22), text, **more)  # type: ignore[arg-type]


def test_a_sheet_is_kept_as_it_was_and_can_be_undone(store: Store) -> None:
    kept = published(PRODUCT, read_sheet(PRODUCT), by_hand=True)
    with store.transaction() as journal:
        store.published.save(kept)

    assert store.published.all() == [kept]
    assert store.published.of_kind(PublishedKind.PRODUCT) == [kept]
    assert store.published.of_kind(PublishedKind.CAPS) == []
    assert [change.table for change in journal.changes] == ["published"]
    assert read(kept) == read_sheet(PRODUCT)
    with store.transaction():
        store.published.delete(kept.id)
    assert store.published.count() == 0


def test_a_sheet_that_this_version_cannot_read_is_kept_and_not_used() -> None:
    assert read(Published(PublishedKind.CAPS, "x", date(2026, 1, 1), date(2026, 1, 1), "x = 1")) is None


def test_a_loaded_calendar_adds_years_and_the_one_checked_last_counts(store: Store) -> None:
    china = CALENDAR.replace('country = "XX"', 'country = "CN"')
    older = china.replace("2026-11-01", "2026-01-01").replace("2026-11-02", "2026-01-01")
    older = older.replace("2027", "2026")
    for text in (china, older):
        with store.transaction():
            store.published.save(published(text, read_sheet(text)))
    merged = store.published.calendar("CN")

    assert set(merged.years) == {2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027}
    assert merged.years[2027].source == "a notice"
    assert merged.years[2026] == catalogue.calendar("CN").years[2026], "checked later than what was loaded"
    assert store.published.calendar("XX").years == {}
    assert store.published.calendar("CN").country == "CN"
