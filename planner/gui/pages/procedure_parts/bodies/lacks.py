"""What is missing in the record: links that each lead to where it is recorded."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.gui.arrange import clear
from planner.gui.labels import amber_label
from planner.gui.wrapping import WrappedLink
from planner.i18n import explain
from planner.services.cases.worksheet import Lack


class LacksList(QWidget):
    """What is missing, below what the links are; hidden where nothing is.

    Attributes:
        links: The links.

    Signals:
        wanted: Another place, and what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self) -> None:
        """Build it empty and hidden."""
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self.links: list[WrappedLink] = []
        self._heading, self._links = amber_label(), QVBoxLayout()
        self._links.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addLayout(self._links)
        self.hide()

    def show_lacks(self, reason: str, lacks: tuple[Lack, ...]) -> None:
        """Show what is missing; links that still hold keep the keyboard.

        Args:
            reason: What the links are.
            lacks: What is missing.
        """
        self.setVisible(bool(lacks))
        self._heading.setText(reason)
        shown = tuple(explain(lack.text) for lack in lacks)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._links)
        self.links = []
        for lack in lacks:
            link = WrappedLink()
            link.say(explain(lack.text), lack.text)
            link.clicked.connect(partial(self.wanted.emit, lack.place, lack.target))
            self._links.addWidget(link)
            self.links.append(link)
