"""What a file from elsewhere says: its rows, the totals it states itself, and why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.money import Money, sum_of
from planner.errors import PlannerError
from planner.phrases import N_, Phrase

# The way to the file, in the words of the app itself: they stay Chinese in every language.
JD_MENU = "我的 → 我的钱包 → 账单 → 账单导出"


class Direction(StrEnum):
    """How the sender counts a row (收/支)."""

    EXPENSE = "expense"
    INCOME = "income"
    NEUTRAL = "neutral"


class RowKind(StrEnum):
    """What a row is about."""

    PURCHASE = "purchase"
    REFUND = "refund"
    PROVISIONAL = (
        "provisional"  # pay after trying (先享后付): the paid row follows, with the same order number
    )
    REPAYMENT = "repayment"
    OTHER = "other"


class RowState(StrEnum):
    """How a row ended. A state that is not known here is refused, never guessed."""

    SUCCESS = "success"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One row of a statement.

    Attributes:
        line: Its physical line in the file, from 1.
        at: When it happened, by the sender's clock.
        merchant: Who was paid.
        description: What for.
        gross: The amount before refunds.
        refunded: How much of it came back.
        method: What it was paid with, in the sender's words.
        state: How it ended.
        direction: How the sender counts it.
        kind: What it is about.
        category: The sender's category; may be empty.
        order_number: The order it belongs to; several rows may share it.
        occurrence: 1, or n for the nth row of the file with the same identity.
    """

    line: int
    at: datetime
    merchant: str
    description: str
    gross: Money
    refunded: Money
    method: str
    state: RowState
    direction: Direction
    kind: RowKind
    category: str
    order_number: str
    occurrence: int = 1

    @property
    def net(self) -> Money:
        """What is left of the amount after refunds."""
        return self.gross - self.refunded

    @property
    def key(self) -> str:
        """The identity of the row: the same row of a later export has the same key.

        It is kept in the user's file, so its form never changes. A refund changes the amount and
        with it the key: what was bought is recognised by ``key_before_refunds``.
        """
        amount = f"{self.gross.minor}-{self.refunded.minor}" if self.refunded else f"{self.gross.minor}"
        return self._key(amount, self.direction, self.occurrence)

    def key_before_refunds(self, direction: Direction, occurrence: int = 1) -> str:
        """The key that the row has, or had, as long as nothing of it has come back.

        Args:
            direction: How it was counted then: what comes back whole is counted otherwise.
            occurrence: Its number among the rows that were equal then.
        """
        return self._key(f"{self.gross.minor}", direction, occurrence)

    def _key(self, amount: str, direction: Direction, occurrence: int) -> str:
        parts = (self.at.isoformat(), amount, direction, self.state, str(occurrence))
        return "|".join((*parts, self.order_number))


@dataclass(frozen=True, slots=True)
class HeaderTotals:
    """What the file says about itself; None for what it does not say.

    Attributes:
        rows: How many records it holds.
        income_rows: How many of them are income.
        income: Their sum.
        expense_rows: How many are expenses.
        expense: Their sum, without what was refunded.
        neutral_rows: How many count as neither.
        neutral: Their sum, as the sender counts it.
    """

    rows: int | None = None
    income_rows: int | None = None
    income: Money | None = None
    expense_rows: int | None = None
    expense: Money | None = None
    neutral_rows: int | None = None
    neutral: Money | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that the file states, beside what its rows give.

    Attributes:
        what: The name of the total.
        header: What the file states.
        ours: What its rows give.
    """

    what: Phrase
    header: int | Money
    ours: int | Money


@dataclass(frozen=True, slots=True)
class Statement:
    """A file that was read. The name of the account is left out on purpose: nothing needs it.

    Attributes:
        format: Which kind of file it is, such as "jd".
        encoding: How its text was encoded.
        currency: The currency of all its amounts.
        period: Its first and last day, where it says so.
        header_line: The physical line of the column names, from 1.
        totals: What it says about itself.
        rows: Its rows, in its order.
    """

    format: str
    encoding: str
    currency: str
    period: tuple[date, date] | None
    header_line: int
    totals: HeaderTotals
    rows: tuple[StatementRow, ...]

    @property
    def income_rows(self) -> int:
        """How many rows are income."""
        return sum(1 for _ in self._of(Direction.INCOME))

    @property
    def income_net(self) -> Money:
        """The income, without what was refunded."""
        return sum_of((row.net for row in self._of(Direction.INCOME)), self.currency)

    @property
    def expense_rows(self) -> int:
        """How many rows are expenses."""
        return sum(1 for _ in self._of(Direction.EXPENSE))

    @property
    def expense_net(self) -> Money:
        """The expenses, without what was refunded."""
        return sum_of((row.net for row in self._of(Direction.EXPENSE)), self.currency)

    @property
    def neutral_rows(self) -> int:
        """How many rows count as neither income nor expense."""
        return sum(1 for _ in self._of(Direction.NEUTRAL))

    @property
    def neutral_net(self) -> Money:
        """What counts as neither, without what was refunded and without provisional rows.

        Source: JD counts so; found on a real export (vector fmt-jd-sum).
        """
        rows = (row for row in self._of(Direction.NEUTRAL) if row.kind is not RowKind.PROVISIONAL)
        return sum_of((row.net for row in rows), self.currency)

    @property
    def stated(self) -> tuple[Difference, ...]:
        """Every total that the file states, beside what its rows give."""
        totals = self.totals
        pairs: tuple[tuple[Phrase, int | Money | None, int | Money], ...] = (
            (Phrase("records"), totals.rows, len(self.rows)),
            (Phrase("records of income"), totals.income_rows, self.income_rows),
            (Phrase("total income"), totals.income, self.income_net),
            (Phrase("records of expenses"), totals.expense_rows, self.expense_rows),
            (Phrase("total expenses"), totals.expense, self.expense_net),
            (Phrase("records counted as neither"), totals.neutral_rows, self.neutral_rows),
            (Phrase("total counted as neither"), totals.neutral, self.neutral_net),
        )
        return tuple(Difference(what, header, ours) for what, header, ours in pairs if header is not None)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The totals that the file states and its rows do not give."""
        return tuple(total for total in self.stated if total.header != total.ours)

    def _of(self, direction: Direction) -> Iterator[StatementRow]:
        return (row for row in self.rows if row.direction is direction)


class StatementError(PlannerError):
    """A file cannot be imported; nothing of it is kept."""

    message = N_("This file cannot be imported.")

    def __init__(self, **values: object) -> None:
        """Keep the values, and the way to the right file for the sentences that name it."""
        super().__init__(menu=JD_MENU, **values)


class EmptyFileError(StatementError):
    """There is nothing in the file."""

    message = N_("This file is empty. Please export it once more from the JD app ({menu}).")


class NotAStatementError(StatementError):
    """The file is of another nature: a picture, a PDF, a workbook."""

    message = N_(
        "This looks like {kind}. The file to import is the CSV file that the JD app exports ({menu})."
    )


class UnknownFormatError(StatementError):
    """The file is a table of another sender, or of an unknown one."""

    message = N_(
        "This looks like {kind}, which cannot be read. The file to import is the CSV file that "
        "the JD app exports ({menu})."
    )


class EncodingError(StatementError):
    """Some characters cannot be read."""

    message = N_(
        "The characters on line {line} cannot be read; the file may be damaged or "
        "cut short. Please export it once more from the JD app ({menu})."
    )


class NoHeaderError(StatementError):
    """No line has the names of the columns."""

    message = N_(
        "No line of this file has the names of the columns ({names}). It may have been cut short "
        "or changed. Please export it once more from the JD app ({menu})."
    )


class MissingColumnsError(StatementError):
    """The line with the names of the columns lacks some."""

    message = N_(
        "Line {line} has the names of the columns, but these are missing: {names}. Please export "
        "the file once more from the JD app ({menu})."
    )


class TruncatedError(StatementError):
    """There are fewer or more rows than the file says it has."""

    message = N_(
        "The file says that it has {expected} records, but {found} are there: it was cut short "
        "or changed. Nothing was imported. Please export it once more from the JD app ({menu})."
    )


class BadRowError(StatementError):
    """A row has another number of fields than the columns or the other rows."""

    message = N_(
        "Line {line} has {found} fields instead of {expected}: the file may have been cut short "
        "or changed there. Nothing was imported."
    )


class BadQuotesError(StatementError):
    """A quotation mark is opened and not closed, so no one can tell where the row ends."""

    message = N_(
        "The quotation marks on line {line} do not match, so its fields cannot be told apart. "
        "Nothing was imported."
    )


class BadTimeError(StatementError):
    """A time cannot be read exactly."""

    message = N_(
        "The time on line {line} reads “{text}”, not like 2026-09-15 08:30:00. If a spreadsheet "
        "program has saved the file, please export it once more and import it unopened. Nothing "
        "was imported."
    )


class BadAmountError(StatementError):
    """An amount cannot be read exactly."""

    message = N_(
        "The amount on line {line} reads “{text}”, which cannot be understood with certainty. "
        "Nothing was imported."
    )


class RefundTooLargeError(StatementError):
    """More came back than was paid."""

    message = N_(
        "On line {line}, {refunded} came back of a payment of only {gross}: the file may have "
        "been changed. Nothing was imported."
    )


class UnknownStateError(StatementError):
    """The state of a row is a word that is not known."""

    message = N_(
        "Line {line} is in the state “{text}”, which is not known, so it is not certain whether "
        "it was paid. Nothing was imported."
    )


class UnknownDirectionError(StatementError):
    """A row is neither expense nor income nor neither of them."""

    message = N_(
        "Line {line} is counted as “{text}”, which is neither 支出 nor 收入 nor 不计收支. Nothing was "
        "imported."
    )
