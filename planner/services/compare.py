"""The place Compare: one amount, every way to settle it, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.account import Account, Product
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.money import Money
from planner.domain.offer import Offer, OfferKind, Outcome, SortBy, compare, offers_from, rounding_of
from planner.domain.outcome import outcome
from planner.domain.question import Question
from planner.domain.sourced import Origin, Reliability, Source, Span
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.accounts import account_from, override_term, restore_term
from planner.services.billing import bought_within
from planner.store.catalogue import product
from planner.store.store import Store


class NothingToCompareError(PlannerError):
    """No amount to compare ways of settling."""

    message = N_("Enter an amount above zero, or choose a bill or purchase.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every way to settle an amount.

    Attributes:
        question: What is to be settled.
        outcomes: What each way comes to, sorted; what cannot be compared stands last.
        today: The day of deciding.
        free_until: The last day on which paying in full costs nothing; None if nobody says.
    """

    question: Question
    outcomes: tuple[Outcome, ...]
    today: date
    free_until: Derived[Span[date]] | None = None


def may_be_compared(store: Store, today: date) -> tuple[Due, ...]:
    """The open bills and purchases, by due date; unknown dates last."""
    kinds = {DueKind.BILL, DueKind.PURCHASE}
    return tuple(due for due in store.ledgers.position(today).open_dues if due.kind in kinds)


def question_of(store: Store, due: Due, today: date) -> Question:
    """A recorded due as something to be settled, today at the earliest."""
    account = store.accounts.get(due.account_id)
    bill = store.bills.find(due.id) if due.kind is DueKind.BILL else None
    return Question(
        due.open,
        max(due.due_on or today, today),
        account,
        due.label,
        is_bill=due.kind is DueKind.BILL,
        due_on=due.due_on,
        statement_on=bill.statement_on if bill is not None else None,
        minimum=due.open_minimum if due.minimum is not None and due.open_minimum else None,
        bought=bought_within(store, due),
        is_late=due.is_late(today),
        is_instalment=due.kind is DueKind.INSTALMENT,
    )


def typed_question(
    amount: Money,
    account: Account | None,
    today: date,
    due_on: date | None = None,
    label: Phrase | None = None,
) -> Question:
    """A typed amount as something to be settled, as if bought today unless it is due sooner.

    Args:
        amount: How much.
        account: The account, or a product made into one, whose terms count; None for none.
        today: The day of deciding.
        due_on: When it is due; None for what the account's cycle says, or else in a month.
        label: What it is.

    Raises:
        NothingToCompareError: The amount is nothing or less.
    """
    if amount.minor <= 0:
        raise NothingToCompareError
    if due_on is None and account is not None:
        due_on = next(iter(account.cycle.dues_of_purchase(today) or ()), None)
    due = due_on or add_months(today, 1)
    return Question(
        amount,
        max(due, today),
        account,
        label or Phrase("Typed amount"),
        is_bill=False,
        due_on=due_on,
        bought=Span(min(today, add_months(due, -1)), min(today, due)),
        is_late=due < today,
    )


def account_of_terms(store: Store, key: str) -> Account | None:
    """Whose terms count for a made-up amount: an account's, or a product's as if one had it.

    Args:
        store: The open file.
        key: The id of an account or of a product.
    """
    account = store.accounts.find(key)
    if account is not None:
        return account
    sheet = product(key)
    return replace(account_from(sheet, sheet.name), id=sheet.id) if sheet is not None else None


def with_rates(terms: Terms, rates: Mapping[int, Decimal], today: date) -> Terms:
    """Terms with the monthly fees that the user's app shows, for a comparison that no account keeps."""
    for count, fraction in rates.items():
        terms = terms.overridden(_app_claim(count, fraction, today))
    return terms


def set_app_rates(store: Store, account_id: str, rates: Mapping[int, Decimal | None], today: date) -> Account:
    """Put the monthly fees that the user's app shows above what is published, or take them back.

    Args:
        store: The open file.
        account_id: The account.
        rates: The fee a month as a fraction by number of instalments; None goes back to what is published.
        today: The day on which the user looked.
    """
    terms = store.accounts.get(account_id).terms
    for count, fraction in rates.items():
        shown = app_rate(terms, count)
        if fraction is None:
            if shown is not None:
                restore_term(store, account_id, Term.FEE_RATE, str(count))
        elif fraction != shown:
            override_term(store, account_id, _app_claim(count, fraction, today))
    return store.accounts.get(account_id)


def rate_counts(terms: Terms) -> tuple[int, ...]:
    """The numbers of instalments whose monthly fee may be asked for."""
    return tuple(offer.count for offer in offers_from(terms) if offer.kind is OfferKind.FLAT_FEE)


def app_rate(terms: Terms, count: int) -> Decimal | None:
    """The monthly fee that the user brought for a number of instalments, if any."""
    own = terms.fee_rate(count).own
    return own.value.fraction if own is not None else None


def _app_claim(count: int, fraction: Decimal, today: date) -> TermClaim:
    source = Source("", today, Reliability.CONTRACT, Origin.APP_SCREEN)
    return TermClaim(Term.FEE_RATE, str(count), f"{fraction.normalize():f}", source)


def comparison(
    question: Question,
    own: Sequence[Offer],
    today: date,
    by: SortBy = SortBy.TOTAL,
    beside: Product | None = None,
) -> Comparison:
    """What each way to settle an amount comes to, sorted by what the user cares about.

    Args:
        question: What is to be settled.
        own: Offers the user added.
        today: The day of deciding.
        by: What to sort by.
        beside: Another lender's product whose ways are to stand beside the account's.
    """
    terms = question.account.terms if question.account is not None else Terms()
    has_minimum = not question.is_instalment
    rounding = rounding_of(terms)
    usual = offers_from(terms, has_minimum=has_minimum)
    outcomes = [outcome(question, offer, today, rounding) for offer in (*usual, *own)]
    if beside is not None:
        theirs = replace(question, minimum=None)  # the one stated is this lender's
        rounding = rounding_of(beside.terms)
        outcomes += [
            outcome(theirs, offer, today, rounding)
            for offer in offers_from(beside.terms, has_minimum=has_minimum, whose=beside.name)
        ]
    return Comparison(question, compare(outcomes, by), today, _free_until(question))


def _free_until(question: Question) -> Derived[Span[date]] | None:
    """The last day on which paying in full costs nothing: the due date, or the lender's free days."""
    if question.is_late:
        return None
    rule = Phrase(
        "Until the due date nothing is charged; where it is not known, until the free days are over."
    )
    if question.due_on is not None:
        due = Given(Phrase("Due date"), question.due_on)
        return Derived(Span.exactly(question.due_on), Derivation(rule, (due,)))
    days = (question.account.terms if question.account is not None else Terms()).free_days
    if days.is_unknown or question.bought is None:
        return None
    bought = question.bought.high
    span = Span(bought + timedelta(days=days.lowest().value), bought + timedelta(days=days.highest().value))
    given = [Given(Phrase("Bought on"), bought)]
    given += [Given(Phrase("Free days"), claim.value, claim.source) for claim in days.counting]
    return Derived(span, Derivation(rule, tuple(given), (Working(Phrase("The last free day"), span),)))
