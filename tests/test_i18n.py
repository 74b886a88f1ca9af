from __future__ import annotations

import ast
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from planner import i18n
from planner.domain.late.agreement import AGREEMENT_LAW
from planner.domain.late.counts import THREE_SIX_SOURCE
from planner.domain.law.credit_register import RECORD_LAW
from planner.domain.milestones import milestones
from planner.domain.money import Money
from planner.domain.plans.resplit import REINSTALMENT_SOURCES
from planner.domain.rate import Per, Rate
from planner.domain.settling.policy import POLICY_SOURCES
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.domain.terms import Terms
from planner.errors import PlannerError
from planner.i18n import (
    FORMATS,
    LANGUAGES,
    DateStyle,
    explain,
    reading,
    show,
    show_amount,
    show_date,
    show_days_from,
    show_money,
    show_number,
    show_percent,
    speaking,
)
from planner.i18n.reading import (
    AmbiguousAmountError,
    BadAmountError,
    BadDateError,
    BadRateError,
    TooFineError,
    TooLargeError,
    parse_amount,
    parse_date,
    parse_percent,
)
from planner.paths import resources, translations
from planner.phrases import N_, Phrase
from tests.domain.late_cases import case, item

TODAY = date(2026, 11, 22)

CURRENCIES = ("CNY", "EUR", "JPY", "KRW", "BHD", "KWD")

every_format = pytest.mark.parametrize("number_format", FORMATS)
formats = st.sampled_from(FORMATS)
currencies = st.sampled_from(CURRENCIES)


# --- amounts -----------------------------------------------------------------------------------------


@every_format
@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("417,26", 41_726),
        ("417.26", 41_726),
        ("1 234,50", 123_450),
        ("1\u202f234,50", 123_450),
        ("1\xa0234,50", 123_450),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("1'234.50", 123_450),
        ("1234,5", 123_450),
        ("1,234,567", 123_456_700),
        ("1.234.567,8", 123_456_780),
        ("¥1234", 123_400),
        ("￥1234", 123_400),
        ("1234元", 123_400),
        ("CNY 1234", 123_400),
        ("rmb1234", 123_400),
        ("１２３４．５０", 123_450),
        ("１，２３４．５０", 123_450),
        ("-12.50", -1250),
        ("−12.50", -1250),
        ("+12.50", 1250),
        ("0", 0),
        (".5", 50),
        ("5.", 500),
        ("0.29", 29),
    ],
)
def test_an_amount_is_read_in_any_of_the_three_conventions(text: str, minor: int, number_format: str) -> None:
    i18n.use("en", number_format)

    assert parse_amount(text, "CNY") == Money(minor, "CNY")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1200/3", 40_000),
        ("100/3", 3333),
        ("200/3", 6667),
        ("12.50 + 7.50", 2000),
        ("100 - 0.01", 9999),
        ("2*3+4*5", 2600),
        ("100-10-10", 8000),
        ("100/4*3", 7500),
        ("-5+8", 300),
        ("1 200,50 * 2", 240_100),
        ("¥1200/3", 40_000),
        ("1200元/3", 40_000),
    ],
)
def test_a_small_sum_is_worked_out_and_rounded_half_up(text: str, minor: int) -> None:
    assert parse_amount(text, "CNY") == Money(minor, "CNY")


@pytest.mark.parametrize(
    "text",
    [
        "twelve",
        "一千",
        "12 34",
        "1,23,456",
        "1.2.3",
        "1,234.567.8",
        "1e5",
        "NaN",
        "--5",
        "5*-3",
        "100/0",
        "1200/",
        "/3",
        "+",
        ".",
        ",",
        ".+5",
        "¥",
        "(5)",
        "5%",
        "3元5",
        "3元5角",
        "1$2",
        "1¥.5",
        "=5",
    ],
)
def test_what_is_not_an_amount_is_refused_with_an_example_of_one(text: str) -> None:
    with pytest.raises(BadAmountError) as refusal:
        parse_amount(text, "CNY")

    assert text in str(refusal.value)
    assert explain(refusal.value).endswith("Write it like 1,234.00.")


@pytest.mark.parametrize(
    ("number_format", "text", "minor"),
    [("en_GB", "1,234", 123_400), ("en_US", "1,234", 123_400), ("zh_CN", "12,345", 1_234_500)],
)
def test_a_single_mark_before_three_digits_is_the_readers_own_group_mark(
    number_format: str, text: str, minor: int
) -> None:
    i18n.use("en", number_format)

    assert parse_amount(text, "CNY") == Money(minor, "CNY")


@pytest.mark.parametrize(
    ("number_format", "text", "many", "few"),
    [
        ("fr_FR", "1,234", 123_400, 123),
        ("fr_FR", "1.234", 123_400, 123),
        ("en_GB", "1.234", 123_400, 123),
        ("zh_CN", "12.345", 1_234_500, 1235),
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_asked_about_and_both_answers_can_be_read(
    number_format: str, text: str, many: int, few: int
) -> None:
    i18n.use("en", number_format)

    with pytest.raises(AmbiguousAmountError) as refusal:
        parse_amount(text, "CNY")

    assert parse_amount(refusal.value.values["many"], "CNY") == Money(many, "CNY")
    assert parse_amount(refusal.value.values["few"], "CNY") == Money(few, "CNY")


@pytest.mark.parametrize(
    ("text", "currency"),
    [("0.005", "CNY"), ("12.3456", "EUR"), ("-1.0051", "CNY"), ("1.5", "JPY"), ("0.1234", "KWD")],
)
def test_an_amount_finer_than_the_currency_is_refused_and_not_rounded(text: str, currency: str) -> None:
    with pytest.raises(TooFineError):
        parse_amount(text, currency)


def test_decimal_places_of_nothing_are_not_too_fine() -> None:
    assert parse_amount("12.5000", "CNY") == Money(1250, "CNY")
    assert parse_amount("12.0", "JPY") == Money(12, "JPY")


def test_in_a_currency_without_decimal_places_three_digits_are_always_thousands() -> None:
    assert parse_amount("1,234", "JPY") == parse_amount("1.234", "JPY") == Money(1234, "JPY")


def test_in_a_currency_of_three_decimal_places_the_readers_own_decimal_mark_is_one() -> None:
    assert parse_amount("1.234", "KWD") == Money(1234, "KWD")
    with pytest.raises(AmbiguousAmountError):
        parse_amount("1,234", "KWD")
    i18n.use("fr")
    assert parse_amount("1,234", "KWD") == Money(1234, "KWD")


def test_an_amount_that_no_file_could_hold_is_refused_in_words() -> None:
    with pytest.raises(TooLargeError):
        parse_amount("9" * 40, "CNY")
    with pytest.raises(TooLargeError):
        parse_amount("99999999999*99999999999", "JPY")
    assert parse_amount("9999999999999.99", "CNY") == Money(10**15 - 1, "CNY")


@given(st.integers(1 - 10**15, 10**15 - 1), currencies, formats)
@example(1234, "KWD", "en_GB")
@example(1234, "KWD", "fr_FR")
@example(-123_456_789, "EUR", "fr_FR")
@example(1000, "JPY", "zh_CN")
def test_what_is_shown_can_be_typed_again(minor: int, currency: str, number_format: str) -> None:
    i18n.use("en", number_format)
    money = Money(minor, currency)

    assert parse_amount(show_amount(money), currency) == money


@given(st.integers(0, 10**12), st.sampled_from(("CNY", "EUR", "USD", "GBP", "HKD", "JPY")), formats)
def test_what_is_shown_with_its_currency_can_be_pasted(minor: int, currency: str, number_format: str) -> None:
    i18n.use("en", number_format)

    assert parse_amount(show_money(Money(minor, currency)), currency) == Money(minor, currency)


def amount_or_refusal(text: str) -> Money | str:
    """What a text is read as; what is neither an amount nor refused in words is a bug and raises."""
    try:
        return parse_amount(text, "CNY")
    except PlannerError as error:
        return explain(error)


@given(st.text(max_size=12))
def test_no_text_whatever_does_more_than_be_refused(text: str) -> None:
    amount_or_refusal(text)
    with suppress(BadDateError):
        parse_date(text, TODAY)
    with suppress(BadRateError):
        parse_percent(text)


@given(st.text("0123456789.,'+-*/ ¥元", max_size=10), formats)
@example("0", "en_GB")
def test_no_row_of_digits_and_marks_does_more_than_be_refused(text: str, number_format: str) -> None:
    i18n.use("en", number_format)
    found = amount_or_refusal(text)

    if isinstance(found, Money):
        assert any(character.isdigit() for character in text)
        assert parse_amount(show_amount(found), "CNY") == found


# --- percents ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("0.5", "0.005"),
        ("0,5", "0.005"),
        ("0.05 %", "0.0005"),
        ("18,25\xa0%", "0.1825"),
        ("６％", "0.06"),
        ("0", "0"),
        ("120", "1.2"),
    ],
)
def test_a_rate_is_read_in_per_cent(text: str, fraction: str) -> None:
    assert parse_percent(text) == Decimal(fraction)


@pytest.mark.parametrize("text", ["", "%", "-1", "5%5", "1 0", "a", "1.2.3", "5‰", "1e2"])
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    with pytest.raises(BadRateError, match="is not a rate in per cent"):
        parse_percent(text)


@given(st.integers(0, 999_999_999), formats)
def test_a_shown_rate_can_be_typed_again(millionths: int, number_format: str) -> None:
    i18n.use("en", number_format)
    fraction = Decimal(millionths).scaleb(-8)

    assert parse_percent(show_percent(fraction, None)) == fraction
    assert parse_percent(show_number((fraction * 100).normalize())) == fraction


# --- dates -------------------------------------------------------------------------------------------


@every_format
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/11", date(2026, 11, 30)),
        ("11-30", date(2026, 11, 30)),
        ("11月30日", date(2026, 11, 30)),
        ("30", date(2026, 11, 30)),
        ("30日", date(2026, 11, 30)),
        ("le 30", date(2026, 11, 30)),
        ("22", date(2026, 11, 22)),
        ("21", date(2026, 12, 21)),
        ("+7", date(2026, 11, 29)),
        ("+0", TODAY),
        ("下月10日", date(2026, 12, 10)),
        ("下个月10号", date(2026, 12, 10)),
        ("今天", TODAY),
        ("明天", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 23)),
        ("2026-11-30", date(2026, 11, 30)),
        ("2026/1/5", date(2026, 1, 5)),
        ("2026年11月30日", date(2026, 11, 30)),
        ("２０２６－１１－３０", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        ("30.11.26", date(2026, 11, 30)),
        ("30 nov", date(2026, 11, 30)),
        ("30 November", date(2026, 11, 30)),
        ("1er décembre", date(2026, 12, 1)),
        ("Nov 30, 2026", date(2026, 11, 30)),
        ("30 Sep 2026", date(2026, 9, 30)),
        ("  30/11  ", date(2026, 11, 30)),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, day: date, number_format: str) -> None:
    i18n.use("en", number_format)

    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("number_format", "day"),
    [
        ("en_GB", date(2026, 12, 11)),
        ("fr_FR", date(2026, 12, 11)),
        ("en_US", date(2026, 11, 12)),
        ("zh_CN", date(2026, 11, 12)),
    ],
)
def test_day_and_month_stand_in_the_readers_own_order(number_format: str, day: date) -> None:
    i18n.use("en", number_format)

    assert parse_date("11/12", TODAY) == day
    assert parse_date("11/12/2026", TODAY) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("05/01", date(2026, 11, 22), date(2027, 1, 5)),
        ("20/12", date(2027, 1, 3), date(2026, 12, 20)),
        ("20/12", date(2026, 12, 25), date(2026, 12, 20)),
    ],
)
def test_without_a_year_the_nearest_such_day_is_meant(text: str, today: date, day: date) -> None:
    assert parse_date(text, today) == day


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 22), date(2028, 2, 29)),
        (date(2026, 2, 20), date(2024, 2, 29)),
        (date(2024, 3, 5), date(2024, 2, 29)),
        (date(2027, 1, 31), date(2028, 2, 29)),
        (date(2100, 2, 1), date(2096, 2, 29)),
        (date(2100, 6, 1), date(2104, 2, 29)),
    ],
)
def test_the_29th_of_february_is_the_nearest_there_is(today: date, day: date) -> None:
    for text in ("29/02", "02-29", "2月29日", "29 Feb"):
        assert parse_date(text, today) == day


@pytest.mark.parametrize(
    ("today", "day"), [(date(2026, 1, 31), date(2026, 2, 28)), (TODAY, date(2026, 12, 31))]
)
def test_next_months_31st_is_its_last_day(today: date, day: date) -> None:
    assert parse_date("下月31日", today) == day


@pytest.mark.parametrize(
    "text",
    [
        "31/02",
        "30 February",
        "0",
        "32",
        "99",
        "00/11",
        "13/13",
        "32/11/2026",
        "29/02/2026",
        "2026-02-30",
        "下月45日",
        "下月0日",
        "soon",
        "30 nov 26 x",
        "30 smarch 2026",
        "+9999",
        "-7",
        "12.50",
        "",
    ],
)
def test_what_is_not_a_date_is_refused_with_an_example_of_one(text: str) -> None:
    with pytest.raises(BadDateError) as refusal:
        parse_date(text, TODAY)

    assert explain(refusal.value) == f"“{text}” is not a date. Write it like 22 Nov 2026."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_today_are_the_readers_own(language: str) -> None:
    i18n.use(language)

    assert parse_date(show_days_from(TODAY, TODAY), TODAY) == TODAY
    assert parse_date(show_days_from(TODAY + timedelta(days=1), TODAY), TODAY) == TODAY + timedelta(days=1)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    formats,
    st.sampled_from((DateStyle.MEDIUM, DateStyle.LONG)),
)
def test_a_shown_date_with_its_year_can_be_typed_again(
    day: date, number_format: str, style: DateStyle
) -> None:
    i18n.use("en", number_format)

    assert parse_date(show_date(day, style), TODAY) == day


@given(st.integers(-180, 180), formats, st.sampled_from((DateStyle.SHORT, DateStyle.WEEKDAY)))
def test_a_shown_date_without_its_year_can_be_typed_again_near_to_it(
    days: int, number_format: str, style: DateStyle
) -> None:
    i18n.use("en", number_format)
    day = TODAY + timedelta(days=days)

    assert parse_date(show_date(day, style), TODAY) == day


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("zh_CN", ["11月3日", "2026年11月3日", "2026年11月3日", "11月3日 周二"]),
        ("en_GB", ["3 Nov", "3 Nov 2026", "3 November 2026", "Tue 3 Nov"]),
        ("en_US", ["3 Nov", "Nov 3, 2026", "November 3, 2026", "Tue 3 Nov"]),
        ("fr_FR", ["3 nov.", "3 nov. 2026", "3 novembre 2026", "mar. 3 nov."]),
    ],
)
def test_dates_are_written_as_a_statement_of_the_country_would(number_format: str, shown: list[str]) -> None:
    i18n.use("en", number_format)

    assert [show_date(date(2026, 11, 3), style) for style in DateStyle] == shown


# --- showing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "number_format", "shown"),
    [
        ("zh", "zh_CN", "€1,234.50"),
        ("en", "en_GB", "€1,234.50"),
        ("fr", "fr_FR", "1\u202f234,50\xa0€"),
        ("fr", "en_GB", "€1,234.50"),
    ],
)
def test_money_follows_the_format_and_not_the_language(language: str, number_format: str, shown: str) -> None:
    i18n.use(language, number_format)

    assert show(Money(123_450, "EUR")) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ("text", "text"),
        (True, "yes"),
        (1234, "1,234"),
        (Decimal("0.5"), "0.5"),
        (Money(5, "KWD"), "KWD0.005"),
        (Money(1234, "JPY"), "JP¥1,234"),
        (Span.exactly(Money(100, "EUR")), "€1.00"),
        (Span(Money(100, "EUR"), Money(250, "EUR")), "€1.00 – €2.50"),
        (Rate.percent("0.5", Per.MONTH), "0.5% a month"),
        (Rate.percent("0.05", Per.DAY), "0.05% a day"),
        (Rate.percent("18.256"), "18.26%"),
        (Phrase.own("京东超市"), "京东超市"),
        (date(2026, 11, 3), "3 Nov 2026"),
        (datetime(2026, 11, 3, 9, 5), "3 Nov 2026 09:05"),  # noqa: DTZ001 - the user's local time
    ],
)
def test_every_value_has_one_way_to_be_shown(value: object, shown: str) -> None:
    assert show(value) == shown


def test_a_solved_monthly_rate_is_shown_to_four_places_of_a_per_cent() -> None:
    assert show(Rate(Decimal(1) / Decimal(300), Per.MONTH)) == "0.3333% a month"


@pytest.mark.parametrize(
    ("days", "shown"),
    [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (-1, "1 day late"), (-3, "3 days late")],
)
def test_how_far_away_a_day_is_is_said_in_words(days: int, shown: str) -> None:
    assert show_days_from(TODAY + timedelta(days=days), TODAY) == shown


def test_braces_in_somebodys_own_words_are_left_alone() -> None:
    phrase = Phrase("{account}: {what}", account=Phrase.own("{total} shop"), what="{0}")

    assert explain(phrase) == "{total} shop: {0}"


def test_a_source_says_who_how_reliable_and_when() -> None:
    page = Source("shkpb.com", date(2026, 11, 1), Reliability.MEDIUM)
    unchecked = Source("shkpb.com", None, Reliability.LOW)
    own = Source("line 4", None, Reliability.CONTRACT, Origin.CONTRACT)

    assert i18n.source_words(page) == "shkpb.com (fairly reliable, checked 1 Nov 2026)"
    assert i18n.source_words(unchecked) == "shkpb.com (weak source)"
    assert i18n.source_words(own) == "my contract: line 4"
    assert i18n.source_words(Source("", None, Reliability.LOW, Origin.PHONE)) == "phone call"
    assert i18n.source_words(None) == "recorded by you"


def test_a_published_source_is_named_in_the_readers_language() -> None:
    law = Source("征信业管理条例 (credit reporting regulation), art. 16", TODAY, Reliability.HIGH)
    page = Source("php.cn, 2025-03-14 (excerpt)")

    assert i18n.source_words(law) == f"{law.name} (reliable, checked 22 Nov 2026)"
    i18n.use("zh")
    assert i18n.source_name(law) == "征信业管理条例第 16 条"
    assert i18n.source_words(law) == "征信业管理条例第 16 条（可靠，2026年11月22日核对）"
    assert i18n.source_names([law, page, law]) == "征信业管理条例第 16 条；php.cn，2025-03-14（摘录）"
    i18n.use("fr")
    assert i18n.source_name(page) == "php.cn, 2025-03-14 (extrait)"


@pytest.mark.parametrize("origin", [origin for origin in Origin if origin.is_own])
def test_the_users_own_source_stays_as_it_was_typed(origin: Origin) -> None:
    own = Source("Today", TODAY, Reliability.CONTRACT, origin)  # a text of the catalogues, too

    i18n.use("zh")

    assert i18n._("Today") != "Today"
    assert i18n.source_name(own) == "Today"
    assert i18n.source_words(own) == f"{i18n._(i18n.ORIGIN_WORDS[origin])}：Today"
    assert i18n.source_names([own]) == i18n.source_words(own)


def test_a_source_without_a_name_is_not_named() -> None:
    nobody = Source("")

    i18n.use("zh")

    assert i18n.source_name(nobody) == ""
    assert i18n.source_names([nobody]) == i18n.source_names([]) == ""


def published_in_python() -> set[str]:
    names = {AGREEMENT_LAW, RECORD_LAW, THREE_SIX_SOURCE}
    names |= {source.name for source in (*POLICY_SOURCES.values(), *REINSTALMENT_SOURCES.values())}
    for law in ("CN", "FR", "GB", "US"):
        names |= {mark.source for mark in milestones(case(law=law), Terms(), TODAY)}
    return names | {mark.source for mark in milestones(case(item(is_carried=True)), Terms(), TODAY)}


def published_in_data() -> set[str]:
    found: set[str] = set()
    for path in sorted(resources().rglob("*.toml")):
        found |= set(re.findall(r'^source = "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE))
    return found


@pytest.mark.parametrize("named", [published_in_python, published_in_data])
def test_every_published_source_is_a_text_of_the_catalogues(named: Callable[[], set[str]]) -> None:
    names = named()
    with (translations() / "planner.pot").open("rb") as file:
        template = read_po(file)

    assert len(names) > 25
    assert {name for name in names if name not in template} == set()


def test_no_source_stands_in_the_code_without_the_mark_of_the_catalogues() -> None:
    bare = [
        f"{path.name}:{call.lineno}"
        for path in sorted(Path(i18n.__file__).parents[1].rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in {"Source", "Milestone"}
        for told in call.args
        if isinstance(told, ast.JoinedStr)
        or (isinstance(told, ast.Constant) and told.value not in {"", None})
    ]

    assert bare == []


# --- languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("zh-Hans-CN", "zh"),
        ("fr_CA", "fr"),
        ("fr", "fr"),
        ("FR_fr", "fr"),
        ("fr.UTF-8", "fr"),
        ("fr@euro", "fr"),
        ("de_DE", "en"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("", "en"),
    ],
)
def test_the_language_to_begin_with_follows_the_system_or_is_english(name: str, language: str) -> None:
    assert i18n.preferred_language(name) == language


def test_an_unknown_language_is_english_and_an_unknown_format_the_languages_usual_one() -> None:
    i18n.use("de", "de_DE")
    assert (i18n.language(), i18n.number_format()) == ("en", "en_GB")

    i18n.use("fr", "xx_XX")
    assert (i18n.language(), i18n.number_format()) == ("fr", "fr_FR")

    i18n.use("zh", "fr_FR")
    assert (i18n.language(), i18n.number_format()) == ("zh", "fr_FR")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_no_catalogue_has_is_said_in_english(language: str) -> None:
    i18n.use(language)

    assert i18n._("No catalogue has this sentence.") == "No catalogue has this sentence."
    assert i18n._("") == ""
    assert explain(Phrase("No catalogue has this of {name}.", name="x")) == "No catalogue has this of x."


@pytest.mark.parametrize(
    ("language", "forms"),
    [("en", ["many", "one", "many"]), ("fr", ["one", "one", "many"]), ("zh", ["one", "one", "one"])],
)
def test_a_count_takes_the_form_that_its_language_has_for_it(language: str, forms: list[str]) -> None:
    i18n.use(language)
    singular, plural = N_("{count} day late"), N_("{count} days late")
    said = [explain(Phrase.counted(singular, plural, count)) for count in (0, 1, 2)]
    one, many = (i18n.ngettext(singular, plural, count) for count in (1, 5))

    assert said == [(one if form == "one" else many).format(count=count) for count, form in enumerate(forms)]
    assert (one == many) == (language == "zh")
    assert (said == ["0 days late", "1 day late", "2 days late"]) == (language == "en")


def test_a_refusal_is_said_in_the_language_and_format_of_the_reader() -> None:
    i18n.use("fr")
    error = TooFineError(text="0,005", currency="EUR")

    assert "0,005" in explain(error)
    assert explain(error) != str(error)


# --- speaking aside ----------------------------------------------------------------------------------


def test_speaking_another_language_ends_with_its_block_even_if_that_fails() -> None:
    i18n.use("fr", "en_US")
    heard = []

    def report() -> None:
        with speaking("zh"):
            heard.append((i18n.language(), i18n.number_format()))
            with speaking("en"):
                heard.append((i18n.language(), i18n.number_format()))
            heard.append((i18n.language(), i18n.number_format()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        report()

    assert heard == [("zh", "zh_CN"), ("en", "en_GB"), ("zh", "zh_CN")]
    assert (i18n.language(), i18n.number_format()) == ("fr", "en_US")


def test_other_threads_keep_the_readers_language_while_one_speaks_another() -> None:
    i18n.use("fr")
    heard: list[tuple[str, str]] = []
    with speaking("zh"):
        thread = Thread(target=lambda: heard.append((i18n.language(), show(Money(100, "EUR")))))
        thread.start()
        thread.join()

    assert heard == [("fr", "1,00\xa0€")]


def test_two_threads_speak_two_languages_at_once() -> None:
    together = Barrier(2, timeout=10)

    def said(language: str) -> list[str]:
        found = []
        with speaking(language):
            for _number in range(20):
                together.wait()
                found.append(show_days_from(TODAY, TODAY))
        return found

    with ThreadPoolExecutor(2) as pool:
        english, french = pool.map(said, ("en", "fr"))

    assert set(english) == {"today"}
    assert i18n.language() == "en"
    i18n.use("fr")
    assert set(french) == {show_days_from(TODAY, TODAY)} != {"today"}


def test_a_change_of_language_meanwhile_holds_once_the_report_is_written() -> None:
    with speaking("zh"):
        i18n.use("fr")
        assert i18n.language() == "zh"

    assert i18n.language() == "fr"


@pytest.mark.parametrize(
    ("text", "currency"),
    [("€12", "CNY"), ("12 EUR", "CNY"), ("$12", "EUR"), ("12元", "EUR"), ("¥12", "EUR"), ("USD 12", "HKD")],
)
def test_an_amount_in_another_currency_is_refused_instead_of_read(text: str, currency: str) -> None:
    with pytest.raises(reading.OtherCurrencyError):
        reading.parse_amount(text, currency)


@pytest.mark.parametrize(("text", "currency"), [("HK$12", "HKD"), ("¥12", "JPY"), ("RMB 12", "CNY")])
def test_a_sign_of_the_same_currency_is_read(text: str, currency: str) -> None:
    assert reading.parse_amount(text, currency) == Money.of(12, currency)


@pytest.mark.parametrize("text", ["14:30", "14h30", "14.30", "14时30分", "１４：３０"])
def test_a_time_of_day_is_read_as_people_type_it(text: str) -> None:
    assert reading.parse_time(text) == time(14, 30)


@pytest.mark.parametrize("text", ["", "14", "25:00", "14:60", "noon"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(reading.BadTimeError):
        reading.parse_time(text)
