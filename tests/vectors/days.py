"""Due dates, business days, days of grace and days that cost nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from planner.domain.business_days import CalendarNotPublishedError
from planner.domain.dates import Cycle, DaysAfter, DueDay, FixedDay, Mode, on_day
from planner.domain.free_days import free_days
from planner.domain.grace import Grace
from planner.domain.term import read_cutoff
from planner.store.catalogue import calendar, product, products
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError


def business_days(given: Given) -> Answers:
    """From when to when something takes some Chinese business days."""
    try:
        found = calendar("CN").window(given.day("start"), given.count("min_days"), given.count("max_days"))
    except CalendarNotPublishedError as error:
        return {"result": "unknown_calendar", "missing_year": int(error.values["year"])}
    return {"earliest": found.low, "latest": found.high}


def due_dates(given: Given) -> Answers:
    """When the parts of an order, or of a bill that is split, are due."""
    count, usual = given.count("n", usual=1), _product_cycle(given.maybe_text("product"))
    if given.one_of("mode", "instalment_kind") == "mode":
        bought_on = given.day("purchase")
        cycle = _told(given, usual, Mode(given.text("mode")))
        return {"due": _of_purchase(cycle, bought_on, count)}
    statement_on, due_on = given.day("bill_date"), given.day("due")
    applied_on = given.maybe_day("applied")
    if Mode(given.text("instalment_kind")) is Mode.BILL:
        if applied_on is not None and not statement_on <= applied_on <= due_on:
            raise UnusableError("a bill is split from its statement to its due date, at no other time")
        return {"due": _days(Cycle().dues_of_split_bill(due_on, count))}
    cycle = replace(usual, mode=Mode.BILL, statement_day=statement_on.day, due=FixedDay(due_on.day))
    # An order is in the current bill, which is the one that is given until it is due, unless its own day
    # says otherwise: m.tjduoduo.cn/news/show-263115.html.
    bought_on = given.maybe_day("purchase") or statement_on - timedelta(days=1)
    if applied_on is not None and applied_on > due_on:
        bought_on = max(bought_on, applied_on)
    return {"due": _of_purchase(cycle, bought_on, count)}


def _of_purchase(cycle: Cycle, bought_on: date, count: int) -> tuple[date, ...]:
    found = cycle.dues_of_purchase(bought_on, count)
    if found is None:
        raise UnusableError("neither the vector nor the product says when bills are made and due")
    return _days(found)


def _days(dues: Iterable[DueDay]) -> tuple[date, ...]:
    return tuple(due.on for due in dues)


def _product_cycle(name: str | None) -> Cycle:
    """The cycle of the product that is named, if there is a sheet of it."""
    sheets = (known for known in products() if name in {known.id, known.id.rpartition("-")[2]})
    return next((known.cycle for known in sheets), Cycle())


def _told(given: Given, usual: Cycle, mode: Mode) -> Cycle:
    """The cycle of a product, in which the vector says more."""
    cycle = replace(usual, mode=mode)
    if given.get("bill_day") is not None:
        cycle = replace(cycle, statement_day=given.count("bill_day"))
    if given.get("due_day") is None and given.get("due_offset_days") is None:
        return cycle
    if given.one_of("due_day", "due_offset_days") == "due_day":
        return replace(cycle, due=FixedDay(given.count("due_day")))
    return replace(cycle, due=DaysAfter(given.count("due_offset_days")))


def interest_free_days(given: Given) -> Answers:
    """How long a purchase costs nothing, and when it is due."""
    cycle = _told(given, _product_cycle(given.maybe_text("product")), Mode.BILL)
    found = free_days(cycle, given.day("purchase"))
    if found is None:
        raise UnusableError("neither the vector nor the product says when bills are made and due")
    return {"days": found.value.days, "due": found.value.due.on, "bill_date": found.value.statement_on}


# Accounts opened before this day have the 1st and the 6th (mit.51dongshi.com, 2024-09-05).
_DOUYIN_CHOICE_SINCE = date(2022, 8, 29)


def douyin_due_day(given: Given) -> Answers:
    """When a monthly bill of Douyin is due, and until when paying it counts as in time."""
    sheet = product("douyin")
    if sheet is None:
        raise UnusableError("there is no sheet of this product")
    year, month, *_day = (int(part) for part in given.text("month").split("-"))
    opened_on = given.maybe_day("opened")
    has_choice = opened_on is None or opened_on >= _DOUYIN_CHOICE_SINCE
    asked = given.count("bill_day", usual=None if has_choice else 1)
    due = sheet.cycle.due_of(on_day(year, month, asked if has_choice else 1))
    grace = Grace(sheet.terms.grace_days.value or 0, sheet.terms.grace_cutoff.value)
    if due is None:
        raise UnusableError("the sheet has no due rule")
    return {"due": due.on, "grace_until": str(grace.deadline(due.on))}


def grace_on_a_card(given: Given) -> Answers:
    """Whether a payment is in time and in full, by the convention of Chinese banks."""
    tolerance = given.money("tolerance") if given.get("tolerance") is not None else None
    cutoff = read_cutoff(given.maybe_text("grace_cutoff") or "24:00")
    grace = Grace(given.count("grace_days", usual=0), cutoff, tolerance)
    standing = grace.standing(given.day("due"), _moment(given.text("paid_at")), given.money("unpaid_after"))
    return {"result": standing.value}


def _moment(text: str) -> datetime:
    """A moment by the local clock; 24:00 is the end of its day."""
    day, _t, hour = text.partition("T")
    if hour.startswith("24:00"):
        return datetime.combine(date.fromisoformat(day), time.max)
    return datetime.fromisoformat(text)
