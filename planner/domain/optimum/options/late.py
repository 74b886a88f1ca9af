"""The last resort: paying months late, and for what is overdue an agreement with the lender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.domain.dates import add_months
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.late.accrual import Dated
from planner.domain.late.agreement import Agreement, agreement_way, equal_parts
from planner.domain.late.costing import Costing
from planner.domain.late.way import STAYS_RECORDED
from planner.domain.money import Money, sum_of
from planner.domain.optimum.options.bills import reason
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.optimum.options.listed import Listed, Way, stream
from planner.domain.optimum.problem import Option, OptionKind, PlanRow
from planner.domain.overdue import HINT
from planner.domain.payoff.open_debt import DebtKind
from planner.domain.plans.resplit import Reinstalment, may_reinstal
from planner.domain.sourced import Span
from planner.phrases import Phrase

# How many months late a payment may be that is listed at all.
_MOST_LATE = 3

# In how many equal parts an agreement is looked at.
_AGREEMENTS = (3, 6, 12, 24)

CONTACT_FIRST = Phrase("Contact the lender first.")
_NOTES = (CONTACT_FIRST, Phrase(HINT), STAYS_RECORDED)

_PAYING_LATE = Phrase("Paying late")
_UNKNOWN_RATE = Phrase("What being late costs is not known.")
_FREE = Phrase("No cost of it is known, and it would be late all the same.")


def late_ways(facts: DebtFacts, costing: Costing | None) -> Iterator[Way]:
    """Nothing for one, two or three months, then everything that is due by then.

    What is still within the days of grace is not late, and what is carried on after its minimum cannot be.

    Args:
        facts: The debt.
        costing: What the late cost is worked out from; None where it is unknown.
    """
    if facts.is_carried:
        return
    if costing is None:
        yield reason(_PAYING_LATE, _UNKNOWN_RATE)
        return
    if facts.is_late:
        yield from _agreements(facts, costing)
    for months in range(1, _MOST_LATE + 1):
        yield _later(facts, costing, months)


def _later(facts: DebtFacts, costing: Costing, months: int) -> Way:
    """Nothing for some months, then everything that is due by then, and the rest as agreed."""
    dues, owed = facts.debt.dues, facts.owed
    is_plan = facts.debt.kind is DebtKind.PLAN
    label = _late_words(months, is_plan=is_plan, is_late=facts.is_late)
    on = add_months(facts.first_due, months)
    by_then = [due for due in dues if due.due_on is not None and due.due_on <= on]
    later = [(due.due_on, due.open) for due in dues[len(by_then) :] if due.due_on is not None]
    together = sum_of((due.open for due in by_then), owed.currency)
    costing = _of_first(costing, len(by_then))
    cost = costing.cost(on)
    if not cost.high:
        return reason(label, _FREE)
    ends = cost.map(lambda late: stream([(on, together + late), *later], owed, late))
    # A plan is still open until then.
    option = Option(
        f"late-{months}", OptionKind.LATE, label, ends.high, ends.low, opens_plan=is_plan, notes=_NOTES
    )
    late_cost = Derived(cost, lambda: costing.derived(on).derivation)
    return Listed(option, with_plan_cost(option, facts, late_cost) if is_plan else late_cost)


def with_plan_cost(option: Option, facts: DebtFacts, late: Derived[Span[Money]]) -> Derived[Span[Money]]:
    """What a way of a running plan costs: the fees and interest still to come, and the late cost.

    Args:
        option: The way.
        facts: The plan.
        late: What being late costs on it.
    """
    cost = Span(option.low.cost, option.high.cost)

    def made() -> Derivation:
        rule = Phrase("What it costs = the fees and interest of the plan still to come + the late cost")
        given = (
            Given(Phrase("Fees and interest still to come"), facts.debt.open - facts.owed),
            Given(Phrase("Late cost"), late),
        )
        return Derivation(rule, given, (Working(Phrase("The cost"), cost),))

    return Derived(cost, made)


def _late_words(months: int, *, is_plan: bool, is_late: bool) -> Phrase:
    if is_plan:
        return Phrase.counted(
            "Late: nothing for {count} month, then what is due by then",
            "Late: nothing for {count} months, then what is due by then",
            months,
        )
    if is_late:
        return Phrase.counted(
            "Still late: in full in {count} month", "Still late: in full in {count} months", months
        )
    return Phrase.counted("Late: in full after {count} month", "Late: in full after {count} months", months)


# --- an agreement ----------------------------------------------------------------------------------


def _agreements(facts: DebtFacts, costing: Costing) -> Iterator[Way]:
    """Equal parts that the lender would have to agree to, the first in a month.

    They are listed although nobody promises them: asking is always possible and costs nothing, and the
    dues stay as they are until the lender has agreed.

    Source: 商业银行信用卡业务监督管理办法, art. 70, for bank cards; for others by ``may_reinstal``.
    """
    is_plan = facts.debt.kind is DebtKind.PLAN
    dues = facts.debt.dues
    late = [due for due in dues if due.is_late(facts.today)] if is_plan else list(dues)
    on_time = [(due.due_on or facts.today, due.open) for due in dues if due not in late]
    unpaid = sum_of((due.open for due in late), facts.owed.currency)
    costing = _of_first(costing, len(late))
    so_far = costing.cost(facts.today)
    allowed = may_reinstal(Reinstalment.OVERDUE, facts.account.terms, is_over=False, is_late=True)
    for count in _AGREEMENTS:
        way = agreement_way(costing, Agreement(count, add_months(facts.today, 1), facts.today))
        made = way.cost
        assert made is not None  # noqa: S101 - what is charged is known here
        parts = Span(
            _agreed([(on, paid.low) for on, paid in way.payments], unpaid + made.value.low),
            _agreed([(on, paid.high) for on, paid in way.payments], unpaid + made.value.high),
        )
        # From the agreement on it is not late any more: what is charged then is a cost like any other.
        high, low = (
            stream([*paid, *on_time], facts.owed, late_cost, _rows(paid, unpaid))
            for paid, late_cost in ((parts.high, so_far.high), (parts.low, so_far.low))
        )
        option = Option(
            f"agreement-{count}",
            OptionKind.AGREEMENT,
            way.label,
            high,
            low,
            opens_plan=True,
            apply_by=facts.today,
            notes=tuple(dict.fromkeys((allowed.reason, *way.notes))),
        )
        yield Listed(option, with_plan_cost(option, facts, made) if is_plan else made)


def _of_first(costing: Costing, count: int) -> Costing:
    """The same about the first items alone; the others are what else is open."""
    case = costing.case
    others = sum_of((item.unpaid for item in case.items[count:]), case.other.currency)
    return replace(costing, case=replace(case, items=case.items[:count], other=case.other + others))


def _agreed(payments: Sequence[Dated], total: Money) -> list[Dated]:
    """The payments of one end; the last is what the others leave."""
    before = payments[:-1]
    rest = total - sum_of((amount for _on, amount in before), total.currency)
    return [*before, (payments[-1][0], rest)]


def _rows(parts: Sequence[Dated], unpaid: Money) -> tuple[PlanRow, ...]:
    """The parts as rows: equal principals, and what is charged on top of them."""
    principals = equal_parts(unpaid, len(parts))
    return tuple(
        PlanRow(on, principal, amount.zero, amount - principal)
        for (on, amount), principal in zip(parts, principals, strict=True)
        if amount
    )
