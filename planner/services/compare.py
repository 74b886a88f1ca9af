"""The place Compare: one amount, every way to settle it, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.domain.account import Account, Product
from planner.domain.apr import Convention
from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due, DueKind
from planner.domain.late.by_mode import late_terms
from planner.domain.law.cap_flags import Flag
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, Outcome, SortBy, compare
from planner.domain.offers.cost_card import CostCard, cost_card
from planner.domain.offers.listing import offers_from
from planner.domain.offers.outcome import outcome
from planner.domain.offers.question import Question
from planner.domain.plans.schedule import rounding_of
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.accounts import account_from
from planner.services.billing import bought_within
from planner.services.catalogue import cap_flags, product
from planner.services.legal_lines import law_of
from planner.services.minimum import MinimumOutlook, minimum_outlook
from planner.services.plans import moved_out_of
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
        beside: The other lender's product whose ways stand beside the account's; None if none do.
        flags: Where each offer stands to the legal lines, by its id; empty where nobody looked.
        minimum: What paying only the minimum comes to; None where nobody asked.
    """

    question: Question
    outcomes: tuple[Outcome, ...]
    today: date
    free_until: Derived[Span[date]] | None = None
    beside: Product | None = None
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)
    minimum: MinimumOutlook | None = None

    @property
    def convention(self) -> Convention | None:
        """By which rules the true rates are worked out; None if not all by the same."""
        found = {end.convention for each in self.outcomes for end in each.ends}
        return found.pop() if len(found) == 1 else None

    def flags_of(self, outcome: Outcome) -> tuple[Flag, ...]:
        """Where a way stands to the legal lines."""
        return self.flags.get(outcome.offer.id, ())


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
        calendar=store.ledgers.calendar_of(account),
        doubt=due.doubt,
        moved=moved_out_of(store, bill) if bill is not None else None,
    )


def typed_question(
    amount: Money,
    account: Account | None,
    today: date,
    due_on: date | None = None,
    label: Phrase | None = None,
    calendar: BusinessCalendar | None = None,
) -> Question:
    """A typed amount as something to be settled, as if bought today unless it is due sooner.

    Args:
        amount: How much.
        account: The account, or a product made into one, whose terms count; None for none.
        today: The day of deciding.
        due_on: When it is due; None for what the account's cycle says, or else in a month.
        label: What it is.
        calendar: The working days on which due dates of the account depend.

    Raises:
        NothingToCompareError: The amount is nothing or less.
    """
    if amount.minor <= 0:
        raise NothingToCompareError
    doubt = None
    if due_on is None and account is not None:
        for by_cycle in account.cycle.dues_of_purchase(today, 1, calendar) or ():
            due_on, doubt = by_cycle.on, by_cycle.doubt
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
        calendar=calendar,
        doubt=doubt,
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
    sheet = product(store, key)
    return replace(account_from(sheet, sheet.name), id=sheet.id) if sheet is not None else None


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
        theirs = _of_other(question, beside)
        rounding = rounding_of(beside.terms)
        outcomes += [
            outcome(theirs, offer, today, rounding)
            for offer in offers_from(beside.terms, has_minimum=has_minimum, whose=beside.name)
        ]
    return Comparison(question, compare(outcomes, by), today, _free_until(question), beside)


def _of_other(question: Question, beside: Product) -> Question:
    """What is to be settled, as another lender sees it: its law holds, and no minimum is stated."""
    account = question.account
    if account is not None:
        account = replace(account, country=beside.country or account.country)
    return replace(question, account=account, minimum=None, moved=None)


def in_full(store: Store, found: Comparison) -> Comparison:
    """A comparison with what only the file knows: the legal lines, and what the minimum comes to.

    Args:
        store: The open file.
        found: What was compared.
    """
    question, beside = found.question, found.beside
    country = question.account.law if question.account is not None else ""
    theirs = beside.country if beside is not None else ""
    flags = {}
    for each in found.outcomes:
        law = law_of(each, country, theirs, question.amount.currency)
        flags[each.offer.id] = cap_flags(store, each, law, question.amount, found.today)
    return replace(found, flags=flags, minimum=minimum_outlook(store, question, found.today))


def cost_cards(found: Comparison) -> tuple[CostCard, ...]:
    """The cost card of each way that can be compared and costs time, in their order.

    Args:
        found: What was compared.
    """
    cards = (card_of(found, outcome) for outcome in found.outcomes)
    return tuple(card for card in cards if card is not None)


def card_of(found: Comparison, outcome: Outcome) -> CostCard | None:
    """The cost card of one way; None if it cannot be compared or is paying in full.

    An offer of the user's own has no terms here: what default costs there is not known.

    Args:
        found: What was compared.
        outcome: One of its outcomes.
    """
    offer, account = outcome.offer, found.question.account
    if offer.kind is OfferKind.FULL:
        return None
    if offer.whose and found.beside is not None:
        other = Account("", found.beside.lender, found.beside.currency, country=found.beside.country)
        question = replace(found.question, account=other)
        return cost_card(outcome, found.beside.terms, question, Phrase(found.beside.lender))
    if offer.is_own:
        lender = Phrase.own(offer.name) if offer.name else Phrase("Who makes the offer")
        return cost_card(outcome, Terms(), found.question, lender)
    if account is None:
        return cost_card(outcome, Terms(), found.question, Phrase("The lender"))
    return cost_card(outcome, late_terms(account), found.question, Phrase(account.lender or account.name))


def _free_until(question: Question) -> Derived[Span[date]] | None:
    """The last day on which paying in full costs nothing: the due date, or the lender's free days.

    None for a credit that bears interest from the drawing, and where nobody says that it does not.
    """
    terms = question.account.terms if question.account is not None else Terms()
    if question.is_late or not _has_free_time(terms):
        return None
    rule = Phrase(
        "Until the due date nothing is charged; where it is not known, until the free days are over."
    )
    if question.due_on is not None:
        due = Given(Phrase("Due date"), question.due_on)
        return Derived(Span.exactly(question.due_on), Derivation(rule, (due,)))
    days = terms.free_days
    if days.is_unknown or question.bought is None:
        return None
    bought = question.bought.high
    span = Span(bought + timedelta(days=days.lowest().value), bought + timedelta(days=days.highest().value))
    given = [Given(Phrase("Bought on"), bought)]
    given += [Given(Phrase("Free days"), claim.value, claim.source) for claim in days.counting]
    return Derived(span, Derivation(rule, tuple(given), (Working(Phrase("The last free day"), span),)))


def _has_free_time(terms: Terms) -> bool:
    """Whether nothing is charged until the due date: free days are stated, or a charge on the rest alone.

    A charge on what is carried on, also where it then runs from the purchases, spares what is paid in full.
    """
    return not (terms.free_days.is_unknown and terms.carry_from.is_unknown and terms.carry_rate.is_unknown)
