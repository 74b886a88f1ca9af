"""The cost card of an offer: the table that a lender must give, each figure with how it was made."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.law.cap_flags import Flag
from planner.domain.offers.cost_card import CostCard
from planner.gui.arrange import clear, order_tabs
from planner.gui.icons import icon
from planner.gui.labels import WrappedLabel, heading_label, quiet_label, strong_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.compare_table import amounts
from planner.gui.saving import choose_pdf, saved_words
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, joined, show, source_words
from planner.look import GRID
from planner.phrases import N_
from planner.services.cost_card_words import (
    CardRow,
    PaymentRow,
    default_rows,
    early_words,
    no_rate_words,
    normal_rows,
    payment_rows,
    size_words,
)
from planner.services.legal_lines import flag_words
from planner.services.rate_names import rate_words

_MOST_ROWS = 62  # the longest offer of one's own, with a fee at the beginning
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CostCardView(QWidget):
    """Every cost of an offer: normally and in default, the payments, the true rate, what one may do.

    Attributes:
        card: What is shown.
        save_button, print_button, report_button: What can be done with it.
        tables: The payments, a table for each end that pays on days of its own.

    Signals:
        report_wanted: It is to stand in the report.
    """

    report_wanted = Signal()

    def __init__(self, session: Session, card: CostCard, flags: Iterable[Flag] = ()) -> None:
        """Show a card.

        Args:
            session: The open file.
            card: The card.
            flags: Where its true rate stands to the legal lines.
        """
        super().__init__()
        self._session, self.card, self._flags = session, card, tuple(flags)
        self.save_button, self.print_button, self.report_button = QPushButton(), QPushButton(), QPushButton()
        self.print_button.setIcon(icon("printer"))
        self.report_button.setIcon(icon("file-text"))
        self.save_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_card)
        self.report_button.clicked.connect(self.report_wanted)
        self.note = quiet_label()
        self.note.hide()
        self.tables: list[Table] = []
        buttons = Flow()
        for button in (self.save_button, self.print_button, self.report_button):
            buttons.addWidget(button)
        self._top, self._column = QVBoxLayout(), QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        outer.setSpacing(GRID)
        for layout in (self._top, buttons):
            outer.addLayout(layout)
        outer.addWidget(self.note)
        outer.addLayout(self._column)
        outer.addStretch(1)
        for layout in (self._top, self._column):
            layout.setSpacing(GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def show_card(self, card: CostCard, flags: Iterable[Flag]) -> None:
        """Show another card, such as that of the same offer for another amount."""
        self.card, self._flags = card, tuple(flags)
        self.note.hide()
        self._draw()

    # --- drawing ---

    def _draw(self) -> None:
        clear(self._top)
        clear(self._column)
        self.tables = []
        self.save_button.setText(_("Save as PDF…"))
        self.print_button.setText(_("Print…"))
        self.report_button.setText(_("Put into the report"))
        self._say_top()
        self._say_costs()
        self._say_payments()
        self._say_rest()
        self.setAccessibleName(self.heading)
        order_tabs(self)

    @property
    def shown(self) -> tuple[CostCard, tuple[Flag, ...]]:
        """The card, and where its true rate stands to the legal lines."""
        return self.card, self._flags

    @property
    def heading(self) -> str:
        """What stands above it."""
        return _("Cost card: {way}").format(way=explain(self.card.offer.label))

    def _say_top(self) -> None:
        card, top = self.card, self._top
        lent = _("{lender}: {amount}").format(lender=explain(card.lender), amount=show(card.amount))
        if card.counted is not None:
            lent = _("{amount}, {counted}").format(amount=lent, counted=explain(card.counted))
        _add(top, quiet_label()).setText(lent)
        rate = rate_words(card)
        if rate is None:
            _add(top, text_label()).say(no_rate_words(card))
        else:
            figure = _add(top, strong_label())
            figure.tell(_upper(explain(rate)), rate, heading=_("True rate"))
        _add(top, quiet_label()).say(card.convention_words)

    def _say_costs(self) -> None:
        card = self.card
        self._heading(_("If everything is paid in time"))
        grid = self._grid()
        for row in normal_rows(card):
            self._row(grid, row)
        self._sum(grid, _("All costs together"), card.cost)
        self._sum(grid, _("All payments together"), card.total)
        self._heading(_("On top, if something is not paid in time"))
        grid = self._grid()
        for row in default_rows(card):
            self._row(grid, row)

    def _say_payments(self) -> None:
        card = self.card
        self._heading(_("Payments"))
        ends = (_("Low end"), _("High end"))
        for name, payments in zip(ends, card.payments, strict=False):
            words = joined(explain(phrase) for phrase in size_words(payments))
            if len(card.payments) > 1:
                words = _("{name}: {value}").format(name=name, value=words)
            _add(self._column, text_label()).tell(words, card.total, heading=_("Payments"))
        found = payment_rows(card)
        for name, rows in zip(ends, found, strict=False):
            title = name if len(found) > 1 else ""
            if title:
                _add(self._column, quiet_label()).setText(title)
            table = _payment_table(rows, _("Payments: {end}").format(end=title) if title else _("Payments"))
            self.tables.append(table)
            self._column.addWidget(table)

    def _say_rest(self) -> None:
        card, early = self.card, self.card.early
        if early is not None:
            self._heading(_("Paying it back early"))
            for phrase in early_words(card):
                _add(self._column, text_label()).say(phrase)
            if early.source is not None:
                told = _("Source: {source}").format(source=source_words(early.source))
                _add(self._column, quiet_label()).setText(told)
        if self._flags:
            self._heading(_("Legal lines"))
        for flag in self._flags:
            _add(self._column, text_label()).say(flag_words(flag))
            _add(self._column, quiet_label()).setText(
                _("Source: {source}").format(source=source_words(flag.source))
            )
        if card.notes:
            self._heading(_("To know"))
        for phrase in card.notes:
            _add(self._column, text_label()).say(phrase)
        closing = _add(self._column, quiet_label())
        closing.setContentsMargins(0, 2 * GRID, 0, 0)
        closing.say(card.closing)

    def _heading(self, text: str) -> None:
        label = _add(self._column, heading_label())
        label.setContentsMargins(0, 2 * GRID, 0, 0)
        label.setText(text)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._column.addLayout(grid)
        return grid

    def _row(self, grid: QGridLayout, row: CardRow) -> None:
        """What a cost is and what it comes to; below, who charges it and how, and its yearly rate."""
        name, at = explain(row.label), grid.rowCount()
        label = text_label()
        label.setText(name)
        cost, yearly = strong_label(), quiet_label()
        cost.tell(show(row.cost) if row.cost is not None else _("unknown"), row.cost, heading=name)
        cost.setAccessibleName(_("{name}: {value}").format(name=name, value=cost.text()))
        lines = [_("Charged by: {lender}").format(lender=explain(row.charged_by)), *map(explain, row.how)]
        details = quiet_label()
        details.tell("\n".join(lines), *row.how, heading=name)
        if row.yearly is not None:
            words = _("{rate} a year").format(rate=show(row.yearly))
            yearly.tell(words, row.yearly, heading=_("{name}, as a yearly rate").format(name=name))
        self._place(grid, at, label, cost)
        self._place(grid, at + 1, details, yearly)
        grid.setRowMinimumHeight(at + 2, GRID)

    def _sum(self, grid: QGridLayout, name: str, sum_: Derived[object]) -> None:
        label, figure = strong_label(), strong_label()
        label.setText(name)
        figure.tell(show(sum_), sum_, heading=name)
        figure.setAccessibleName(_("{name}: {value}").format(name=name, value=figure.text()))
        self._place(grid, grid.rowCount(), label, figure)

    @staticmethod
    def _place(grid: QGridLayout, at: int, label: QLabel, figure: QLabel) -> None:
        label.setAlignment(_LEFT)
        figure.setAlignment(_RIGHT)
        grid.addWidget(label, at, 0)
        grid.addWidget(figure, at, 1)

    # --- on paper ---

    def pdf(self) -> bytes:
        """This card alone, as a PDF."""
        from planner.reports.cost_card import card_pdf  # noqa: PLC0415 - brings matplotlib and typst

        return card_pdf(self.card, self._flags, self._session.today, i18n.language(), i18n.number_format())

    def save_pdf(self) -> None:
        """Ask for a file and write the card to it."""
        name = _("Cost card {way} {date}").format(
            way=explain(self.card.offer.label), date=self._session.today.isoformat()
        )
        path = choose_pdf(self, _("Save the cost card"), name)
        if path is not None:
            self._tell(saved_words(path, self.pdf))

    def print_card(self) -> None:
        """Ask for a printer and print the card."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - asks the system for printers

        from planner.gui.pdf_preview import PdfPreview  # noqa: PLC0415 - loads QtPdf

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.heading)
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        preview = PdfPreview()
        preview.show_pdf(self.pdf())
        preview.print_to(printer)
        preview.deleteLater()
        self._tell(_("Sent to the printer."))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._draw()


def _add(column: QVBoxLayout, label: WrappedLabel) -> WrappedLabel:
    column.addWidget(label)
    return label


def _upper(words: str) -> str:
    """Words that begin a line."""
    return words[:1].upper() + words[1:]


def _payment_table(rows: Iterable[PaymentRow], name: str) -> Table:
    columns: tuple[Column[PaymentRow], ...] = (
        Column(N_("Date"), lambda row: row.on),
        Column(
            N_("Amount"), lambda row: row.amount.value, amounts, made=lambda row: row.amount, is_number=True
        ),
    )
    model = TableModel(columns)
    table = Table(model)
    table.setSortingEnabled(False)
    table.setAccessibleName(name)
    model.set_values(list(rows))
    table.fit_height(_MOST_ROWS)
    return table
