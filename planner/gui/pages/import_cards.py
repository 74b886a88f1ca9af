"""The parts of the import: what the file is, what its methods stand for, what its rows become."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.account import Account
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.gui.arrange import clear
from planner.gui.fields import ChoiceField, TextField
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.accounts import account_from
from planner.services.catalogue import product as published_product
from planner.services.import_figures import made_found, made_row, made_stated, made_use
from planner.services.imports import (
    BAITIAO,
    BAITIAO_REPAID,
    Becomes,
    ImportPlan,
    MethodUse,
    PlannedRow,
    names_baitiao,
    names_credit,
)
from planner.statements.statement import Direction, Statement
from planner.store import catalogue
from planner.store.store import Store

BECOMES_WORDS = {
    Becomes.PURCHASE: N_("Purchase"),
    Becomes.REFUND: N_("Refund"),
    Becomes.REFUND_ADDED: N_("Refund added"),
    Becomes.PAYMENT: N_("Payment"),
    Becomes.PENDING: N_("Pending order"),
    Becomes.WITHDRAWN: N_("Taken off"),
    Becomes.ALREADY_THERE: N_("Already there"),
    Becomes.NOT_CREDIT: N_("Not credit"),
    Becomes.IGNORED: N_("Ignored"),
    Becomes.UNANSWERED: N_("Needs an answer"),
}
_FORMATS = {"jd": N_("Export of the JD app")}
_ENCODINGS = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}

_CARD = "信用卡"

# The answers of a method beside the ids of accounts.
OPEN, IGNORE, NEW = "", "ignore", "new"
_EVERY, _TAKEN, _SKIPPED = "every", "taken", "skipped"
_NARROW = 40  # where totals no longer stand in one line each, in heights of a line


_Cell = tuple[str, Derived[Money] | None]
_Total = tuple[_Cell, _Cell, _Cell]


class Card(QFrame):
    """A part of the page with a heading."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("card")
        self.heading = heading_label()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.column.addWidget(self.heading)


class FileCard(Card):
    """What the file is, and its own totals beside ours."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.facts = text_label()
        self.verdict = text_label()
        self.note = quiet_label()
        self._totals = QGridLayout()
        self._totals.setHorizontalSpacing(3 * GRID)
        self._totals.setVerticalSpacing(GRID // 2)
        self._totals.setColumnStretch(3, 1)
        self.column.addWidget(self.facts)
        self.column.addLayout(self._totals)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.note)

    def show_statement(self, statement: Statement, name: str) -> None:
        """Say what was read."""
        self.heading.setText(_("1. The file"))
        kind = _(_FORMATS[statement.format])
        encoding = _ENCODINGS.get(statement.encoding, statement.encoding)
        count = len(statement.rows)
        records = ngettext("{count} record", "{count} records", count).format(count=show(count))
        if statement.period is None:
            text = _("{name}: {kind}, {records}, written in {encoding}.")
            self.facts.setText(text.format(name=name, kind=kind, records=records, encoding=encoding))
        else:
            text = _("{name}: {kind} from {first} to {last}, {records}, written in {encoding}.")
            first, last = (show(day) for day in statement.period)
            self.facts.setText(
                text.format(name=name, kind=kind, first=first, last=last, records=records, encoding=encoding)
            )
        self._show_totals(statement)
        self.note.setText(
            _(
                "Bills, due dates, instalments and fees are not in this export: add your newest bill from "
                "the app afterwards."
            )
        )

    def _show_totals(self, statement: Statement) -> None:
        clear(self._totals)
        rows = _totals_of(statement)
        if not rows:
            self.verdict.setText(_("The file states no totals, so there is nothing to compare with."))
            return
        head: _Total = (("", None), (_("The file says"), None), (_("Its rows give"), None))
        for line, cells in enumerate((head, *rows)):
            for column, (text, figure) in enumerate(cells):
                label = text_label() if column and line else quiet_label()
                label.tell(text, figure, heading=cells[0][0])
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
                self._totals.addWidget(label, line, column)
        self._wrap()
        if not statement.differences:
            self.verdict.setText(_("The totals of the file and of its rows agree."))
            return
        sentence = _("The file says {stated} for {what}; its rows give {found}.")
        lines = [
            sentence.format(stated=show(one.header), what=explain(one.what), found=show(one.ours))
            for one in statement.differences
        ]
        lines.append(_("JD notes itself that its sums may differ. What each row says is what counts here."))
        figures = [figure for cells in rows for _text, figure in cells]
        self.verdict.tell("\n".join(lines), figures)

    def _wrap(self) -> None:
        """Let the totals go on in a second line where room is short, and only there."""
        is_narrow = self.width() < _NARROW * self.fontMetrics().height()
        for number in range(self._totals.count()):
            item = self._totals.itemAt(number)
            label = item.widget() if item is not None else None
            if isinstance(label, QLabel):
                label.setWordWrap(is_narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()


def _totals_of(statement: Statement) -> list[_Total]:
    """Every total that the file states, in words and with how it was made, beside ours."""
    totals = statement.totals
    rows: list[_Total] = []
    if totals.rows is not None:
        rows.append(((_("All records"), None), (show(totals.rows), None), (show(len(statement.rows)), None)))
    kinds = (
        (
            _("Expenses (支出)"),
            Direction.EXPENSE,
            totals.expense_rows,
            totals.expense,
            statement.expense_rows,
        ),
        (_("Income (收入)"), Direction.INCOME, totals.income_rows, totals.income, statement.income_rows),
        (
            _("Counted as neither (不计收支)"),
            Direction.NEUTRAL,
            totals.neutral_rows,
            totals.neutral,
            statement.neutral_rows,
        ),
    )
    for name, direction, count, total, found in kinds:
        if count is not None and total is not None:
            stated = _records_and_sum(count, made_stated(total))
            rows.append(((name, None), stated, _records_and_sum(found, made_found(statement, direction))))
    return rows


def _records_and_sum(count: int, total: Derived[Money]) -> _Cell:
    text = ngettext("{count} record, {total}", "{count} records, {total}", count)
    return text.format(count=show(count), total=show(total)), total


class MethodsCard(Card):
    """A choice for every payment method that matters.

    Attributes:
        fields: The choice of each method.

    Signals:
        answered: A method, and what the user chose: an account's id, "ignore", "new" or nothing.
    """

    answered = Signal(str, str)

    def __init__(self) -> None:
        """Build it without methods."""
        super().__init__()
        self.hint = quiet_label()
        self.fields: dict[str, ChoiceField] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self.column.addWidget(self.hint)
        self.column.addLayout(self._grid)

    def show_methods(self, plan: ImportPlan, accounts: Sequence[Account], new_names: Collection[str]) -> None:
        """Show every method with its answer, and what it can stand for.

        Args:
            plan: What would be recorded; its methods are those that matter.
            accounts: What they can stand for, with the accounts that are still to be made.
            new_names: The names of those, which are not offered a second time.
        """
        methods = plan.methods
        self.heading.setText(_("2. What each payment method stands for"))
        self.hint.setText(_("Your answers are remembered for the next import."))
        if list(self.fields) != [use.method for use in methods]:
            self._build(methods)
        for use in methods:
            field = self.fields[use.method]
            words = _use_words(use)
            if use.account_id and not names_credit(use.method):
                words = "\n".join((words, _("This looks like your own money, not credit.")))
            field.say(use.method, words)
            field.hint.tell(words, made_use(plan, use), heading=use.method)
            name = new_name(use.method)
            choices = [
                (OPEN, _("Choose…")),
                *((account.id, account.name) for account in accounts),
                (IGNORE, _("Not credit, ignored")),
            ]
            if name not in new_names:
                choices.append((NEW, _("New account: {name}").format(name=name)))
            field.set_choices(choices)
            answer = (use.account_id or IGNORE) if use.is_answered else OPEN
            field.set_key(answer)
            if use.is_answered:
                field.show_problem("")

    def ask_for(self, methods: Sequence[MethodUse]) -> None:
        """Say at each method that it needs an answer; the keyboard goes to the first."""
        for use in methods:
            self.fields[use.method].show_problem(_("Please choose an account or “Not credit, ignored”."))
        self.fields[methods[0].method].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, methods: Sequence[MethodUse]) -> None:
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {}
        for use in methods:
            field = ChoiceField()
            self.fields[use.method] = field
            field.box.activated.connect(
                lambda _index, method=use.method: self.answered.emit(method, self.fields[method].value())
            )
        self._arrange()
        for field in self.fields.values():
            field.show()  # a layout would show them with the next event only, too late for the keyboard

    def _arrange(self) -> None:
        """Two columns where there is room for both."""
        columns = 2 if self.width() > 46 * self.fontMetrics().height() else 1
        for number, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _use_words(use: MethodUse) -> str:
    if use.method == BAITIAO_REPAID:
        text = ngettext(
            "{count} repayment of JD Baitiao, {total}", "{count} repayments of JD Baitiao, {total}", use.rows
        )
    else:
        text = ngettext("{count} row, {total} after refunds", "{count} rows, {total} after refunds", use.rows)
    return text.format(count=show(use.rows), total=show(use.total))


def new_name(method: str) -> str:
    """What a new account for a method would be called."""
    product = catalogue.product(BAITIAO)
    return _(product.name) if names_baitiao(method) and product is not None else method


def new_account(store: Store, method: str, currency: str) -> Account:
    """A new account for a method, from what is published; not saved yet."""
    wanted = BAITIAO if names_baitiao(method) else "cn-credit-card" if _CARD in method else "blank"
    product = published_product(store, wanted) or catalogue.products()[-1]
    return account_from(product, new_name(method), currency)


class PreviewCard(Card):
    """What each row becomes.

    Attributes:
        model: The rows that pass the filter.
        table: The table.
        kinds: Which rows are shown.
        search: Words that a row has to contain.
        detail: The current row in full.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.counts = text_label()
        self.kinds = ChoiceField()
        self.search = TextField()
        self.search.edit.setClearButtonEnabled(True)
        self.detail = text_label()
        self._plan: ImportPlan | None = None
        self._names: dict[str, str] = {}
        self.model: TableModel[PlannedRow] = TableModel(
            (
                Column(N_("Line"), lambda planned: planned.row.line),
                Column(N_("Date"), lambda planned: planned.row.at.date(), key=lambda planned: planned.row.at),
                Column(N_("Description"), lambda planned: planned.row.description, is_wide=True),
                Column(N_("Amount"), lambda planned: planned.row.gross, made=made_row),
                Column(N_("Becomes"), lambda planned: _(BECOMES_WORDS[planned.becomes])),
                Column(N_("Account"), lambda planned: self._names.get(planned.account_id, "")),
                Column(N_("Why"), lambda planned: explain(planned.reason), is_wide=True),
            )
        )
        self.table = Table(self.model)
        filters = QHBoxLayout()
        filters.setSpacing(2 * GRID)
        filters.addWidget(self.kinds, 1)
        filters.addWidget(self.search, 1)
        self.column.addWidget(self.counts)
        self.column.addLayout(filters)
        self.column.addWidget(self.table)
        self.column.addWidget(self.detail)
        self.kinds.changed.connect(self._filter)
        self.search.edit.textChanged.connect(self._filter)
        self.table.selected.connect(self._show_detail)

    def show_plan(self, plan: ImportPlan, names: dict[str, str]) -> None:
        """Show another plan."""
        self._plan, self._names = plan, names
        self.heading.setText(_("3. What each row becomes"))
        self.table.setAccessibleName(_("What each row becomes"))
        text = _("{recorded} of {rows} rows change your record; {skipped} do not, for the reasons given.")
        self.counts.setText(
            text.format(recorded=show(plan.recorded), rows=show(len(plan.rows)), skipped=show(plan.skipped))
        )
        self.kinds.say(_("Show"))
        self.search.say(_("Search"))
        counted = _("{what} ({count})")
        self.kinds.set_choices(
            [
                (_EVERY, counted.format(what=_("All rows"), count=show(len(plan.rows)))),
                (_TAKEN, counted.format(what=_("Rows that change the record"), count=show(plan.recorded))),
                (_SKIPPED, counted.format(what=_("Rows that do not"), count=show(plan.skipped))),
                *(
                    (kind.value, counted.format(what=_(BECOMES_WORDS[kind]), count=show(count)))
                    for kind, count in plan.counts.items()
                ),
            ]
        )
        self._filter()

    def _filter(self) -> None:
        if self._plan is None:
            return
        kind, words = self.kinds.value(), self.search.text().casefold()
        current = self.table.current()
        self.model.set_values(
            [
                planned
                for planned in self._plan.rows
                if (
                    kind in {_EVERY, planned.becomes.value}
                    or (kind == _TAKEN and planned.becomes.is_recorded)
                    or (kind == _SKIPPED and not planned.becomes.is_recorded)
                )
                and (not words or words in self._words(planned))
            ]
        )
        self.table.fit_height()
        if current is None or not self.table.select(lambda planned: planned.row.line == current.row.line):
            self._show_detail(None)

    def _words(self, planned: PlannedRow) -> str:
        """What a search looks at: cheap enough for fifty thousand rows on every key."""
        row = planned.row
        texts = (
            row.description,
            row.merchant,
            row.method,
            row.order_number,
            str(row.gross.decimal),
            row.at.date().isoformat(),
            self._names.get(planned.account_id, ""),
        )
        return "\n".join(texts).casefold()

    def _show_detail(self, planned: PlannedRow | None) -> None:
        """Say the current row in full: a narrow window cuts its columns."""
        self.detail.setVisible(planned is not None)
        if planned is None:
            return
        row, account = planned.row, self._names.get(planned.account_id, "")
        if account:
            text = _(
                "Line {line}, {at}, paid with {method}: {amount} for “{what}”. "
                "{becomes} ({account}): {reason}"
            )
        else:
            text = _("Line {line}, {at}, paid with {method}: {amount} for “{what}”. {becomes}: {reason}")
        self.detail.tell(
            text.format(
                line=row.line,
                at=show(row.at),
                method=row.method,
                amount=show(row.gross),
                what=row.description,
                becomes=_(BECOMES_WORDS[planned.becomes]),
                account=account,
                reason=explain(planned.reason),
            ),
            made_row(planned),
            planned.reason,
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < 56 * self.fontMetrics().height()
        for column in (0, 5):
            self.table.setColumnHidden(column, is_narrow)


def row_of(*widgets: QWidget) -> QHBoxLayout:
    """Widgets beside one another, at the left."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
