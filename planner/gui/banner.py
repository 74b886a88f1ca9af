"""The strip above the pages: what is special about the open file."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from planner.gui.session import Session
from planner.i18n import _
from planner.look import GRID


class Banner(QFrame):
    """Says that the file is an example, or that it can only be read.

    Attributes:
        text: What it says.
        leave_button: Leads from the example back to the user's own file.
    """

    def __init__(self) -> None:
        """Build it hidden and without a word of text."""
        super().__init__()
        self.setObjectName("banner")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.leave_button = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.addWidget(self.text, 1)
        row.addWidget(self.leave_button)
        self.hide()

    def refresh(self, session: Session) -> None:
        """Show what is special about the open file, if anything is."""
        is_example = session.is_example
        is_read_only = session.has_store and session.store.is_read_only
        if is_read_only:
            self.text.setText(
                _(
                    "This file was made by a newer version of the program. "
                    "It can be read here, but not changed."
                )
            )
        else:
            self.text.setText(_("This is an example with invented figures, in a file of its own."))
        self.leave_button.setText(_("Leave the example"))
        self.leave_button.setVisible(is_example)
        self.setVisible(is_example or is_read_only)
