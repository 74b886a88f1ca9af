"""A credit line with a lender, and the product it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.dates import Cycle
from planner.domain.ids import new_id
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.terms import Terms
from planner.phrases import Phrase

# Whose law is taken where the user has not said; the euro has many countries, and this program knows one.
_USUAL_COUNTRY = {"CNY": "CN", "EUR": "FR", "GBP": "GB", "USD": "US"}

# ISO 3166 codes of the countries whose rules this program knows, and its code for all others.
KNOWN_COUNTRIES = ("CN", "FR", "GB", "US")
ELSEWHERE = "ZZ"


def usual_country(currency: str) -> str:
    """The country whose rules are taken for a currency; empty where none is known."""
    return _USUAL_COUNTRY.get(currency, "")


def titled(account: str, what: Phrase) -> Phrase:
    """What to call something of an account where several accounts are named.

    A plan that was made of a bill is called after its account: that name does not stand there twice.

    Args:
        account: What the user calls the account.
        what: What it is called within the account.
    """
    own = what.msgid if what.is_own else str(what.values.get("name", ""))
    if own.startswith(account):
        return what
    return Phrase("{account}: {what}", account=Phrase.own(account), what=what)


class State(StrEnum):
    """The life of an account, and what may lie over it. Overdue is derived, not a state."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    FROZEN = "frozen"
    LOCKED = "locked"
    REPORTED = "reported"

    @property
    def is_restriction(self) -> bool:
        """Whether it lies over the life of the account instead of being a part of it."""
        return self.stops_use or self is State.REPORTED

    @property
    def stops_use(self) -> bool:
        """Whether nothing can be paid with the account while it holds."""
        return self in {State.FROZEN, State.LOCKED}


@dataclass(frozen=True, slots=True)
class DatedState:
    """A state and the time it held.

    Attributes:
        state: Which.
        since: Its first day.
        until: The first day after it; None while it holds.
        note: What the user wrote beside it.
    """

    state: State
    since: date
    until: date | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day < self.until)


# What a product calls the debits that the account itself says are on or off.
AUTOMATIC_REPAYMENT = "Automatic repayment"


@dataclass(frozen=True, slots=True)
class LinkedService:
    """Something that hangs on the account: automatic repayment, a co-branded card.

    Attributes:
        name: What it is; a catalogue text or the user's own words.
        unlinked_on: The day the user took it off; None while it is linked.
        id: Its identity.
    """

    name: str
    unlinked_on: date | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a lender.

    Attributes:
        label: Whom one reaches.
        number: A telephone number or address, as the lender writes it.
        source: Where it was found.
    """

    label: str
    number: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The user's credit line with a lender.

    Attributes:
        name: What the user calls it.
        lender: Who lends.
        currency: ISO 4217.
        product: The id of the product whose terms it copied; empty for a blank one.
        limit: The credit limit; None if the user has not said.
        cycle: When it bills and when bills are due.
        terms: Its own copy of the terms.
        automatic: Whether the lender debits by itself.
        services: What hangs on it.
        states: Its history; empty means open.
        contacts: How to reach the lender; the user may edit them.
        note: The user's own words.
        country: ISO 3166 code of the country whose rules hold, or ELSEWHERE; empty for the usual one of
            the currency.
        cash_account_id: The cash account that pays what is debited; empty if the user has not said.
        lead_days: How many days before a due date to remind of it; None for as many as usual.
        id: Its identity.
    """

    name: str
    lender: str
    currency: str
    product: str = ""
    limit: Money | None = None
    cycle: Cycle = Cycle()
    terms: Terms = Terms()
    automatic: bool = False
    services: tuple[LinkedService, ...] = ()
    states: tuple[DatedState, ...] = ()
    contacts: tuple[Contact, ...] = ()
    note: str = ""
    country: str = ""
    cash_account_id: str = ""
    lead_days: tuple[int, ...] | None = None
    id: str = field(default_factory=new_id)

    @property
    def law(self) -> str:
        """ISO 3166 code of the country whose rules hold; ELSEWHERE where none is known."""
        return self.country or usual_country(self.currency) or ELSEWHERE

    @property
    def services_in_use(self) -> tuple[LinkedService, ...]:
        """What hangs on it or once did, without automatic repayment where nothing is debited."""
        return tuple(
            each
            for each in self.services
            if self.automatic or each.name != AUTOMATIC_REPAYMENT or each.unlinked_on is not None
        )

    def life_on(self, day: date) -> State:
        """Whether it is open, closing or closed on a day."""
        lives = [
            dated.state for dated in self.states if dated.holds_on(day) and not dated.state.is_restriction
        ]
        return lives[-1] if lives else State.OPEN

    def restrictions_on(self, day: date) -> frozenset[State]:
        """What lies over it on a day."""
        return frozenset(
            dated.state for dated in self.states if dated.holds_on(day) and dated.state.is_restriction
        )


@dataclass(frozen=True, slots=True)
class Product:
    """A kind of credit as published.

    Attributes:
        id: Its key, never reused.
        name: Its name; a catalogue text.
        lender: Who lends; a catalogue text.
        country: ISO 3166 code.
        currency: ISO 4217.
        cycle: Its usual cycle; unknown parts are for the user to say.
        terms: What is published, with sources.
        services: What is usually linked; catalogue texts.
        contacts: How to reach the lender.
        revision: The day the sheet was last checked.
        cycle_source: Who says what the usual cycle is; None if nobody does.
        description: What it is, in a sentence; a catalogue text, empty for none.
        description_source: Who says so; None without a description.
    """

    id: str
    name: str
    lender: str
    country: str
    currency: str
    cycle: Cycle
    terms: Terms
    services: tuple[str, ...]
    contacts: tuple[Contact, ...]
    revision: date
    cycle_source: Source | None = None
    description: str = ""
    description_source: Source | None = None
