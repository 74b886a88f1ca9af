"""How a figure was made: the one widget that shows every derivation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.derivation import Derivation
from planner.gui.arrange import clear
from planner.gui.labels import heading_label, quiet_label, strong_label, text_label
from planner.i18n import ORIGIN_WORDS, RELIABILITY_WORDS, _, explain, show, source_words
from planner.look import GRID

__all__ = ["ORIGIN_WORDS", "RELIABILITY_WORDS", "WhyView", "source_words"]


class WhyView(QWidget):
    """A derivation, line by line: formula, inputs with sources, steps, rounding."""

    def __init__(self, derivation: Derivation) -> None:
        """Show a derivation."""
        super().__init__()
        self._derivation = derivation
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def _draw(self) -> None:
        derivation = self._derivation
        self._add(text_label(), explain(derivation.rule))
        if derivation.given:
            self._add(heading_label(), _("What went in"))
            grid = self._grid()
            for given in derivation.given:
                self._row(grid, explain(given.label), show(given.value), source_words(given.source))
        if derivation.workings:
            self._add(heading_label(), _("Step by step"))
            grid = self._grid()
            for working in derivation.workings:
                self._row(
                    grid, explain(working.text), "" if working.result is None else show(working.result), ""
                )
        if derivation.rounding is not None:
            self._add(heading_label(), _("Rounding"))
            self._add(text_label(), explain(derivation.rounding))
        self._column.addStretch(1)

    def as_text(self) -> str:
        """All of it as plain text, for the clipboard and screen readers."""
        labels = self.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.text())

    def _add(self, label: QLabel, text: str) -> None:
        label.setText(text)
        if label.property("role") == "heading":
            label.setContentsMargins(0, 2 * GRID, 0, 0)
        self._column.addWidget(label)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        self._column.addLayout(grid)
        return grid

    @staticmethod
    def _row(grid: QGridLayout, label: str, value: str, source: str) -> None:
        row = grid.rowCount()
        text, figure = text_label(), strong_label()
        text.setText(label)
        figure.setText(value)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 0)
        grid.addWidget(figure, row, 1)
        if source:
            note = quiet_label()
            note.setText(source)
            grid.addWidget(note, row + 1, 0, 1, 2)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            clear(self._column)
            self._draw()
