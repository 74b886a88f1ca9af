"""The lines of a bill: what is recorded can be ticked in, anything else is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.derivation import Derivation, Derived, Given, Working, added
from planner.domain.money import Money, sum_of
from planner.domain.recorded import made_bill
from planner.errors import PlannerError
from planner.gui.fields import AmountField, Field
from planner.gui.labels import LinkButton, heading_label, quiet_label, strong_label
from planner.gui.recording.bill_rows import RecordedRow, TypedRow
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, ngettext, show
from planner.look import GRID
from planner.phrases import Phrase
from planner.services.billing import Candidate


class LinesField(Field):
    """All lines of a bill.

    Attributes:
        recorded: What is recorded and can be ticked, by the id of the purchase, row, charge or bill.
        typed: The other lines.
        add_link: Adds another line.
        more_link: Shows what is recorded but not usual on such a bill.
        stated_note: What the statement says beside what the lines come to.
        rest_link: Adds a line of the difference.
    """

    def __init__(self, currency: str) -> None:
        """Build it without lines."""
        super().__init__(QWidget())
        self._currency = currency
        self._kept: tuple[BillLine, ...] = ()
        self._ticked: dict[str, bool] = {}
        self._is_all_shown = False
        self.recorded: dict[str, RecordedRow] = {}
        self.typed: list[TypedRow] = []
        self._heading, self._total = heading_label(), strong_label()
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.stated_note = quiet_label()
        self.stated_note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._stated: Money | None = None
        self.more_link, self.add_link, self.rest_link = LinkButton(), LinkButton(), WrappedLink()
        self._recorded, self._typed = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self.input)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._heading)
        column.addLayout(self._recorded)
        column.addWidget(self.more_link)
        column.addLayout(self._typed)
        column.addWidget(self.add_link)
        for widget in (self._total, self.stated_note, self.rest_link):
            column.addWidget(widget)
        for layout in (self._recorded, self._typed):
            layout.setSpacing(GRID)
        self.input.setFocusProxy(self.add_link)
        self.add_link.clicked.connect(self.add_line)
        self.more_link.clicked.connect(self._show_all)
        self.rest_link.clicked.connect(self._add_rest)

    def set_stated(self, stated: Money | None) -> None:
        """Show what the statement says beside what the lines come to; None if that is not known."""
        self._stated = stated
        self._show_total()

    def set_currency(self, currency: str) -> None:
        """Begin again in another currency."""
        self._currency = currency
        self._stated = None
        self._ticked.clear()
        self.set_candidates(())
        self.set_lines(())

    def set_lines(self, lines: Iterable[BillLine]) -> None:
        """Show the lines of a bill; those that hold something recorded are ticked by ``set_candidates``."""
        self._kept = tuple(lines)
        for row in tuple(self.typed):
            self._drop(row)
        for line in self._kept:
            if not line.refers_to:
                self._add(line)

    def set_candidates(self, found: Sequence[Candidate]) -> None:
        """Offer what is recorded; what was ticked or typed stays as it is."""
        before = self.recorded
        self.recorded = {}
        for candidate in found:
            key = candidate.line.refers_to
            old = before.get(key)
            row = RecordedRow(candidate)
            row.set_ticked(is_ticked=self._ticked.get(key, candidate.is_held or candidate.is_usual))
            if old is not None and key in self._ticked:
                row.amount.set_text(old.amount.text())
            row.changed.connect(partial(self._on_row, key))
            self.recorded[key] = row
            self._recorded.addWidget(row)
        for old in before.values():
            self._recorded.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.refresh()

    def refresh(self) -> None:
        """Set every text but the label."""
        for recorded in self.recorded.values():
            recorded.refresh()
        for typed in self.typed:
            typed.refresh()
        self._heading.setText(_("Recorded here: tick what is on the bill"))
        self._heading.setVisible(bool(self.recorded))
        self.add_link.setText(_("Add another line"))
        self._show_usual()
        self._show_total()

    def total(self) -> Money | None:
        """What all lines come to, if every amount can be read."""
        try:
            return sum_of((line.amount for line in self.value()), self._currency)
        except PlannerError:
            return None

    @override
    def value(self) -> tuple[BillLine, ...]:
        lines = [row.line() for row in self.recorded.values() if row.is_ticked]
        lines += [row.line() for row in self.typed]
        order = {line.id: number for number, line in enumerate(self._kept)}
        return tuple(sorted(lines, key=lambda line: order.get(line.id, len(order))))

    @override
    def check(self) -> bool:
        amounts: list[AmountField] = [row.amount for row in self.recorded.values() if row.is_ticked]
        amounts += [row.amount for row in self.typed]
        bad = [amount for amount in amounts if not amount.check()]
        self.input.setFocusProxy(bad[0].edit if bad else self.add_link)
        return not bad

    def add_line(self) -> None:
        """Add an empty line, and go there."""
        row = self._add(BillLine(LineKind.UNITEMISED, Money(0, self._currency)))
        row.kind.input.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_changed()

    def _add(self, line: BillLine) -> TypedRow:
        row = TypedRow(line)
        self.typed.append(row)
        self._typed.addWidget(row)
        row.changed.connect(self._on_changed)
        row.remove_button.clicked.connect(partial(self._remove, row))
        return row

    def _remove(self, row: TypedRow) -> None:
        self._drop(row)
        self.add_link.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    def _drop(self, row: TypedRow) -> None:
        self.typed.remove(row)
        self._typed.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_row(self, key: str) -> None:
        self._ticked[key] = self.recorded[key].is_ticked
        self._on_changed()

    def _on_changed(self) -> None:
        self._show_total()
        self.changed.emit()

    def _show_all(self) -> None:
        first = next((row for row in self.recorded.values() if row.isHidden()), None)
        self._is_all_shown = True
        self._show_usual()
        if first is not None:
            first.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_usual(self) -> None:
        """Keep what is rarely on such a bill behind a link."""
        rare = 0
        for key, row in self.recorded.items():
            candidate = row.candidate
            is_rare = (
                not (row.is_ticked or key in self._ticked or candidate.is_usual or candidate.is_held)
                and candidate.line.kind is not LineKind.CARRIED
            )
            row.setHidden(is_rare and not self._is_all_shown)
            rare += is_rare
        text = ngettext("Show {count} more that is recorded", "Show {count} more that are recorded", rare)
        self.more_link.setText(text.format(count=rare))
        self.more_link.setVisible(bool(rare) and not self._is_all_shown)

    def _show_total(self) -> None:
        total, stated = self.total(), self._stated
        made = self._made(total)
        self._total.tell(_("Total: {amount}").format(amount=show(total)), made)
        self.stated_note.setVisible(stated is not None)
        rest = stated - total if stated is not None and total is not None else None
        self.rest_link.setVisible(bool(rest))
        if rest is not None and not rest:
            self.stated_note.tell(_("That is what the statement says."))
        else:
            text = _("The statement says {stated}; the lines come to {total}.")
            self.stated_note.tell(
                text.format(stated=show(stated), total=show(total)), made, self._made_rest()
            )
        if rest:
            text = _("Add the difference of {amount} as one line")
            self.rest_link.say(text.format(amount=show(rest)), self._made_rest())

    def _made(self, total: Money | None) -> Derived[Money] | None:
        """What all lines come to, and how that is made."""
        if total is None:
            return None
        lines = self.value()
        if not lines:
            return added(Phrase("The amount of a bill = its lines together"), (), self._currency)
        return made_bill(Bill("", date.min, date.min, lines))

    def _made_rest(self) -> Derived[Money] | None:
        """What the statement says beyond the lines, and how that is made."""
        total, stated = self.total(), self._stated
        made = self._made(total)
        if total is None or stated is None or made is None:
            return None
        rule = Phrase("The difference = what the statement says − what the lines come to")
        given = (Given(Phrase("The statement says"), stated), Given(Phrase("The lines come to"), made))
        working = Working(Phrase("The difference"), stated - total)
        return Derived(stated - total, Derivation(rule, given, (working,)))

    def _add_rest(self) -> None:
        total = self.total()
        if self._stated is not None and total is not None:
            row = self._add(BillLine(LineKind.UNITEMISED, self._stated - total))
            row.amount.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self._on_changed()
