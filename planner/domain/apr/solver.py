"""The rate of flows: the one at which what is lent is worth what is paid, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate, pairwise
from math import exp, expm1, inf, log
from typing import NamedTuple

from planner.domain.apr.roots import balance, root_between, roots, weight_of
from planner.errors import PlannerError
from planner.phrases import N_

_RESIDUAL = 1e-9
_CLOSE = 1e-12
_STEPS = 40
_HIGHEST = 700.0  # e^709 is the largest float
# Where simple interest on parts is all that tells two flows apart, far rates come near to equal worth.
_FAR_ENOUGH = 20.0


class NoRateError(PlannerError):
    """The payments have no rate."""

    message = N_("These payments have no yearly rate: at none are they worth what is lent.")


class NothingLentError(NoRateError):
    """Nothing is lent, or it is paid back at once."""

    message = N_("These payments have no yearly rate: nothing is lent.")


class NothingPaidBackError(NoRateError):
    """Nothing is paid back."""

    message = N_("These payments have no yearly rate: nothing is paid back.")


class RateTooHighError(NoRateError):
    """So much is paid back so soon that the rate is no figure anybody can read."""

    message = N_("These payments have no yearly rate that can be shown: it is too high.")


class SeveralRatesError(PlannerError):
    """The payments have more than one rate, so none is the rate."""

    message = N_("These payments have more than one mathematical rate, so none of them is shown.")


# Times, parts and amounts above nothing, of what is lent or of what is paid.
Side = list[tuple[float, float, float]]


class Flow(NamedTuple):
    """Something that is lent or paid.

    Attributes:
        amount: What is lent (positive) or paid (negative), in any unit that is the same for all.
        time: When, in the unit of time of the rate.
        part: A part of a unit of time more, from 0 to 1, which earns simple interest.
    """

    amount: Decimal | int
    time: float
    part: Fraction | int = 0


def rate(flows: Iterable[Flow], far: float = inf) -> Decimal:
    """The rate for one unit of time at which flows are worth nothing together.

    Solves Σ amount / [(1 + part·i) (1 + i)^time] = 0 for i > -1: the actuarial equation of 12 CFR 1026
    Appendix J (b)(8), which without parts is that of Directive 2008/48/EC, Annex I. The sum that remains is
    below 1e-9 of what is lent.

    Args:
        flows: In any order; what is lent or paid at the same time is taken together.
        far: Beyond this rate a second solution is an artefact, see ``growth``.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    found = growth(flows, log(1 + far))
    if found > _HIGHEST:
        raise RateTooHighError
    return Decimal(repr(expm1(found))) if found else Decimal(0)


def growth(flows: Iterable[Flow], far: float = inf) -> float:
    """The logarithm of 1 + the rate of flows.

    Whoever pays a charge before anything is lent adds a second solution, mostly a very high one: the rate
    at which that charge alone would have grown into the loan. It is left out where it lies beyond ``far``
    and the other one does not. No rule speaks of this; the European Commission's examples of 2015
    (Markt/2014/107, example 43, a fee one year before the loan) take the lower solution as we do.

    Args:
        flows: In any order.
        far: Beyond this a second solution of such flows is left out.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    terms = _netted(flows)
    lends = [term.amount > 0 for term in terms]
    if not any(lends):
        raise NothingLentError
    if all(lends):
        raise NothingPaidBackError
    if sum(a is not b for a, b in pairwise(lends)) == 1:
        if not sum(term.amount for term in terms):
            return 0.0
        stepped = _newton(terms)
        if stepped is not None:
            return stepped
    found = _bracketed(terms)
    if found is not None and never_turns(terms, found):
        return checked(terms, found)
    solutions = _all(terms)
    if not solutions:
        raise NoRateError
    lowest, *others = solutions
    begun_by_a_charge = not lends[0] and not lends[-1] and len(others) == 1
    if others and not (begun_by_a_charge and lowest <= far < others[0]):
        raise SeveralRatesError
    return checked(terms, lowest)


def checked(terms: Sequence[Flow], solution: float) -> float:
    """A solution, if what is lent and what is paid differ at it by less than 1e-9 of what is lent.

    Of what is lent as it is worth at that rate, which is less than its amount unless the rate is below
    nothing. Where as much is paid as is lent, the solution beside nothing is nothing itself.

    Args:
        terms: The flows.
        solution: The logarithm of 1 + the rate.

    Raises:
        NoRateError: They differ by more.
    """
    if abs(_balance(terms, solution)) >= _RESIDUAL / 2:  # it is the difference over both together
        raise NoRateError
    return 0.0 if abs(solution) < _CLOSE and not sum(term.amount for term in terms) else solution


def never_turns(terms: Sequence[Flow], solution: float) -> bool:
    """Whether at a solution one side owes the other from the first flow to the last: it is the only one then.

    With B the balance after a flow and v the discount of the next, the worth at another rate is
    Σ B·v·(growth between the flows at that rate - growth at the solution). Growth rises with the rate, for
    simple interest on a part as well, so that all terms have the same sign if all balances have.
    Source: Soper, "The Marginal Efficiency of Capital: A Further Note", *The Economic Journal*, 69
    (1959), pp. 174-177.

    Args:
        terms: Ascending in time.
        solution: The logarithm of 1 + the rate.
    """
    discounts = [_discount(term, solution) for term in terms]
    side = 1 if terms[0].amount > 0 else -1
    # Each balance as it is worth on the day when worths are the highest: only the signs matter.
    worths = [side * float(t.amount) * exp(d - max(discounts)) for t, d in zip(terms, discounts, strict=True)]
    return all(owed > 0 for owed in accumulate(worths[:-1]))


def _netted(flows: Iterable[Flow]) -> list[Flow]:
    """What is lent or paid at each time, ascending, without what comes to nothing."""
    sums: dict[tuple[float, Fraction | int], Decimal | int] = {}
    for amount, time, part in flows:
        when = (time, part) if part != 1 else (time + 1, 0)  # simple for one whole unit is compound
        sums[when] = sums.get(when, 0) + amount
    return [Flow(amount, *when) for when, amount in sorted(sums.items()) if amount]


def _newton(terms: Sequence[Flow]) -> float | None:
    """The root of flows that change sides once, so that there is just one; None where floats end.

    Newton's steps in a bracket that only shrinks. The logarithm of what is paid over what is lent is, by
    the logarithm of growth, nearly a straight line. Where it ends, both differ by less than 1e-12 of what
    is lent, and the last step has brought them nearer still.
    """
    lent, paid = _sides(terms)
    point, low, high = 0.0, -inf, inf
    with suppress(OverflowError, ValueError, ZeroDivisionError):
        for _ in range(_STEPS):
            worth, time = _worth(lent, point)
            back, back_time = _worth(paid, point)
            over = log(back / worth)
            # Too much is paid for the rate: it is higher where the payments come later, else lower.
            low, high = (point, high) if (over > 0) is (back_time > time) else (low, point)
            point += over / (back_time - time)
            if abs(over) < _CLOSE:
                return point if abs(point) < _FAR_ENOUGH or not any(term.part for term in terms) else None
            if not low < point < high:
                return None
    return None


def _sides(terms: Sequence[Flow]) -> tuple[Side, Side]:
    """What is lent, and what is paid."""
    lent = [(time, float(part), float(amount)) for amount, time, part in terms if amount > 0]
    paid = [(time, float(part), -float(amount)) for amount, time, part in terms if amount < 0]
    return lent, paid


def _worth(flows: Sequence[tuple[float, float, float]], point: float) -> tuple[float, float]:
    """What flows are worth together, and their mean time weighted by what each is worth."""
    grown = expm1(point)
    total = moment = 0.0
    for time, part, amount in flows:
        worth = amount * exp(-time * point)
        if part:
            worth /= 1 + part * grown
            moment += part * (1 + grown) / (1 + part * grown) * worth
        total += worth
        moment += time * worth
    return total, moment / total


def _bracketed(terms: Sequence[Flow]) -> float | None:
    """A root of flows that are worth more than nothing at one end of all rates, and less at the other."""
    # Towards -100 % the last unit of time outweighs all others, and 1 + part·i is 1 - part. Towards very
    # high rates the first does, and 1 + part·i is part·(1 + i), one unit of time later.
    last = terms[-1].time
    first = min(term.time + (term.part > 0) for term in terms)
    left = sum(Fraction(term.amount) / (1 - term.part) for term in terms if term.time == last)
    right = sum(
        Fraction(term.amount) / (term.part or 1) for term in terms if term.time + (term.part > 0) == first
    )
    if left * right >= 0:
        return None
    return root_between(partial(_balance, terms), -inf, inf, 1 if left > 0 else -1)


def _balance(terms: Sequence[Flow], point: float) -> float:
    """What is lent less what is paid, as a part of both together, as they are worth."""
    weights = ((weight_of(term.amount), _discount(term, point)) for term in terms)
    return balance([(sign, size + discount) for (sign, size), discount in weights])


def _discount(term: Flow, point: float) -> float:
    """The logarithm of 1 / [(1 + part·i) (1 + i)^time] where point is that of 1 + i."""
    if not term.part:
        return -term.time * point
    part = float(term.part)
    if point > 0:
        return -(term.time + 1) * point - log(part + (1 - part) * exp(-point))
    return -term.time * point - log(1 - part + part * exp(point))


def _all(terms: Sequence[Flow]) -> tuple[float, ...]:
    """Every root. With parts, the equation times all (1 + part·i) is a polynomial in 1 + i."""
    parts = {Fraction(term.part) for term in terms}
    # The product of all other factors, for each part.
    others = {part: reduce(_times, parts - {part, 0}, {0: Fraction(1)}) for part in parts}
    weights: dict[float, Fraction] = {}
    for term in terms:
        for power, factor in others[Fraction(term.part)].items():
            weight = weights.get(term.time - power, Fraction(0))
            weights[term.time - power] = weight + Fraction(term.amount) * factor
    kept = sorted((time, weight_of(weight)) for time, weight in weights.items() if weight)
    return roots([time for time, _ in kept], [weight for _, weight in kept])


def _times(factor: dict[int, Fraction], part: Fraction) -> dict[int, Fraction]:
    """A polynomial in 1 + i, times 1 + part·i, which is (1 - part) + part·(1 + i)."""
    product = {power: weight * (1 - part) for power, weight in factor.items()}
    for power, weight in factor.items():
        product[power + 1] = product.get(power + 1, Fraction(0)) + weight * part
    return product
