"""The menus: every act of the window with its text and its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from planner.gui.places import ALL
from planner.i18n import _
from planner.phrases import N_

if TYPE_CHECKING:
    from planner.gui.file_acts import FileActs
    from planner.gui.main_window import MainWindow


class Menus:
    """The menu bar of the window. It is filled once; ``refresh`` sets its texts.

    Attributes:
        undo, redo: The two acts whose text names what they do.
        example: Leads to the example.
    """

    def __init__(self, window: MainWindow) -> None:
        """Fill the menu bar of a window."""
        self._window = window
        self._menus: list[tuple[QMenu, str]] = []
        self._texts: list[tuple[QAction, str]] = []
        self._of_file: list[QAction] = []
        self._fill_file()
        self._fill_edit()
        self._fill_go()
        self._fill_view()
        self._fill_help()

    # --- filling ---------------------------------------------------------------------------------

    def _fill_file(self) -> None:
        window, menu = self._window, self._menu(N_("&File"))
        self._act(menu, N_("Where my data is…"), self._later(lambda files: files.show_where()))
        self._act(menu, N_("Open another file…"), window.open_other, "Ctrl+O", needs_file=False)
        self._act(menu, N_("Save a copy…"), self._later(lambda files: files.save_copy()), "Ctrl+S")
        menu.addSeparator()
        self._act(menu, N_("Import a statement…"), partial(window.go, "bills", "import"), "Ctrl+I")
        self._act(menu, N_("Paste a message…"), partial(window.go, "bills", "message"), "Ctrl+Shift+M")
        menu.addSeparator()
        self._act(menu, N_("Print the report…"), self._later(lambda files: files.print_report()), "Ctrl+P")
        self._act(
            menu,
            N_("Save the report as PDF…"),
            self._later(lambda files: files.save_report()),
            "Ctrl+Shift+P",
        )
        menu.addSeparator()
        leave = self._act(menu, N_("Quit"), window.quit, "Ctrl+Q", needs_file=False)
        leave.setMenuRole(QAction.MenuRole.QuitRole)

    def _fill_edit(self) -> None:
        window, menu = self._window, self._menu(N_("&Edit"))
        self.undo = self._act(menu, N_("Undo"), window.session.history.undo, "Ctrl+Z")
        self.redo = self._act(menu, N_("Redo"), window.session.history.redo, "Ctrl+Shift+Z", "Ctrl+Y")
        menu.addSeparator()
        for text, target, key in (
            (N_("Add a bill…"), "new-bill", "Ctrl+N"),
            (N_("Add a purchase…"), "new-purchase", "Ctrl+Shift+B"),
            (N_("Add an instalment plan…"), "new-plan", "Ctrl+Shift+N"),
            (N_("Record a payment…"), "new-payment", "Ctrl+R"),
        ):
            self._act(menu, text, partial(window.go, "bills", target), key)

    def _fill_go(self) -> None:
        window, menu = self._window, self._menu(N_("&Go"))
        for place in ALL:
            keys = (f"Ctrl+{place.number}",) if place.number else ()
            self._act(menu, place.title, partial(window.go, place.name), *keys)
        menu.addSeparator()
        self._act(menu, N_("Back"), window.go_back, "Alt+Left")
        self._act(menu, N_("Forward"), window.go_forward, "Alt+Right")

    def _fill_view(self) -> None:
        window, menu = self._window, self._menu(N_("&View"))
        for text, step, keys in (
            (N_("Larger text"), 1, ("Ctrl++", "Ctrl+=")),
            (N_("Smaller text"), -1, ("Ctrl+-",)),
            (N_("Usual text size"), 0, ("Ctrl+0",)),
        ):
            self._act(menu, text, partial(window.resize_text, step), *keys, needs_file=False)
        self._act(menu, N_("Next part of the window"), window.focus_next_part, "F6", needs_file=False)

    def _fill_help(self) -> None:
        menu = self._menu(N_("&Help"))
        # Not of the first run, which has a button for it; and not in the example itself.
        self.example = self._act(menu, N_("Look at the example"), self._window.wanted_example.emit)
        self._act(menu, N_("Why this figure?"), self._window.ask_why, "Shift+F1", "?")
        self._act(menu, N_("Keys"), self._show_keys, "F1", "Ctrl+/", needs_file=False)
        about = self._act(menu, N_("About the Repayment Planner"), self._show_about, needs_file=False)
        about.setMenuRole(QAction.MenuRole.AboutRole)

    def _menu(self, title: str) -> QMenu:
        menu = self._window.menuBar().addMenu("")
        self._menus.append((menu, title))
        return menu

    def _act(
        self, menu: QMenu, text: str, act: Callable[[], object], *keys: str, needs_file: bool = True
    ) -> QAction:
        """Add an act; without an open file only those that need none can be chosen."""
        action = menu.addAction("")
        action.setShortcuts([QKeySequence(key) for key in keys])
        # Qt would hand over whether it is checked, which none of them is.
        action.triggered.connect(lambda _checked=False: act())
        self._texts.append((action, text))
        if needs_file:
            self._of_file.append(action)
        return action

    def _later(self, act: Callable[[FileActs], object]) -> Callable[[], object]:
        """An act on the whole file; what it needs is loaded when it is first wanted."""
        return lambda: act(self._window.files)

    # --- texts and what can be chosen -------------------------------------------------------------

    def refresh(self) -> None:
        """Set every text."""
        for menu, title in self._menus:
            menu.setTitle(_(title))
        for action, text in self._texts:
            action.setText(_shown(_(text)))
        self.show_history()

    def follow_file(self) -> None:
        """Offer what can be done with the file, or without one."""
        for action in self._of_file:
            action.setEnabled(self._window.is_among_places)
        self.example.setEnabled(self._window.is_among_places and not self._window.session.is_example)
        self.show_history()

    def show_history(self) -> None:
        """Name what Undo and Redo would do."""
        history = self._window.session.history
        can_undo, can_redo = history.canUndo(), history.canRedo()
        undo = _("Undo: {act}").format(act=_(history.undoText())) if can_undo else _("Undo")
        redo = _("Redo: {act}").format(act=_(history.redoText())) if can_redo else _("Redo")
        self.undo.setText(_shown(undo))
        self.redo.setText(_shown(redo))
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    # --- help ------------------------------------------------------------------------------------

    def _show_keys(self) -> None:
        from planner.gui.dialogs.keys import KeysDialog  # noqa: PLC0415 - rarely opened

        shown = [(action.text(), action.shortcuts()) for action, _text in self._texts if action.shortcuts()]
        KeysDialog(self._window, shown).exec()

    def _show_about(self) -> None:
        from planner.gui.dialogs.about import AboutDialog  # noqa: PLC0415 - rarely opened

        AboutDialog(self._window).exec()


def _shown(text: str) -> str:
    """The text of an act, whose "&" is one to read and no mark of a letter to reach it by."""
    return text.replace("&", "&&")
