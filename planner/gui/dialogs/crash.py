"""What the user sees of a bug: calm words, the text for a report, and the way on."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from planner.gui.dialogs import size_dialog
from planner.gui.labels import heading_label, text_label
from planner.i18n import _
from planner.look import GRID


class CrashDialog(QDialog):
    """Says that something went wrong and that nothing is lost."""

    def __init__(self, parent: QWidget | None, trace: str, *, is_file: bool = False) -> None:
        """Show a traceback with a way to copy it.

        Args:
            parent: The window.
            trace: The traceback.
            is_file: Whether it is the file that could not be read.
        """
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        heading, text = heading_label(), text_label()
        if is_file:
            heading.setText(_("The file could not be read."))
            words = _(
                "It may be damaged, or its disk may be gone. Nothing was changed. The folder beside it has "
                "its last checked copies; one of them can be opened with File > Open another file. "
                "The text below says what happened."
            )
        else:
            heading.setText(_("Something in the program went wrong."))
            words = _(
                "Everything you recorded is saved; the last step may not have happened. You can go on. "
                "The text below helps to mend the program; it may contain amounts, "
                "so read it before you pass it on."
            )
        text.setText(words)
        details = QPlainTextEdit(trace, readOnly=True)
        details.setAccessibleName(_("Details"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_("Copy the text"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(trace))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (heading, text, details, buttons):
            column.addWidget(widget)
        size_dialog(self, 40, 24)
