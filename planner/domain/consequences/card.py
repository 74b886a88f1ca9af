"""Short cards on what being late may lead to, and which of them concern somebody now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.account import ELSEWHERE, State
from planner.domain.sourced import Source


@dataclass(frozen=True, slots=True)
class Concerns:
    """When a card concerns somebody; one of these is enough, and without any it never stands first.

    Attributes:
        from_day: Something is late for that many days or more; 0 already concerns who is in time.
        states: The account is in one of these states.
        is_past: Something was late and is paid.
        is_three_six: Three months in a row or six in all were late.
    """

    from_day: int | None = None
    states: frozenset[State] = frozenset()
    is_past: bool = False
    is_three_six: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One fact on what being late may lead to.

    Attributes:
        id: Its key within its country.
        country: ISO 3166 code; ELSEWHERE for what holds everywhere.
        title: The fact in a few words; a catalogue text.
        text: What there is to say of it; a catalogue text.
        source: Who says so, when somebody looked, and how far that can be trusted.
        concerns: When it stands first.
        products: The ids of the products it is about; empty for all.
        also: Who else says so, or a part of it.
        procedure: The id of the procedure that helps; empty for none.
    """

    id: str
    country: str
    title: str
    text: str
    source: Source
    concerns: Concerns = Concerns()
    products: tuple[str, ...] = ()
    also: tuple[Source, ...] = ()
    procedure: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everybody who says so."""
        return (self.source, *self.also)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says of somebody, as far as cards ask.

    Attributes:
        country: ISO 3166 code of the country whose rules hold; ELSEWHERE where none is known.
        product: The id of the product; empty for none.
        days_late: For how many days the longest is late; 0 if nothing is.
        states: What lies over the account: frozen, locked, reported.
        was_late: Whether anything was ever late.
        is_three_six: Whether three months in a row or six in all were late.
    """

    country: str
    product: str = ""
    days_late: int = 0
    states: frozenset[State] = frozenset()
    was_late: bool = False
    is_three_six: bool = False


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards that may be shown to somebody.

    Attributes:
        first: Those that concern them now.
        others: All others of their country and product.
    """

    first: tuple[Card, ...] = ()
    others: tuple[Card, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.first or self.others)


NO_CARDS = Cards()


def chosen(cards: Iterable[Card], standing: Standing) -> Cards:
    """The cards of a country and a product, those that concern somebody apart; in the order they come in.

    What a country says itself stands for what holds everywhere under the same key.

    Args:
        cards: Every card.
        standing: What the record says of somebody.
    """
    found = [
        card
        for card in cards
        if card.country in {standing.country, ELSEWHERE}
        and (not card.products or standing.product in card.products)
    ]
    own = {card.id for card in found if card.country == standing.country}
    found = [card for card in found if card.country == standing.country or card.id not in own]
    found.sort(key=lambda card: card.country != standing.country)
    first = tuple(card for card in found if concerns(card.concerns, standing))
    return Cards(first, tuple(card for card in found if card not in first))


def concerns(when: Concerns, standing: Standing) -> bool:
    """Whether a card concerns somebody now."""
    return (
        (when.from_day is not None and standing.days_late >= when.from_day)
        or bool(when.states & standing.states)
        or (when.is_past and standing.was_late and not standing.days_late)
        or (when.is_three_six and standing.is_three_six)
    )
