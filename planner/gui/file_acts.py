"""What can be done with the file as a whole: where it is, another one, a copy, the report.

Loaded when one of these is first wanted: a start needs no file dialogs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from planner.errors import PlannerError
from planner.i18n import _, explain
from planner.paths import data_dir
from planner.store.backup import copies_folder

if TYPE_CHECKING:
    from planner.gui.main_window import MainWindow

ENDING = ".db"


class FileActs:
    """The acts of the File menu."""

    def __init__(self, window: MainWindow) -> None:
        """Act for a window."""
        self._window = window
        self._session = window.session

    def show_where(self) -> None:
        """Say where the file and its copies lie, and open that folder if wanted."""
        path = self._session.store.path
        if path is None:
            return
        box = QMessageBox(self._window)
        box.setWindowTitle(_("Where my data is"))
        box.setText(_("Everything is in one file on this computer:"))
        box.setInformativeText(
            _(
                "{path}\n\nThe last seven checked copies are in the folder “{folder}” beside it. "
                "Nothing is sent anywhere."
            ).format(path=path, folder=copies_folder(path).name)
        )
        open_button = box.addButton(_("Open the folder"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is open_button:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def open_other(self) -> bool:
        """Let the user choose another file and open it; False if none was opened."""
        path = self._session.store.path if self._session.has_store else None
        chosen = choose_file(self._window, path.parent if path is not None else data_dir())
        return chosen is not None and self._session.open(chosen)

    def save_copy(self) -> None:
        """Let the user choose where to save a checked copy."""
        name = _("repayments {date}").format(date=self._session.today.isoformat())
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, _("Save a copy"), str(Path.home() / f"{name}{ENDING}"), _kind()
        )
        if not chosen:
            return
        target = Path(chosen)
        target = target if target.suffix else target.with_suffix(ENDING)
        path = self._session.store.path
        if path is not None and target.resolve() == path.resolve():
            self._window.say(_("Choose another name: this is the open file itself."))
            return
        try:
            self._session.store.save_copy(target)
        except PlannerError as error:
            self._window.say(explain(error))
        else:
            self._window.say(_("A checked copy is at {path}.").format(path=target))

    def print_report(self) -> None:
        """Open the place Reports and print what it shows."""
        from planner.gui.pages.reports import ReportsPage  # noqa: PLC0415 - pages load on their first visit

        self._window.go("reports")
        page = self._window.page("reports")
        if isinstance(page, ReportsPage):
            page.print_report()

    def save_report(self) -> None:
        """Open the place Reports and save what it shows."""
        from planner.gui.pages.reports import ReportsPage  # noqa: PLC0415 - pages load on their first visit

        self._window.go("reports")
        page = self._window.page("reports")
        if isinstance(page, ReportsPage):
            page.save_pdf()


def choose_file(parent: QWidget | None, folder: Path) -> Path | None:
    """Let the user choose one of our files; None if they would rather not.

    Args:
        parent: The window that asks.
        folder: Where to look first.
    """
    chosen, _filter = QFileDialog.getOpenFileName(parent, _("Open another file"), str(folder), _kind())
    return Path(chosen) if chosen else None


def _kind() -> str:
    return _("Files of the Repayment Planner ({pattern})").format(pattern=f"*{ENDING}")
