"""The usual ways to settle an amount that some terms know."""

from __future__ import annotations

from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Sourced
from planner.domain.term import Term
from planner.domain.terms import Terms

# What is asked about where no terms say which numbers of instalments there are.
USUAL_COUNTS = (3, 6, 12, 24)

_FEES = (Term.FEE_RATE, Term.FEE_WHOLE)


def offers_from(terms: Terms, *, has_minimum: bool = True, whose: str = "") -> tuple[Offer, ...]:
    """The usual ways that some terms know: in full, instalments, promotions, putting off, the minimum.

    The numbers of instalments are those that the lender is known to offer, never more (24 for
    Baitiao); where nobody says, the usual ones stand there with an unknown fee, or as level payments
    where the lender states a yearly rate instead of fees.

    Args:
        terms: The terms of an account or a product.
        has_minimum: Whether the amount may be paid down by minimums or put off at all; an instalment
            may not.
        whose: The name of another lender's product, whose ways stand beside the account's own.
    """
    prefix = f"{whose}/" if whose else ""
    offers = [] if whose else [Offer(OfferKind.FULL, id="full")]
    offers += _instalments(terms, whose, prefix)
    offers += [
        Offer(
            OfferKind.PROMOTION,
            count,
            terms.promotion(count),
            first=terms.first_payment,
            split_part=terms.split_part,
            split_least=terms.split_least,
            until=terms.promotion_until(count),
            whose=whose,
            id=f"{prefix}promotion-{count}",
        )
        for count in _offered(terms, Term.PROMOTION)
    ]
    if has_minimum:
        offers += _carried(terms, whose, prefix, is_by_instalments=_is_by_instalments(terms))
    return tuple(offers)


def _instalments(terms: Terms, whose: str, prefix: str) -> list[Offer]:
    known = _offered(terms, *_FEES)
    if not known and not terms.interest_rate.is_unknown:
        return [
            Offer(
                OfferKind.LEVEL,
                count,
                interest=terms.interest_rate,
                whose=whose,
                id=f"{prefix}level-{count}",
            )
            for count in USUAL_COUNTS
        ]
    return [
        Offer(
            OfferKind.FLAT_FEE,
            count,
            *terms.fees(count),
            fee_most=terms.fee_most(count),
            timings=terms.fee_timing,
            first=terms.first_payment,
            split_part=terms.split_part,
            split_least=terms.split_least,
            whose=whose,
            id=f"{prefix}flat_fee-{count}",
        )
        for count in known or USUAL_COUNTS
    ]


def _is_by_instalments(terms: Terms) -> bool:
    """Whether a lender is known to offer instalments, and nobody speaks of a minimum or a rest."""
    of_minimum = (Term.MINIMUM, Term.MINIMUM_RULE, Term.MINIMUM_LEAST, Term.CARRY_RATE, Term.CARRY_FROM)
    return bool(_published(terms, *_FEES)) and not terms.of(*of_minimum)


def _carried(terms: Terms, whose: str, prefix: str, *, is_by_instalments: bool) -> list[Offer]:
    """Putting a bill off, where the lender is known to allow it, and the minimum, where there can be one."""
    found = []
    if not (terms.deferral_fee.is_unknown and terms.deferral_rate.is_unknown):
        found.append(
            Offer(
                OfferKind.DEFERRAL,
                1,
                whole_fee=terms.deferral_fee,
                carry=terms.deferral_rate,
                whose=whose,
                id=f"{prefix}deferral",
            )
        )
    if is_by_instalments:
        return found
    found.append(
        Offer(
            OfferKind.MINIMUM,
            0,
            minimum=terms.minimum,
            carry=_carry(terms),
            carry_from=terms.carry_from,
            whose=whose,
            id=f"{prefix}minimum",
        )
    )
    return found


def _carry(terms: Terms) -> Sourced[Rate]:
    """The daily charge on the rest; of a lender that states only a yearly rate, a 365th of it."""
    if not terms.carry_rate.is_unknown:
        return terms.carry_rate
    return Sourced(
        tuple(
            Claim(Rate(claim.value.yearly / Per.DAY.value, Per.DAY), claim.source)
            for claim in terms.interest_rate.claims
        )
    )


def most_instalments(terms: Terms) -> int | None:
    """The largest number of instalments that the lender is known to offer; None if nobody says."""
    published = _published(terms, *_FEES)
    return max(published) if published else None


def _offered(terms: Terms, *kinds: Term) -> tuple[int, ...]:
    """The numbers of instalments some terms speak about, up to the largest with a published fee.

    A promotion that the user found may run longer than those that are published.
    """
    known = _published(terms, *_FEES)
    most = max(known + _published(terms, *kinds)) if known else None
    return tuple(count for count in terms.counts(*kinds) if most is None or count <= most)


def _published(terms: Terms, *kinds: Term) -> list[int]:
    return [int(claim.about) for claim in terms.of(*kinds) if not claim.source.origin.is_own]
