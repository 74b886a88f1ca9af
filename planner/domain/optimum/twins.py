"""Groups that are the same: swapping what they take changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.domain.optimum.program import Column


def twins_of(groups: Sequence[tuple[Column, ...]]) -> tuple[int, ...]:
    """For each group the one before it that is the same; -1 where there is none."""
    last: dict[tuple[Column, ...], int] = {}
    found = []
    for number, group in enumerate(groups):
        found.append(last.get(group, -1))
        last[group] = number
    return tuple(found)


def alike_in(twins: Sequence[int]) -> list[list[int]]:
    """The groups that are the same, together; only where there are several.

    Args:
        twins: For each group the one before it that is the same; -1 where there is none.
    """
    found: dict[int, list[int]] = {}
    for number, before in enumerate(twins):
        alike = found[before] if before >= 0 else []
        alike.append(number)
        found[number] = alike
    return [alike for number, alike in found.items() if number == alike[0] and len(alike) > 1]


def in_order(chosen: Iterable[int], alike: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """A choice in which groups that are the same take their columns in order.

    Args:
        chosen: The number of the chosen column of each group.
        alike: The groups that are the same, together.
    """
    found = list(chosen)
    for groups in alike:
        for group, number in zip(groups, sorted(found[group] for group in groups), strict=True):
            found[group] = number
    return tuple(found)
