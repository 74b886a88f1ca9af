"""What snowball, avalanche and the user's own order would pay, as options beside those of the lenders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.money import sum_of
from planner.domain.optimum.options.bills import cost_so_far, reason
from planner.domain.optimum.options.every import with_ways
from planner.domain.optimum.options.facts import MOST_MONTHS, DebtFacts
from planner.domain.optimum.options.listed import DebtOptions, Listed, by_payments, stream
from planner.domain.optimum.problem import Option, OptionKind, Stream
from planner.domain.payoff.scenario import Order
from planner.domain.sourced import Span
from planner.phrases import Phrase

# What an order pays for each debt at both ends, by the id of the debt; None where that is never over.
Streams = Mapping[str, Span[Stream | None]]

_WORDS = {
    Order.SNOWBALL: Phrase("As with the smallest debt first (snowball)"),
    Order.AVALANCHE: Phrase("As with the dearest debt first (avalanche)"),
    Order.OWN: Phrase("As in my own order"),
}
_WOULD_BE_LATE = Phrase(
    "It pays less by the due date than the record asks for, because the minimum is not recorded. Add it to "
    "the bill."
)
_NOT_OVER = Phrase("It is not over within {months} months.", months=MOST_MONTHS)


@dataclass(frozen=True, slots=True)
class WithOrders:
    """Debts with what the orders would pay among their options.

    Attributes:
        debts: The debts.
        orders: The options that each order comes to, in the order of the debts; an order of which one debt
            is not over in time is not among them.
    """

    debts: tuple[DebtOptions, ...]
    orders: Mapping[str, tuple[str, ...]]


def with_orders(
    facts: Sequence[DebtFacts], debts: Sequence[DebtOptions], paid: Mapping[Order, Streams]
) -> WithOrders:
    """Add to each debt what the orders would pay for it.

    What an order pays like another option already is that option. A debt that an order cannot follow is
    paid as it stands: its first option.

    Args:
        facts: What is known of each debt.
        debts: The same debts with their options.
        paid: What each order pays.
    """
    kept = list(debts)
    orders: dict[str, tuple[str, ...]] = {}
    for order, streams in paid.items():
        chosen: list[str | None] = []
        for number, known in enumerate(facts):
            kept[number], option_id = _added(known, kept[number], order, streams)
            chosen.append(option_id)
        found = [option_id for option_id in chosen if option_id is not None]
        if len(found) == len(chosen):
            orders[order.value] = tuple(found)
    return WithOrders(tuple(kept), orders)


def _added(
    facts: DebtFacts, debt: DebtOptions, order: Order, streams: Streams
) -> tuple[DebtOptions, str | None]:
    """A debt with what an order pays for it, and the id of that; None where it is not over in time."""
    ends = streams.get(debt.decision.id)
    if ends is None:
        return debt, debt.decision.options[0].id
    if ends.low is None or ends.high is None:
        return _without(debt, order, _NOT_OVER), None
    option = _option(facts, order, ends.low, ends.high)
    if max(option.low.last_on, option.high.last_on) > facts.furthest and not _is_agreed(debt, option):
        return _without(debt, order, _NOT_OVER), None
    if _would_be_late(facts, option):
        return _without(debt, order, _WOULD_BE_LATE), None
    for known in debt.decision.options:
        if (known.low.payments, known.high.payments) == (option.low.payments, option.high.payments):
            return debt, known.id
    return with_ways(debt, [Listed(option, by_payments(option, facts.owed))]), option.id


def _would_be_late(facts: DebtFacts, option: Option) -> bool:
    """Whether the record would call it late: an order pays the published minimum, recorded or not."""
    if facts.is_late:
        return False
    for due in facts.debt.dues:
        if due.asks_for_all and due.due_on is not None:
            paid = (amount for on, amount in option.high.payments if on <= due.due_on)
            if sum_of(paid, due.open.currency) < due.open:
                return True
    return False


def _without(debt: DebtOptions, order: Order, why: Phrase) -> DebtOptions:
    return with_ways(debt, (), (reason(_WORDS[order], why),))


def _is_agreed(debt: DebtOptions, option: Option) -> bool:
    """Whether an order lets a running plan go on as agreed, however long that is."""
    agreed = debt.decision.options[0]
    return agreed.kind is OptionKind.AS_AGREED and agreed.high.payments == option.high.payments


def _option(facts: DebtFacts, order: Order, low: Stream, high: Stream) -> Option:
    """What an order pays; what being late has cost by today is paid today, and is in no order."""
    so_far = cost_so_far(facts, facts.costing) if facts.is_late else Span.exactly(facts.owed.zero)
    paid = Span((low, so_far.low), (high, so_far.high)).map(
        lambda end: stream([*end[0].payments, (facts.today, end[1])], facts.owed, end[1])
    )
    if paid.low.cost > paid.high.cost:
        paid = Span(paid.high, paid.low)
    is_open = facts.plan is not None and paid.high.last_on > facts.today
    return Option(f"stream-{order.value}", OptionKind.STREAM, _WORDS[order], paid.high, paid.low, is_open)
