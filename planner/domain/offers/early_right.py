"""The right to pay a loan back early, and what doing so costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.offers.costing import Costing
from planner.domain.settling.plan import settlement_range
from planner.domain.settling.policy import PlanRest
from planner.domain.sourced import Reliability, Source, Span
from planner.domain.terms import Terms
from planner.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class EarlyRight:
    """What a borrower may do to pay back early.

    Attributes:
        right: What the law or the lender's rule allows, in words.
        source: Who says so; None where nobody here does.
        cost: What of the fees and interest still to come is asked, for settling everything right after the
            first payment, over every rule that may hold; an example, not a quotation.
        is_known: Whether the lender's rule is known and undisputed.
    """

    right: Phrase
    source: Source | None
    cost: Derived[Span[Money]]
    is_known: bool


_RIGHTS = {
    "CN": (
        Phrase(
            "A loan may be paid back early, and then interest is due for the actual time only, unless "
            "something else was agreed."
        ),
        Source(
            N_("Civil Code of the PRC, art. 677 (general knowledge, unverified)"),
            reliability=Reliability.LOW,
        ),
    ),
    "FR": (
        Phrase("All or a part may be paid back at any time; an indemnity is limited by law."),
        Source(
            N_("Code de la consommation, art. L312-34 and D312-15 (roazhon.fr; senat.fr/rap/l08-447)"),
            reliability=Reliability.MEDIUM,
        ),
    ),
    "GB": (
        Phrase("All or a part may be paid back at any time, with a rebate of the cost still to come."),
        Source(
            N_("Consumer Credit Act 1974, sections 94 and 95 (general knowledge, unverified)"),
            reliability=Reliability.LOW,
        ),
    ),
}
_NO_RULE = Phrase("No legal rule is known here: what the lender’s contract says counts.")


def early_right(ends: Sequence[Costing], terms: Terms, law: str) -> EarlyRight | None:
    """The right to pay an offer back early, with what it costs right after the first payment.

    Source: each country's own, see the values; the rules of lenders as in ``early_policy``.

    Args:
        ends: What the offer comes to at each end of its terms.
        terms: The lender's terms.
        law: ISO 3166 code of the country whose rules hold.
    """
    rests = []
    for end in ends:
        rows = [row for row in end.rows if row.number]
        if len(rows) > 1:
            rests.append(PlanRest(tuple(rows[1:]), rows[0].due_on, rows[0].due_on))
    if not rests:
        return None
    found = [(rest, settlement_range(rest, terms.early_settlement, law=law)) for rest in rests]
    span = Span(
        min(each.value.amount.low - rest.principal for rest, each in found),
        max(each.value.amount.high - rest.principal for rest, each in found),
    )
    right, source = _RIGHTS.get(law, (_NO_RULE, None))
    return EarlyRight(
        right,
        source,
        Derived(span, partial(_derivation, rests, found[0][1].derivation, span)),
        all(each.value.known for _rest, each in found),
    )


def _derivation(rests: Sequence[PlanRest], settled: Derivation, span: Span[Money]) -> Derivation:
    given = [Given(Phrase("Settled on"), rests[0].on)]
    given += [Given(Phrase("Principal that is left then"), rest.principal) for rest in rests[:1]]
    workings = (*settled.workings, Working(Phrase("Above the principal that is left"), span))
    return Derivation(settled.rule, (*given, *settled.given), workings, settled.rounding)
