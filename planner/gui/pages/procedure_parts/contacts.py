"""Whom to call in a procedure."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from planner.domain.account import Contact
from planner.gui.arrange import clear
from planner.gui.icons import icon
from planner.gui.labels import figure_label, heading_label, quiet_label
from planner.gui.layouts import Flow
from planner.gui.wrapping import icon_size
from planner.i18n import _
from planner.look import GRID


class Contacts(QFrame):
    """Whom to call: each number with a button that copies it and one that corrects it.

    Signals:
        edited: Which contact the user wants to change, from 0.
    """

    edited = Signal(int)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("card")
        self._heading = heading_label()
        self._hint = quiet_label()
        self.copy_buttons: list[QPushButton] = []
        self.edit_buttons: list[QPushButton] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.addWidget(self._heading)
        outer.addLayout(self._column)
        outer.addWidget(self._hint)

    def show_contacts(self, contacts: tuple[Contact, ...]) -> None:
        """Show some contacts."""
        self._heading.setText(_("Whom to call"))
        self._hint.setText(_("Type the number yourself. Never follow one from a message."))
        clear(self._column)
        self.copy_buttons, self.edit_buttons = [], []
        for place, contact in enumerate(contacts):
            self._column.addWidget(self._card(place, contact))

    def _card(self, place: int, contact: Contact) -> QWidget:
        label, number, source = quiet_label(), figure_label(), quiet_label()
        label.setText(_(contact.label))
        number.setText(contact.number)
        number.setAccessibleName(_("{name}: {value}").format(name=_(contact.label), value=contact.number))
        source.setText(_("Source: {source}").format(source=_(contact.source)) if contact.source else "")
        copy, edit = QPushButton(), QPushButton()
        copy.setIcon(icon("copy"))
        copy.setIconSize(icon_size(self))
        copy.setText(_("Copy the number"))
        copy.clicked.connect(lambda: self._copy(copy, contact.number))
        edit.setText(_("Change"))
        edit.setAccessibleName(_("Change: {name}").format(name=_(contact.label)))
        edit.clicked.connect(lambda: self.edited.emit(place))
        if not contact.source:
            source.hide()
        if not contact.number:  # a way to reach them need not have one
            number.hide()
            copy.hide()
        self.copy_buttons.append(copy)
        self.edit_buttons.append(edit)
        buttons = Flow()
        buttons.addWidget(copy)
        buttons.addWidget(edit)
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (label, number, source):
            column.addWidget(widget)
        column.addLayout(buttons)
        return card

    @staticmethod
    def _copy(button: QPushButton, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        button.setText(_("Copied"))
