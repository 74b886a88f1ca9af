"""What being late may lead to, chosen by what is recorded: cards, and what happens on which day."""

from __future__ import annotations

from datetime import date

from planner.domain.account import ELSEWHERE, Account, usual_country
from planner.domain.consequences.card import NO_CARDS, Cards, Standing, chosen
from planner.domain.consequences.mark import Mark
from planner.domain.late.counts import LateCounts
from planner.domain.procedures.case import Case
from planner.services.late_history import counts_of
from planner.store.consequence_sheets import consequence_sheets
from planner.store.store import Store


def cards_for(standing: Standing) -> Cards:
    """The cards for somebody of whom the record says something."""
    return chosen((card for sheet in consequence_sheets() for card in sheet.cards), standing)


def cards_of_account(store: Store, account: Account, today: date, counts: LateCounts | None = None) -> Cards:
    """The cards for an account, those that concern it as it stands first.

    Args:
        store: The open store.
        account: The account.
        today: The day.
        counts: How often it was late; None to have it counted.
    """
    return cards_for(standing_of(store, account, today, counts))


def cards_of_example(currency: str, law: str, product: str, due_on: date, today: date) -> Cards:
    """The cards for a made-up amount.

    Args:
        currency: ISO 4217.
        law: ISO 3166 code of the country whose rules hold; empty for the usual one of the currency.
        product: The product whose terms are taken; empty for none.
        due_on: When it is or was due.
        today: The day.
    """
    country = law or usual_country(currency) or ELSEWHERE
    return cards_for(Standing(country, product, max((today - due_on).days, 0)))


def cards_of_case(store: Store, case: Case, today: date) -> Cards:
    """The cards beside the steps of a procedure; none where it is not about being late.

    Args:
        store: The open store.
        case: The run of the procedure.
        today: The day.
    """
    about_lateness = {name for sheet in consequence_sheets() for name in sheet.procedures}
    account = store.accounts.find(case.account_id)
    if case.procedure not in about_lateness or account is None:
        return NO_CARDS
    return cards_of_account(store, account, today)


def standing_of(store: Store, account: Account, today: date, counts: LateCounts | None = None) -> Standing:
    """What the record says of an account, as far as cards ask.

    Args:
        store: The open store.
        account: The account.
        today: The day.
        counts: How often it was late; None to have it counted.
    """
    counts = counts if counts is not None else counts_of(store, account, today)
    late = store.ledgers.position(today).of_account(account.id).late
    return Standing(
        country=account.law,
        product=account.product,
        days_late=max((due.days_late(today) for due in late), default=0),
        states=account.restrictions_on(today),
        was_late=bool(counts.times),
        is_three_six=counts.reaches_three_in_a_row or counts.reaches_six_in_all,
    )


def marks_for(country: str, product: str) -> tuple[Mark, ...]:
    """What is published to happen on which day, for a country and a product.

    Args:
        country: ISO 3166 code.
        product: The id of the product; empty for none.
    """
    return tuple(
        mark for sheet in consequence_sheets() for mark in sheet.marks if mark.holds_for(country, product)
    )
