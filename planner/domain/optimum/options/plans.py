"""What can become of a running instalment plan: it goes on, it is settled early, or it is split anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due
from planner.domain.instalment import InstalmentPlan
from planner.domain.late.costing import Costing
from planner.domain.money import Money
from planner.domain.offers.listing import offers_from
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.optimum.options.bills import NO_LATE_COST, cost_so_far, reason
from planner.domain.optimum.options.facts import MOST_MONTHS, DebtFacts
from planner.domain.optimum.options.listed import Listed, Way, stream
from planner.domain.optimum.problem import Option, OptionKind, PlanRow, Stream
from planner.domain.plans.eligibility import Verdict
from planner.domain.plans.reinstalment import NewPlan, Reinstalled, reinstalled, same_days
from planner.domain.plans.resplit import Reinstalment, may_reinstal
from planner.domain.plans.schedule import rounding_of
from planner.domain.settling.account import rest_of
from planner.domain.settling.plan import SettlementRange, settlement_range
from planner.domain.settling.policy import PlanRest, policies_of
from planner.domain.sourced import Span
from planner.domain.term import EarlyPolicy
from planner.phrases import Phrase

_SETTLING = Phrase("Settling early")
_ANEW = Phrase("Splitting it anew")


def plan_ways(facts: DebtFacts, plan: InstalmentPlan, costing: Costing | None) -> Iterator[Way]:
    """The ways of a running plan.

    Args:
        facts: The plan as a debt.
        plan: The plan, whole.
        costing: What the late cost is worked out from; None where it is unknown.
    """
    so_far = cost_so_far(facts, costing)
    yield _as_agreed(facts, so_far, is_unknown=facts.is_late and costing is None)
    yield from _settlements(facts, plan, so_far)
    yield from _anew(facts, plan)


def _days(facts: DebtFacts) -> list[tuple[date, Due]]:
    """Each open row with the day it is paid: its own, or today where that has passed."""
    return [(max(due.due_on or facts.today, facts.today), due) for due in facts.debt.dues]


def _as_agreed(facts: DebtFacts, so_far: Span[Money], *, is_unknown: bool) -> Listed:
    rows = [(on, due.open) for on, due in _days(facts)]
    ends = so_far.map(
        lambda late: stream([*rows, (facts.today, late)], facts.owed, late if facts.is_late else None)
    )
    option = Option(
        "as_agreed",
        OptionKind.AS_AGREED,
        Phrase("As agreed"),
        ends.high,
        ends.low,
        opens_plan=True,
        notes=(NO_LATE_COST,) if is_unknown else (),
    )
    return Listed(option, _made(option, facts, facts.debt.open - facts.owed, so_far))


def _made(option: Option, facts: DebtFacts, to_come: Money, so_far: Span[Money]) -> Derived[Span[Money]]:
    cost = Span(option.low.cost, option.high.cost)

    def made() -> Derivation:
        given = [Given(due.label, due.still_due) for due in facts.debt.dues]
        workings = [
            Working(Phrase("Principal of it"), facts.owed),
            Working(Phrase("Fees and interest still to come"), to_come),
        ]
        if so_far.high:
            workings.append(Working(Phrase("Late cost by today"), so_far))
        workings.append(Working(Phrase("The cost"), cost))
        rule = Phrase("What it costs = the fees and interest still to come + what being late has cost")
        return Derivation(rule, tuple(given), tuple(workings))

    return Derived(cost, made)


# --- settling early --------------------------------------------------------------------------------


def _settlements(facts: DebtFacts, plan: InstalmentPlan, so_far: Span[Money]) -> Iterator[Way]:
    """Settling today, and together with each later row but the last, where the lender's rule is known.

    A law that leaves only one rule counts as known. "Free on the day of the purchase" says nothing about
    any other day.
    """
    days = sorted({on for on, _due in _days(facts)})
    if days[-1] <= facts.today:
        return
    said = [claim.value for claim in facts.account.terms.early_settlement.counting]
    if not any(rule is not EarlyPolicy.SAME_DAY for rule in said) and len(policies_of(facts.account.law)) > 1:
        yield reason(_SETTLING, Phrase("The rule of this lender is not known."))
        return
    wanted = [on for on in days[:-1] if on <= facts.furthest]
    for on in dict.fromkeys((facts.today, *wanted)):
        yield _settled(facts, plan, on, so_far)
    if len(wanted) < len(days) - 1:
        yield reason(
            _SETTLING, Phrase("Days more than {months} months away are not looked at.", months=MOST_MONTHS)
        )


def _settled(facts: DebtFacts, plan: InstalmentPlan, on: date, so_far: Span[Money]) -> Listed:
    before = [(day, due) for day, due in _days(facts) if day <= on]
    cost = _rest(facts, plan, on)[1]
    amount = cost.value.amount
    paid = [(day, due.open) for day, due in before]

    def end(settled: Money, late: Money) -> Stream:
        late_cost = late if facts.is_late else None
        return stream([*paid, (on, settled), (facts.today, late)], facts.owed, late_cost)

    option = Option(
        f"settle-{on.isoformat()}",
        OptionKind.SETTLEMENT,
        Phrase("Settle early on {date}", date=on),
        end(amount.high, so_far.high),
        end(amount.low, so_far.low),
        opens_plan=on > facts.today,
        apply_by=on,
    )
    spread = Span(option.low.cost, option.high.cost)

    def made() -> Derivation:
        given = [Given(due.label, due.still_due) for _day, due in before]
        given.append(Given(Phrase("To settle the rest"), Derived(amount, lambda: cost.derivation)))
        workings = []
        if so_far.high:
            workings.append(Working(Phrase("Late cost by today"), so_far))
        workings += [
            Working(Phrase("Principal still open"), facts.owed),
            Working(Phrase("The cost"), spread),
        ]
        rule = Phrase(
            "What it costs = the instalments until then + settling the rest − the principal still open"
        )
        return Derivation(rule, tuple(given), tuple(workings))

    return Listed(option, Derived(spread, made))


def _rest(facts: DebtFacts, plan: InstalmentPlan, on: date) -> tuple[PlanRest, Derived[SettlementRange]]:
    """What is left of the plan after a day, and what settling it costs."""
    later = [due for due in facts.debt.dues if due.due_on is not None and due.due_on > on]
    rest = rest_of(plan, later, on)
    is_first_day = plan.started_on == on
    rule = facts.account.terms.early_settlement
    return rest, settlement_range(rest, rule, is_first_day=is_first_day, law=facts.account.law)


# --- splitting it anew -----------------------------------------------------------------------------


def _anew(facts: DebtFacts, plan: InstalmentPlan) -> Iterator[Way]:
    """Putting the rest into instalments again, where the lender's rules clearly allow it.

    What is unclear is left out: a plan that is proved to be the best must not rest on something that no
    two sources agree on. Who knows better records it in the terms of the account.
    """
    allowed = may_reinstal(Reinstalment.RUNNING, facts.account.terms, is_over=False, is_late=facts.is_late)
    later = [due for due in facts.debt.dues if due.due_on is not None and due.due_on > facts.today]
    if not later:
        return
    if allowed.verdict is not Verdict.ALLOWED:
        yield reason(_ANEW, allowed.reason)
        return
    rest, cost = _rest(facts, plan, facts.today)
    offers = [offer for offer in offers_from(facts.account.terms) if offer.kind is OfferKind.FLAT_FEE]
    known = [offer for offer in offers if not offer.is_fee_unknown]
    if not known:
        yield reason(_ANEW, Phrase("What this lender charges for it is not known."))
    for offer in known:
        yield _split_anew(facts, plan, offer, rest, cost)


def _split_anew(
    facts: DebtFacts, plan: InstalmentPlan, offer: Offer, rest: PlanRest, cost: Derived[SettlementRange]
) -> Listed:
    before = [(day, due.open) for day, due in _days(facts) if day <= facts.today]
    rounding = rounding_of(facts.account.terms)
    dues = same_days(plan, rest, offer.count)
    found = [
        reinstalled(rest, cost, NewPlan(dues, fee, timing, rounding))
        for fee in offer.fees_on(rest.principal)
        for timing in offer.when_paid
    ]
    ends = [
        _anew_end(facts, before, each, kept) for each in found for kept in (each.kept.low, each.kept.high)
    ]
    low, high = min(ends, key=_cost), max(ends, key=_cost)
    is_kept = any(each.kept.high for each in found)
    dearest = max(found, key=lambda each: each.more.value.high)
    label = Phrase.counted(
        "Split anew into {count} instalment", "Split anew into {count} instalments", offer.count
    )
    option = Option(
        f"reinstalment-{offer.count}",
        OptionKind.REINSTALMENT,
        label,
        high,
        low,
        opens_plan=True,
        # What is kept of the old plan's fees is paid at once: so it has to be agreed today.
        apply_by=facts.today if is_kept else rest.rows[0].due_on,
        notes=(dearest.warning,),
    )
    spread = Span(low.cost, high.cost)

    def made() -> Derivation:
        given = [
            Given(Phrase("Fees and interest still to come if it runs on"), rest.cost),
            *(Given(Phrase("More with the new plan"), each.more) for each in found),
        ]
        rule = Phrase(
            "What it costs = the fees and interest still to come + how much more the new plan costs"
        )
        return Derivation(rule, tuple(given), (Working(Phrase("The cost"), spread),))

    return Listed(option, Derived(spread, made))


def _anew_end(
    facts: DebtFacts, before: Sequence[tuple[date, Money]], made: Reinstalled, kept: Money
) -> Stream:
    """The payments of the new plan; what is kept of the old plan's fees is due at once."""
    rows = [PlanRow(row.due_on, row.principal, row.fee, row.interest) for row in made.after if row.total]
    payments = [(row.due_on, row.total) for row in made.after]
    return stream([*before, (facts.today, kept), *payments], facts.owed, None, rows)


def _cost(end: Stream) -> Money:
    return end.cost
