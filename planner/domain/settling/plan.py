"""What settling one plan early costs over every rule that may hold, and what it saves."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.plans.row_figures import costs_of_rows, payments_of
from planner.domain.settling.policy import (
    POLICY_SOURCES,
    POLICY_WORDS,
    US_NOTE,
    PlanRest,
    early_settlement,
    policies_of,
    settled_by,
)
from planner.domain.sourced import Claim, Sourced, Span
from planner.domain.term import EarlyPolicy
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class SettlementRange:
    """What settling a plan early costs over every rule that may hold.

    Attributes:
        amount: From the least to the most.
        policies: The rules looked at.
        known: Whether the lender's rule is known and undisputed.
    """

    amount: Span[Money]
    policies: tuple[EarlyPolicy, ...]
    known: bool


def settlement_range(
    rest: PlanRest, policy: Sourced[EarlyPolicy], *, is_first_day: bool = False, law: str = ""
) -> Derived[SettlementRange]:
    """What to pay to settle a plan on a day, over every rule that the sources name.

    An unknown rule stands for all of them, or for those of the country. "Free on the day of the
    purchase" counts on that day only, and says nothing about any other.

    Args:
        rest: What is left of the plan.
        policy: The account's term.
        is_first_day: Whether the plan was agreed on that day.
        law: ISO 3166 code of the country whose rules hold; empty where nobody knows it.
    """
    claims = tuple(
        claim for claim in policy.counting if claim.value is not EarlyPolicy.SAME_DAY or is_first_day
    )
    policies = tuple(dict.fromkeys(claim.value for claim in claims)) or policies_of(law)
    amounts = [early_settlement(rest, rule) for rule in policies]
    amount = Span(min(each.low for each in amounts), max(each.high for each in amounts))
    result = SettlementRange(amount, policies, known=bool(claims) and len(policies) == 1)
    return Derived(result, lambda: _derivation(rest, claims, result, law))


def _derivation(
    rest: PlanRest, claims: tuple[Claim[EarlyPolicy], ...], result: SettlementRange, law: str
) -> Derivation:
    by_rule = {rule: settled_by(rest, rule) for rule in result.policies}
    said = [(claim.value, claim.source) for claim in claims]
    if not said:
        said = [(rule, POLICY_SOURCES[rule]) for rule in result.policies]
    given = [
        Given(Phrase("Principal of the open instalments"), rest.principal),
        Given(
            Phrase("Fees and interest still to come if it runs on"), costs_of_rows(rest.rows, rest.currency)
        ),
    ]
    if not claims:
        unknown = Phrase("not known, so each rule in use is looked at")
        given.append(Given(Phrase("The lender’s rule"), unknown))
    given += [
        Given(Phrase("If {rule}", rule=POLICY_WORDS[rule]), by_rule[rule], source) for rule, source in said
    ]
    workings = [
        Working(Phrase("The least over the rules that may hold"), result.amount.low),
        Working(Phrase("The most over the rules that may hold"), result.amount.high),
    ]
    if EarlyPolicy.BILLED_PLUS_NEXT in result.policies:
        # php.cn breaks off in the middle of its formula.
        text = Phrase(
            "One source names a further settlement fee without saying fully how it is worked out. "
            "It is not in these amounts."
        )
        workings.append(Working(text))
    if law == "US" and not claims:
        workings.append(Working(US_NOTE))
    rule = Phrase("Settling early = the principal of the open instalments + the fees the lender’s rule keeps")
    return Derivation(rule, tuple(given), tuple(workings))


def saving(rest: PlanRest, cost: Derived[SettlementRange]) -> Derived[Span[Money]]:
    """What settling a plan saves: what it still costs if it runs on − what settling costs.

    Below nothing where a rule asks for more than the plan would still cost.

    Args:
        rest: What is left of the plan.
        cost: What settling it costs.
    """
    amount = cost.value.amount
    saved = Span(rest.scheduled - amount.high, rest.scheduled - amount.low)
    rule = Phrase("What settling saves = what is still to pay if the plan runs on − what settling it costs")

    def derivation() -> Derivation:
        given = (
            Given(Phrase("Still to pay if the plan runs on"), payments_of(rest.rows, rest.currency)),
            Given(Phrase("To settle it"), Derived(amount, cost.derivation)),
        )
        return Derivation(rule, given, (Working(Phrase("What settling saves"), saved),))

    return Derived(saved, derivation)
