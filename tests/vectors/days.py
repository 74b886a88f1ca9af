"""Due dates and business days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from planner.domain.dates import (
    CalendarNotPublishedError,
    Cycle,
    DaysAfter,
    FixedDay,
    Mode,
    dues_of_bill_instalments,
)
from planner.store.catalogue import calendar, products
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
    count, product = given.count("n", usual=1), _product_cycle(given.maybe_text("product"))
    if given.one_of("mode", "instalment_kind") == "mode":
        cycle, bought_on = _told(given, product), given.day("purchase")
        return {"due": _of_purchase(cycle, bought_on, count)}
    statement_on, due_on = given.day("bill_date"), given.day("due")
    applied_on = given.maybe_day("applied")
    if Mode(given.text("instalment_kind")) is Mode.BILL:
        if applied_on is not None and not statement_on <= applied_on <= due_on:
            raise UnusableError("a bill is split from its statement to its due date, at no other time")
        return {"due": dues_of_bill_instalments(due_on, count)}
    cycle = replace(product, mode=Mode.BILL, statement_day=statement_on.day, due=FixedDay(due_on.day))
    # Without a day, the order is in the bill that is given.
    days = (day for day in (applied_on, given.maybe_day("purchase")) if day is not None)
    bought_on = max(days, default=statement_on - timedelta(days=1))
    return {"due": _of_purchase(cycle, bought_on, count)}


def _of_purchase(cycle: Cycle, bought_on: date, count: int) -> tuple[date, ...]:
    found = cycle.dues_of_purchase(bought_on, count)
    if found is None:
        raise UnusableError("neither the vector nor the product says when bills are made and due")
    return found


def _product_cycle(name: str | None) -> Cycle:
    """The cycle of the product that is named, if there is a sheet of it."""
    sheets = (known for known in products() if name in {known.id, known.id.rpartition("-")[2]})
    return next((known.cycle for known in sheets), Cycle())


def _told(given: Given, product: Cycle) -> Cycle:
    """The cycle of a product, in which the vector says more."""
    cycle = replace(product, mode=Mode(given.text("mode")))
    if given.get("bill_day") is not None:
        cycle = replace(cycle, statement_day=given.count("bill_day"))
    if given.get("due_day") is None and given.get("due_offset_days") is None:
        return cycle
    if given.one_of("due_day", "due_offset_days") == "due_day":
        return replace(cycle, due=FixedDay(given.count("due_day")))
    return replace(cycle, due=DaysAfter(given.count("due_offset_days")))
