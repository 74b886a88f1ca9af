"""Minimum payments, what paying only them comes to, and the interest of Chinese cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from planner.domain.minimum.card_interest import CardTransaction, card_interest
from planner.domain.minimum.disclosure import repayment_disclosure
from planner.domain.minimum.path import Balance
from planner.domain.minimum.revolving import revolving_most_months
from planner.domain.minimum.rule import BillParts, MinimumReading, baitiao_minimum
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.term import MinimumRule
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError, as_decimal

_A_TENTH = Decimal("0.10")


def of_baitiao(given: Given) -> Answers:
    """The minimum of a Baitiao bill."""
    found = baitiao_minimum(
        given.money("new_uninstalmented"),
        _maybe_money(given, "instalment_due"),
        _maybe_money(given, "carried"),
        _maybe_money(given, "fees") + _maybe_money(given, "penalty"),
        part=_part(given),
        last_minimum_paid=_is_true(given, "last_min_paid"),
    )
    return {"minimum": found}


def of_cn_card(given: Given) -> Answers:
    """The minimum of a bill of a Chinese card."""
    unpaid, over = _maybe_money(given, "previous_min_unpaid"), _maybe_money(given, "over_limit")
    zero = unpaid.zero
    parts = BillParts(
        fresh=given.money("purchases") + over,
        instalments=_maybe_money(given, "instalment_due"),
        carried=unpaid,
        charges=_maybe_money(given, "fees"),
        interest=_maybe_money(given, "interest"),
        unitemised=zero,
        over_limit=over,
        previous_unpaid=unpaid,
    )
    return {"minimum": MinimumReading(MinimumRule.CN_CARD, _part(given)).of(parts)}


def interest_of_cn_card(given: Given) -> Answers:
    """The interest on the next statement where a bill is not paid in full."""
    given.maybe_day("statement_day")  # the free time is lost whenever the bill was made
    transactions = [
        CardTransaction(on, amount)
        for on, amount in _dated(given.several("transactions"), "posted", given.currency)
    ]
    payments = _dated(given.get("payments") or [], "date", given.currency)
    statement = given.day("next_statement")
    (found,) = card_interest(transactions, payments, [statement], given.rate("daily_rate", Per.DAY))
    return {
        "interest": found.interest,
        "principal_left": found.left,
        "parts": tuple((part.base, part.days, part.amount) for part in found.parts),
    }


def of_american_card(given: Given) -> Answers:
    """The figures of the minimum payment warning on an American statement."""
    rates = [Rate(as_decimal(rate, "a rate")) for rate in given.several("aprs")]
    amounts = [Money.of(as_decimal(amount, "a balance"), "USD") for amount in given.several("balances")]
    if len(rates) != len(amounts):
        raise UnusableError("each balance needs a rate")
    last = given.count("promo_last_month", usual=0)
    regular = given.maybe_decimal("regular_rate")
    balances = [Balance(amount, rate) for amount, rate in zip(amounts, rates, strict=True)]
    if last and regular is not None:
        balances[0] = Balance(amounts[0], rates[0], Rate(regular), last)
    least = Money.of(given.maybe_decimal("min_dollar") or 0, "USD")
    found = repayment_disclosure(balances, least, given.maybe_decimal("min_percent") or Decimal(0))
    return {
        "payment_36": found.payment,
        "total_36": found.total,
        "months_min": found.path.months,
        "total_min": found.path.total,
        "savings": found.saved,
    }


def months_of_french_revolving(given: Given) -> Answers:
    """How long a French revolving credit may take."""
    return {"max_months": revolving_most_months(Money.of(given.decimal("credit"), "EUR"))}


def _part(given: Given) -> Decimal:
    rate = given.maybe_decimal("rate")
    return _A_TENTH if rate is None else rate


def _maybe_money(given: Given, name: str) -> Money:
    return Money(0, given.currency) if given.get(name) is None else given.money(name)


def _is_true(given: Given, name: str) -> bool:
    value = given.need(name)
    if not isinstance(value, bool):
        raise UnusableError(f"{name} is {value!r}, which is neither yes nor no")
    return value


def _dated(rows: object, name: str, currency: str) -> Sequence[tuple[date, Money]]:
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and set(row) == {name, "amount"} for row in rows
    ):
        raise UnusableError(f"{rows!r} are no amounts with dates")
    return [
        (date.fromisoformat(row[name]), Money.of(as_decimal(row["amount"], "it"), currency)) for row in rows
    ]
