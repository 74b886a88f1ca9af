"""What is published now beside what an account copied of it; taken over only when the user says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from planner.domain.account import Account
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.catalogue import BLANK, product
from planner.store.store import Store

Key = tuple[Term, str]


@dataclass(frozen=True, slots=True)
class Update:
    """One term whose published claims are others than those the account copied.

    Attributes:
        term: Which.
        about: What it is about within the term.
        old: What the account copied; empty if it copied nothing.
        new: What is published now; empty if nothing is any more.
        has_own: Whether the user's own value counts in any case.
    """

    term: Term
    about: str
    old: Terms
    new: Terms
    has_own: bool

    @property
    def key(self) -> Key:
        """The term, and what it is about within it."""
        return self.term, self.about

    @property
    def is_checked_again(self) -> bool:
        """Whether only the day on which somebody looked is another one."""
        return _said(self.old) == _said(self.new)

    @property
    def is_removal(self) -> bool:
        """Whether nothing is published any more, so that taking it over leaves nothing of what was copied."""
        return not self.new.claims


def _said(terms: Terms) -> list[tuple[str, str]]:
    return [(claim.text, claim.source.name) for claim in terms.claims]


def updates_for(store: Store, account: Account) -> tuple[Update, ...]:
    """What is published of an account's product and differs from what it copied, in the order of the terms.

    An account of no product, or of one that is not known any more, has nothing to compare with.
    """
    sheet = product(store, account.product) if account.product not in {"", BLANK} else None
    if sheet is None:
        return ()
    old, new = _by_key(account.terms.claims), _by_key(sheet.terms.claims)
    order = list(Term)
    keys = sorted({*old, *new}, key=lambda key: (order.index(key[0]), len(key[1]), key[1]))
    return tuple(
        Update(
            *key,
            Terms(old.get(key, ())),
            Terms(new.get(key, ())),
            has_own=account.terms.read(*key).own is not None,
        )
        for key in keys
        if old.get(key, ()) != new.get(key, ())
    )


def _by_key(claims: Collection[TermClaim]) -> dict[Key, tuple[TermClaim, ...]]:
    """The published claims, by what they are about."""
    found: dict[Key, tuple[TermClaim, ...]] = {}
    for claim in claims:
        if not claim.source.origin.is_own:
            key = (claim.term, claim.about)
            found[key] = (*found.get(key, ()), claim)
    return found


def take_updates(store: Store, account_id: str, keys: Collection[Key]) -> Account:
    """Copy what is published now of some terms to an account, in place of what it copied before.

    The user's own values stay and go on counting; nothing that is recorded moves.

    Args:
        store: The open file.
        account_id: The account.
        keys: Which terms, each with what it is about within it.
    """
    account = store.accounts.get(account_id)
    claims = list(account.terms.claims)
    for update in updates_for(store, account):
        if update.key in keys:
            old = update.old.claims
            place = next((at for at, claim in enumerate(claims) if claim in old), len(claims))
            claims = [*claims[:place], *update.new.claims, *(c for c in claims[place:] if c not in old)]
    account = replace(account, terms=Terms(tuple(claims)))
    store.accounts.save(account)
    return account
