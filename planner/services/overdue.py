"""The place Late cost: what each day of delay costs, on what is recorded or on a made-up amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.money import Money, sum_of
from planner.domain.overdue import LateCost, LateItem, late_cost, late_items
from planner.domain.sourced import Source, Span
from planner.domain.term import LateBase, Term
from planner.domain.terms import TermClaim, Terms
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.billing import bought_within
from planner.store.store import Store

_A_MONTH = 30
_FURTHEST = 730


class NothingLateError(PlannerError):
    """Nothing with a date was chosen."""

    message = N_("Choose at least one bill or instalment with a due date.")


class PastDayError(PlannerError):
    """A day of paying that has passed."""

    message = N_("Nothing can be paid in the past. Choose {today} or a later day.")


class TooFarError(PlannerError):
    """A day of paying too far away to say anything sensible about."""

    message = N_("Choose a day up to {last}. What is later than that is for the lender to say.")


def may_be_late(store: Store, account_id: str, today: date) -> tuple[Due, ...]:
    """The dues of an account that are late or could be: still to pay, with a date; by date."""
    dues = store.ledgers.position(today).of_account(account_id).open_dues
    return tuple(due for due in dues if due.due_on is not None)


def accounts_with_dues(store: Store, today: date) -> tuple[Account, ...]:
    """The accounts that have something which is late or could be; those with something late first."""
    position = store.ledgers.position(today)
    late = {due.account_id for due in position.late}
    dated = {due.account_id for due in position.open_dues if due.due_on is not None}
    found = [account for account in store.accounts.all() if account.id in dated]
    return tuple(sorted(found, key=lambda account: account.id not in late))


def cost_of_delay(store: Store, due_ids: Sequence[str], today: date, until: date) -> LateCost:
    """What it costs to pay some dues of one account late, for every day up to ``until``.

    Compared: paying today, on ``until``, and in 30 days.

    Raises:
        NothingLateError: None of them is open and has a date.
        PastDayError: ``until`` has passed.
        TooFarError: ``until`` is more than two years away.
    """
    _check_day(today, until)
    wanted = set(due_ids)
    position = store.ledgers.position(today)
    chosen = [due for due in position.open_dues if due.id in wanted and due.due_on is not None]
    if not chosen:
        raise NothingLateError
    account = store.accounts.get(chosen[0].account_id)
    chosen = [due for due in chosen if due.account_id == account.id]
    items = [
        replace(item, bought=bought_within(store, due))
        for due, item in zip(chosen, late_items(chosen), strict=True)
    ]
    others = position.of_account(account.id).open_dues
    other = sum_of((due.open for due in others if due.id not in wanted), account.currency)
    posted = _posted_since(store, account, min(item.due_on for item in items), today)
    return late_cost(items, other, account.terms, today, until, _days(today, until), posted=posted)


def cost_of_delay_typed(amount: Money, due_on: date, terms: Terms, today: date, until: date) -> LateCost:
    """What it would cost to pay a made-up amount late.

    Args:
        amount: How much.
        due_on: When it is or was due.
        terms: The terms of an account or product, or those the user typed.
        today: The day of deciding.
        until: The chosen day of paying.

    Raises:
        NothingLateError: The amount is nothing.
        PastDayError: ``until`` has passed.
        TooFarError: ``until`` is more than two years away.
    """
    if amount.minor <= 0:
        raise NothingLateError
    _check_day(today, until)
    bought = Span(add_months(due_on, -1), due_on)
    item = LateItem(Phrase("Typed amount"), due_on, amount, bought=bought)
    return late_cost((item,), amount.zero, terms, today, until, _days(today, until))


def _check_day(today: date, until: date) -> None:
    if until < today:
        raise PastDayError(today=today)
    last = today + timedelta(days=_FURTHEST)
    if until > last:
        raise TooFarError(last=last)


def _days(today: date, until: date) -> list[date]:
    """Today, the chosen day and in 30 days, each once, by date."""
    return sorted({today, until, today + timedelta(days=_A_MONTH)})


def _posted_since(store: Store, account: Account, first: date, today: date) -> Money:
    """The penalties that the lender has posted since the first missed due date, each once."""
    charges = [
        charge.amount
        for charge in store.charges.of_account(account.id)
        if charge.kind is LineKind.PENALTY and first < charge.posted_on <= today
    ]
    lines = [
        line.amount
        for bill in store.bills.due_since(account.id, first)
        if first < bill.statement_on <= today
        for line in bill.lines
        if line.kind is LineKind.PENALTY and not line.refers_to
    ]
    return sum_of((*charges, *lines), account.currency)


# --- what the user knows of the terms --------------------------------------------------------------

OWN_TERMS = (Term.LATE_RATE, Term.GRACE_DAYS, Term.LATE_BASE)


def late_claims(
    source: Source, rate: Decimal | None = None, grace: int | None = None, base: LateBase | None = None
) -> tuple[TermClaim, ...]:
    """The user's own claims on being late, as they go into the terms of an account or of an example.

    Args:
        source: Who says so.
        rate: The late rate a day as a fraction; None if they do not know it.
        grace: The days of grace; None if they do not know them.
        base: What the rate is charged on; None if they do not know it.
    """
    texts = (
        f"{rate.normalize():f}" if rate is not None else None,
        str(grace) if grace is not None else None,
        base.value if base is not None else None,
    )
    return tuple(
        TermClaim(term, "", text, source)
        for term, text in zip(OWN_TERMS, texts, strict=True)
        if text is not None
    )


def with_claims(terms: Terms, claims: Iterable[TermClaim]) -> Terms:
    """Terms with the user's own claims on being late; what is not among them is as published."""
    for term in OWN_TERMS:
        terms = terms.published(term)
    for claim in claims:
        terms = terms.overridden(claim)
    return terms


def set_late_terms(store: Store, account_id: str, claims: Iterable[TermClaim]) -> Account:
    """Put what the user knows about being late above what is published; the rest goes back to that."""
    account = store.accounts.get(account_id)
    account = replace(account, terms=with_claims(account.terms, claims))
    store.accounts.save(account)
    return account
