"""The place Late cost: what each day of delay costs, on what is recorded or on a made-up amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.account import Account
from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.late.acceleration import Called, asked_at_once
from planner.domain.late.accrual import Dated
from planner.domain.late.agreement import Agreement
from planner.domain.late.by_mode import late_terms
from planner.domain.money import Money, sum_of
from planner.domain.overdue import LateCost, LateItem, Wishes, cost_of_case, late_case
from planner.domain.sourced import Source, Span
from planner.domain.term import LateBase, Term
from planner.domain.terms import TermClaim, Terms
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.consequences import cards_of_account, cards_of_example, marks_for
from planner.services.late_cases import late_case_of
from planner.services.late_history import counts_and_ahead
from planner.store.store import Store

_A_MONTH = 30
_FURTHEST = 730
MOST_PARTS = 120


class NothingLateError(PlannerError):
    """Nothing with a date was chosen."""

    message = N_("Choose at least one bill or instalment with a due date.")


class PastDayError(PlannerError):
    """A day of paying that has passed."""

    message = N_("Nothing can be paid in the past. Choose {today} or a later day.")


class TooFarError(PlannerError):
    """A day of paying too far away to say anything sensible about."""

    message = N_("Choose a day up to {last}. What is later than that is for the lender to say.")


class PartOutsideError(PlannerError):
    """A planned part after the day on which the rest is paid, or before today."""

    message = N_("Each part is paid between {today} and {until}, the day of the rest.")


class PartAmountError(PlannerError):
    """A planned part of nothing."""

    message = N_("A planned part needs an amount above zero.")


class PartCountError(PlannerError):
    """A plan with the lender in no parts, or in more than anybody agrees on."""

    message = N_("An agreement has between 1 and {most} parts.")


class LitigationError(PlannerError):
    """Costs of a lawsuit below nothing."""

    message = N_("The costs of a lawsuit cannot be less than nothing.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What else the user wants to see beside paying everything on a day.

    Attributes:
        parts: Days and amounts planned; the rest is paid on the chosen day.
        agreement: A plan with the lender; None for none.
        called_on: The day on which the lender asks for everything at once; None if it does not.
        litigation: The costs of a lawsuit; None for none.
    """

    parts: tuple[Dated, ...] = ()
    agreement: Agreement | None = None
    called_on: date | None = None
    litigation: Money | None = None


NOTHING_ELSE = Asked()


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


def cost_of_delay(
    store: Store,
    due_ids: Sequence[str],
    today: date,
    until: date,
    asked: Asked = NOTHING_ELSE,
    *,
    is_daily: bool = True,
) -> LateCost:
    """What it costs to pay some dues of one account late, for every day up to ``until``.

    Compared: paying today, on ``until``, and in 30 days, and what else is asked for.

    Args:
        store: The open store.
        due_ids: The dues.
        today: The day of deciding.
        until: The chosen day of paying.
        asked: What else the user wants to see.
        is_daily: Whether the cost of every single day is wanted too.

    Raises:
        NothingLateError: None of them is open and has a date.
        PastDayError: ``until`` has passed.
        TooFarError: ``until`` is more than two years away.
        PartOutsideError: A planned part lies outside of today and ``until``.
        PartAmountError: A planned part is nothing.
        PartCountError: An agreement has no parts, or too many.
        LitigationError: The costs of a lawsuit are below nothing.
    """
    _check(asked, today, until)
    wanted = set(due_ids)
    position = store.ledgers.position(today)
    chosen = [due for due in position.open_dues if due.id in wanted and due.due_on is not None]
    if not chosen:
        raise NothingLateError
    account = store.accounts.get(chosen[0].account_id)
    chosen = [due for due in chosen if due.account_id == account.id]
    others = [due for due in position.of_account(account.id).open_dues if due.id not in wanted]
    counts, ahead = counts_and_ahead(store, account, today)
    case = replace(
        late_case_of(store, account, chosen, others, today, counts),
        marks=marks_for(account.law, account.product),
        states=account.states,
        three_in_row_on=ahead.three_in_row_on,
        six_in_all_on=ahead.six_in_all_on,
    )
    if asked.called_on is not None:
        case = asked_at_once(case, asked.called_on)
    called = None if asked.called_on is None else _called(others, asked.called_on, account.currency)
    wishes = Wishes(asked.parts, asked.agreement, called, asked.litigation, counts)
    days = _days(today, until)
    cost = cost_of_case(case, late_terms(account), today, until, days, wishes, is_daily=is_daily)
    return replace(cost, cards=cards_of_account(store, account, today, counts))


def cost_of_delay_typed(  # noqa: PLR0913 - whose law and whose product stand beside whose terms
    amount: Money,
    due_on: date,
    terms: Terms,
    today: date,
    until: date,
    asked: Asked = NOTHING_ELSE,
    *,
    law: str = "",
    product: str = "",
) -> LateCost:
    """What it would cost to pay a made-up amount late.

    Args:
        amount: How much.
        due_on: When it is or was due.
        terms: The terms of an account or product, or those the user typed.
        today: The day of deciding.
        until: The chosen day of paying.
        asked: What else the user wants to see.
        law: ISO 3166 code of the country whose rules hold; empty for the usual one of the currency.
        product: The id of the product whose terms they are; empty for none.

    Raises:
        NothingLateError: The amount is nothing.
        PastDayError: ``until`` has passed.
        TooFarError: ``until`` is more than two years away.
        PartOutsideError: A planned part lies outside of today and ``until``.
        PartAmountError: A planned part is nothing.
        PartCountError: An agreement has no parts, or too many.
        LitigationError: The costs of a lawsuit are below nothing.
    """
    if amount.minor <= 0:
        raise NothingLateError
    _check(asked, today, until)
    bought = Span(add_months(due_on, -1), due_on)
    item = LateItem(Phrase("Typed amount"), due_on, amount, bought=bought)
    called = None if asked.called_on is None else Called(asked.called_on, amount.zero, amount.zero)
    wishes = Wishes(asked.parts, asked.agreement, called, asked.litigation)
    case = late_case((item,), amount.zero, law)
    case = replace(case, marks=marks_for(case.country, product))
    cost = cost_of_case(case, terms, today, until, _days(today, until), wishes)
    return replace(cost, cards=cards_of_example(amount.currency, law, product, due_on, today))


def _check(asked: Asked, today: date, until: date) -> None:
    if until < today:
        raise PastDayError(today=today)
    last = today + timedelta(days=_FURTHEST)
    if until > last:
        raise TooFarError(last=last)
    for on, amount in asked.parts:
        if not today <= on <= until:
            raise PartOutsideError(today=today, until=until)
        if amount.minor <= 0:
            raise PartAmountError
    if asked.agreement is not None:
        if not 1 <= asked.agreement.count <= MOST_PARTS:
            raise PartCountError(most=MOST_PARTS)
        if asked.agreement.first_on < asked.agreement.agreed_on:
            raise PastDayError(today=asked.agreement.agreed_on)
    if asked.litigation is not None and asked.litigation.minor < 0:
        raise LitigationError


def _days(today: date, until: date) -> list[date]:
    """Today, the chosen day and in 30 days, each once, by date."""
    return sorted({today, until, today + timedelta(days=_A_MONTH)})


def _called(others: Iterable[Due], called_on: date, currency: str) -> Called:
    """What would be asked for before its time: everything else on the account that is not due yet."""
    coming = [due for due in others if due.due_on is None or due.due_on > called_on]
    capital = sum_of((due.open_principal for due in coming), currency)
    return Called(called_on, capital, sum_of((due.open for due in coming), currency) - capital)


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
