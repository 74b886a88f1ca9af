"""What came out beside what has to come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from planner.domain.money import Money
from tests.vectors.given import Given, UnusableError, as_decimal
from tests.vectors.vector import Vector

# A decimal is a rate in per cent; Money is an amount, and exact.
Answer = Money | Decimal | int | str | date | None | Sequence["Answer"]
Answers = Mapping[str, Answer]
Handler = Callable[[Given], Answers]


def complaints(vector: Vector, handler: Handler) -> list[str]:
    """Everything that is wrong between a vector and the program; nothing if both say the same."""
    if vector.problem:
        return [vector.problem]
    given = Given(vector)
    try:
        answers = handler(given)
    except UnusableError as error:
        return [str(error)]
    return [*(f"nobody looks at the input {name}" for name in given.unread), *_compared(vector, answers)]


def _compared(vector: Vector, answers: Answers) -> Iterator[str]:
    for key, wanted in vector.expected.items():
        if key not in answers:
            yield f"nobody works out {key}"
            continue
        stated = vector.tolerance.get(key)
        tolerance = None if stated is None else as_decimal(stated, f"the tolerance of {key}")
        if not agree(answers[key], wanted, tolerance):
            yield f"{key} is {_written(answers[key])}, not {_written(wanted)} (tolerance: {stated})"


def agree(found: Answer, wanted: object, tolerance: Decimal | None) -> bool:
    """Whether an answer is what is wanted: within the tolerance, else exactly.

    A rate without a tolerance has to be right to the last digit that is written.
    """
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if found is None or isinstance(found, (str, date)):
        return (found.isoformat() if isinstance(found, date) else found) == wanted
    if isinstance(found, Sequence):
        return (
            isinstance(wanted, list)
            and len(found) == len(wanted)
            and all(agree(part, other, tolerance) for part, other in zip(found, wanted, strict=True))
        )
    try:
        figure = as_decimal(wanted, "it")
    except UnusableError:
        return False
    ours = found.decimal if isinstance(found, Money) else Decimal(found)
    if tolerance is None:
        tolerance = _half_of_the_last_digit(figure) if isinstance(found, Decimal) else Decimal(0)
    return abs(ours - figure) <= tolerance


def _half_of_the_last_digit(figure: Decimal) -> Decimal:
    exponent = figure.as_tuple().exponent
    return Decimal("0.5").scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _written(value: object) -> str:
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, (list, tuple)) else str(value)
