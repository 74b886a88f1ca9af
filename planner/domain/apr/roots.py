"""All the real roots of a sum of exponentials, found so that none is missed.

The worth of dated flows is Σ w·e^(-t·x), where x is the logarithm of 1 + rate: every rate above -100 %
is one real x. Such a sum has at most as many roots as its weights, in the order of their times, change
their sign (Descartes' rule for exponential sums: Laguerre, 1883; Jameson, *The Mathematical Gazette*,
90 (2006), pp. 223-234). The proof of that rule, by Rolle's theorem, is the method here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import exp, fsum, inf, log

# Below this part of the size of its terms, a sum cannot be told from nothing.
_NOISE = 1e-13
# A root is known to this part of itself, or of a hundredth: floats know no better.
_WIDTH = 4e-16
_LEAST = 0.01

# The sign of a weight, and the logarithm of its size: the product of many of them is still a number.
Weight = tuple[int, float]


def weight_of(amount: Decimal | Fraction | int) -> Weight:
    """An amount, which is not nothing, as a weight."""
    above, below = amount.as_integer_ratio()
    return (1 if above > 0 else -1), log(abs(above)) - log(below)


def roots(times: Sequence[float], weights: Sequence[Weight]) -> tuple[float, ...]:
    """Every real x at which Σ w·e^(-t·x) is nothing, ascending; where it only touches nothing counts once.

    Between two times where the sign of the weights changes, take a point c. Σ w·e^((c-t)·x) has the same
    roots, and its derivative, Σ w·(c-t)·e^((c-t)·x), has one change of sign less. Between the roots of
    that one, found by the same method, the sum only rises or only falls: it has one root there or none.

    Args:
        times: Ascending, none twice.
        weights: The weight at each time.
    """
    found: tuple[float, ...] = ()
    for level in reversed(list(_derivatives(times, weights))):
        found = _between_turns(times, level, found)
    return found


def root_between(value: Callable[[float], float], low: float, high: float, left: int) -> float:
    """The point between two others at which a value changes its sign, by halving.

    Args:
        value: What is nothing at the root.
        low: The lower end; may be without limit.
        high: The upper end; may be without limit.
        left: The sign of the value at the lower end, 1 or -1; at the upper one it is the other.
    """
    if low == -inf and high == inf:
        low, high = (0.0, inf) if value(0.0) * left > 0 else (-inf, 0.0)
    step = 1.0
    while high == inf:
        low, high = (low + step, inf) if value(low + step) * left > 0 else (low, low + step)
        step *= 2
    while low == -inf:
        low, high = (high - step, high) if value(high - step) * left > 0 else (-inf, high - step)
        step *= 2
    while high - low > _WIDTH * max(abs(low), abs(high), _LEAST):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) * left > 0 else (low, middle)
    return (low + high) / 2


def balance(terms: Sequence[Weight]) -> float:
    """A sum of terms as a part of their size, from -1 to 1; each is a sign and the logarithm of a size."""
    most = max(size for _, size in terms)
    scaled = [sign * exp(size - most) for sign, size in terms]
    return fsum(scaled) / fsum(map(abs, scaled))


def _derivatives(times: Sequence[float], level: Sequence[Weight]) -> Iterator[Sequence[Weight]]:
    """The weights of the sum, and of each derivative that still changes its sign."""
    while True:
        turn = next((n for n, (a, b) in enumerate(pairwise(level)) if a[0] != b[0]), None)
        if turn is None:
            return
        yield level
        centre = (times[turn] + times[turn + 1]) / 2
        level = [
            (sign if time < centre else -sign, size + log(abs(centre - time)))
            for time, (sign, size) in zip(times, level, strict=True)
        ]


def _between_turns(
    times: Sequence[float], level: Sequence[Weight], turns: Sequence[float]
) -> tuple[float, ...]:
    """The roots of one sum, which only rises or only falls between the turns."""

    def value(x: float) -> float:
        return balance([(sign, size - time * x) for time, (sign, size) in zip(times, level, strict=True)])

    def side(x: float) -> int:
        found = value(x)
        return (found > _NOISE) - (found < -_NOISE)

    # Far to the left the last weight outweighs all others, far to the right the first one.
    ends = [(-inf, level[-1][0]), *((x, side(x)) for x in turns), (inf, level[0][0])]
    found = [x for x, there in ends if not there]
    found += [root_between(value, low, high, a) for (low, a), (high, b) in pairwise(ends) if a * b < 0]
    found.sort()
    # Neighbours with nothing but noise between them are one root, at which the sum touches.
    return tuple(x for n, x in enumerate(found) if not n or side((found[n - 1] + x) / 2))
