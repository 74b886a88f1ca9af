"""The lineage of a plan: what it was made of, what was made of it, and what the whole chain costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.ledger import moved_into_plans, rows_left
from planner.domain.money import Money, sum_of
from planner.domain.plans.row_figures import costs_of_rows, highest_payment, last_payment, lower_by
from planner.domain.refunded import Held
from planner.phrases import Phrase

_NOTHING_HELD = Held(())

# An agreement with the lender may follow a plan, too.
_FROM_PLANS = frozenset({OriginKind.PLAN, OriginKind.AGREEMENT})


@dataclass(frozen=True, slots=True)
class Link:
    """One plan of a chain.

    Attributes:
        plan: What was agreed.
        depth: How many plans lie between it and the first one; 0 for the first.
        rows: Its rows that no later plan took over.
        taken: Its rows, or what of them, a later plan took over, with what they would have cost.
    """

    plan: InstalmentPlan
    depth: int
    rows: tuple[Instalment, ...]
    taken: tuple[Instalment, ...]

    @property
    def cost(self) -> Derived[Money]:
        """The fees and interest of the rows that stay."""
        return costs_of_rows(self.rows, self.plan.principal.currency)

    @property
    def month(self) -> Derived[Money]:
        """Its highest payment as it was agreed."""
        return highest_payment(self.plan.rows)

    @property
    def last_on(self) -> Derived[date]:
        """When its last row is due as it was agreed."""
        return last_payment(self.plan.rows)

    @property
    def label(self) -> Phrase:
        """What to call it."""
        first = min(row.due_on for row in self.plan.rows)
        return Phrase("{plan}, {date}", plan=Phrase.own(self.plan.name), date=first)

    def cost_by(self, on: date) -> Money:
        """The fees and interest of the rows that stay and are due by a day."""
        return _cost((row for row in self.rows if row.due_on <= on), self.plan.principal.currency)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A chain of plans, each made of the one before it; one may have given rise to several.

    Attributes:
        links: The plans, each after the one it was made of.
        on: The day it is seen on.
    """

    links: tuple[Link, ...]
    on: date

    @property
    def first(self) -> InstalmentPlan:
        """The plan with which the chain begins."""
        return self.links[0].plan

    @property
    def currency(self) -> str:
        """The currency of the chain."""
        return self.first.principal.currency

    @property
    def last_on(self) -> date:
        """When the last row of the whole chain is due."""
        dues = (row.due_on for link in self.links for row in link.rows)
        return max(dues, default=max(link.last_on.value for link in self.links))

    @property
    def cost(self) -> Derived[Money]:
        """All fees and interest along the chain: those due by now and those still to come."""
        by_now, to_come = self.cost_by_now, self.cost_to_come
        total = by_now + to_come

        def derivation() -> Derivation:
            given = tuple(Given(link.label, link.cost) for link in self.links)
            workings = (
                Working(Phrase("Due by {date}", date=self.on), by_now),
                Working(Phrase("Still to come"), to_come),
                Working(Phrase("Together"), total),
            )
            rule = Phrase(
                "What a chain of plans costs = the fees and interest of every plan in it. Rows that a later "
                "plan took over count there, no longer here."
            )
            return Derivation(rule, given, workings)

        return Derived(total, derivation)

    @property
    def cost_by_now(self) -> Money:
        """The fees and interest along the chain that are due by now."""
        return sum_of((link.cost_by(self.on) for link in self.links), self.currency)

    @property
    def cost_to_come(self) -> Money:
        """The fees and interest along the chain that fall due later."""
        return sum_of((link.cost.value - link.cost_by(self.on) for link in self.links), self.currency)


def lineage(plan_id: str, plans: Iterable[InstalmentPlan], on: date) -> Lineage:
    """The chain that a plan belongs to, from its first plan on.

    A record that leads in a circle is followed once round and no further.

    Args:
        plan_id: A plan of the chain.
        plans: Every plan of the account.
        on: The day it is seen on.

    Raises:
        KeyError: There is no such plan.
    """
    known = {plan.id: plan for plan in plans}
    children: dict[str, list[InstalmentPlan]] = {}
    for plan in known.values():
        if plan.origin in _FROM_PLANS:
            children.setdefault(plan.origin_id, []).append(plan)
    moved = moved_into_plans(known.values())
    root = _root(known[plan_id], known)
    links, seen = [], {root.id}
    waiting = [(root, 0)]
    while waiting:
        plan, depth = waiting.pop(0)
        links.append(_link(plan, depth, moved.get(plan.id)))
        for child in sorted(
            children.get(plan.id, ()), key=lambda child: min(row.due_on for row in child.rows)
        ):
            if child.id not in seen:
                seen.add(child.id)
                waiting.append((child, depth + 1))
    return Lineage(tuple(links), on)


def _root(plan: InstalmentPlan, known: Mapping[str, InstalmentPlan]) -> InstalmentPlan:
    """The plan from which a chain begins; in a circle the one before the plan itself comes round again."""
    seen = {plan.id}
    while plan.origin in _FROM_PLANS and plan.origin_id in known and plan.origin_id not in seen:
        plan = known[plan.origin_id]
        seen.add(plan.id)
    return plan


def _link(plan: InstalmentPlan, depth: int, moved: Money | None) -> Link:
    rows = rows_left(plan, _NOTHING_HELD, moved)
    left = {row.id: row.principal for row in rows}
    taken = tuple(row for row in plan.rows if row.id not in left)
    return Link(plan, depth, rows, taken)


def _cost(rows: Iterable[Instalment], currency: str) -> Money:
    return sum_of((row.fee + row.interest for row in rows), currency)


@dataclass(frozen=True, slots=True)
class Step:
    """From one plan of a chain to the next: what changed.

    Attributes:
        before: The plan before.
        after: The plan made of it.
        lower: By how much the highest payment got lower; below nothing where it got higher.
        more: By how much all fees and interest got more: those of the new plan less those of the rows it
            took over.
    """

    before: Link
    after: Link
    lower: Derived[Money]
    more: Derived[Money]

    @property
    def words(self) -> Phrase:
        """What changed, in words, with the figures."""
        return Phrase(
            "{after} instead of {before}. {month} {cost}",
            after=self.after.label,
            before=self.before.label,
            month=self._month,
            cost=self._cost,
        )

    @property
    def _month(self) -> Phrase:
        if self.lower.value.minor > 0:
            return Phrase("The month got lower by {lower}.", lower=self.lower)
        if self.lower.value.minor < 0:
            return Phrase("The month got higher by {higher}.", higher=_turned(self.lower))
        return Phrase("The month stayed the same.")

    @property
    def _cost(self) -> Phrase:
        if self.more.value.minor >= 0:
            return Phrase("In all it costs {more} more.", more=self.more)
        return Phrase("In all it costs {less} less.", less=_turned(self.more))


def _turned(figure: Derived[Money]) -> Derived[Money]:
    """The same figure the other way round."""
    return Derived(-figure.value, lambda: figure.derivation)


def steps(chain: Lineage) -> tuple[Step, ...]:
    """What changed from each plan of a chain to the plans made of it.

    A plan of which several were made is compared with each; what its rows that were taken over would
    have cost is shared among them by what each repays.
    """
    by_id = {link.plan.id: link for link in chain.links}
    found = []
    for link in chain.links[1:]:
        before = by_id[link.plan.origin_id]
        spared = _shared(before, link, chain.links)
        found.append(Step(before, link, lower_by(before.month, link.month), _more(before, link, spared)))
    return tuple(found)


def _more(before: Link, after: Link, spared: Money) -> Derived[Money]:
    currency = spared.currency
    own = costs_of_rows(after.plan.rows, currency)
    more = own.value - spared

    def derivation() -> Derivation:
        taken = costs_of_rows(before.taken, currency)
        given = (
            Given(Phrase("Fees and interest of the new plan"), own),
            Given(Phrase("Fees and interest of the instalments taken over"), taken),
        )
        workings = [Working(Phrase("More in all"), more)]
        if taken.value != spared:
            workings.insert(0, Working(Phrase("The part of them that belongs to this plan"), spared))
        rule = Phrase(
            "How much more a plan made of another costs = its fees and interest − those that the instalments "
            "it took over would have cost"
        )
        return Derivation(rule, given, tuple(workings))

    return Derived(more, derivation)


def _shared(before: Link, after: Link, links: Sequence[Link]) -> Money:
    """The part of what the rows taken over would have cost that belongs to one of the plans made of them."""
    heirs = [link.plan.principal.minor for link in links if link.plan.origin_id == before.plan.id]
    spared = _cost(before.taken, after.plan.principal.currency)
    return Money(spared.minor * after.plan.principal.minor // sum(heirs), spared.currency)
