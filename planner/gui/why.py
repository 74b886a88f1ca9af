"""How figures were made: the one widget that shows every derivation."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.derivation import Derivation, Derived, Given
from planner.gui.arrange import clear
from planner.gui.asking import Answering, Why, ask, hint, why
from planner.gui.labels import LinkButton, heading_label, quiet_label, strong_label, text_label
from planner.i18n import ORIGIN_WORDS, RELIABILITY_WORDS, _, explain, show, source_words
from planner.look import GRID

__all__ = ["ORIGIN_WORDS", "RELIABILITY_WORDS", "WhyView", "source_words"]


class WhyView(QWidget):
    """Derivations, line by line: the figure, the formula, inputs with sources, steps, rounding.

    An input that is a result itself can be asked in its turn.
    """

    def __init__(self, told: Why | Derivation) -> None:
        """Show why some figures are what they are, or how one was made."""
        super().__init__()
        self._told = told
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def _draw(self) -> None:
        if isinstance(self._told, Derivation):
            self._draw_one(self._told)
        else:
            for number, (name, figure) in enumerate(self._told.figures):
                if number:
                    self._column.addSpacing(2 * GRID)
                if name:
                    self._add(quiet_label(), name)
                self._add(strong_label(), show(figure))
                self._draw_one(figure.derivation)
        self._column.addStretch(1)
        # A screen reader reads it whole, and Tab leads on to the inputs that can be asked.
        self.setAccessibleName(self.as_text())

    def _draw_one(self, derivation: Derivation) -> None:
        self._add(text_label(), explain(derivation.rule))
        if derivation.given:
            self._add(heading_label(), _("What went in"))
            grid = self._grid()
            for given in derivation.given:
                self._given(grid, given)
        if derivation.workings:
            self._add(heading_label(), _("Step by step"))
            grid = self._grid()
            for working in derivation.workings:
                result = "" if working.result is None else show(working.result)
                self._row(grid, explain(working.text), _figure(result))
        if derivation.rounding is not None:
            self._add(heading_label(), _("Rounding"))
            self._add(text_label(), explain(derivation.rounding))

    def as_text(self) -> str:
        """All of it as plain text, for the clipboard and screen readers."""
        parts = self.findChildren(QWidget)
        texts = (part.text() for part in parts if isinstance(part, (QLabel, _InputLink)))
        return "\n".join(text for text in texts if text)

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

    def _given(self, grid: QGridLayout, given: Given) -> None:
        label = explain(given.label)
        if isinstance(given.value, Derived):
            self._row(grid, label, _InputLink(label, given.value))
        else:
            self._row(grid, label, _figure(show(given.value)), source_words(given.source))

    @staticmethod
    def _row(grid: QGridLayout, label: str, figure: QWidget, source: str = "") -> None:
        row = grid.rowCount()
        text = text_label()
        text.setText(label)
        # A link is higher than its text: what stands beside it is level with its middle.
        side = Qt.AlignmentFlag.AlignVCenter if isinstance(figure, _InputLink) else Qt.AlignmentFlag.AlignTop
        text.setAlignment(Qt.AlignmentFlag.AlignLeft | side)
        grid.addWidget(text, row, 0)
        grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight | side)
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


class _InputLink(Answering, LinkButton):
    """An input that is a result itself: it leads to how that was made."""

    def __init__(self, label: str, figure: Derived[Any]) -> None:
        super().__init__()
        self._label, self._figure = label, figure
        self.setText(show(figure))
        self.setAccessibleName(_("{name}: {value}").format(name=label, value=show(figure)))
        self.setToolTip(hint())
        self.clicked.connect(lambda: ask(self))

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self._label, self._figure)


def _figure(text: str) -> QLabel:
    label = strong_label()
    label.setText(text)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return label
