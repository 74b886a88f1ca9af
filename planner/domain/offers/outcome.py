"""From an offer to its outcome: what its dated payments come to, and what to know before choosing it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from planner.domain.convention import convention_of
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.offers.carried import doubt_of_dues
from planner.domain.offers.compared import Outcome
from planner.domain.offers.costing import Costing, costing
from planner.domain.offers.listing import most_instalments
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.offers.question import Question
from planner.domain.offers.readings import readings, split_parts
from planner.domain.offers.working import derivation
from planner.domain.plans.schedule import DEFAULT_ROUNDING, Rounding
from planner.domain.rate import Per, Rate
from planner.domain.recorded import as_recorded
from planner.domain.sourced import Sourced, Span
from planner.phrases import Phrase


def outcome(question: Question, offer: Offer, today: date, rounding: Rounding = DEFAULT_ROUNDING) -> Outcome:
    """What an offer comes to for an amount.

    In China the true rate counts the payments month by month, the first one month after the beginning,
    as the lender's own table does: a bill's instalments begin with its due date, when it could still
    be paid at no cost. Elsewhere it counts by dates. Payments never lie in the past.

    Args:
        question: What is to be settled.
        offer: The offer.
        today: The day of deciding.
        rounding: How the lender rounds rows.
    """
    notes = _notes(question, offer, today)
    missing = _over(question, offer, today) or _missing(question, offer)
    if missing is not None:
        return Outcome(offer, not_comparable=missing, notes=notes, is_late=question.is_late)
    account = question.account
    rules = convention_of(account.law if account is not None else "", question.amount.currency)
    ends = tuple(
        costing(
            question.amount,
            reading.rows,
            reading.months,
            reading.lent_on,
            rules,
            by_dates=reading.by_dates,
        )
        for reading in readings(question, offer, today, rounding)
    )
    low, high = min(ends, key=_order), max(ends, key=_order)
    return Outcome(
        offer,
        low,
        high,
        _advertised(question.amount, offer),
        notes=notes,
        is_late=question.is_late,
        readings=ends,
        explain=partial(derivation, question, offer, low, high),
    )


def _order(end: Costing) -> tuple[int, Decimal]:
    """What is dearer: the greater total, and of equal ones the higher rate."""
    return end.total.minor, end.apr.effective.fraction if end.apr is not None else Decimal(0)


def _over(question: Question, offer: Offer, today: date) -> Phrase | None:
    """Why a promotion cannot be taken: it is over, by every source, before the amount may be split."""
    if offer.last_day is None or offer.last_day.high >= question.may_be_split_from(today):
        return None
    return Phrase("Not offered: the last day of this promotion is {date}", date=offer.last_day.high)


def _missing(question: Question, offer: Offer) -> Phrase | None:
    """What keeps an offer from being compared."""
    if offer.kind is OfferKind.MINIMUM:
        if question.minimum is None and offer.minimum.is_unknown:
            return Phrase("Not comparable: the minimum rule is unknown")
        return Phrase("Not comparable: the charge on the rest is unknown") if offer.carry.is_unknown else None
    most = max(split_parts(question, offer))
    if question.moved and not most:
        return _ALL_MOVED
    least = _least(offer.split_least, question.amount.currency)
    if least is not None and most < least.low:
        return Phrase("Not offered: only {amount} or more can be put into instalments", amount=least.low)
    if offer.kind is OfferKind.FULL or not offer.is_fee_unknown:
        return None
    return _UNKNOWN_RATE if offer.kind.bears_interest else _UNKNOWN_FEE


_ALL_MOVED = Phrase("Not offered: as much of this bill as can be put into instalments is in them already")
_UNKNOWN_FEE = Phrase("Not comparable: the fee is unknown")
_UNKNOWN_RATE = Phrase("Not comparable: the yearly rate is unknown")


def _least(term: Sourced[Decimal], currency: str) -> Span[Money] | None:
    if term.is_unknown:
        return None
    ends = (term.lowest().value, term.highest().value)
    return Span(*(Money.rounded(end, currency) for end in ends))


def _notes(question: Question, offer: Offer, today: date) -> tuple[Phrase, ...]:
    """What to know before choosing an offer: when it is usually open, and to whom."""
    doubt = doubt_of_dues(question, offer.count if False in offer.starts_at_once else 0)
    notes = [doubt] if doubt is not None else []
    if offer.kind is OfferKind.MINIMUM and question.is_late:
        notes.append(Phrase("Paying the minimum now does not undo that it is late."))
    if offer.kind in {OfferKind.FLAT_FEE, OfferKind.PROMOTION, OfferKind.DEFERRAL}:
        notes += _when_open(question, today)
    if offer.kind in {OfferKind.FLAT_FEE, OfferKind.PROMOTION}:
        if question.is_instalment:
            notes.append(
                Phrase("This is an instalment already: lenders seldom split one again, and banks may not.")
            )
        notes += _limits(question, offer)
    if offer.kind is OfferKind.PROMOTION:
        notes += _of_promotion(offer)
    if offer.kind is OfferKind.DEFERRAL:
        notes.append(
            Phrase("Not everybody may put a bill off, and instalments in it stay due: look in the app.")
        )
    if offer.kind.bears_interest and not offer.is_own:
        notes.append(
            Phrase("Paid down at the lender’s yearly rate: the lender itself asks for the minimum only.")
        )
    if offer.kind is OfferKind.OWN and question.account is not None:
        most = most_instalments(question.account.terms)
        if most is not None and offer.count > most:
            notes.append(
                Phrase(
                    "More instalments than {lender} is known to offer ({most}).",
                    lender=Phrase(question.account.lender or question.account.name),
                    most=most,
                )
            )
    return tuple(notes)


def _of_promotion(offer: Offer) -> list[Phrase]:
    """To whom a promotion is open, and that nobody says until when."""
    notes = [Phrase("Not everybody is offered this promotion: look in the app.")]
    if offer.last_day is None:
        notes.append(Phrase("End not known: nobody says how long this promotion lasts."))
    return notes


def _when_open(question: Question, today: date) -> list[Phrase]:
    """A bill can be split, or put off, from its statement to its due date."""
    if question.due_on is not None and question.due_on < today:
        return [Phrase("Usually not offered after the due date.")]
    if question.is_bill and question.statement_on is not None and today < question.statement_on:
        return [Phrase("Usually offered from the statement of {date} on.", date=question.statement_on)]
    return []


def _limits(question: Question, offer: Offer) -> list[Phrase]:
    """How much may be put into instalments at all."""
    notes = []
    parts = split_parts(question, offer)
    if min(parts) < question.amount:
        rest = Span(question.amount - max(parts), question.amount - min(parts))
        rule = Phrase("What stays due = the amount − the part of it that can be put into instalments")
        given = (
            Given(Phrase("The amount"), question.amount),
            Given(Phrase("Can be put into instalments"), Span(min(parts), max(parts))),
        )
        made = Derived(rest, Derivation(rule, given, (Working(Phrase("Stays due"), rest),)))
        notes.append(
            Phrase("Not all of a bill can be put into instalments: {rest} of it stays due.", rest=made)
        )
    least = _least(offer.split_least, question.amount.currency)
    if least is not None and least.low <= max(parts) and min(parts) < least.high:
        amount = as_recorded(Phrase("The least that can be put into instalments"), least.high)
        notes.append(
            Phrase("By some sources only {amount} or more can be put into instalments.", amount=amount)
        )
    return notes


def _advertised(amount: Money, offer: Offer) -> Span[Rate] | None:
    """The yearly rate as it is advertised: twelve times the monthly fee, 365 times the daily charge."""
    yearly = [claim.value.yearly for claim in offer.interest.counting]
    if offer.kind in {OfferKind.MINIMUM, OfferKind.DEFERRAL}:
        yearly = [claim.value.yearly for claim in offer.carry.counting]
    yearly += [claim.value.yearly for claim in offer.fee.counting]
    if offer.count:
        yearly += [claim.value / offer.count * Per.MONTH.value for claim in offer.whole_fee.counting]
    if offer.total_fee is not None and amount:
        yearly = [Decimal(offer.total_fee.minor) / amount.minor / offer.count * Per.MONTH.value]
    return Span(Rate(min(yearly)), Rate(max(yearly))) if yearly else None
