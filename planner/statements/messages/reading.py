"""Amounts, days, times and cards in the words of a message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time

from planner.domain.dates import add_months
from planner.domain.money import Money

CURRENCY = "CNY"
MONTHS_BACK = 11  # how far back something that has happened is looked for
MONTHS_AHEAD = 2  # how far ahead a due date is looked for
_YEAR = 12

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.[0-9]{1,2})?(?![0-9.,]*[0-9])"
# An amount has its unit before or after it: a bare number may be anything.
AMOUNT = rf"(?:(?:人民币|RMB|CNY|¥)\s*(?P<marked>{_NUMBER})(?:\s*元)?|(?<![0-9.,])(?P<plain>{_NUMBER})\s*元)"
_AMOUNT = re.compile(AMOUNT)
DAY = (
    r"(?:(?<![0-9])(?:(?P<year>[0-9]{4})\s*[-/.年]\s*)?"
    r"(?P<month>[0-9]{1,2})\s*[-/月]\s*(?P<day>[0-9]{1,2})(?![0-9.])\s*[日号]?)"
)
_DAY = re.compile(DAY)
_TIME = re.compile(r"(?<![0-9:])([0-9]{1,2})(?::|时)([0-9]{2})(?:[:分]([0-9]{2})?)?")
_MONTHLY = re.compile(r"还款日[^0-9,。;]{0,3}每月\s*([0-9]{1,2})\s*[日号]")
_BILL_MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月(?:份)?(?:的)?账单")
_CARD = re.compile(r"(?:尾号|末四位|卡号)[^0-9*]{0,4}[0-9*]*?([0-9]{4})(?![0-9])")
_PARTS = re.compile(r"(?:分|共)\s*([0-9]{1,2})\s*(?:个月|期)")
_LAST_DAY_OF_A_MONTH = 31


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day that was read.

    Attributes:
        on: The day.
        is_year_guessed: Whether its year does not stand there.
    """

    on: date
    is_year_guessed: bool


def plain(text: str) -> str:
    """The text with half-width signs; what stands in it is changed in no other way."""
    kept = (unicodedata.normalize("NFKC", sign) if _is_wide(sign) else sign for sign in text)
    return "".join(kept).replace("￥", "¥")


def _is_wide(sign: str) -> bool:
    # Full-width forms only: NFKC would make 102 of 10² elsewhere.
    return "\uff01" <= sign <= "\uff5e" or sign in "\u3000\u00a0"


def amount_in(text: str) -> Money | None:
    """The only amount of a text; None if it has none or several."""
    found = list(_AMOUNT.finditer(text))
    return money_of(found[0]) if len(found) == 1 else None


def first_amount(text: str, *words: str) -> Money | None:
    """The first amount that follows one of some words closely; the words are tried in their order.

    Args:
        text: The text.
        words: Patterns; between them and the amount stand at most a few signs that are no figures.
    """
    for word in words:
        found = re.search(rf"(?:{word})[^0-9¥。;\n]{{0,12}}?{AMOUNT}", text)
        if found:
            return money_of(found)
    return None


def money_of(match: re.Match[str]) -> Money:
    """The amount of a match of AMOUNT."""
    return Money.of((match["marked"] or match["plain"]).replace(",", ""), CURRENCY)


def happened_on(text: str, received: date) -> FoundDay | None:
    """The first day of a text, as one that has been: at most some months ago where no year stands there."""
    return _first(text, add_months(received, -MONTHS_BACK), received)


def due_on(text: str, received: date) -> FoundDay | None:
    """The first day of a text, as one on which to pay: at most some months ahead where no year stands."""
    last = add_months(received, MONTHS_AHEAD)
    return _first(text, add_months(last, -_YEAR), last)


def _first(text: str, first: date, last: date) -> FoundDay | None:
    for match in _DAY.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        if match["year"]:
            stated = _day(int(match["year"]), month, day)
            if stated is not None:
                return FoundDay(stated, is_year_guessed=False)
            continue
        for year in (last.year, last.year - 1):
            found = _day(year, month, day)
            if found is not None and first <= found <= last:
                return FoundDay(found, is_year_guessed=True)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def time_in(text: str) -> time | None:
    """The first time of day of a text."""
    for match in _TIME.finditer(text):
        try:
            return time(int(match[1]), int(match[2]), int(match[3] or 0))
        except ValueError:
            continue
    return None


def monthly_day(text: str) -> int | None:
    """The day of each month on which bills are due, where the text says so."""
    match = _MONTHLY.search(text)
    if match is None or not 1 <= int(match[1]) <= _LAST_DAY_OF_A_MONTH:
        return None
    return int(match[1])


def bill_month(text: str) -> int | None:
    """The month by which the text names a bill."""
    match = _BILL_MONTH.search(text)
    return int(match[1]) if match else None


def card_in(text: str) -> str:
    """The card of a text, masked but for its last four digits; empty if there is none."""
    match = _CARD.search(text)
    return f"**** {match[1]}" if match else ""


def instalments_in(text: str) -> int | None:
    """In how many parts a purchase is repaid; None where the text does not say, or says one."""
    match = _PARTS.search(text)
    return int(match[1]) if match and int(match[1]) > 1 else None
