"""The least that has to be paid of an account in the months to come, so that nothing on it is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from planner.domain.account import Account
from planner.domain.dates import add_months, months_between
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due
from planner.domain.due_figures import still_least
from planner.domain.due_sums import together
from planner.domain.minimum.due import minimum_due
from planner.domain.minimum.rule import BillParts
from planner.domain.money import Money
from planner.domain.offers.listing import offers_from
from planner.domain.offers.offer import OfferKind
from planner.domain.terms import Terms
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least to pay of something so that it is not late.

    Attributes:
        on: By when it is needed; today for what is late.
        amount: How much.
        label: What it is.
        account_id: On which account.
        due_on: Its own due date, which may have passed.
    """

    on: date
    amount: Derived[Money]
    label: Phrase
    account_id: str
    due_on: date


@dataclass(frozen=True, slots=True)
class _Carried:
    """What recorded bills leave above their minimum.

    Attributes:
        amount: How much.
        anchor: When the last of them was due; None if there is none.
        part: What part of the last of them its minimum was; None if that is unknown.
    """

    amount: Money
    anchor: date | None = None
    part: Fraction | None = None

    def after(self, due: Due, on: date) -> _Carried:
        """The same after one more bill."""
        part = Fraction(due.minimum.minor, due.amount.minor) if due.minimum is not None else self.part
        return _Carried(self.amount + due.open - due.open_minimum, on, part)


def unbilled(due: Due) -> bool:
    """Whether a bill that is still to come will take it up."""
    return due.projected and not due.plan_id


def counts_whole(account: Account, due: Due) -> bool:
    """Whether all of a bill counts as its minimum, though its lender asks for less: none is recorded.

    By the record all of it is due: who paid only a published part of it would be told to be late.
    """
    is_unsaid = due.asks_for_all and bool(due.open)
    return is_unsaid and any(offer.kind is OfferKind.MINIMUM for offer in offers_from(account.terms))


def minimums(account: Account, dues: Iterable[Due], today: date, until: date) -> tuple[Minimum, ...]:
    """The least that has to be paid of an account up to a day, by date.

    What a bill leaves above its minimum is carried into the next one, without the interest on it, and bills
    that are still to come ask for what the rule of the account makes, at its dear end. What should be on
    a bill by now that is not recorded does not count: it may well be paid.

    Args:
        account: The account.
        dues: What is open on it; what has no date does not count.
        today: The day.
        until: The last day.
    """
    found: list[Minimum] = []
    coming: dict[int, list[Due]] = {}
    carried = _Carried(Money(0, account.currency))
    dated = [(due.due_on, due) for due in dues if due.due_on is not None and due.open]
    for on, due in sorted(dated, key=lambda pair: (pair[0], pair[1].id)):
        if unbilled(due):
            if on >= today:
                coming.setdefault(months_between(date.min, on), []).append(due)
            continue
        if due.open_minimum:
            label = Phrase("{account}: {what}", account=account.name, what=due.label)
            found.append(Minimum(max(on, today), still_least(due), label, account.id, on))
        if due.open_minimum < due.open:
            carried = carried.after(due, on)
    found += _still_to_come(account, coming, carried, today, until)
    return tuple(sorted((each for each in found if each.on <= until), key=lambda each: each.on))


def _still_to_come(
    account: Account,
    coming: dict[int, list[Due]],
    carried: _Carried,
    today: date,
    until: date,
) -> Iterable[Minimum]:
    """What the bills that are still to come will ask for, month by month."""
    left, anchor = carried.amount, carried.anchor
    label = Phrase("{account}: a bill still to come", account=account.name)
    first = min((*coming, *([months_between(date.min, anchor) + 1] if anchor is not None else ())), default=0)
    for month in range(first, months_between(date.min, until) + 1 if first else 0):
        group = coming.get(month, [])
        is_after = anchor is not None and month > months_between(date.min, anchor)
        rest = left if is_after else left.zero
        if group:
            on = min(due.due_on for due in group if due.due_on is not None)
        elif anchor is not None:
            on = add_months(anchor, month - months_between(date.min, anchor))
        if not (group or rest) or on < today:
            continue
        amount = _by_rule(account.terms, group, rest, carried.part)
        yield Minimum(on, amount, label, account.id, on)
        whole = sum((due.open for due in group), rest)
        left += whole - rest - amount.value
        anchor = anchor or on


def _by_rule(terms: Terms, group: Sequence[Due], rest: Money, part: Fraction | None) -> Derived[Money]:
    """The minimum of a bill of some purchases and a carried rest.

    Where the rule is unknown, the same part as of the bill before; all of it where that is unknown too.
    """
    bought = together(group, rest.currency)
    whole = bought.value + rest
    parts = replace(
        BillParts.of_purchases(bought.value), carried=rest, previous_unpaid=rest.zero, last_minimum_paid=True
    )
    by_rule = minimum_due(parts, terms).amount
    given = [Given(Phrase("Not billed yet"), bought)] if group else []
    if rest:
        given.append(Given(Phrase("Carried from the bill before, without interest"), rest))
    if by_rule is None and part is not None:
        least = Money(-(-whole.minor * part.numerator // part.denominator), whole.currency)
        rule = Phrase(
            "It is unknown how the minimum is made. Taken for the bill still to come: the same part of it as "
            "of the bill before, rounded up."
        )
        return Derived(least, Derivation(rule, tuple(given), (Working(Phrase("The least to pay"), least),)))
    if by_rule is None:
        rule = Phrase("It is unknown how the minimum is made, so all of the bill still to come is counted.")
        return Derived(whole, Derivation(rule, tuple(given), (Working(Phrase("Together"), whole),)))
    least = min(by_rule.value.high, whole)
    given.append(Given(Phrase("The minimum by the rule of the account"), by_rule))
    rule = Phrase("The minimum of a bill still to come = what the rule of the account makes, at its dear end")
    return Derived(least, Derivation(rule, tuple(given), (Working(Phrase("The least to pay"), least),)))
