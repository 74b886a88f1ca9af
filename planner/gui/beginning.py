"""Where in a widget the keyboard begins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Begins:
    """A widget in which the keyboard begins at what it is told, also where something stands before that.

    To Qt such a widget is itself a stop that hands the keyboard on: Tab would jump over what stands before.
    So it is kept here who begins, and Qt knows of nothing. It comes before the kind of widget it is.
    """

    _first: QWidget | None = None

    def setFocusProxy(self, first: QWidget, /) -> None:  # noqa: N802 - in place of Qt's own
        """Let the keyboard begin at a widget."""
        self._first = first

    def focusProxy(self) -> QWidget | None:  # noqa: N802 - in place of Qt's own
        """Where the keyboard begins; None if nothing was said, or that is gone."""
        return self._first if self._first is not None and isValid(self._first) else None

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - same
        """Give the keyboard to where it begins."""
        first = self.focusProxy()
        if first is not None:
            first.setFocus(reason)
        elif isinstance(self, QWidget):
            QWidget.setFocus(self, reason)
