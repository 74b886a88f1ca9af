"""What the user can do when another window has the file open."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from planner.i18n import _


class AlreadyOpenDialog(QMessageBox):
    """Says that another window has the file open, and offers to open it here too.

    Attributes:
        here_button: Opens it here too.
        leave_button: Leaves it to the other window.
    """

    def __init__(self, parent: QWidget | None, name: str) -> None:
        """Build and fill it.

        Args:
            parent: The window that asks; None at a start, which then ends.
            name: The name of the file.
        """
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Information)
        self.setWindowTitle(_("Repayment Planner"))
        self.setText(_("This file is already open in another window."))
        note = _(
            "{name} can be open twice, but one window does not show at once what you record in the other."
        )
        self.setInformativeText(note.format(name=name))
        leave = _("Quit") if parent is None else _("Do not open it")
        self.leave_button = self.addButton(leave, QMessageBox.ButtonRole.RejectRole)
        self.here_button = self.addButton(_("Open it here too"), QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.leave_button)

    def is_wanted_here(self) -> bool:
        """Ask."""
        self.exec()
        return self.clickedButton() is self.here_button
