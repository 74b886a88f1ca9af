"""What a forecast of cash takes for granted, leaves out, and counts on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.derivation import Given, added
from planner.domain.due import Due
from planner.domain.due_sums import together
from planner.phrases import Phrase
from planner.services.cash_forecast import CashBasis


def cash_notes(
    basis: CashBasis, currency: str, movements: Iterable[Movement], left_out: tuple[Due, ...]
) -> Iterator[Phrase]:
    """What a forecast takes for granted and leaves out.

    Args:
        basis: What it is made of.
        currency: ISO 4217.
        movements: What moves.
        left_out: What is still to pay and has no date.
    """
    carried = [movement for movement in movements if movement.kind is MovementKind.OVERDUE]
    if carried:
        rule = Phrase("The sum of what should have been paid before {today}", today=basis.today)
        amount = added(rule, (Given(each.label, -each.amount) for each in carried), currency)
        yield Phrase.counted(
            "{count} payment whose date has passed counts as of today: {amount}.",
            "{count} payments whose date has passed count as of today: {amount}.",
            len(carried),
            amount=amount,
        )
    if currency in basis.plans:
        yield Phrase(
            "Lenders are paid as in the plan of {date}, as far as it goes.",
            date=basis.plans[currency].adopted_on,
        )
    agreed = counts_on(basis, currency)
    if agreed is not None:
        yield agreed
    if left_out:
        amount = together(
            left_out,
            currency,
            lambda due: Phrase(
                "{account}: {what}", account=basis.credits[due.account_id].name, what=due.label
            ),
        )
        yield Phrase.counted(
            "{count} payment has no date and is left out: {amount}.",
            "{count} payments have no date and are left out: {amount}.",
            len(left_out),
            amount=amount,
        )
    doubtful: dict[str, Movement] = {}
    for movement in sorted(movements, key=lambda movement: movement.on):
        if movement.doubt is not None and movement.on <= basis.until:
            doubtful.setdefault(movement.account_id or movement.refers_to, movement)
    for movement in doubtful.values():
        yield Phrase("{what}, {date}: {doubt}", what=movement.label, date=movement.on, doubt=movement.doubt)


def counts_on(basis: CashBasis, currency: str) -> Phrase | None:
    """With whom something is still to be agreed that the plan that is followed counts on; None for nobody.

    Args:
        basis: What the forecast is made of.
        currency: ISO 4217.
    """
    rest = basis.rests.get(currency)
    if rest is None:
        return None
    asked = {each.todo_id for each in rest.payments if each.todo_id and each.on <= basis.until}
    open_ones = [
        todo for todo in rest.todos if todo.id in asked and not (todo.is_debit or todo.state.is_answered)
    ]
    names = dict.fromkeys(
        basis.credits[todo.account_id].name for todo in open_ones if todo.account_id in basis.credits
    )
    if not names:
        return None
    return Phrase("It counts on what lenders have not agreed to yet: {names}.", names=", ".join(names))
