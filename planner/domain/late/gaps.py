"""What is not known of being late, and what an end of the band takes for granted because of it."""

from __future__ import annotations

from planner.domain.late.ends import assumed_grace
from planner.domain.late.item import LateCase
from planner.domain.minimum.due import readings
from planner.domain.term import ChargedFrom, Indemnity
from planner.domain.terms import Terms
from planner.phrases import Phrase

NO_CARRY = Phrase("The charge a day on a rest after the minimum is unknown.")
NO_GRACE = Phrase("The grace days are unknown.")
NO_BASE = Phrase("It is unknown what the late rate is charged on.")


def has_known_cost(case: LateCase, terms: Terms) -> bool:
    """Whether something can be worked out at all; a late rate is not needed where a fee is charged instead.

    Args:
        case: What is late.
        terms: The account's terms.
    """
    is_late = any(not item.is_carried for item in case.items)
    is_carried = any(item.is_carried for item in case.items)
    if is_carried and terms.carry_rate.is_unknown:
        return False
    return not is_late or not terms.late_rate.is_unknown or _charges_once(terms)


def _charges_once(terms: Terms) -> bool:
    """Whether the terms name a fee for a missed payment, or an indemnity."""
    once = (terms.late_fee_fixed(), terms.late_indemnity(Indemnity.UNPAID))
    return any(not term.is_unknown for term in once)


def late_gaps(case: LateCase, terms: Terms) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """What is not known, and what an end of the band takes for granted because of it.

    Args:
        case: What is late.
        terms: The account's terms.
    """
    missing: list[Phrase] = []
    if any(item.is_carried for item in case.items) and terms.carry_rate.is_unknown:
        missing.append(NO_CARRY)
    if all(item.is_carried for item in case.items):
        return tuple(missing), ()
    assumed: list[Phrase] = []
    indemnity = terms.late_indemnity(Indemnity.UNPAID)
    if terms.late_rate.is_unknown and case.country == "FR" and not indemnity.is_unknown:
        assumed.append(
            Phrase(
                "In France no late rate a day may be charged beside the indemnity unless the lender ends the "
                "contract (Code de la consommation, art. L312-38)."
            )
        )
    elif terms.late_rate.is_unknown and _charges_once(terms):
        missing.append(
            Phrase("Whether a late rate a day is charged beside the fee is unknown. It is not in this.")
        )
    else:
        _on_the_rate(terms, missing, assumed)
    if terms.grace_days.is_unknown:
        missing.append(NO_GRACE)
        assumed.append(_without_grace(case))
    if case.is_by_bills:
        assumed.append(
            Phrase(
                "What is not due yet is left out: the source that charges everything unpaid speaks of "
                "accounts by orders, and this one is by bills."
            )
        )
    if is_minimum_worked_out(case, terms):
        assumed.append(Phrase("The minimum is not stated: it is worked out by the terms of the account."))
    if not indemnity.is_unknown and indemnity.own is None:
        assumed.append(Phrase("Low end: the lender asks for no indemnity, which it may but need not."))
    starts = {claim.value for claim in terms.late_from.counting}
    if ChargedFrom.PURCHASE in starts and terms.late_compounding.is_unknown:
        assumed.append(Phrase("Banks add unpaid interest to the debt each month; that is not in this."))
    return tuple(missing), tuple(assumed)


def _without_grace(case: LateCase) -> Phrase:
    if grace := assumed_grace(case.country):
        return Phrase(
            "Low end: {days} days of grace, the least that Chinese bank cards grant. High end: none.",
            days=grace,
        )
    return Phrase("No days of grace are taken for granted.")


def is_minimum_worked_out(case: LateCase, terms: Terms) -> bool:
    """Whether a fixed fee is capped by a minimum that no bill states and that the terms tell.

    Args:
        case: What is late.
        terms: The account's terms.
    """
    if terms.late_fee_fixed().is_unknown or terms.late_fee_most_part.is_unknown:
        return False
    silent = any(item.minimum is None and item.order is None for item in case.items if not item.is_carried)
    return silent and bool(readings(terms))


def _on_the_rate(terms: Terms, missing: list[Phrase], assumed: list[Phrase]) -> None:
    if terms.late_rate.is_unknown:
        missing.append(Phrase("The late rate a day is unknown, so no cost can be worked out."))
    if terms.late_base.is_unknown:
        missing.append(NO_BASE)
        assumed.append(Phrase("Low end: only what is late. High end: everything unpaid on the account."))
