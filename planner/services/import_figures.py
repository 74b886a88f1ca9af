"""How the figures of a statement and of its import were made."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.recorded import as_recorded
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase
from planner.services.import_plan import ImportPlan, MethodUse, PlannedRow
from planner.services.import_planner import method_of
from planner.statements.statement import Direction, RowKind, Statement, StatementRow

# More rows than these are told as one sum.
_MOST_ROWS = 40


def made_stated(total: Money) -> Derived[Money]:
    """A total that the file states itself."""
    return as_recorded(Phrase("The file says"), total, IMPORTED)


def made_found(statement: Statement, direction: Direction) -> Derived[Money]:
    """What the rows of one direction come to, and how that was made."""
    rows = [row for row in statement.rows if row.direction is direction]
    if direction is Direction.NEUTRAL:
        rows = [row for row in rows if row.kind is not RowKind.PROVISIONAL]
    gross = sum_of((row.gross for row in rows), statement.currency)
    back = sum_of((row.refunded for row in rows), statement.currency)
    net = gross - back

    def made() -> Derivation:
        rule = Phrase("Its rows give = the amounts of these rows − what came back of them")
        if direction is Direction.NEUTRAL:
            rule = Phrase(
                "Its rows give = the amounts of these rows − what came back of them. Rows to be paid after "
                "trying are left out: each has a row of its own once it is paid."
            )
        given = (
            Given(Phrase("Number of these rows"), len(rows), IMPORTED),
            Given(Phrase("Their amounts together"), gross, IMPORTED),
            Given(Phrase("What came back of them"), back, IMPORTED),
        )
        return Derivation(rule, given, (Working(Phrase("Amounts − what came back"), net),))

    return Derived(net, made)


def made_row(planned: PlannedRow) -> Derived[Money]:
    """The amount of a row, as the file has it."""
    row = planned.row
    rule = Phrase("This is what line {line} of the file says.", line=row.line)
    given = [Given(Phrase("Amount"), row.gross, IMPORTED)]
    if row.refunded:
        given.append(Given(Phrase("Came back"), row.refunded, IMPORTED))
    return Derived(row.gross, Derivation(rule, tuple(given)))


def made_use(plan: ImportPlan, use: MethodUse) -> Derived[Money]:
    """What the rows of a payment method come to, and how that was made."""

    def made() -> Derivation:
        rule = Phrase("The rows that were paid with it, together, without what came back of them")
        rows = [
            planned.row
            for planned in plan.rows
            if planned.row.kind is not RowKind.REFUND and method_of(planned.row) == use.method
        ]
        given = _rows(rows[:_MOST_ROWS])
        more = sum_of((row.net for row in rows[_MOST_ROWS:]), use.total.currency)
        count = len(rows) - _MOST_ROWS
        if count > 0:
            label = Phrase.counted("{count} more row", "{count} more rows", count)
            given.append(Given(label, more, IMPORTED))
        return Derivation(rule, tuple(given), (Working(Phrase("Together"), use.total),))

    return Derived(use.total, made)


def _rows(rows: Sequence[StatementRow]) -> list[Given]:
    return [
        Given(Phrase("Line {line}, {date}", line=row.line, date=row.at.date()), row.net, IMPORTED)
        for row in rows
    ]
