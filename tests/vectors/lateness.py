"""What being late costs, and how long it stays on record."""

from __future__ import annotations

from datetime import timedelta

from planner.domain.bill import LineKind
from planner.domain.late.charges import late_charges
from planner.domain.late.ends import late_ends
from planner.domain.late.fixed_fee import late_fee, us_most_late_fee
from planner.domain.late.indemnity import most_indemnity
from planner.domain.late.item import LateItem, late_case
from planner.domain.late.simple import penalty_span, simple_penalty
from planner.domain.law.credit_register import one_time_repair, record_leaves, record_words
from planner.domain.money import Money, sum_of
from planner.domain.rate import Per, Rate
from planner.domain.term import Indemnity
from planner.phrases import Phrase
from planner.store.catalogue import product
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError, as_decimal

# The inputs of each way in which a French credit is not paid.
_FRENCH = {
    "acceleration": (Indemnity.ACCELERATED, "capital_outstanding"),
    "unpaid_instalments": (Indemnity.UNPAID, "unpaid"),
    "postponed_instalments": (Indemnity.POSTPONED, "postponed"),
}


def penalty(given: Given) -> Answers:
    """The penalty for some days."""
    rate = given.rate("daily_rate", Per.DAY)
    found = simple_penalty(
        given.money("unpaid"), rate, given.count("days"), given.maybe_decimal("min_per_day")
    )
    return {"penalty": found}


def penalties(given: Given) -> Answers:
    """The least and the greatest penalty where the sources disagree about the rate."""
    rates = [Rate(as_decimal(rate, "a rate"), Per.DAY) for rate in given.several("rates")]
    found = penalty_span(
        given.money("unpaid"), rates, given.count("days"), given.maybe_decimal("min_per_day")
    )
    return {"low": found.low, "high": found.high}


def fee_on_minimum(given: Given) -> Answers:
    """The fee of a Chinese card on what is missing of the minimum."""
    missed = given.money("minimum") - given.money("paid")
    return {"fee": late_fee(missed, given.decimal("rate"))}


def french_default(given: Given) -> Answers:
    """The greatest indemnity for a French credit that is not paid."""
    mode = given.text("mode")
    if mode not in _FRENCH:
        raise UnusableError(f"nobody knows the way {mode!r} not to pay")
    of, name = _FRENCH[mode]
    listed = [given.need(name)] if of is Indemnity.ACCELERATED else given.several(name)
    amounts = [Money.of(as_decimal(amount, name), given.currency) for amount in listed]
    return {"max_indemnity": most_indemnity(amounts, of).value}


def klarna_fee(given: Given) -> Answers:
    """What Klarna charges in the United Kingdom for payments that are late by some days."""
    sheet = product("klarna-uk")
    if sheet is None:
        raise UnusableError("there is no sheet of Klarna in the United Kingdom")
    order, days, count = given.money("order"), given.count("days_late"), given.count("missed_payments")
    today = sheet.revision
    rows = [
        LateItem(Phrase("Payment"), today - timedelta(days=days), order, order=order, order_id="order")
        for _ in range(count)
    ]
    fees = {
        sum_of(
            (
                charge.amount
                for charge in late_charges(late_case(rows, order.zero), end, today)
                if charge.kind is LineKind.FEE
            ),
            order.currency,
        )
        for end in late_ends(sheet.terms, sheet.country)
    }
    if len(fees) != 1:
        raise UnusableError("the sources disagree")
    return {"fee": fees.pop()}


def american_late_fee(given: Given) -> Answers:
    """The greatest late fee of a card in the United States."""
    repeat = given.need("repeat_within_6_cycles")
    if not isinstance(repeat, bool):
        raise UnusableError(f"repeat_within_6_cycles is {repeat!r}, neither true nor false")
    return {"max_fee": us_most_late_fee(given.money("minimum_due"), is_repeat=repeat).value}


def record_of_china(given: Given) -> Answers:
    """When a late record leaves the Chinese register."""
    paid_off = given.maybe_day("paid_off")
    return {"deleted_on_or_after": record_leaves(paid_off), "text": str(record_words(paid_off))}


def chinese_repair(given: Given) -> Answers:
    """Whether the one-time repair hides a late record."""
    found = one_time_repair(given.day("overdue_date"), given.money("amount"), given.maybe_day("repaid_on"))
    return {
        "eligible": found.is_hidden,
        "hidden_from": found.hidden_from,
        "hidden_by": found.hidden_by,
        "reason": found.reason or None,
    }
