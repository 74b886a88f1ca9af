"""The least a lender asks for, where its rule is known."""

from __future__ import annotations

from decimal import Decimal

from planner.domain.money import Money

# Below this a carried rest is due in full (shkpb.com, JD app 11.2.0).
_SMALL_CARRIED = Decimal(300)


def baitiao_minimum(
    fresh: Money,
    instalments: Money,
    carried: Money,
    charges: Money,
    *,
    part: Decimal,
    last_minimum_paid: bool,
) -> Money:
    """The minimum payment of a Baitiao bill.

    Fresh spending x part + instalments due + carried rest x (part if the last minimum was paid,
    else all of it) + fees and penalties; a carried rest below 300 yuan is due in full.
    Source: shkpb.com, JD app 11.2.0.

    Args:
        fresh: New spending that is not in instalments.
        instalments: Instalments due with this bill.
        carried: What the bill before left open.
        charges: Fees and penalties.
        part: The part of fresh spending that is due, 0.10 for a tenth.
        last_minimum_paid: Whether at least the minimum of the bill before was paid.
    """
    whole = carried.decimal < _SMALL_CARRIED or not last_minimum_paid
    return fresh.times(part) + instalments + (carried if whole else carried.times(part)) + charges
