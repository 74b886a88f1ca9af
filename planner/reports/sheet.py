"""A table for other programs: typed cells, from which a file and a terminal show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.money import Money
from planner.i18n import explain, show, show_amount
from planner.phrases import Phrase

Cell = Money | date | int | Phrase | str | None
"""What a cell holds; None for nothing."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column.

    Attributes:
        title: What stands above it, without its currency.
        kind: What its cells are.
        currency: ISO 4217, for amounts; empty for others.
    """

    title: Phrase
    kind: Kind = Kind.TEXT
    currency: str = ""

    @property
    def heading(self) -> Phrase:
        """What stands above it: amounts name their currency here and not in each cell."""
        if self.kind is not Kind.MONEY:
            return self.title
        return Phrase("{what} ({currency})", what=self.title, currency=self.currency)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        title: What it shows.
        columns: Its columns.
        rows: Its rows, a cell for each column.
        totals: The sums below them, a cell for each column; None where nothing is added up.
        notes: What to know, in sentences.
    """

    title: Phrase
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    notes: tuple[Phrase, ...] = ()

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows and the sums below them."""
        return self.rows if self.totals is None else (*self.rows, self.totals)


def shown(cell: Cell) -> str:
    """A cell as the reader writes it: an amount without its currency, which stands above it."""
    if cell is None:
        return ""
    return show_amount(cell) if isinstance(cell, Money) else show(cell)


def text_of(cell: Phrase | str) -> str:
    """A cell of words in the reader's language."""
    return explain(cell) if isinstance(cell, Phrase) else cell


def shown_rows(sheet: Sheet) -> list[list[str]]:
    """A table as it is read: the headings, the rows, and the sums where there are any."""
    headings = [explain(column.heading) for column in sheet.columns]
    return [headings, *([shown(cell) for cell in row] for row in sheet.all_rows)]


def with_totals(
    title: Phrase,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[Phrase] = (),
) -> Sheet:
    """A table whose amounts are added up below it.

    Args:
        title: What it shows.
        columns: Its columns; the first is of words.
        rows: Its rows.
        notes: What to know.
    """
    totals: list[Cell] = []
    for number, column in enumerate(columns):
        if column.kind is Kind.MONEY:
            amounts = [row[number] for row in rows]
            total = sum(amount.minor for amount in amounts if isinstance(amount, Money))
            totals.append(Money(total, column.currency))
        else:
            totals.append(None)
    totals[0] = Phrase("Together")
    return Sheet(title, tuple(columns), tuple(tuple(row) for row in rows), tuple(totals), tuple(notes))
