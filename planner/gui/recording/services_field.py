"""What hangs on an account: a list to tick, with room for the user's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout

from planner.compat import override
from planner.domain.account import LinkedService
from planner.gui.arrange import clear
from planner.gui.beginning import Begins
from planner.gui.fields import Field
from planner.gui.wrapping import Choice
from planner.i18n import _
from planner.look import GRID


class ServicesField(Begins, Field):
    """Linked services: ticked is linked, unticked was taken off.

    Attributes:
        line: Where another one is typed.
        add_button: Adds what is typed.
        boxes: One box per service.
    """

    def __init__(self, today: date) -> None:
        """Take the day on which what is unticked now was taken off."""
        self.line = QLineEdit()
        super().__init__(self.line, is_required=False)
        self._today = today
        self._services: list[LinkedService] = []
        self._own: set[str] = set()
        self.boxes: list[QCheckBox] = []
        self._texts: list[Choice] = []
        self.add_button = QPushButton()
        self.add_button.clicked.connect(self.add)
        self.line.textEdited.connect(self.changed)
        self.row.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID // 2)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - made by Field; for the type checker
        column.insertLayout(1, self._list)

    @override
    def say(self, label: str, hint: str = "") -> None:
        super().say(label, hint)
        self.label.setText(label)
        self.line.setPlaceholderText(_("Something else"))
        self.line.setAccessibleName(_("Something else that is linked"))
        self.add_button.setText(_("Add"))
        for service, text in zip(self._services, self._texts, strict=True):
            text.say(_(service.name))

    def set_services(self, services: Iterable[LinkedService]) -> None:
        """Show some services."""
        self._services, self._own = list(services), set()
        self.boxes, self._texts = [], []
        clear(self._list)
        for service in self._services:
            self._show(service)

    def add(self) -> None:
        """Add what is typed to the list, linked."""
        name = self.line.text().strip()
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if not name:
            return
        service = LinkedService(name)
        self._services.append(service)
        self._own.add(service.id)
        self._show(service)
        self.changed.emit()

    def _show(self, service: LinkedService) -> None:
        box = QCheckBox()
        box.setChecked(service.unlinked_on is None)
        box.clicked.connect(self.changed)
        text = Choice(box)
        text.say(_(service.name))
        self.boxes.append(box)
        self._texts.append(text)
        self._list.addWidget(text)

    @override
    def value(self) -> tuple[LinkedService, ...]:
        services = []
        for service, box in zip(self._services, self.boxes, strict=True):
            if box.isChecked():
                services.append(replace(service, unlinked_on=None))
            elif service.id not in self._own:  # typed just now and unticked: it was never there
                services.append(replace(service, unlinked_on=service.unlinked_on or self._today))
        typed = self.line.text().strip()
        return (*services, LinkedService(typed)) if typed else tuple(services)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and self.line.text().strip():
            self.add()
        else:
            super().keyPressEvent(event)
