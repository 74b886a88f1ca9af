"""What was bought on credit, by kind: the ones that are offered, or the user's own word or that of a file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from planner.phrases import N_, Phrase


class PurchaseCategory(StrEnum):
    """A kind of purchase that the program knows by name; its value is what is kept.

    The first eight are what lenders name themselves as uses of buying on credit.
    """

    LOCAL = "local"
    OVERSEAS = "overseas"
    CROWDFUNDING = "crowdfunding"
    RENT = "rent"
    TRAVEL = "travel"
    DECORATION = "decoration"
    EDUCATION = "education"
    WEDDING = "wedding"
    GROCERIES = "groceries"
    HOUSEHOLD = "household"
    ELECTRONICS = "electronics"
    CLOTHES = "clothes"
    HEALTH = "health"
    TRANSPORT = "transport"
    LEISURE = "leisure"


CATEGORY_NAMES: Mapping[PurchaseCategory, str] = MappingProxyType(
    {
        # i18n: 本地生活服务（O2O）: food delivery, repairs, tickets: ordered online, had nearby
        PurchaseCategory.LOCAL: N_("Local services and deliveries"),
        PurchaseCategory.OVERSEAS: N_("Purchase from abroad"),
        PurchaseCategory.CROWDFUNDING: N_("Crowdfunding"),
        PurchaseCategory.RENT: N_("Rent"),
        PurchaseCategory.TRAVEL: N_("Travel"),
        # i18n: 装修: doing up a home
        PurchaseCategory.DECORATION: N_("Decoration and renovation"),
        PurchaseCategory.EDUCATION: N_("Education"),
        PurchaseCategory.WEDDING: N_("Wedding"),
        PurchaseCategory.GROCERIES: N_("Groceries"),
        PurchaseCategory.HOUSEHOLD: N_("Household"),
        PurchaseCategory.ELECTRONICS: N_("Electronics"),
        PurchaseCategory.CLOTHES: N_("Clothes"),
        PurchaseCategory.HEALTH: N_("Health"),
        PurchaseCategory.TRANSPORT: N_("Transport"),
        PurchaseCategory.LEISURE: N_("Leisure"),
    }
)
"""What each is called; msgids."""


def known_category(kept: str) -> PurchaseCategory | None:
    """The kind that is kept; None for nothing, and for words of the user or of a file."""
    return PurchaseCategory(kept) if kept in _KNOWN else None


def category_words(kept: str) -> Phrase | None:
    """What is kept of a kind in words; None for nothing."""
    known = known_category(kept)
    if known is not None:
        return Phrase(CATEGORY_NAMES[known])
    return Phrase.own(kept) if kept else None


_KNOWN = frozenset(category.value for category in PurchaseCategory)
