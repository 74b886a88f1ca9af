"""The sums of several obligations, one per currency, each with how it was made."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planner.domain.derivation import Derived, Given, as_sum
from planner.domain.due import Due
from planner.domain.due_figures import still_costs, still_least, still_principal
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase

Name = Callable[[Due], Phrase]
"""What to call an obligation among those of other accounts."""


def by_label(due: Due) -> Phrase:
    """What an obligation is called among those of its account."""
    return due.label


def total_of(dues: Iterable[Due], name: Name = by_label) -> dict[str, Derived[Money]]:
    """The sum still to pay of some obligations, one per currency, and how it was made."""
    return _by_currency(_STILL, dues, lambda due: due.open, lambda due: due.still_due, name)


def together(dues: Iterable[Due], currency: str, name: Name = by_label) -> Derived[Money]:
    """The sum still to pay of the obligations of one currency, and how it was made."""
    return _summed(_STILL, tuple(dues), currency, lambda due: due.open, lambda due: due.still_due, name)


def least_of(dues: Iterable[Due], name: Name = by_label) -> dict[str, Derived[Money]]:
    """What brings some obligations up to date, one sum per currency, and how it was made."""
    rule = Phrase("The sum of the least to pay: the minimum where there is one, else all of it")
    return _by_currency(rule, dues, lambda due: due.open_minimum, still_least, name)


def principal_of(dues: Iterable[Due], name: Name = by_label) -> dict[str, Derived[Money]]:
    """The principal still to pay of some obligations, one sum per currency, and how it was made."""
    rule = Phrase("The sum of the principal still to pay: what was bought or borrowed")
    return _by_currency(rule, dues, lambda due: due.open_principal, still_principal, name)


def costs_of(dues: Iterable[Due], name: Name = by_label) -> dict[str, Derived[Money]]:
    """The fees, interest and penalties still to pay, one sum per currency, and how it was made."""
    rule = Phrase("The sum of fees, interest and penalties still to pay")
    return _by_currency(rule, dues, lambda due: due.open - due.open_principal, still_costs, name)


_STILL = Phrase("The sum of what is still to pay, one total per currency")


def _by_currency(
    rule: Phrase,
    dues: Iterable[Due],
    amount: Callable[[Due], Money],
    figure: Callable[[Due], Derived[Money]],
    name: Name,
) -> dict[str, Derived[Money]]:
    kept = tuple(dues)
    currencies = dict.fromkeys(due.open.currency for due in kept)
    return {currency: _summed(rule, kept, currency, amount, figure, name) for currency in currencies}


def _summed(
    rule: Phrase,
    dues: tuple[Due, ...],
    currency: str,
    amount: Callable[[Due], Money],
    figure: Callable[[Due], Derived[Money]],
    name: Name,
) -> Derived[Money]:
    """A sum over the obligations of one currency; how each was made is told only when somebody asks."""
    kept = [due for due in dues if due.open.currency == currency]
    total = sum_of(map(amount, kept), currency)
    parts = [due for due in kept if amount(due)] or kept
    return as_sum(total, rule, lambda: (Given(name(due), figure(due)) for due in parts))
