"""What people type, read in any of the conventions: amounts, rates, dates, times of day."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from planner.domain.dates import add_months, on_day
from planner.domain.money import Money, minor_digits
from planner.errors import PlannerError
from planner.i18n import FORMATS, _, locale_of, number_format, show_amount, show_date, show_number
from planner.phrases import N_


class BadAmountError(PlannerError):
    """What was typed is not an amount."""

    message = N_("“{text}” is not an amount. Write it like {example}.")


class BadRateError(PlannerError):
    """What was typed is not a rate in per cent."""

    message = N_("“{text}” is not a rate in per cent. Write it like {example}.")


class AmbiguousAmountError(PlannerError):
    """What was typed can be read in two ways."""

    message = N_("“{text}” can be read in two ways. Write {many} or {few}.")


class TooFineError(PlannerError):
    """What was typed has more decimal places than the currency."""

    message = N_("“{text}” has more decimal places than {currency} has.")


class TooLargeError(PlannerError):
    """What was typed is more than anybody owes; what is even larger would not fit into a file."""

    message = N_("“{text}” is more than can be recorded.")


class OtherCurrencyError(PlannerError):
    """What was typed names another currency."""

    message = N_("“{text}” names another currency. Amounts here are in {currency}, and there are no rates.")


class BadDateError(PlannerError):
    """What was typed is not a date."""

    message = N_("“{text}” is not a date. Write it like {example}.")


_SUM = re.compile(r"\s*([+\-*/])\s*")
_UNIT = r"(?:[¥$€£元圆]|CNY|RMB|EUR|USD|GBP|HKD|JPY|CN|GB|HK|JP|US)"
_DOLLARS = frozenset(("USD", "HKD", "AUD", "CAD", "NZD", "SGD", "TWD", "MXN"))
# Which currencies a sign or code can mean.
_MEANINGS = {
    "€": frozenset(("EUR",)),
    "£": frozenset(("GBP",)),
    "$": _DOLLARS,
    "¥": frozenset(("CNY", "JPY")),
    "元": frozenset(("CNY",)),
    "圆": frozenset(("CNY",)),
    "RMB": frozenset(("CNY",)),
    **{code: frozenset((code,)) for code in ("CNY", "EUR", "USD", "GBP", "HKD", "JPY")},
}
# In 3元5 the sign of the currency stands where the decimal point would.
_UNIT_INSIDE = re.compile(rf"[\d.,]\s*{_UNIT}+\s*[\d.,]")
_MOST_MINOR = 10**15
_SEPARATORS = ".,"
_GROUP = 3


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as people type it, in any of the three conventions, or a small sum such as ``1200/3``.

    A separator that could be either sort is read as the reader's format has it where that fits the
    currency, and asked about otherwise.

    Raises:
        BadAmountError: It is not an amount.
        AmbiguousAmountError: It can be read in two ways.
        TooFineError: It is finer than the currency.
        TooLargeError: It is more than can be recorded.
        OtherCurrencyError: It names another currency.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'").upper()
    clean = re.sub(r"[^\d.,'+\-*/\s]|\s+(?=\d{3}(?!\d))|(?<=\d)'(?=\d{3}(?!\d))", "", plain).strip()
    tokens = [token for token in _SUM.split(clean) if token]
    junk = _UNIT_INSIDE.search(plain) or re.sub(rf"[\d.,'+\-*/\s]|{_UNIT}", "", plain)
    if junk or not tokens:
        raise BadAmountError(text=text, example=show_amount(Money.of(1234, currency)))
    if any(sign in plain and currency not in meant for sign, meant in _MEANINGS.items()):
        raise OtherCurrencyError(text=text, currency=currency)
    try:
        value = _evaluate(tokens, text, currency)
    except (InvalidOperation, ArithmeticError, IndexError, ValueError) as error:
        raise BadAmountError(text=text, example=show_amount(Money.of(1234, currency))) from error
    if abs(value) >= Decimal(_MOST_MINOR).scaleb(-minor_digits(currency)):
        raise TooLargeError(text=text)
    # A sign before the number is not a sum.
    if len(tokens) > 2:  # noqa: PLR2004 - see above
        return Money.rounded(value, currency)
    try:
        return Money.of(value, currency)
    except ValueError as error:
        raise TooFineError(text=text, currency=currency) from error


def _evaluate(tokens: list[str], text: str, currency: str) -> Decimal:
    """Work a row of numbers and signs out; products before sums."""
    sign = 1
    rest = list(tokens)
    if rest[0] in "+-":
        sign = -1 if rest.pop(0) == "-" else 1
    total, term, pending = Decimal(0), sign * _number(rest.pop(0), text, currency), "+"
    while rest:
        operator, operand = rest.pop(0), _number(rest.pop(0), text, currency)
        if operator == "*":
            term *= operand
        elif operator == "/":
            term /= operand
        else:
            total, pending = total + term, operator
            term = operand if pending == "+" else -operand
    return total + term


def _number(token: str, text: str, currency: str) -> Decimal:
    """Read one number whose separators may be of any convention."""
    used = [mark for mark in _SEPARATORS if mark in token]
    if not used or token.strip(_SEPARATORS) == "":
        return Decimal(token)
    last = max(used, key=token.rindex)
    whole, _mark, decimals = token.rpartition(last)
    other = next((mark for mark in used if mark != last), "")
    if other or token.count(last) > 1:
        if token.count(last) > 1:
            return Decimal(_ungrouped(token, last)) if not other else _refuse(text)
        return Decimal(_ungrouped(whole, other) + "." + decimals)
    if len(decimals) != _GROUP or whole in {"", "0", "-0"}:
        return Decimal(f"{whole or 0}.{decimals or 0}")
    if minor_digits(currency) >= _GROUP and last == decimal_mark():
        return Decimal(f"{whole}.{decimals}")
    grouped = Decimal(whole + decimals)
    if minor_digits(currency) == 0 or (last == _group_mark() and minor_digits(currency) < _GROUP):
        return grouped
    plain = show_number(grouped, 0).replace("\u202f", "").replace("\xa0", "").replace(",", "")
    few = Money.rounded(Decimal(f"{whole}.{decimals}"), currency)
    raise AmbiguousAmountError(text=text, many=plain, few=show_amount(few))


def _ungrouped(token: str, mark: str) -> str:
    first, *groups = token.split(mark)
    if not first or any(len(group) != _GROUP for group in groups):
        raise ValueError(token)
    return first + "".join(groups)


def _refuse(text: str) -> Decimal:
    raise ValueError(text)


def _group_mark() -> str:
    return locale_of(number_format()).number_symbols["latn"]["group"] if number_format() != "fr_FR" else " "


def decimal_mark() -> str:
    """What stands before the decimal places in the reader's numbers."""
    return str(locale_of(number_format()).number_symbols["latn"]["decimal"])


_RELATIVE = re.compile(r"\+(\d{1,3})$")
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_NEXT_MONTH = re.compile(r"下(?:个)?月(\d{1,2})[日号]?$")
_DAY_ONLY = re.compile(r"(?:le )?(\d{1,2})[日号]?$")
_TWO = re.compile(r"(\d{1,2})[-/.月 ](\d{1,2})日?$")
_THREE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$")
_WEEKDAY_BEHIND = re.compile(r" (?:周|星期)[一二三四五六日天]$")
_SPELT = (
    re.compile(
        r"(?:[^\W\d]+[.,]* )?(?P<day>\d{1,2})(?:er|st|nd|rd|th)? "
        r"(?P<month>[^\W\d]+)\.?(?:,? (?P<year>\d{4}))?$"
    ),
    re.compile(r"(?P<month>[^\W\d]+)\.? (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?$"),
)
_CENTURY = 2000
_LONGEST_MONTH = 31
# Between two years with a 29 February there may be seven without.
_YEARS_AROUND = 8


class BadTimeError(PlannerError):
    """What was typed is not a time of day."""

    message = N_("“{text}” is not a time of day. Write it like 14:30.")


_TIME = re.compile(r"(\d{1,2})\s*[:.h时点]\s*(\d{2})?\s*分?$")


def parse_time(text: str) -> time:
    """Read a time of day as people type it: ``14:30``, ``14h30``, ``14h``, ``14时30分``.

    Raises:
        BadTimeError: It is not a time of day.
    """
    match = _TIME.match(unicodedata.normalize("NFKC", text).strip().lower())
    if match is not None:
        with suppress(ValueError):
            return time(int(match[1]), int(match[2] or 0))
    raise BadTimeError(text=text)


def parse_date(text: str, today: date) -> date:
    """Read a date as people type it: ``30/11``, ``11-30``, ``30``, ``+7``, ``下月10日``, ``2026-11-30``.

    A day and a month stand in the order of the reader's format unless only the other order makes a
    date; without a year the nearest such day is meant, without a month the next such day.

    Raises:
        BadDateError: It is not a date.
    """
    clean = unicodedata.normalize("NFKC", text).strip().lower().rstrip(".")
    words = {_("today").lower(): 0, _("tomorrow").lower(): 1, "今天": 0, "明天": 1, "today": 0, "tomorrow": 1}
    if clean in words:
        return today + timedelta(days=words[clean])
    try:
        found = _typed_date(_WEEKDAY_BEHIND.sub("", clean), today) or _spelt_date(clean, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise BadDateError(text=text, example=show_date(today))
    return found


def _typed_date(clean: str, today: date) -> date | None:  # noqa: PLR0911 - one for each way to type a date
    if match := _RELATIVE.match(clean):
        return today + timedelta(days=int(match[1]))
    if match := _ISO.match(clean):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if (match := _NEXT_MONTH.match(clean)) and int(match[1]) <= _LONGEST_MONTH:
        following = add_months(today.replace(day=1), 1)
        return on_day(following.year, following.month, int(match[1]))
    if match := _THREE.match(clean):
        day, month = _day_and_month(int(match[1]), int(match[2]))
        year = int(match[3])
        return date(year if year >= _CENTURY else year + _CENTURY, month, day)
    if match := _TWO.match(clean):
        day, month = _day_and_month(int(match[1]), int(match[2]), month_first="月" in clean or "-" in clean)
        return _nearest(month, day, today)
    if match := _DAY_ONLY.match(clean):
        this_month = date(today.year, today.month, 1)
        days = (on_day(this_month.year, this_month.month + ahead, int(match[1])) for ahead in (0, 1))
        if not 1 <= int(match[1]) <= _LONGEST_MONTH:
            return None
        return next((day for day in days if day >= today), None)
    return None


def _day_and_month(first: int, second: int, *, month_first: bool = False) -> tuple[int, int]:
    """Which of two numbers is the day; by the reader's format unless only one order makes a date."""
    month_first = month_first or number_format() in {"zh_CN", "en_US"}
    months = 12
    if month_first and first > months >= second:
        return first, second
    if not month_first and second > months >= first:
        return second, first
    return (second, first) if month_first else (first, second)


def _nearest(month: int, day: int, today: date) -> date | None:
    """The nearest date of that name; None if no year has one."""
    found = []
    for year in range(today.year - _YEARS_AROUND, today.year + _YEARS_AROUND + 1):
        with suppress(ValueError):
            found.append(date(year, month, day))
    return min(found, key=lambda known: abs(known - today), default=None)


def _spelt_date(clean: str, today: date) -> date | None:
    """A date with the name of its month, as ``show_date`` writes it."""
    match = next((match for pattern in _SPELT if (match := pattern.match(clean))), None)
    month = _month_named(match["month"]) if match else None
    if match is None or month is None:
        return None
    if match["year"] is None:
        return _nearest(month, int(match["day"]), today)
    return date(int(match["year"]), month, int(match["day"]))


def _month_named(name: str) -> int | None:
    for code in (number_format(), *FORMATS):
        names = locale_of(code).months["format"]
        for month in range(1, 13):
            if name in {names[width][month].lower().rstrip(".") for width in ("abbreviated", "wide")}:
                return month
    return None


def parse_percent(text: str) -> Decimal:
    """Read a rate in per cent, with or without the sign, as a fraction.

    Raises:
        BadRateError: It is not one.
    """
    match = re.fullmatch(r"\s*(\d{1,4}(?:[.,]\d{1,8})?)\s*%?\s*", unicodedata.normalize("NFKC", text))
    if not match:
        raise BadRateError(text=text, example=show_number(Decimal("0.5")))
    return Decimal(match[1].replace(",", ".")) / 100
