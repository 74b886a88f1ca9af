"""Text and values as the reader writes them: the only package that knows a language.

Three settings that do not follow one another: the language of the words, the format of numbers
and dates, and the currency (which belongs to each account). Babel is the authority for formats;
it is loaded with the first value that is shown.
"""

from __future__ import annotations

import gettext as _gettext
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from planner.domain.derivation import Derived
from planner.domain.due import days_from
from planner.domain.money import Money, minor_digits
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.errors import PlannerError
from planner.paths import translations
from planner.phrases import N_, Phrase

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = {"zh": "简体中文", "en": "English", "fr": "Français"}
FORMATS = ("zh_CN", "en_GB", "en_US", "fr_FR")
_USUAL_FORMAT = {"zh": "zh_CN", "en": "en_GB", "fr": "fr_FR"}
CURRENCIES = ("CNY", "EUR", "USD", "GBP", "HKD", "JPY")


class _Reader:
    """Who reads: one language and one format."""

    def __init__(self, language: str = "en", number_format: str = "", *, is_formal: bool = False) -> None:
        self.is_formal = is_formal
        self.language = language if language in LANGUAGES else "en"
        self.format = number_format if number_format in FORMATS else _USUAL_FORMAT[self.language]
        self.catalogue = _catalogue(self.language)


class _Readers(threading.local):
    """Whoever a thread speaks to for a while in place of the user; a report may be for somebody else."""

    other: _Reader | None = None


def use(language: str, number_format: str = "") -> None:
    """Speak a language from now on, and write numbers and dates in a format.

    Args:
        language: ``zh``, ``en`` or ``fr``.
        number_format: A locale such as ``fr_FR``; empty for the language's usual one.
    """
    global _user  # noqa: PLW0603 - the one user of the program
    _user = _Reader(language, number_format)


@contextmanager
def speaking(language: str, number_format: str = "", *, is_formal: bool = False) -> Iterator[None]:
    """Speak another language for a while, as a report in it does; the reader's own is back afterwards.

    Only this thread does: what others say meanwhile stays in the language in use.

    Args:
        language: ``zh``, ``en`` or ``fr``.
        number_format: A locale such as ``fr_FR``; empty for the language's usual one.
        is_formal: Whether a date has its month in full, as in a letter.
    """
    before = _readers.other
    _readers.other = _Reader(language, number_format, is_formal=is_formal)
    try:
        yield
    finally:
        _readers.other = before


@lru_cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    # English is the source: its catalogue is the program itself.
    return _gettext.translation("planner", translations(), [language], fallback=True)


_user = _Reader()
_readers = _Readers()


def _reader() -> _Reader:
    return _readers.other or _user


def language() -> str:
    """The language in use."""
    return _reader().language


def number_format() -> str:
    """The format in use."""
    return _reader().format


def preferred_language(locale_name: str) -> str:
    """The language to begin with on a system set to some locale, such as ``zh_CN.UTF-8``."""
    code = re.split(r"[^A-Za-z]", locale_name)[0].lower()
    return code if code in LANGUAGES else "en"


def _(text: str) -> str:
    """The text in the reader's language."""
    return _reader().catalogue.gettext(text) if text else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a text that goes with a count, in the reader's language."""
    return _reader().catalogue.ngettext(singular, plural, count)


def explain(what: Phrase | PlannerError) -> str:
    """A phrase or a refusal in the reader's language, with its values as the reader writes them."""
    phrase = what.phrase if isinstance(what, PlannerError) else what
    if phrase.is_own:
        return phrase.msgid
    if phrase.msgid_plural is not None:
        text = ngettext(phrase.msgid, phrase.msgid_plural, phrase.values["count"])
    else:
        text = _(phrase.msgid)
    if not phrase.values:
        return text  # it may be the user's own words, with braces of their own
    return text.format(**{name: show(value) for name, value in phrase.values.items()})


# --- showing ---------------------------------------------------------------------------------------


class DateStyle(StrEnum):
    """How much of a date is written out."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    WEEKDAY = "weekday"


# What Babel calls each style, where its own are not what a statement would print.
_DATE_PATTERNS = {
    ("zh", "short"): "M月d日",
    ("zh", "medium"): "y年M月d日",
    ("zh", "weekday"): "M月d日 EEE",
    ("en", "short"): "d MMM",
    ("en", "medium"): "d MMM y",
    ("en", "weekday"): "EEE d MMM",
    ("fr", "short"): "d MMM",
    ("fr", "medium"): "d MMM y",
    ("fr", "weekday"): "EEE d MMM",
}


def show(value: object) -> str:
    """Any value of the domain as the reader writes it; nothing at all is a dash."""
    if value is None:
        return "–"
    if isinstance(value, Span):
        return show(value.low) if value.is_single else f"{show(value.low)} – {show(value.high)}"
    for kind, shown in _SHOWN:
        if isinstance(value, kind):
            return shown(value)
    return str(value)


def show_money(money: Money) -> str:
    """An amount with its currency."""
    from babel.numbers import format_currency  # noqa: PLC0415 - 24 ms; nothing needs it before a value is shown

    return format_currency(money.decimal, money.currency, locale=locale_of(_reader().format))


def show_amount(money: Money) -> str:
    """An amount without its currency, for columns that name it in their header."""
    return show_number(money.decimal, minor_digits(money.currency))


def show_number(number: Decimal | int, decimals: int | None = None) -> str:
    """A number with so many decimal places, or as many as it has."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - see show_money

    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(
        number, pattern, locale=locale_of(_reader().format), decimal_quantization=decimals is not None
    )


def show_percent(fraction: Decimal, decimals: int | None = 2) -> str:
    """A fraction in per cent; with None as many places as it has."""
    from babel.numbers import format_percent  # noqa: PLC0415 - see show_money

    locale = locale_of(_reader().format)
    if decimals is None:
        exponent = (fraction * 100).normalize().as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 2
    pattern = locale.percent_formats[None].pattern.replace(
        "#,##0", "#,##0" + ("." + "0" * decimals if decimals else "")
    )
    return format_percent(fraction, pattern, locale=locale)


def show_rate(rate: Rate) -> str:
    """A rate with its period; a yearly one to two places, others as exactly as they are given."""
    if rate.per is Per.YEAR:
        return show_percent(rate.fraction)
    exact = rate.fraction.normalize()
    digits = exact.as_tuple().exponent
    # A solved monthly rate has endless places; four of a per cent are as many as one can use.
    endless = isinstance(digits, int) and digits < -8  # noqa: PLR2004 - explained above
    percent = show_percent(rate.fraction, 4 if endless else None)
    if rate.per is Per.MONTH:
        return _("{percent} a month").format(percent=percent)
    return _("{percent} a day").format(percent=percent)


def show_date(day: date, style: DateStyle = DateStyle.MEDIUM) -> str:
    """A date as the reader writes it."""
    from babel.dates import format_date  # noqa: PLC0415 - see show_money

    if _reader().is_formal and style is DateStyle.MEDIUM:
        style = DateStyle.LONG
    pattern = _DATE_PATTERNS.get((_reader().format[:2], style.value), style.value)
    if _reader().format == "en_US" and style is DateStyle.MEDIUM:
        pattern = "MMM d, y"
    return format_date(day, pattern, locale=locale_of(_reader().format))


def show_month(day: date) -> str:
    """The month of a date with its year."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - see show_money

    return format_skeleton("yMMM", day, locale=locale_of(_reader().format))


def show_days_from(day: date, today: date) -> str:
    """How far away a date is, in words."""
    return explain(days_from(day, today))


def currency_name(currency: str) -> str:
    """The name of a currency in the reader's language."""
    return str(locale_of(_reader().language).currencies.get(currency, currency))


def country_name(country: str) -> str:
    """The name of a country in the reader's language."""
    return str(locale_of(_reader().language).territories.get(country, country))


def weekday_name(weekday: int) -> str:
    """The name of a day of the week in the reader's language, as it stands alone; Monday is 0."""
    return str(locale_of(_reader().language).days["stand-alone"]["wide"][weekday])


@lru_cache
def locale_of(name: str) -> Locale:
    """What Babel knows of a locale."""
    # A cached Locale makes formatting ten times faster than a name does.
    from babel import Locale  # noqa: PLC0415 - see show_money

    return Locale.parse(name)


_SHOWN: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (Money, show_money),
    (Rate, show_rate),
    (Derived, lambda derived: show(derived.value)),
    (Phrase, explain),
    (PlannerError, explain),
    (datetime, lambda moment: f"{show_date(moment.date())} {moment:%H:%M}"),
    (date, show_date),
    (bool, lambda flag: _("yes") if flag else _("no")),
    ((int, Decimal), show_number),
)


RELIABILITY_WORDS = {
    Reliability.CONTRACT: N_("your own contract"),
    Reliability.HIGH: N_("reliable"),
    Reliability.MEDIUM: N_("fairly reliable"),
    Reliability.LOW: N_("weak source"),
    Reliability.FICTITIOUS: N_("declares itself fictitious"),
}
ORIGIN_WORDS = {
    Origin.PUBLISHED: N_("published"),
    Origin.CONTRACT: N_("my contract"),
    Origin.APP_SCREEN: N_("app screen"),
    Origin.PHONE: N_("phone call"),
    Origin.GUESS: N_("my guess"),
    Origin.IMPORTED: N_("imported from a file"),
}


def source_name(source: Source) -> str:
    """What a source is called: a published one in the reader's language, the user's own as it was typed."""
    return _(source.name) if source.origin is Origin.PUBLISHED else source.name


def source_names(sources: Iterable[Source]) -> str:
    """Who says something, each once: what is published by its name, and the user's own as in words."""
    named = (
        source_name(source) if source.origin is Origin.PUBLISHED else source_words(source)
        for source in sources
    )
    return joined(name for name in dict.fromkeys(named) if name)


def joined(texts: Iterable[str]) -> str:
    """Texts one after another, with the semicolon of the reader's language between them."""
    *others, text = list(texts) or [""]
    for first in reversed(others):
        text = _("{first}; {others}").format(first=first, others=text)
    return text


def source_words(source: Source | None) -> str:
    """A source in words: who says so, how far it can be trusted, when it was looked at."""
    if source is None:
        return _("recorded by you")
    name = source_name(source) or _(ORIGIN_WORDS[source.origin])
    if source.origin is not Origin.PUBLISHED:
        own = _(ORIGIN_WORDS[source.origin])
        return own if name == own else _("{name}: {value}").format(name=own, value=name)
    reliability = _(RELIABILITY_WORDS[source.reliability])
    if source.checked is None:
        return _("{name} ({reliability})").format(name=name, reliability=reliability)
    return _("{name} ({reliability}, checked {date})").format(
        name=name, reliability=reliability, date=show(source.checked)
    )
