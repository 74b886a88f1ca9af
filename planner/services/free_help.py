"""Who helps with debts without a fee: what comes with the program, and what the user loaded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from planner.domain.account import ELSEWHERE, usual_country
from planner.domain.hardship.help import HelpEntry
from planner.domain.published import PublishedKind
from planner.store import catalogue
from planner.store.published import read
from planner.store.store import Store


def help_for(store: Store, country: str, products: Collection[str] = ()) -> tuple[HelpEntry, ...]:
    """Who helps without a fee in a country, and then what holds everywhere; of each entry the newest.

    Args:
        store: The open file.
        country: ISO 3166 code; ELSEWHERE where nothing is known of it.
        products: The products of the user's accounts: help about others is left out.
    """
    wanted = (country, ELSEWHERE)
    found = [
        entry
        for entry in _entries(store)
        if entry.country in wanted and (not entry.products or set(entry.products) & set(products))
    ]
    known = {entry.id for entry in found if entry.country == country}
    # What the country has of its own stands for what holds everywhere.
    found = [entry for entry in found if entry.country == country or entry.id not in known]
    return tuple(sorted(found, key=lambda entry: entry.country != country))


def help_countries(store: Store) -> tuple[str, ...]:
    """The countries of which help is known, ELSEWHERE last."""
    found = dict.fromkeys(entry.country for entry in _entries(store))
    return tuple(sorted(found, key=lambda country: (country == ELSEWHERE, country)))


def likely_country(store: Store, currency: str) -> str:
    """The country of the accounts in a currency; the usual one of the currency without any."""
    laws = [account.law for account in store.accounts.all() if account.currency == currency]
    return max(laws, key=laws.count, default=usual_country(currency) or ELSEWHERE)


def _entries(store: Store) -> list[HelpEntry]:
    """Every entry of every sheet; of one entry the one that somebody looked at last."""
    own = [read(published) for published in store.published.of_kind(PublishedKind.HELP)]
    newest: dict[tuple[str, str], HelpEntry] = {}
    for sheet in (*catalogue.sheets(PublishedKind.HELP), *own):
        for entry in sheet.help if sheet is not None else ():
            known = newest.get((entry.country, entry.id))
            if known is None or _looked_at(entry) >= _looked_at(known):
                newest[entry.country, entry.id] = entry
    return list(newest.values())


def _looked_at(entry: HelpEntry) -> date:
    return entry.source.checked or date.min
