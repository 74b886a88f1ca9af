"""What is put off, on Today: a quiet line for each, with the way to take that back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.gui.labels import LinkButton, quiet_label
from planner.gui.layouts import Flow
from planner.gui.wrapping import Disclosure
from planner.i18n import _, explain, ngettext, show
from planner.look import GRID
from planner.services.reminders import PutOff


class PutOffLines(QWidget):
    """What is put off: one in a line, several folded away until the user wants to see them.

    Attributes:
        buttons: That each is to be said again now, by the day until which it is put off.

    Signals:
        again: The topic that is to be said again now.
    """

    again = Signal(str)

    def __init__(self) -> None:
        """Build it hidden."""
        super().__init__()
        self.buttons: list[LinkButton] = []
        self.folded = Disclosure()
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, GRID)
        self._column.addWidget(self.folded)
        self.hide()

    def say(self, put_off: Sequence[PutOff]) -> None:
        """Show what is put off now."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines, self.buttons = [], []
        is_folded = len(put_off) > 1
        for each in put_off:
            line = self._line(each)
            self._lines.append(line)
            (self.folded.column if is_folded else self._column).addWidget(line)
        count = len(put_off)
        text = ngettext("{count} reminder put off", "{count} reminders put off", count)
        self.folded.say(text.format(count=count))
        self.folded.setVisible(is_folded)
        self.setVisible(bool(put_off))

    def _line(self, each: PutOff) -> QWidget:
        words = explain(each.words)
        text, button = quiet_label(), LinkButton()
        text.setText(_("Put off until {date}: {what}").format(date=show(each.until), what=words))
        button.setText(_("Remind again now"))
        button.setAccessibleName(_("{act}: {what}").format(act=button.text(), what=words))
        button.clicked.connect(partial(self._say_again, each.topic.id))
        self.buttons.append(button)
        line, ways = QWidget(), Flow()
        ways.addWidget(button)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(text)
        column.addLayout(ways)
        return line

    def _say_again(self, topic_id: str, _checked: object = None) -> None:
        self.again.emit(topic_id)
