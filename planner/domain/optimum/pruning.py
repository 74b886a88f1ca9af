"""Columns that no best choice needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.optimum.program import Column, Program


def pruned(program: Program) -> Program:
    """A program without dominated columns and without rows that cannot bind.

    A column is dominated by one of its group that is no later, costs no more, ends no later, asks for no
    more and takes no more of any row: whatever is chosen with it is as good with the other. Of equal ones
    the first stays.

    Source: Kellerer, Pferschy, Pisinger, "Knapsack Problems" (2004), section 11.2, for several rows.

    Args:
        program: The program.
    """
    groups = tuple(
        tuple(column for column in group if not any(_dominates(other, column) for other in group))
        for group in program.groups
    )
    kept = [
        row
        for row, most in enumerate(program.rows)
        if sum(max((column.uses[row] for column in group), default=0) for group in groups) > most
    ]
    return Program(
        tuple(
            tuple(replace(each, uses=tuple(each.uses[row] for row in kept)) for each in group)
            for group in groups
        ),
        tuple(program.rows[row] for row in kept),
    )


def as_kept(program: Program, kept: Program, chosen: Sequence[Column]) -> tuple[Column, ...] | None:
    """A choice as a pruned program has it: what it has no more is replaced by what made it needless.

    Args:
        program: The program.
        kept: The same, pruned.
        chosen: A column of each of its groups, told by their keys; what they take need not be the same.

    Returns:
        The choice; None if one of the columns is not of the program.
    """
    found = []
    for group, left, wanted in zip(program.groups, kept.groups, chosen, strict=True):
        own = next((column for column in group if column.key == wanted.key), None)
        keys = {column.key for column in group if own == column or (own and _dominates(column, own))}
        better = next((column for column in left if column.key in keys), None)
        if better is None:
            return None
        found.append(better)
    return tuple(found)


def _dominates(one: Column, other: Column) -> bool:
    """Whether a column makes another one of its group needless."""
    if one.late > other.late or one.cost > other.cost or one.ends > other.ends or one.acts > other.acts:
        return False
    if any(more > less for more, less in zip(one.uses, other.uses, strict=True)):
        return False
    return one.key < other.key if replace(one, key=other.key) == other else True


def fitting(program: Program) -> Program:
    """A program without the columns that take more of a row than the least of all other groups leaves.

    Args:
        program: The program.
    """
    while all(program.groups):
        least = [
            tuple(min(column.uses[row] for column in group) for row in range(len(program.rows)))
            for group in program.groups
        ]
        left = [most - sum(uses[row] for uses in least) for row, most in enumerate(program.rows)]
        groups = tuple(
            tuple(
                column
                for column in group
                if all(use - low <= most for use, low, most in zip(column.uses, taken, left, strict=True))
            )
            for group, taken in zip(program.groups, least, strict=True)
        )
        if groups == program.groups:
            break
        program = replace(program, groups=groups)
    return program
