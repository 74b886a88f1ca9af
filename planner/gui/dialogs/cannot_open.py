"""What the user can do when a file cannot be opened at the start."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtWidgets import QMessageBox, QPushButton

from planner.i18n import _


class Way(Enum):
    """A way on."""

    AGAIN = auto()
    OTHER = auto()
    USUAL = auto()
    QUIT = auto()


class CannotOpenDialog(QMessageBox):
    """Says why a file cannot be opened, and offers the ways on."""

    def __init__(self, problem: str, copies: str = "", *, has_usual: bool) -> None:
        """Build and fill it.

        Args:
            problem: Why.
            copies: The folder with checked copies of the file; empty if there are none.
            has_usual: Whether to offer going on with the usual file.
        """
        super().__init__()
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(_("Repayment Planner"))
        self.setText(problem)
        notes = [_("The file itself was not changed.")]
        if copies:
            notes.append(_("Checked copies of it are in {folder}.").format(folder=copies))
        self.setInformativeText("\n".join(notes))
        self._ways: dict[QPushButton, Way] = {}
        self._offer(Way.OTHER, _("Open another file…"))
        self._offer(Way.AGAIN, _("Try again"))
        if has_usual:
            self._offer(Way.USUAL, _("Go on without this file"))
        self._offer(Way.QUIT, _("Quit"), QMessageBox.ButtonRole.RejectRole)

    def way(self) -> Way:
        """Ask for the way on."""
        self.exec()
        chosen = self.clickedButton()
        return next((way for button, way in self._ways.items() if button is chosen), Way.QUIT)

    def button_of(self, way: Way) -> QPushButton:
        """The button that leads there."""
        return next(button for button, leads_to in self._ways.items() if leads_to is way)

    def _offer(
        self, way: Way, text: str, role: QMessageBox.ButtonRole = QMessageBox.ButtonRole.ActionRole
    ) -> None:
        self._ways[self.addButton(text, role)] = way
