"""What there is to know about a procedure besides its steps: warnings, and what people ask."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.gui.arrange import clear
from planner.gui.labels import heading_label
from planner.gui.pages.procedure_parts.widgets import Text
from planner.gui.wrapping import Disclosure
from planner.i18n import _
from planner.look import GRID
from planner.services.cases.view import CaseView
from planner.services.cases.words import faq_of, warnings_of


class Warnings(Disclosure):
    """What to know before; hidden if there is nothing."""

    def __init__(self) -> None:
        """Build it without warnings."""
        super().__init__(is_heading=True)
        self._texts: list[Text] = []

    def empty(self) -> None:
        """Take the warnings of a procedure out, before another one is shown."""
        clear(self.column)
        self._texts = []

    def show_view(self, view: CaseView) -> None:
        """Show the warnings that are for the answers of a case."""
        warnings = warnings_of(view)
        if len(self._texts) != len(warnings):
            self.empty()
            self._texts = [Text() for _warning in warnings]
            for text in self._texts:
                self.column.addWidget(text)
        self.say(_("What to know before"))
        self.setVisible(bool(warnings))
        for text, warning in zip(self._texts, warnings, strict=True):
            text.say(_(warning.title), _(warning.text), warning.source)


class Faq(QWidget):
    """What people ask, each with its answer in a fold; hidden if there is nothing.

    Attributes:
        entries: The fold of each question, and the text in it.
    """

    def __init__(self) -> None:
        """Build it without questions."""
        super().__init__()
        self.entries: list[tuple[Disclosure, Text]] = []
        self._heading = heading_label()
        self._column = QVBoxLayout()
        self._column.setSpacing(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._heading)
        column.addLayout(self._column)

    def empty(self) -> None:
        """Take the questions of a procedure out, before another one is shown."""
        clear(self._column)
        self.entries = []

    def show_view(self, view: CaseView) -> None:
        """Show what people ask, as far as it is for the answers of a case."""
        notes = faq_of(view)
        if len(self.entries) != len(notes):
            self.empty()
            self.entries = [(Disclosure(), Text()) for _note in notes]
            for fold, text in self.entries:
                fold.column.addWidget(text)
                self._column.addWidget(fold)
        self._heading.setText(_("What people ask"))
        self.setVisible(bool(notes))
        for (fold, text), note in zip(self.entries, notes, strict=True):
            fold.say(_(note.title))
            text.say("", _(note.text), note.source)
