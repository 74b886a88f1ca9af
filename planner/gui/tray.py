"""The icon in the tray: it reminds while the program runs, and keeps it running if the user wants that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from planner.gui.reminding import Reminding
from planner.i18n import _

if TYPE_CHECKING:
    from planner.gui.main_window import MainWindow

# The choices of the user, by their names in the file.
SHOWN, STAYS = "tray", "tray_stays"


def has_tray() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon in the tray, as long as the user wants it and the desktop has a tray.

    Attributes:
        reminding: Knows what is to be said; it is silent where there is no icon.
        icon: The icon; None where there is none.
        menu: What can be done there.
    """

    def __init__(
        self, window: MainWindow, make_icon: Callable[[QObject], QSystemTrayIcon] | None = None
    ) -> None:
        """Put it there if it is wanted, and follow the choice of the user.

        Args:
            window: The window it belongs to.
            make_icon: Makes the icon; None for that of the desktop.
        """
        super().__init__(window)
        self._window, self._session = window, window.session
        self._make_icon = make_icon
        self.icon: QSystemTrayIcon | None = None
        self.reminding: Reminding | None = None
        self.menu = QMenu()
        self._open = self.menu.addAction("")
        self._snooze = self.menu.addAction("")
        self.menu.addSeparator()
        self._quit = self.menu.addAction("")
        self._open.triggered.connect(self.open_window)
        self._snooze.triggered.connect(self._snooze_all)
        self._quit.triggered.connect(window.quit)
        self.menu.aboutToShow.connect(self._on_menu)
        window.may_stay = self.keeps_running
        self._session.changed.connect(self._on_changed)
        self.follow()

    @property
    def _is_wanted(self) -> bool:
        is_there = self._make_icon is not None or has_tray()
        return is_there and self._session.choice(SHOWN, "1") == "1"

    def keeps_running(self) -> bool:
        """Whether closing the window leaves the program in the tray: only if the user wants that."""
        app = QGuiApplication.instance()
        # At the end of the desktop's session it must not hold up the others.
        is_ending = isinstance(app, QGuiApplication) and app.isSavingSession()
        wants = self._session.has_store and self._session.choice(STAYS) == "1"
        return self.icon is not None and wants and not is_ending

    def follow(self) -> None:
        """Be there or not, as the user wants it."""
        if self._is_wanted and self.icon is None:
            self._begin()
        elif not self._is_wanted and self.icon is not None:
            self._end()
        self._say()

    def _begin(self) -> None:
        make = self._make_icon or QSystemTrayIcon
        icon = self.icon = make(self)
        icon.setIcon(self._window.windowIcon())
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._on_activated)
        icon.messageClicked.connect(self._on_message_clicked)
        icon.show()
        self.reminding = Reminding(self._session, self)
        self.reminding.said.connect(self._show)
        self.reminding.check()

    def _end(self) -> None:
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None
        if self.reminding is not None:
            self.reminding.timer.stop()
            self.reminding.deleteLater()
            self.reminding = None

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & {"settings", "*"}:
            self.follow()

    def _say(self) -> None:
        self._open.setText(_("Open"))
        self._snooze.setText(_("Snooze all until tomorrow"))
        self._quit.setText(_("Quit"))
        if self.icon is not None:
            self.icon.setToolTip(_("Repayment Planner"))

    def _on_menu(self) -> None:
        self._snooze.setEnabled(self.reminding is not None and self.reminding.has_any)

    def _show(self, words: str) -> None:
        if self.icon is not None:
            self.icon.showMessage(_("Repayment Planner"), words, self._window.windowIcon())

    def _snooze_all(self) -> None:
        if self.reminding is not None:
            self.reminding.snooze_all()

    # --- the window ----------------------------------------------------------------------------

    def open_window(self) -> None:
        """Bring the window to the front, from wherever it is."""
        window = self._window
        window.setVisible(True)
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open_window()

    def _on_message_clicked(self) -> None:
        from planner.gui.pages.today_reminders import place_of_topic  # noqa: PLC0415 - not before it is clicked

        self.open_window()
        newest = self.reminding.newest if self.reminding is not None else ()
        if len(newest) == 1:
            self._window.go(*place_of_topic(newest[0].reminder.topic))
        else:
            self._window.go("today")
